"""What is taken away, opened with the programs that people use: GDAL, QGIS, Python's own csv, zipfile and XML."""
import csv
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest

from cards import make_card
from wayside_server import running_server

PICTURES = 12
GPX = "{http://www.topografix.com/GPX/1/1}"
TITLE = '=1+1;"Rue de l\'Été"'


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """(server, tokens): two labels with pictures; ada has both, ben one of them, and one of the other's is for anyone."""
    cards = tmp_path_factory.mktemp("cards")
    with running_server({"WAYSIDE_PUBLIC": "true"}) as server:
        for label, latitude in (("car-7", 48.10), ("van-8", 48.30)):
            server.create_label(label)
            make_card(cards / label, PICTURES, latitude=latitude)
        tokens = {}
        for name, role, labels in (("ada", "field", ("car-7", "van-8")), ("ben", "field", ("car-7",))):
            server.create_account(name, role)
            for label in labels:
                server.grant(label, name)
            tokens[name] = server.create_token(name)
        for label in ("car-7", "van-8"):
            server.import_folder(cards / label, label)
        items = server.wait_until_prepared(tokens["ada"], 2 * PICTURES)
        tokens["admin"] = server.create_token("admin")
        far = next(item for item in items if item["properties"]["wayside:camera_label"] == "van-8")
        answer = server.request(
            "PATCH", f"/api/collections/{far['collection']}/items/{far['id']}", tokens["admin"], {"visibility": "anyone"})
        assert answer.status == 200, answer.body
        for item in items:
            if item["properties"]["wayside:camera_label"] == "car-7":
                answer = server.request(
                    "PATCH", f"/api/collections/{item['collection']}", tokens["admin"], {"title": TITLE})
                assert answer.status == 200, answer.body
                break
        yield server, tokens


@pytest.fixture(params=["ada", "ben", None])
def viewer(request, filled):
    """(server, token, items): what one sees, by search: everything, one label and a picture, a picture."""
    server, tokens = filled
    token = tokens[request.param] if request.param else None
    items = server.get("/api/search?limit=1000", token).json["features"]
    assert len(items) == {"ada": 2 * PICTURES, "ben": PICTURES + 1, None: 1}[request.param]
    return server, token, {item["id"]: item for item in items}


def export(server, token, form, path="/api/export", more=""):
    answer = server.get(f"{path}?format={form}{more}", token)
    assert answer.status == 200, answer.body
    assert f".{form}" in answer.headers["content-disposition"]
    return answer.body


def test_geojson_is_what_search_finds(viewer):
    server, token, items = viewer
    features = json.loads(export(server, token, "geojson"))["features"]
    assert {feature["id"]: feature for feature in features} == items


def test_csv_has_a_line_for_each_and_no_formula(viewer):
    server, token, items = viewer
    body = export(server, token, "csv")
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert {row["id"] for row in rows} == set(items) and len(rows) == len(items)
    for row in rows:
        item = items[row["id"]]
        longitude, latitude = item["geometry"]["coordinates"]
        assert float(row["longitude"]) == pytest.approx(longitude, abs=1e-8)
        assert float(row["latitude"]) == pytest.approx(latitude, abs=1e-8)
        assert row["captured_at"] == item["properties"]["datetime"]
        for cell in row.values():
            assert cell[:1] not in "=+@" or cell == ""
    if len(items) > 1:
        assert "'" + TITLE in {row["sequence"] for row in rows}


def test_gpx_has_a_track_for_each_sequence(viewer, tmp_path):
    server, token, items = viewer
    body = export(server, token, "gpx")
    root = ElementTree.fromstring(body)
    tracks = root.findall(f"{GPX}trk")
    assert len(tracks) == len({item["collection"] for item in items.values()})
    points = root.findall(f".//{GPX}trkpt")
    assert len(points) == len(items)
    times = sorted(point.find(f"{GPX}time").text for point in points)
    assert times == sorted(item["properties"]["datetime"] for item in items.values())
    file = tmp_path / "out.gpx"
    file.write_bytes(body)
    summary = ogrinfo(file, "track_points")
    assert f"Feature Count: {len(items)}" in summary
    assert f"Feature Count: {len(tracks)}" in ogrinfo(file, "tracks")


def ogrinfo(file, layer):
    done = subprocess.run(["ogrinfo", "-ro", "-so", file, layer], capture_output=True, text=True)
    assert done.returncode == 0 and "ERROR" not in done.stderr and "Warning" not in done.stderr, done.stderr
    return done.stdout


