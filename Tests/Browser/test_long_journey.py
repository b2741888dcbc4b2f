"""One card's whole way, in both languages: from the first sign-in to what others are given of it."""
import os
from dataclasses import replace

import pytest

from cards import PANORAMA, make_card, photograph
from cutting_proxy import CuttingProxy
from gestures import drop_folder, wait_ready
from people import LANGUAGES, SLOW, filled, locale, open_account, see, sign_in_as_admin, words
from sample_pictures import stamped
from test_annotate import begin, coco, define, saved
from test_embed import make_frame, site
from test_explore import shown
from test_reports import report
from uploading import LABEL, figure, wait_done

# 2,000 in a full run (`WAYSIDE_BROWSER_PICTURES=2000`), fewer where every minute counts.
NUMBER = int(os.environ.get("WAYSIDE_BROWSER_PICTURES", "200"))
LONG = 3 * SLOW + NUMBER * 3_000
FOLDERS = ("DCIM/100GOPRO", "DCIM/101GOPRO", "DCIM/102GOPRO")


def make_long_card(folder):
    """Small pictures in three folders, one of them a panorama, and two files that are broken."""
    small = photograph("e1_artist.jpg")
    shots = make_card(folder, NUMBER, "e1_artist.jpg", FOLDERS)
    path, shot = list(shots.items())[1]
    path.write_bytes(stamped(photograph(PANORAMA), replace(shot, model="GoPro Max"), 1))
    (folder / FOLDERS[0] / "broken.JPG").write_bytes(small[:2000])
    (folder / FOLDERS[2] / "notes.JPG").write_text("no picture")
    return list(shots.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_goes_all_the_way(server, chromium, open_page, tmp_path, language):
    """Sign in first time, send a card over a link that breaks, take the receipt, look around, report, restore, hand out."""
    text = words(language)
    make_long_card(tmp_path)
    proxy = CuttingProxy(server.port)
    try:
        page = open_page(proxy, "/", locale=locale(language))
        sign_in_as_admin(page, server)
        make_label(page, text)
        send(page, proxy, tmp_path, text)
        take_receipt(page, text)
        first, second = look_around(page, server, text)
        report_and_restore(page, server, open_page, second, language)
        label_and_export(page, language)
        embed(page, chromium, first, text)
    finally:
        proxy.stop()


def make_label(page, text):
    page.goto("/admin/labels")
    wait_ready(page)
    page.locator("#create-label #name").fill(LABEL)
    page.locator("#redaction").select_option("none")
    page.locator("#create-label input[name=confirm]").check()
    page.get_by_role("button", name=text["labels"]["create"]).click()
    page.locator(f"section[data-label='{LABEL}']").wait_for()


def send(page, proxy, folder, text):
    page.goto("/upload")
    wait_ready(page)
    proxy.cut(after=1_000_000)
    drop_folder(page, "#drop-zone", folder / "DCIM")
    wait_done(page, LONG)
    assert proxy.cuts == 1
    assert (figure(page, "arrived") + figure(page, "known"), figure(page, "refused")) == (NUMBER, 2)
    text = text["upload"]["verdictSome_other"]
    if NUMBER < 1000:       # from there on each language groups its digits
        see(page, filled(text, there=NUMBER, all=NUMBER + 2, n=2))


def take_receipt(page, text):
    page.locator("#result-receipt").click()
    see(page, text["card"]["verdict_losses"])
    rows = page.locator("#files tbody tr")
    refused = {rows.nth(0).locator(".path").inner_text(), rows.nth(1).locator(".path").inner_text()}
    assert refused == {f"{FOLDERS[0]}/broken.JPG", f"{FOLDERS[2]}/notes.JPG"}
    page.locator("#agree input[type=checkbox]").check()
    page.locator("#agree button").click()
    page.locator("#verdict[data-safe=true]").wait_for(timeout=SLOW)


def look_around(page, server, text):
    token = server.create_token("admin")
    items = sorted(server.wait_until_prepared(token, NUMBER), key=lambda item: item["properties"]["datetime"])
    page.goto(f"/#pic={items[0]['id']}")
    page.reload()
    shown(page, items[0])
    page.keyboard.press("ArrowRight")
    shown(page, items[1])
    page.locator("#stage canvas").wait_for()        # the panorama, all around
    before = page.url
    box = page.locator("#stage").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 200, steps=5)
    page.mouse.up()
    page.wait_for_function("before => location.href !== before", arg=before)
    return items[0], items[1]


def report_and_restore(page, server, open_page, item, language):
    text = words(language)
    walker = open_account(server, open_page, "walker", "viewer", "/", language)
    server.grant(LABEL, "walker")
    walker.goto(f"/#pic={item['id']}")
    walker.reload()
    shown(walker, item)
    report(walker, "privacy", "my garden", text)
    see(walker, text["explore"]["pictureGone"])
    page.goto("/reports")
    wait_ready(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=text["reports"]["ignored"]).click()
    see(page, text["reports"]["restored"])
    walker.reload()
    shown(walker, item)


def label_and_export(page, language):
    """Two pictures are given classes by their digits; what was said of them is taken along."""
    define(page, "Passability", "passability", "picture")
    begin(page)
    page.locator("#stage[data-picture]").wait_for(timeout=SLOW)
    for digit in "12":
        shown_before = page.locator(".annotate").get_attribute("data-shown")
        page.keyboard.press(digit)
        page.wait_for_function("before => document.querySelector('.annotate').dataset.shown !== before", arg=shown_before)
    saved(page)
    assert len(coco(page)["images"]) >= 2


def embed(page, chromium, item, text):
    """A page of somebody else's shows one of the pictures."""
    page.goto(f"/#pic={item['id']}")
    page.reload()
    shown(page, item)
    html = {"frame": ""}
    with site(lambda: html["frame"]) as named:
        html["frame"] = make_frame(page, text, named)
        context = chromium.new_context(viewport={"width": 700, "height": 500})
        guest = context.new_page()
        guest.goto(named)
        guest.frame_locator("iframe").locator(".stage[data-kind]").wait_for(state="attached", timeout=SLOW)
        context.close()
