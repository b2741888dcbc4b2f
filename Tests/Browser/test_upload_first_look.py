"""What the upload page says of the camera before the pictures are sent."""
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from cards import STREET, photograph
from people import LANGUAGES, open_account, words
from sample_pictures import drive, stamped


def begin(server, open_page, folder, language="en"):
    """A field account that has chosen the folder; gives back the page once every file has an outcome."""
    server.create_label("DASHCAM-07")
    page = open_account(server, open_page, "driver", "field", language=language)
    server.grant("DASHCAM-07", "driver")
    page.goto("/upload")
    page.locator("#folder-input").set_input_files(str(folder))
    page.locator("#upload[data-state=done]").wait_for(timeout=120_000)
    return page


def write(folder, shots, photo=STREET):
    for index, shot in enumerate(shots):
        path = folder / f"DCIM/100GOPRO/G{index:07d}.JPG"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stamped(photograph(photo), shot, index))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_without_positions_is_noticed_at_once(server, open_page, tmp_path, language):
    write(tmp_path, [replace(shot, latitude=None, longitude=None) for shot in drive(4)])
    page = begin(server, open_page, tmp_path, language)
    said = words(language)["upload"]["lookNoPlace_other"].replace("{n}", "4")
    assert page.locator("#first-look-list li").all_inner_texts() == [said]


def test_a_clock_that_is_ahead_is_noticed(server, open_page, tmp_path):
    write(tmp_path, drive(3, start=datetime.now(timezone.utc) + timedelta(days=90)))
    page = begin(server, open_page, tmp_path)
    assert "ahead" in page.locator("#first-look-list").inner_text()


def test_a_good_card_causes_no_words(server, open_page, tmp_path):
    write(tmp_path, drive(3, start=datetime.now(timezone.utc) - timedelta(days=2)))
    page = begin(server, open_page, tmp_path)
    assert page.locator("#first-look").is_hidden()