def test_gdal_reads_the_geopackage(viewer, tmp_path):
    server, token, items = viewer
    file = tmp_path / "out.gpkg"
    file.write_bytes(export(server, token, "gpkg"))
    pictures, sequences = ogrinfo(file, "pictures"), ogrinfo(file, "sequences")
    assert f"Feature Count: {len(items)}" in pictures and "Geometry: Point" in pictures
    assert "Geometry: Line String" in sequences
    assert f"Feature Count: {len({item['collection'] for item in items.values()})}" in sequences
    back = tmp_path / "back.geojson"
    subprocess.run(["ogr2ogr", "-f", "GeoJSON", back, file, "pictures"], check=True)
    features = json.loads(back.read_text())["features"]
    assert {feature["properties"]["id"] for feature in features} == set(items)
    for feature in features:
        assert feature["geometry"]["coordinates"] == pytest.approx(
            items[feature["properties"]["id"]]["geometry"]["coordinates"], abs=1e-7)
    # The spatial index finds the half that lies in the south.
    south = tmp_path / "south.geojson"
    subprocess.run(
        ["ogr2ogr", "-f", "GeoJSON", south, file, "pictures", "-spat", "-180", "0", "180", "48.2"], check=True)
    expected = {id for id, item in items.items() if item["geometry"]["coordinates"][1] < 48.2}
    assert {feature["properties"]["id"] for feature in json.loads(south.read_text())["features"]} == expected


def test_the_geopackage_is_one_by_the_book(filled, tmp_path):
    server, tokens = filled
    file = tmp_path / "out.gpkg"
    file.write_bytes(export(server, tokens["ada"], "gpkg"))
    assert file.read_bytes()[68:72] == b"GPKG"
    database = sqlite3.connect(file)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert {row[0] for row in database.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {-1, 0, 4326}
    for layer in ("pictures", "sequences"):
        shown = database.execute(f"SELECT COUNT(*) FROM {layer} WHERE geom IS NOT NULL").fetchone()
        assert database.execute(f"SELECT COUNT(*) FROM rtree_{layer}_geom").fetchone() == shown
        box = database.execute("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", (layer,))
        assert None not in box.fetchone()
    database.close()
    # GDAL edits it: the triggers keep the index.
    for statement in ("UPDATE pictures SET geom = NULL WHERE fid = 1", "DELETE FROM pictures WHERE fid = 2"):
        subprocess.run(["ogrinfo", file, "-sql", statement], check=True, capture_output=True)
    database = sqlite3.connect(file)
    assert database.execute("SELECT COUNT(*) FROM rtree_pictures_geom").fetchone() == (2 * PICTURES - 2,)


def test_qgis_opens_the_geopackage(filled, tmp_path):
    server, tokens = filled
    file = tmp_path / "out.gpkg"
    file.write_bytes(export(server, tokens["ada"], "gpkg"))
    script = """
import sys
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
for name in ("pictures", "sequences"):
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    print(name, layer.isValid(), layer.featureCount(), layer.crs().authid())
application.exitQgis()
"""
    done = subprocess.run(
        ["/usr/bin/python3", "-c", script, file], capture_output=True, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)})
    lines = done.stdout.split("\n")
    assert f"pictures True {2 * PICTURES} EPSG:4326" in lines, done.stdout + done.stderr
    assert any(line.startswith("sequences True ") and line.endswith(" EPSG:4326") for line in lines)


@pytest.mark.parametrize("size", ["hd", "sd"])
def test_zip_holds_the_redacted_pictures(viewer, size):
    server, token, items = viewer
    with zipfile.ZipFile(io.BytesIO(export(server, token, "zip", more=f"&size={size}"))) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.endswith(".jpg")]
        assert len(names) == len(items) == len(set(names))
        assert all(not name.startswith(("/", ".")) and ".." not in name and "\\" not in name for name in names)
        features = json.loads(archive.read("pictures.geojson"))["features"]
        assert {feature["id"] for feature in features} == set(items)
        for feature in features:
            checksum = feature["assets"][size]["file:checksum"]
            assert checksum == "1220" + hashlib.sha256(archive.read(feature["properties"]["file"])).hexdigest()


def test_a_label_that_one_does_not_have_is_not_there(filled):
    server, tokens = filled
    labels = {label["name"]: label["id"] for label in
              server.get("/api/camera_labels", tokens["ada"]).json["camera_labels"]}
    body = json.loads(export(server, tokens["ben"], "geojson", f"/api/camera_labels/{labels['car-7']}/export"))
    assert len(body["features"]) == PICTURES
    assert server.get(f"/api/camera_labels/{labels['van-8']}/export", tokens["ben"]).status == 404


def test_a_selection_is_sent_as_a_search_is(filled):
    server, tokens = filled
    ids = sorted(item["id"] for item in server.get("/api/search?limit=5", tokens["ada"]).json["features"])
    answer = server.request("POST", "/api/export", tokens["ada"], {"ids": ids, "format": "csv"})
    rows = csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline=""))
    assert sorted(row["id"] for row in rows) == ids
