"""Pictures without a place: kept, placed from a track or by hand, given up."""
from dataclasses import replace
from datetime import timedelta

import pytest

from cards import STREET, photograph
from gestures import wait_ready
from people import LANGUAGES, SLOW, filled, open_account, see, words
from sample_pictures import drive, stamped

NUMBER = 4


def write(folder, shots, ahead=timedelta(0)):
    """A card of a camera without a receiver, whose clock knows no time zone and is `ahead`."""
    for index, shot in enumerate(shots):
        path = folder / f"DCIM/100GOPRO/G{index:07d}.JPG"
        path.parent.mkdir(parents=True, exist_ok=True)
        blind = replace(shot, latitude=None, longitude=None, heading=None, zone=None, taken=shot.taken + ahead)
        path.write_bytes(stamped(photograph(STREET), blind, index))


def track(path, shots):
    points = "".join(
        f'<trkpt lat="{shot.latitude}" lon="{shot.longitude}"><ele>{shot.altitude}</ele>'
        f"<time>{shot.taken.strftime('%Y-%m-%dT%H:%M:%S')}.250Z</time></trkpt>" for shot in shots)
    path.write_text(f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{points}</trkseg></trk></gpx>')
    return path


def send(server, open_page, folder, language):
    """A field account that has sent the card; its page, once every file has an outcome."""
    server.wayside("label", "create", "DASHCAM-07", "--redaction", "none", "--confirm")
    page = open_account(server, open_page, "driver", "field", language=language)
    server.grant("DASHCAM-07", "driver")
    page.goto("/upload")
    page.locator("#folder-input").set_input_files(str(folder))
    page.locator("#upload[data-state=done]").wait_for(timeout=2 * SLOW)
    return page


def held(server, page):
    """What waits in the upload that the page shows, as its API says."""
    address = page.url.split("/uploads/")[1].split("/")[0].split("?")[0]
    return server.get(f"/api/upload_sets/{address}/places", server.create_token("driver")).json["held"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_placed_from_a_track_after_a_look_at_the_map(server, open_page, tmp_path, language):
    """An upload without positions is kept; a track places it, in the right time zone by itself, and only when confirmed."""
    text = words(language)
    shots = list(drive(NUMBER))
    write(tmp_path / "card", shots, ahead=timedelta(hours=2))
    page = send(server, open_page, tmp_path / "card", language)
    see(page, filled(text["upload"]["verdictHeld_other"], n=NUMBER))
    page.locator("#held-link").click()
    wait_ready(page)
    assert page.locator("#held tbody tr").count() == NUMBER
    assert page.locator("main img").count() == 0, "nothing that is not redacted yet is shown"

    page.locator("#track-file").set_input_files(track(tmp_path / "walk.gpx", shots))
    page.locator(f"#track-summary[data-placed='{NUMBER}']").wait_for()
    assert page.locator("#zone").input_value() == "7200"
    page.locator(f"#places-map[data-pictures='{NUMBER}']").wait_for()
    assert len(held(server, page)) == NUMBER, "a look changes nothing"

    page.locator("#zone").select_option("0")
    page.locator("#track-summary[data-placed='0']").wait_for()
    see(page, filled(text["places"]["summaryNone"], all=NUMBER))
    assert page.locator("#place-on-track").is_disabled()
    page.locator("#zone").select_option("7200")
    page.locator("#place-on-track:enabled").click()
    see(page, filled(text["places"]["placed_other"], n=NUMBER))
    see(page, text["places"]["none"])

    items = server.wait_until_prepared(server.create_token("driver"), NUMBER)
    items.sort(key=lambda item: item["properties"]["datetime"])
    for item, shot in zip(items, shots, strict=True):
        longitude, latitude = item["geometry"]["coordinates"]
        assert abs(longitude - shot.longitude) < 1e-6 and abs(latitude - shot.latitude) < 1e-6
        assert item["properties"]["datetime"].startswith(shot.taken.strftime("%Y-%m-%dT%H:%M:%S"))


def test_a_picture_is_placed_by_hand_and_another_given_up(server, open_page, tmp_path):
    """A click on the map is the place of the chosen picture; a file that is no track is said to be none."""
    text = words("en")["places"]
    write(tmp_path / "card", list(drive(2)))
    page = send(server, open_page, tmp_path / "card", "en")
    page.locator("#held-link").click()
    wait_ready(page)
    (tmp_path / "no.gpx").write_text("no track")
    page.locator("#track-file").set_input_files(tmp_path / "no.gpx")
    see(page, "This is no GPX file")

    row = page.locator("#held tbody tr", has_text="G0000001.JPG")
    row.get_by_role("button", name=text["choose"], exact=True).click()
    page.locator("#hand-hint", has_text="G0000001.JPG").wait_for()
    page.locator("#places-map canvas").click(position={"x": 200, "y": 150})
    assert page.locator("#longitude").input_value() and page.locator("#latitude").input_value()
    page.locator("#longitude").fill("2,35")
    page.locator("#latitude").fill("48.85")
    page.locator("#by-hand button").click()
    see(page, filled(text["placed_one"], n=1))
    assert [one["file_name"].split("/")[-1] for one in held(server, page)] == ["G0000000.JPG"]
    item = server.wait_until_prepared(server.create_token("driver"), 1)[0]
    assert item["geometry"]["coordinates"][:2] == [2.35, 48.85]

    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#held").get_by_role("button", name=text["giveUp"], exact=True).click()
    see(page, filled(text["givenUp_one"], n=1))
    page.get_by_role("link", name=text["back"]).click()
    see(page, words("en")["upload"]["reason_no_place"])


def test_pictures_are_placed_without_a_script(server, open_page, tmp_path):
    """The form of numbers works by itself."""
    write(tmp_path / "card", list(drive(1)))
    page = send(server, open_page, tmp_path / "card", "en")
    page.locator("#held-link").click()
    wait_ready(page)
    plain = page.context.browser.new_context(
        java_script_enabled=False, base_url=server.url, storage_state=page.context.storage_state()).new_page()
    plain.goto(page.url)
    plain.locator("#longitude").fill("2.35")
    plain.locator("#latitude").fill("48.85")
    plain.locator("#by-hand button").click()
    see(plain, words("en")["places"]["none"])
    server.wait_until_prepared(server.create_token("driver"), 1)
    plain.context.close()
