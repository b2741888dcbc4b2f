import os
import re

import pytest

from cards import LARGE_STREET, STREET, make_card, photograph
from gestures import drop_folder, wait_ready
from people import LANGUAGES, PASSWORD, SLOW, filled, locale, open_account, see, sign_in, words
from sample_pictures import Shot, drive, stamped

# 200 in a full run (`WAYSIDE_BROWSER_PICTURES=200`), fewer where every minute counts.
NUMBER = int(os.environ.get("WAYSIDE_BROWSER_PICTURES", "20"))
# A full run sends what a camera does: fourteen megapixels each.
PHOTO = LARGE_STREET if NUMBER >= 200 else STREET
LONG = SLOW + NUMBER * 5_000


@pytest.fixture
def label(server):
    """A camera label whose pictures go through quickly, since nothing is looked for in them."""
    server.wayside("label", "create", "DASHCAM-07", "--redaction", "none", "--confirm")
    return "DASHCAM-07"


def open_upload(server, open_page, label, language="en", **more):
    server.create_account("driver", "field", "first password")
    server.grant(label, "driver")
    page = open_page(server, "/upload", locale=locale(language), **more)
    sign_in(page, "driver", "first password", PASSWORD)
    return page


def figure(page, name):
    return int(re.sub(r"\D", "", page.locator(f"#result-{name}").inner_text()))


def wait_done(page):
    page.locator("#upload[data-state=done]").wait_for(timeout=LONG)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_card_is_dropped_and_every_file_is_accounted_for(server, open_page, tmp_path, label, language):
    """Subfolders, equal names in two of them, files that are no pictures, and ones that are refused."""
    text = words(language)["upload"]
    make_card(tmp_path, NUMBER, PHOTO, folders=("DCIM/100GOPRO", "DCIM/101GOPRO"))
    (tmp_path / "DCIM/100GOPRO/GH010001.MP4").write_bytes(b"a film")
    (tmp_path / "DCIM/100GOPRO/.hidden").write_bytes(b"")
    (tmp_path / "DCIM/101GOPRO/notes.JPG").write_text("this is no picture")
    nowhere = Shot(None, None, next(drive(1)).taken)
    (tmp_path / "DCIM/101GOPRO/nowhere.JPG").write_bytes(stamped(photograph(STREET), nowhere, 999))

    page = open_upload(server, open_page, label, language)
    drop_folder(page, "#drop-zone", tmp_path / "DCIM")
    wait_done(page)
    assert (figure(page, "arrived"), figure(page, "known")) == (NUMBER + 1, 0)
    assert (figure(page, "refused"), figure(page, "others")) == (1, 1)
    see(page, filled(text["verdictSome_one"], there=NUMBER + 1, all=NUMBER + 2, n=1))
    refused = page.locator("#refused-rows")
    refused.locator("tr", has_text="notes.JPG").get_by_text(text["reason_invalid_file"]).wait_for()
    see(page, filled(text["verdictHeld_one"], n=1))

    items = server.wait_until_prepared(server.create_token("driver"), NUMBER)
    assert len(items) == NUMBER
    assert page.locator("#sequence-rows a").count() == 1
    page.locator("#sequence-rows a").click()
    page.locator(".thumbs img").first.wait_for()
    assert page.locator(".thumbs li").count() == min(NUMBER, 60)
    page.locator("#walk").click()
    page.locator("#stage[data-picture]").wait_for(state="attached", timeout=SLOW)


def test_an_upload_goes_on_after_a_reload_and_sends_only_what_is_missing(server, open_page, tmp_path, label):
    """A reload in the middle loses nothing: the same folder is chosen once more, and known files are not sent again."""
    text = words("en")["upload"]
    make_card(tmp_path, NUMBER, folders=("DCIM/100GOPRO", "DCIM/101GOPRO"))
    page = open_upload(server, open_page, label)
    page.on("dialog", lambda dialog: dialog.accept())
    half = NUMBER // 2
    sent = []
    page.on("request", lambda request: sent.append(request) if is_file(request) else None)
    # The link dies after half the files, as it does in the field; what is under way is lost with the reload.
    page.route(re.compile("/files$"), lambda route: route.continue_() if len(sent) <= half else route.abort())
    page.locator("#folder-input").set_input_files(tmp_path / "DCIM")
    see(page, text["linkLost"])
    address = page.url
    assert re.search("/upload/[0-9a-f-]{36}$", address)

    page.unroute_all()
    page.reload()
    wait_ready(page)
    assert page.url == address
    see(page, text["chooseAgain"])
    there = server.get(address.replace("/upload/", "/api/upload_sets/") + "/files", server.create_token("driver")).json
    arrived = len(there["files"])
    assert 0 < arrived < NUMBER
    sent.clear()
    drop_folder(page, "#drop-zone", tmp_path / "DCIM")
    wait_done(page)
    assert len(sent) == NUMBER - arrived
    assert (figure(page, "known"), figure(page, "arrived")) == (arrived, NUMBER - arrived)
    see(page, filled(text["verdictAll_other"], n=NUMBER))
    assert len(server.wait_until_prepared(server.create_token("driver"), NUMBER)) == NUMBER


