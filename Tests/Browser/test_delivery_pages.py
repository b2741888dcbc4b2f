"""Routes, retention and first processing, made on their pages."""
import struct
import zlib

import pytest

from cards import make_card
from gestures import wait_ready
from people import LANGUAGES, locale, see, sign_in_as_admin, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_route_and_a_retention_rule_are_made_on_their_pages(server, open_page, tmp_path, language):
    """The newest picture comes to a folder, a rule is previewed before it is saved, and then says what goes."""
    text = words(language)
    page = open_page(server, "/login", locale=locale(language))
    sign_in_as_admin(page, server)
    server.wayside("label", "create", "MAST-2", "--redaction", "none", "--confirm")
    (tmp_path / "web").mkdir()

    page.goto("/admin/routes")
    wait_ready(page)
    see(page, text["routes"]["none"])
    form = page.locator("#create-route")
    form.locator("#name").fill("Website")
    form.get_by_label("MAST-2").check()
    form.get_by_label(text["routes"]["newest"]).check()
    form.locator("#path").fill("web")
    form.get_by_role("button", name=text["routes"]["create"]).click()
    # What was typed is there still, beside what is wrong with it.
    page.get_by_role("alert").wait_for()
    assert form.locator("#name").input_value() == "Website"
    assert form.locator("#newest").is_checked()
    form.locator("#path").fill(str(tmp_path / "web"))
    form.get_by_role("button", name=text["routes"]["create"]).click()
    card = page.locator("section[data-route='Website']")
    card.get_by_text(text["routes"]["newestOnly"]).wait_for()
    assert "{label}/latest" in card.inner_text()

    make_card(tmp_path / "card", 2)
    server.import_folder(tmp_path / "card", "MAST-2")
    server.wait_until_prepared(server.create_token("admin"), 2)

    def lies_there():
        page.reload()
        return card.get_by_text(text["routes"]["works"], exact=True).count() and list((tmp_path / "web").rglob("*.jpg"))
    assert [file.name for file in server.wait_until(lies_there, "the newest picture is there")] == ["latest.jpg"]

    # Nothing happens before it is said what becomes of that file.
    delete = card.get_by_role("button", name=text["routes"]["delete"])
    delete.click()
    assert card.locator("select[name=copies]").evaluate("choice => choice.validity.valueMissing")
    card.locator("select[name=copies]").select_option("withdraw")
    page.once("dialog", lambda dialog: dialog.accept())
    delete.click()
    see(page, text["routes"]["withdrawing"])
    server.wait_until(lambda: not list((tmp_path / "web").rglob("*.jpg")), "the file is taken back")
    server.wait_until(lambda: page.reload() and not card.count(), "the route is gone")

    page.goto("/admin/retention")
    wait_ready(page)
    card = page.locator("section[data-label='MAST-2']")
    card.locator("[name=raw-days]").fill("30")
    card.locator("[name=picture-days]").fill("0")
    card.get_by_role("button", name=text["retention"]["show"]).click()
    see(page, text["retention"]["bad_rule"])
    card.locator("[name=raw-days]").fill("30")
    card.locator("[name=picture-days]").fill("36500")
    card.get_by_role("button", name=text["retention"]["show"]).click()
    see(page, text["retention"]["preview"])
    assert card.locator(".outcome[data-class=raw]").inner_text() == text["retention"]["nothing"]
    page.reload()
    assert server.wayside("retention", "--dry-run") == "There are no rules: everything is kept."

    page.goto("/admin/retention")
    wait_ready(page)
    card.locator("[name=raw-days]").fill("30")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    card.get_by_role("button", name=text["common"]["save"]).click()
    see(page, text["retention"]["saved"])
    assert asked == [text["retention"]["question"]]
    assert card.locator("[name=raw-days]").input_value() == "30"
    assert "MAST-2  raw  0 raw files" in server.wayside("retention", "--dry-run")


def test_legend_and_logo_are_seen_before_they_are_saved(server, open_page, tmp_path):
    """A logo is chosen on the page; the preview shows it, and what is ticked, and changes nothing."""
    text = words("en")["processing"]
    page = open_page(server, "/login", size=(360, 780))
    sign_in_as_admin(page, server)
    server.wayside("label", "create", "MAST-2", "--redaction", "none", "--confirm")
    make_card(tmp_path / "card", 1)
    server.import_folder(tmp_path / "card", "MAST-2")
    server.wait_until_prepared(server.create_token("admin"), 1)
    labels = page.request.get("/api/camera_labels").json()["camera_labels"]
    path = f"/admin/labels/{labels[0]['id']}/processing"
    page.goto(path)
    wait_ready(page)
    (tmp_path / "no.png").write_bytes(b"no picture")
    page.locator("#logo-file").set_input_files(tmp_path / "no.png")
    page.get_by_role("button", name=text["logoSend"]).click()
    page.get_by_role("alert").wait_for()
    (tmp_path / "logo.png").write_bytes(logo(120, 60))
    page.locator("#logo-file").set_input_files(tmp_path / "logo.png")
    page.get_by_role("button", name=text["logoSend"]).click()
    see(page, text["logoSaved"])
    assert page.locator("#result image").count() == 1

    page.locator("#legend").get_by_label(text["option_label"]).check()
    page.locator("#logo-on").get_by_label(text["option_hotlink"]).check()
    page.locator("#legend-corner").select_option("top-right")
    page.locator("#crop").fill("0.1,0.1,0.5,0.5")
    page.get_by_role("button", name=text["show"]).click()
    page.locator("#result text").wait_for(state="attached")
    assert page.locator("#result text").text_content() == "MAST-2"
    box = page.locator("#result").bounding_box()
    drawn = page.locator("#result image").nth(1).bounding_box()
    assert box["x"] <= drawn["x"] and drawn["x"] + drawn["width"] <= box["x"] + box["width"] + 1
    assert page.locator("main").evaluate("main => main.scrollWidth <= innerWidth")
    rule = page.request.get(path.replace("/admin/labels", "/api/camera_labels")).json()
    assert rule["crop"] == "none" and rule["legend"] == "none"

    page.get_by_role("button", name=words("en")["common"]["save"]).click()
    see(page, text["saved"])
    assert page.locator("#legend").get_by_label(text["option_label"]).is_checked()
    assert not page.locator("#legend").get_by_label(text["option_time"]).is_checked()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=text["logoRemove"]).click()
    see(page, text["logoRemoved"])
    assert page.locator("#result image").count() == 1


def logo(width, height):
    """A red PNG (third edition, 5)."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + bytes([200, 40, 40, 255]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
