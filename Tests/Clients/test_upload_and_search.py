"""What the real clients see: panoramax_cli uploads, exiftool says what is in the files, pystac-client finds them."""
import json
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pystac_client
import pytest
from pystac_client.exceptions import APIError

from cards import LARGE_STREET, make_card
from wayside_server import running_server

PICTURES = int(os.environ.get("WAYSIDE_TEST_PICTURES", "20"))       # 200 is a day's drive in small
PANORAMAX = Path(sys.executable).parent / "panoramax_cli"
AROUND = [-1.70, 48.10, -1.63, 48.14]


@pytest.fixture(scope="module")
def uploaded(tmp_path_factory):
    """(server, token, folder) after panoramax_cli has uploaded a card and seen it published."""
    card = tmp_path_factory.mktemp("card") / "car-7"
    make_card(card, PICTURES, photo=LARGE_STREET)
    with running_server() as server:
        server.create_label("car-7")
        server.create_account("ada", "field")
        server.grant("car-7", "ada")
        token = server.create_token("ada")
        assert "All uploaded pictures are published" in panoramax_upload(server, token, card)
        yield server, token, card


def panoramax_upload(server, token, card):
    """Uploads a folder as a person would and returns what the client said; its own notes go to a home beside the card."""
    done = subprocess.run(
        [PANORAMAX, "upload", "--api-url", server.url, "--token", token, "--parallel-uploads", "4", "--wait", card],
        env={**os.environ, "HOME": str(card.parent), "COLUMNS": "160"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def exiftool(folder):
    """What exiftool reads: {file name: tags}."""
    output = subprocess.run(
        ["exiftool", "-json", "-n", "-r", "-ext", "jpg", "-GPSLatitude", "-GPSLongitude", "-GPSDateTime",
         "-GPSImgDirection", folder], capture_output=True, text=True, check=True).stdout
    return {Path(tags["SourceFile"]).name: tags for tags in json.loads(output)}


def test_position_time_and_heading_equal_what_exiftool_reads(uploaded):
    server, token, card = uploaded
    expected = exiftool(card)
    items = server.get(f"/api/search?limit={PICTURES + 1}", token).json["features"]
    assert len(items) == PICTURES
    for item in items:
        tags = expected.pop(item["properties"]["original_file:name"].split("/")[-1])
        longitude, latitude = item["geometry"]["coordinates"][:2]
        assert longitude == pytest.approx(tags["GPSLongitude"], abs=1e-6)
        assert latitude == pytest.approx(tags["GPSLatitude"], abs=1e-6)
        assert item["properties"]["view:azimuth"] == pytest.approx(tags["GPSImgDirection"], abs=0.01)
        assert abs((moment(item["properties"]["datetime"]) - gps_moment(tags["GPSDateTime"])).total_seconds()) <= 0.001
    assert expected == {}


def moment(text):
    return datetime.fromisoformat(text)


def gps_moment(text):
    return datetime.strptime(text.rstrip("Z"), "%Y:%m:%d %H:%M:%S.%f").replace(tzinfo=timezone.utc)


def test_pystac_client_finds_them_by_box_with_the_token_only(uploaded):
    server, token, _ = uploaded
    client = pystac_client.Client.open(f"{server.url}/api", headers={"Authorization": f"Bearer {token}"})
    paged = list(client.search(bbox=AROUND, limit=7).items())
    assert len({item.id for item in paged}) == len(paged) == PICTURES
    assert all(item.assets["hd"].href.startswith(server.url) for item in paged)
    assert list(client.search(bbox=[10, 10, 11, 11]).items()) == []
    with pytest.raises(APIError) as refused:
        list(pystac_client.Client.open(f"{server.url}/api").search(bbox=AROUND).items())
    assert refused.value.status_code == 401


def test_uploading_the_same_card_again_adds_nothing(uploaded):
    server, token, card = uploaded
    for note in card.rglob("_panoramax.txt"):
        note.unlink()
    panoramax_upload(server, token, card)
    assert len(server.get(f"/api/search?limit={PICTURES + 1}", token).json["features"]) == PICTURES
