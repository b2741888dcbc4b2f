"""What the upload page says of the camera before the pictures are sent."""
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from cards import STREET, photograph
from people import LANGUAGES, filled, open_account, words
from sample_pictures import drive, stamped


LABEL = "DASHCAM-07"


def camera(server, folder, label, body):
    """A label whose pictures one camera has taken until now."""
    server.wayside("label", "create", label, "--redaction", "none", "--confirm")
    write(folder, [replace(shot, body=body) for shot in days_ago(2, 9)])
    server.import_folder(folder, label)


def begin(server, open_page, folder, language="en", grants=()):
    """A field account that has chosen the folder; gives back the page once every file has an outcome."""
    if not grants:
        server.create_label(LABEL)
    page = open_account(server, open_page, "driver", "field", language=language)
    for label in grants or [LABEL]:
        server.grant(label, "driver")
    page.goto("/upload")
    page.get_by_role("radio", name=LABEL).check(force=True)
    page.locator("#folder-input").set_input_files(str(folder))
    page.locator("#upload[data-state=done]").wait_for(timeout=120_000)
    return page


def days_ago(number, days):
    return drive(number, start=datetime.now(timezone.utc) - timedelta(days=days))


def sentences(page):
    return page.locator("#first-look-list li").all_inner_texts()


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
    assert sentences(page) == [said]


def test_a_clock_that_is_ahead_is_noticed(server, open_page, tmp_path):
    write(tmp_path, drive(3, start=datetime.now(timezone.utc) + timedelta(days=90)))
    page = begin(server, open_page, tmp_path)
    assert "ahead" in page.locator("#first-look-list").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clock_that_began_anew_is_noticed(server, open_page, tmp_path, language):
    """A camera whose battery was empty begins again at its first day."""
    write(tmp_path, drive(3, start=datetime(2015, 1, 1, 12, tzinfo=timezone.utc)))
    page = begin(server, open_page, tmp_path, language)
    day = {"en": "1 January 2015", "fr": "1 janvier 2015"}[language]
    assert sentences(page) == [filled(words(language)["upload"]["lookClockBehind"], time=day)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_camera_than_the_label_s_is_noticed(server, open_page, tmp_path, language):
    """The wrong card in the right hand: the label's camera says another serial number in its pictures."""
    camera(server, tmp_path / "before", LABEL, "A100")
    server.wait_until_prepared(server.create_token("admin"), 2)
    write(tmp_path / "card", [replace(shot, body="B200") for shot in days_ago(3, 2)])
    page = begin(server, open_page, tmp_path / "card", language, [LABEL])
    assert sentences(page) == [filled(words(language)["upload"]["lookSerialOther"], serial="B200", label=LABEL, other="A100")]


@pytest.mark.parametrize("sees_other", [True, False])
def test_a_camera_of_another_label_is_named_only_to_who_may_know_that_label(server, open_page, tmp_path, sees_other):
    camera(server, tmp_path / "before", LABEL, "A100")
    camera(server, tmp_path / "other", "MAST-1", "B200")
    server.wait_until_prepared(server.create_token("admin"), 4)
    write(tmp_path / "card", [replace(shot, body="B200") for shot in days_ago(3, 2)])
    page = begin(server, open_page, tmp_path / "card", grants=[LABEL, "MAST-1"] if sees_other else [LABEL])
    text = words("en")["upload"]
    elsewhere = filled(text["lookSerialElsewhere"], serial="B200", label=LABEL, labels="MAST-1")
    other = filled(text["lookSerialOther"], serial="B200", label=LABEL, other="A100")
    assert sentences(page) == [elsewhere if sees_other else other]


def test_the_label_s_own_camera_causes_no_words(server, open_page, tmp_path):
    camera(server, tmp_path / "before", LABEL, "A100")
    server.wait_until_prepared(server.create_token("admin"), 2)
    write(tmp_path / "card", [replace(shot, body="A100") for shot in days_ago(3, 2)])
    page = begin(server, open_page, tmp_path / "card", grants=[LABEL])
    assert page.locator("#first-look").is_hidden()


def test_a_good_card_causes_no_words(server, open_page, tmp_path):
    write(tmp_path, drive(3, start=datetime.now(timezone.utc) - timedelta(days=2)))
    page = begin(server, open_page, tmp_path)
    assert page.locator("#first-look").is_hidden()
