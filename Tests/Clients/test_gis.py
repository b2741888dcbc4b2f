"""What GIS people see who point GDAL and QGIS at the server with a token: OGC API Features."""
import json
import os
import subprocess
from pathlib import Path

import pytest

from cards import make_card
from wayside_server import running_server

PICTURES = 20
QGIS_PYTHON = "/usr/bin/python3"        # QGIS is bound to the system's Python


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    """(server, token, id of the sequence, items): one published drive, and an account that reads it."""
    card = tmp_path_factory.mktemp("card") / "car-7"
    make_card(card, PICTURES)
    with running_server() as server:
        server.create_label("car-7")
        server.create_account("ada", "viewer")
        server.grant("car-7", "ada")
        server.import_folder(card, "car-7")
        token = server.create_token("ada")
        items = server.wait_until_prepared(token, PICTURES)
        assert len({item["collection"] for item in items}) == 1
        yield server, token, items[0]["collection"], items


def gdal(program, server, token, *arguments):
    """Runs a GDAL program on the server's OGC API; its exit status and all that it printed."""
    environment = {**os.environ, "GDAL_HTTP_TIMEOUT": "60"}
    if token:
        environment["GDAL_HTTP_HEADERS"] = f"Authorization: Bearer {token}"
    done = subprocess.run(
        [program, *arguments], env=environment, text=True, capture_output=True, timeout=300)
    return done.returncode, done.stdout + done.stderr


def source(server):
    return f"OAPIF:{server.url}/api"


def half_box(items):
    """A box that holds some of the pictures and not all, and how many."""
    longitudes = sorted(item["geometry"]["coordinates"][0] for item in items)
    latitudes = sorted(item["geometry"]["coordinates"][1] for item in items)
    east = (longitudes[len(items) // 2 - 1] + longitudes[len(items) // 2]) / 2
    box = [longitudes[0] - 0.001, latitudes[0] - 0.001, east, latitudes[-1] + 0.001]
    count = sum(box[0] <= item["geometry"]["coordinates"][0] <= box[2] for item in items)
    assert 0 < count < len(items)
    return box, count


def test_ogrinfo_lists_the_sequences_with_a_token_and_nothing_without(street):
    server, token, sequence, _ = street
    status, text = gdal("ogrinfo", server, token, "-ro", source(server))
    assert status == 0, text
    assert sequence in text
    status, text = gdal("ogrinfo", server, None, "-ro", source(server))
    assert sequence not in text


def test_ogrinfo_counts_and_describes_the_pictures(street):
    server, token, sequence, _ = street
    status, text = gdal("ogrinfo", server, token, "-ro", "-so", source(server), sequence)
    assert status == 0, text
    assert f"Feature Count: {PICTURES}" in text
    assert "Geometry: Point" in text
    assert 'ID["EPSG",4326]' in text or "CRS84" in text
    assert "datetime: DateTime" in text or "datetime: String" in text
    assert "view_azimuth" in text or "view:azimuth" in text


def test_ogrinfo_finds_what_lies_in_a_box(street):
    server, token, sequence, items = street
    box, count = half_box(items)
    status, text = gdal(
        "ogrinfo", server, token, "-ro", "-so", "-spat", *map(str, box), source(server), sequence)
    assert status == 0, text
    assert f"Feature Count: {count}" in text


def test_ogr2ogr_copies_every_picture_page_by_page(street, tmp_path):
    server, token, sequence, items = street
    copy = tmp_path / "copy.geojson"
    status, text = gdal(
        "ogr2ogr", server, token, "-oo", "PAGE_SIZE=7", "-f", "GeoJSON", str(copy), source(server), sequence)
    assert status == 0, text
    points = [feature["geometry"]["coordinates"][:2] for feature in json.loads(copy.read_text())["features"]]
    assert sorted(rounded(point) for point in points) == expected_points(items)


def rounded(point):
    return [round(point[0], 6), round(point[1], 6)]


def expected_points(items):
    return sorted(rounded(item["geometry"]["coordinates"]) for item in items)


def qgis(folder, *arguments):
    """Runs the script in a QGIS of its own: settings and stored logins go to the folder."""
    own = {"QGIS_CUSTOM_CONFIG_PATH": str(folder), "QGIS_AUTH_DB_DIR_PATH": str(folder), "HOME": str(folder)}
    done = subprocess.run(
        [QGIS_PYTHON, Path(__file__).with_name("qgis_features.py"), *map(str, arguments)], text=True,
        env={**os.environ, **own}, capture_output=True, timeout=300)
    lines = [line for line in done.stdout.splitlines() if line.startswith("SEEN ")]
    assert lines, done.stdout + done.stderr
    return json.loads(lines[0].removeprefix("SEEN "))


def test_qgis_opens_the_pictures_with_a_stored_token_counts_them_and_draws_those_in_view(street, tmp_path):
    server, token, sequence, items = street
    box, count = half_box(items)
    seen = qgis(tmp_path, f"{server.url}/api", token, sequence, *box)
    assert seen["valid"], seen["error"]
    assert seen["count"] == PICTURES
    assert seen["crs"] in ("EPSG:4326", "OGC:CRS84")
    assert "datetime" in seen["fields"]
    assert seen["points"] == expected_points(items)
    assert seen["in_box"] == count
    assert not seen["without_token"]
