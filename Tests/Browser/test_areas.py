import json
from datetime import datetime, timezone

import pytest

from cards import make_card
from gestures import drop_folder, wait_ready
from people import LANGUAGES, SLOW, filled, locale, open_account, see, sign_in_as_admin, words

PLACE = {"latitude": 48.85, "longitude": 2.35}


def draw(page):
    """Draws a triangle around the middle of the map."""
    page.locator("#draw").click()
    canvas = page.locator("#area-map canvas")
    box = canvas.bounding_box()
    for right, down in [(0, -120), (150, 110), (-150, 110)]:
        canvas.click(position={"x": box["width"] / 2 + right, "y": box["height"] / 2 + down})
    page.locator("#close").click()
    geometry = json.loads(page.locator("#geojson").input_value())
    assert geometry["type"] == "Polygon" and len(geometry["coordinates"][0]) == 4
    return geometry


def open_map(page, path):
    page.goto(f"{path}#map=14/{PLACE['latitude']}/{PLACE['longitude']}")
    wait_ready(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_from_an_excluded_area_are_refused_and_hidden(server, open_page, tmp_path, language):
    """An administrator draws an area; what is there disappears for others, what comes is refused with the reason."""
    text = words(language)
    server.create_label("DASHCAM-07")
    make_card(tmp_path / "before", 2, **PLACE)
    server.import_folder(tmp_path / "before", "DASHCAM-07")
    reader = open_account(server, open_page, "vera", "field", language=language)
    server.grant("DASHCAM-07", "vera")
    items = server.wait_until_prepared(server.create_token("vera"), 2)

    admin = open_page(server, "/login", locale=locale(language))
    sign_in_as_admin(admin, server)
    open_map(admin, "/admin/areas")
    draw(admin)
    admin.locator("#label").fill("Schoolyard")
    admin.locator("#add-area").click()
    see(admin, filled(text["areas"]["added_other"], n="2"))
    admin.locator("#areas").get_by_text("Schoolyard").wait_for()
    assert reader.request.get(f"/api/pictures/{items[0]['id']}").status == 404
    assert reader.request.get(f"/api/pictures/{items[0]['id']}/thumb.jpg").status == 404

    make_card(tmp_path / "after", 2, start=datetime(2026, 1, 2, 9, tzinfo=timezone.utc), **PLACE)
    reader.goto("/upload")
    wait_ready(reader)
    drop_folder(reader, "#drop-zone", tmp_path / "after" / "DCIM")
    reader.locator("#upload[data-state=done]").wait_for(timeout=2 * SLOW)
    see(reader, text["upload"]["reason_in_excluded_area"])

    admin.on("dialog", lambda dialog: dialog.accept())
    admin.locator("#areas").get_by_role("button", name=text["areas"]["delete"], exact=True).click()
    see(admin, text["areas"]["deleted"])
    see(admin, text["areas"]["none"])
    assert reader.request.get(f"/api/pictures/{items[0]['id']}").status == 200


def test_a_person_keeps_their_street_to_themselves(server, open_page, tmp_path):
    """One's own area hides one's own pictures; text that is no area says what is wrong with it."""
    text = words("en")["areas"]
    page = open_account(server, open_page, "olga", "field", path="/account")
    page.get_by_role("link", name=text["open"]).click()
    wait_ready(page)
    open_map(page, "/account/areas")
    assert page.locator("#kind").count() == 0
    page.locator("#label").fill("Home")
    page.locator("#add-area").click()
    see(page, text["needsShape"])
    page.locator("#geojson").fill("no JSON")
    page.locator("#add-area").click()
    see(page, text["badGeoJSON"])
    page.locator("#geojson").fill('{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}')
    page.locator("#add-area").click()
    see(page, "is not closed")
    geometry = draw(page)
    page.locator("#add-area").click()
    see(page, filled(text["added_other"], n="0"))
    answer = server.get("/api/users/me/excluded_areas", server.create_token("olga")).json
    assert [feature["geometry"] for feature in answer["features"]] == [geometry]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_goes_with_its_pictures(server, open_page, tmp_path, language):
    """Deleting an account asks what becomes of its pictures and for its name; the receipt ends with the last byte."""
    text = words(language)
    page = open_account(server, open_page, "olga", "field", path="/account", language=language)
    server.create_label("DASHCAM-07")
    server.grant("DASHCAM-07", "olga")
    make_card(tmp_path, 2, **PLACE)
    page.goto("/upload")
    wait_ready(page)
    drop_folder(page, "#drop-zone", tmp_path / "DCIM")
    page.locator("#upload[data-state=done]").wait_for(timeout=2 * SLOW)
    items = server.wait_until_prepared(server.create_token("olga"), 2)

    admin = open_page(server, "/login", locale=locale(language))
    sign_in_as_admin(admin, server)
    admin.goto("/admin/accounts")
    admin.locator("tr[data-account=olga]").get_by_role("link", name=text["erase"]["open"]).click()
    see(admin, filled(text["erase"]["lead_other"], name="olga", n="2"))
    admin.locator("input[value=delete]").check()
    admin.locator("#confirm").fill("somebody else")
    admin.get_by_role("button", name=text["erase"]["submit"]).click()
    see(admin, text["erase"]["notConfirmed"])
    admin.locator("input[value=delete]").check()
    admin.locator("#confirm").fill("olga")
    admin.get_by_role("button", name=text["erase"]["submit"]).click()
    see(admin, text["erase"]["done"])
    page.goto("/account")
    see(page, text["login"]["help"])
    assert admin.request.get(f"/api/pictures/{items[0]['id']}").status == 404

    def finished():
        admin.goto("/receipts")
        return admin.get_by_text(text["receipts"]["done"], exact=True).count() == 1
    server.wait_until(finished, "the receipt is done")
    with admin.expect_download() as download:
        admin.get_by_role("link", name=text["receipts"]["download"]).click()
    receipt = json.loads(download.value.path().read_text())
    assert receipt["kind"] == "account" and receipt["state"] == "done" and receipt["pictures"] == 2
    assert {one["id"] for one in receipt["proof"]["pictures"]} == {item["id"] for item in items}


def test_a_trip_is_kept_to_oneself(server, open_page, tmp_path):
    """The owner of a trip says on its page who may see it, and others do not see it from then on."""
    text = words("en")["visibility"]
    server.create_label("DASHCAM-07")
    page = open_account(server, open_page, "olga", "field")
    server.grant("DASHCAM-07", "olga")
    other = open_account(server, open_page, "vera", "viewer")
    server.grant("DASHCAM-07", "vera")
    make_card(tmp_path, 2, **PLACE)
    page.goto("/upload")
    wait_ready(page)
    drop_folder(page, "#drop-zone", tmp_path / "DCIM")
    page.locator("#upload[data-state=done]").wait_for(timeout=2 * SLOW)
    items = server.wait_until_prepared(server.create_token("vera"), 2)
    path = f"/sequences/{items[0]['collection']}"
    other.goto(path)
    assert other.locator("#visibility").count() == 0
    page.goto(path)
    wait_ready(page)
    assert page.locator("#visibility option").all_inner_texts() == [text["logged-only"], text["owner-only"]]
    page.locator("#visibility").select_option("owner-only")
    see(page, text["saved"])
    assert page.locator("#visibility").input_value() == "owner-only"
    other.goto(path)
    see(other, words("en")["problem"]["title404"])