def test_a_paused_upload_says_what_is_missing_and_goes_on(server, open_page, tmp_path, label):
    """Pausing says honestly that the card must not be wiped; sending the rest finishes without choosing it again."""
    text = words("en")["upload"]
    make_card(tmp_path, 6)
    page = open_upload(server, open_page, label)
    sent = []
    page.on("request", lambda request: sent.append(request) if is_file(request) else None)
    page.route(re.compile("/files$"), lambda route: route.continue_() if len(sent) <= 2 else route.abort())
    page.locator("#folder-input").set_input_files(tmp_path / "DCIM")
    see(page, text["linkLost"])
    page.locator("#stop").click()
    page.locator("#upload[data-state=stopped]").wait_for()
    see(page, filled(text["verdictOpen_other"], open=4))
    assert page.locator("#drop-zone").is_visible()
    page.unroute_all()
    page.locator("#retry").click()
    wait_done(page)
    see(page, filled(text["verdictAll_other"], n=6))
    assert len(server.wait_until_prepared(server.create_token("driver"), 6)) == 6


def is_file(request):
    return request.method == "POST" and request.url.endswith("/files")


def test_a_changed_file_of_the_same_size_is_sent_again(server, open_page, tmp_path, label):
    """A file counts as already there by its whole content, not by its name and size."""
    make_card(tmp_path, 2)
    page = open_upload(server, open_page, label)
    page.locator("#folder-input").set_input_files(tmp_path / "DCIM")
    wait_done(page)
    path = sorted((tmp_path / "DCIM").rglob("*.JPG"))[1]
    changed = bytearray(path.read_bytes())
    changed[changed.index(b"GoPro")] = ord("g")
    path.write_bytes(changed)

    page.reload()
    wait_done(page)
    page.locator("#more").click()
    sent = []
    page.on("request", lambda request: sent.append(request) if is_file(request) else None)
    page.locator("#folder-input").set_input_files(tmp_path / "DCIM")
    page.locator("#upload[data-state=sending]").wait_for()
    wait_done(page)
    assert len(sent) == 1


def test_the_same_card_again_sends_nothing_new(server, open_page, tmp_path, label):
    """Dropping a card a second time finds every picture already there and makes no double."""
    make_card(tmp_path, 5)
    page = open_upload(server, open_page, label)
    page.locator("#folder-input").set_input_files(tmp_path / "DCIM")
    wait_done(page)
    page.goto("/upload")
    wait_ready(page)
    page.locator("#folder-input").set_input_files(tmp_path / "DCIM")
    wait_done(page)
    assert (figure(page, "known"), figure(page, "arrived")) == (5, 0)
    assert len(server.get("/api/search?limit=100", server.create_token("driver")).json["features"]) == 5


def test_the_list_of_a_large_card_stays_small_in_the_browser(server, open_page, tmp_path, label):
    """Ten thousand files do not become ten thousand rows of the page."""
    page = open_upload(server, open_page, label)
    page.route(re.compile("/files$"), lambda route: route.abort())
    folder = tmp_path / "DCIM/100GOPRO"
    folder.mkdir(parents=True)
    for number in range(10_000):
        (folder / f"G{number:07d}.JPG").write_bytes(b"x")
    drop_folder(page, "#drop-zone", tmp_path / "DCIM")
    page.locator("#sending").wait_for(timeout=SLOW)
    see(page, filled(words("en")["upload"]["progressFiles"], done=0, all="10,000"))
    assert page.locator(".file-row").count() < 40


def test_a_viewer_cannot_upload(server, open_page):
    """Who may only look is not offered to upload."""
    page = open_account(server, open_page, "looker", "viewer")
    assert page.get_by_role("link", name=words("en")["common"]["upload"], exact=True).count() == 0
    assert page.goto("/upload").status == 403


def test_uploads_are_listed_and_can_be_deleted(server, open_page, tmp_path, label):
    """My uploads shows what became of each file; deleting takes its pictures away at once."""
    text = words("en")
    make_card(tmp_path, 3)
    page = open_upload(server, open_page, label)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#folder-input").set_input_files(tmp_path / "DCIM")
    wait_done(page)
    page.locator("#result-details").click()
    see(page, text["uploads"]["statusDone"])
    assert page.locator("#files tbody tr").count() == 3
    page.get_by_role("button", name=text["set"]["delete"]).click()
    see(page, text["uploads"]["deleted"])
    page.goto("/uploads")
    see(page, text["uploads"]["none"])
    assert server.get("/api/search?limit=10", server.create_token("driver")).json["features"] == []
