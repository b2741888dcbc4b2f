"""Pictures are linked to the ways of an extract of OpenStreetMap."""
import json

import pytest

from gestures import wait_ready
from people import LANGUAGES, filled, locale, see, sign_in_as_admin, words
from test_explore import import_drive


def extract(path, items):
    """A street along the pictures, and one far away."""
    line = [item["geometry"]["coordinates"][:2] for item in items]
    far = [[longitude, latitude + 0.01] for longitude, latitude in line]
    features = [
        {"type": "Feature", "properties": {"@id": f"way/{number}"}, "geometry": {"type": "LineString", "coordinates": shape}}
        for number, shape in [(4242, line), (4343, far)]]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_loads_ways_and_links_pictures_to_them(server, open_page, tmp_path, language):
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
    (tmp_path / "bad.geojson").write_text("{}")
    page.locator("#extract-file").set_input_files(tmp_path / "bad.geojson")
    page.locator("#load-ways button").click()
    page.locator("#ways-problem:visible").wait_for()

    page.locator("#extract-file").set_input_files(extract(tmp_path / "town.geojson", items))
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
