import pytest

from cards import make_card
from gestures import wait_ready
from people import LANGUAGES, PASSWORD, SLOW, filled, locale, see, sign_in, sign_in_as_admin, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_makes_label_account_and_grant(server, open_page, tmp_path, language):
    """A new account sees the pictures of the label granted to it, and of no other."""
    text = words(language)
    admin = open_page(server, "/login", locale=locale(language))
    sign_in_as_admin(admin, server)
    make_label(admin, text, "DASHCAM-07")
    make_label(admin, text, "SECRET")
    password = make_account(admin, text, "bakary")
    card = admin.locator("section[data-label='DASHCAM-07']")
    card.get_by_label(text["labels"]["grantTo"]).select_option(label="bakary")
    card.get_by_role("button", name=text["labels"]["grant"], exact=True).click()
    see(admin, text["labels"]["saved"])
    card.locator(".grants").get_by_text("bakary").wait_for()

    make_card(tmp_path / "seen", 3)
    make_card(tmp_path / "hidden", 2, latitude=45.0, longitude=5.0)
    server.import_folder(tmp_path / "seen", "DASHCAM-07")
    server.import_folder(tmp_path / "hidden", "SECRET")
    items = server.wait_until_prepared(server.create_token("admin"), 5)
    hidden = next(item for item in items if item["properties"]["wayside:camera_label"] == "SECRET")

    page = open_page(server, "/login", locale=locale(language))
    sign_in(page, "bakary", password, PASSWORD)
    page.goto("/upload")
    assert page.locator(".label-choice label").all_inner_texts() == ["DASHCAM-07"]
    found = page.request.get("/api/search?limit=100").json()["features"]
    assert {item["properties"]["wayside:camera_label"] for item in found} == {"DASHCAM-07"}
    assert len(found) == 3
    for path in (f"/sequences/{hidden['collection']}", "/admin/accounts", "/admin/labels", "/admin/status", "/admin", "/admin/jobs",
                 "/admin/audit", "/admin/instance"):
        page.goto(path)
        see(page, text["problem"]["title404"])
    for name in ("hd.jpg", "sd.jpg", "thumb.jpg"):
        assert page.request.get(f"/api/pictures/{hidden['id']}/{name}").status == 404
    page.goto(f"/#pic={hidden['id']}")
    see(page, text["explore"]["pictureGone"])


def make_label(page, text, name):
    page.goto("/admin/labels")
    wait_ready(page)
    form = page.locator("#create-label")
    form.locator("#name").fill(name)
    form.get_by_role("button", name=text["labels"]["create"]).click()
    page.locator(f"section[data-label='{name}']").wait_for()


def make_account(page, text, name):
    page.goto("/admin/accounts")
    wait_ready(page)
    page.locator("#create-account #name").fill(name)
    page.get_by_role("button", name=text["accounts"]["create"]).click()
    see(page, filled(text["accounts"]["created"], name=name))
    password = page.locator("#secret").text_content().strip()
    page.goto("/admin/labels")
    wait_ready(page)
    return password


def test_hiding_nothing_needs_a_confirmation(server, open_page):
    """Switching off the hiding of faces and plates takes a tick, and the label says so from then on."""
    text = words("en")["labels"]
    page = open_page(server, "/login")
    sign_in_as_admin(page, server)
    page.goto("/admin/labels")
    wait_ready(page)
    form = page.locator("#create-label")
    form.locator("#name").fill("TEST TRACK")
    assert not form.locator("input[name=confirm]").is_visible()
    form.locator("#redaction").select_option("none")
    form.get_by_role("button", name=text["create"]).click()
    assert page.locator("section[data-label='TEST TRACK']").count() == 0
    refused = page.request.post(
        "/admin/labels", form={"name": "TEST TRACK", "redaction": "none"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert refused.status == 422 and text["mustConfirm"] in refused.text()
    form.locator("input[name=confirm]").check()
    form.get_by_role("button", name=text["create"]).click()
    page.locator("section[data-label='TEST TRACK']").get_by_text(text["unredacted"]).wait_for()


def test_an_account_that_is_switched_off_is_out_at_once(server, open_page):
    """Switching off ends open sessions; a new first password has to be replaced again."""
    text = words("en")
    admin = open_page(server, "/login")
    sign_in_as_admin(admin, server)
    password = make_account(admin, text, "chloe")
    page = open_page(server, "/login")
    sign_in(page, "chloe", password, PASSWORD)

    admin.on("dialog", lambda dialog: dialog.accept())
    admin.goto("/admin/accounts")
    row = admin.locator("tr[data-account='chloe']")
    row.get_by_role("button", name=text["accounts"]["disable"]).click()
    row.get_by_text(text["accounts"]["disabled"]).wait_for()
    page.goto("/account")
    see(page, text["login"]["help"])

    row.get_by_role("button", name=text["accounts"]["enable"]).click()
    row.get_by_role("button", name=text["accounts"]["enable"]).wait_for(state="detached")
    row.get_by_role("button", name=text["accounts"]["reset"]).click()
    see(admin, filled(text["accounts"]["passwordReset"], name="chloe"))
    sign_in(page, "chloe", admin.locator("#secret").text_content().strip(), "yet another phrase")
    assert page.locator("#account-menu").is_visible(timeout=SLOW)


def test_the_status_page_tells_of_queue_and_disk(server, open_page):
    """An administrator sees at a glance whether work waits and how much room is left."""
    text = words("en")["status"]
    page = open_page(server, "/login")
    sign_in_as_admin(page, server)
    page.goto("/admin/status")
    see(page, text["queueEmpty"])
    see(page, text["diskFree"].split("{all}")[0].replace("{free}", "").strip())
