"""Pictures are linked to the ways of an extract of OpenStreetMap."""
import contextlib
import json
import sqlite3
import struct

import pytest

from gestures import wait_ready
from people import LANGUAGES, filled, locale, see, sign_in_as_admin, words
from test_explore import import_drive


def streets(items):
    """By number: a street along the pictures, and one far away."""
    line = [item["geometry"]["coordinates"][:2] for item in items]
    return {4242: line, 4343: [[longitude, latitude + 0.01] for longitude, latitude in line]}


def geojson(path, items):
    features = [
        {"type": "Feature", "properties": {"@id": f"way/{number}"}, "geometry": {"type": "LineString", "coordinates": shape}}
        for number, shape in streets(items).items()]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def geopackage(path, items):
    """The least that OGC 12-128r19 asks for."""
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.executescript("""
            CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER);
            INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326);
            CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
            INSERT INTO gpkg_contents VALUES ('lines', 'features', 4326);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
            INSERT INTO gpkg_geometry_columns VALUES ('lines', 'geom', 'LINESTRING', 4326);
            CREATE TABLE lines (fid INTEGER PRIMARY KEY, geom BLOB, osm_id TEXT)""")
        for number, shape in streets(items).items():
            places = struct.pack(f"<{2 * len(shape)}d", *sum(shape, []))
            line = b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<BII", 1, 2, len(shape)) + places
            database.execute("INSERT INTO lines (geom, osm_id) VALUES (?, ?)", (line, str(number)))


@pytest.mark.parametrize("language, write, name", zip(LANGUAGES, [geojson, geopackage], ["town.geojson", "town.gpkg"]))
def test_an_administrator_loads_ways_and_links_pictures_to_them(server, open_page, tmp_path, language, write, name):
    """Load, link, see the way in the picture's panel; what a person changed stays."""
    text = words(language)["ways"]
    items = import_drive(server, tmp_path / "card", 3)
    page = open_page(server, "/login", locale=locale(language))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in_as_admin(page, server)
    page.goto("/admin/ways")
    wait_ready(page)
    see(page, text["none"])
    write(tmp_path / name, items)
    (tmp_path / "bad.geojson").write_text("{}")
    page.locator("#extract-file").set_input_files(tmp_path / "bad.geojson")
    page.locator("#load-ways button").click()
    page.locator("#ways-problem:visible").wait_for()

    page.locator("#extract-file").set_input_files(tmp_path / name)
    page.locator("#load-ways button").click()
    see(page, text["loadedNow"])
    assert page.locator("#extract-ways").inner_text() == "2"
    page.locator("#link-ways button").click()
    page.locator("#link-state[data-done]").wait_for()
    assert page.locator("#link-state").inner_text() == filled(text["linked_other"], looked=3, n=3, kept=0)

    token = server.create_token("admin")
    path = f"/api/collections/{items[0]['collection']}/items/{items[0]['id']}"
    tags = server.get(path, token).json["properties"]["semantics"]
    assert {"key": "osm|way", "value": "4242"} in tags
    page.goto(f"/#pic={items[0]['id']}&focus=pic")
    page.locator(f"#stage[data-picture='{items[0]['id']}']").wait_for(state="attached")
    page.locator("#facts a", has_text="4242").wait_for(state="attached")
    assert all(url.startswith((server.url, "blob:", "data:")) for url in asked)
