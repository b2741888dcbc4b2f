"""The receipt for a card: every file, what would be lost first, and whether the card may be wiped."""
import json

import pytest

from cards import make_card
from people import LANGUAGES, SLOW, filled, see, words
from uploading import choose, figure, open_upload, prepare, wait_done


def make_mixed_card(folder, number=3):
    make_card(folder, number)
    (folder / "DCIM/100GOPRO/GH010001.MP4").write_bytes(b"a film")
    (folder / "DCIM/100GOPRO/GH010001.THM").write_bytes(b"a preview")
    (folder / "DCIM/100GOPRO/.Trashes").write_bytes(b"x")
    (folder / "DCIM/100GOPRO/notes.JPG").write_text("this is no picture")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_may_be_wiped_once_somebody_agreed_to_lose_what_was_refused(server, open_page, tmp_path, language):
    """Refused files come first with a reason; the box has to be ticked; the download is signed, and checked by the command."""
    text = words(language)
    make_mixed_card(tmp_path)
    prepare(server)
    page = open_upload(server, open_page, language)
    choose(page, tmp_path / "DCIM")
    wait_done(page)
    page.locator("#result-receipt").click()
    verdict = page.locator("#verdict[data-safe=false]")
    verdict.get_by_text(text["card"]["verdict_losses"]).wait_for(timeout=SLOW)
    verdict.get_by_text(filled(text["card"]["advice_losses_other"], n=4)).wait_for()
    rows = page.locator("#files tbody tr")
    assert rows.count() == 7
    first = rows.nth(0).inner_text()
    assert "notes.JPG" in first and text["upload"]["reason_invalid_file"] in first
    assert text["card"]["kind_video"] in page.locator("tr", has_text="GH010001.MP4").inner_text()
    assert rows.last.locator(".digest").inner_text().strip() not in ("", text["card"]["notRead"])

    page.locator("#agree input[type=checkbox]").check()
    page.locator("#agree button").click()
    page.locator("#verdict[data-safe=true]").get_by_text(text["card"]["verdict_agreed"]).wait_for(timeout=SLOW)
    assert page.locator("#agree").count() == 0
    with page.expect_download() as download:
        page.get_by_role("link", name=text["card"]["json"]).click()
    kept = tmp_path / "receipt.json"
    download.value.save_as(kept)
    receipt = json.loads(kept.read_text())
    assert receipt["safe_to_wipe"] and len(receipt["files"]) == 7
    assert "holds" in server.wayside("receipt", kept)
    kept.write_text(kept.read_text().replace("GH010001.MP4", "GH010002.MP4"))
    with pytest.raises(Exception, match="does not hold"):
        server.wayside("receipt", kept, "--key", receipt["signature"]["public_key"])


def test_the_same_card_again_sends_no_bytes_and_says_so(server, open_page, tmp_path):
    """Also in another upload, whose receipt knows every picture."""
    text = words("en")
    make_card(tmp_path, 4)
    prepare(server)
    page = open_upload(server, open_page)
    choose(page, tmp_path / "DCIM")
    wait_done(page)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if is_sending(request) else None)
    page.goto("/upload")
    choose(page, tmp_path / "DCIM")
    wait_done(page)
    see(page, text["upload"]["nothingSent"])
    assert (sent, figure(page, "known")) == ([], 4)
    page.locator("#result-receipt").click()
    page.locator("#verdict[data-safe=true]").wait_for(timeout=SLOW)
    assert page.locator("#files .badge", has_text=text["card"]["fate_known"]).count() == 4


def is_sending(request):
    return request.method == "PATCH" or request.method == "POST" and request.url.endswith(("/files", "/api/uploads"))


def test_nobody_else_sees_the_receipt(server, open_page, tmp_path):
    """A card that was not sent to its end is not safe; a stranger does not learn that it exists."""
    make_card(tmp_path, 2)
    prepare(server)
    page = open_upload(server, open_page)
    page.route("**/files", lambda route: route.abort())
    choose(page, tmp_path / "DCIM")
    see(page, words("en")["upload"]["linkLost"])
    page.locator("#stop").click()
    page.locator("#upload[data-state=stopped]").wait_for(timeout=SLOW)
    address = page.locator("#result-receipt").get_attribute("href")
    page.unroute_all()
    page.goto(address)
    see(page, words("en")["card"]["verdict_open"])
    server.create_account("other", "field")
    stranger = server.create_token("other")
    assert server.get(address.replace("/uploads/", "/api/upload_sets/"), stranger).status == 404
