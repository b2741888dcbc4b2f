"""What iD, JOSM's plugin, panoramax-js and MapComplete ask for, written from their sources, on a live server."""
import json
import math
import re

import pytest

from cards import STREET, make_card
from wayside_server import running_server

EDITOR = "https://editor.example.org"
NUMBER = 5


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    """(server, token, items) with one public sequence, for editors that bring no token."""
    card = tmp_path_factory.mktemp("card") / "car-7"
    make_card(card, NUMBER, photo=STREET)
    with running_server({"WAYSIDE_PUBLIC": "true", "WAYSIDE_CORS_ORIGINS": EDITOR}) as server:
        server.create_label("car-7")
        server.create_account("Ada", "field")
        server.grant("car-7", "Ada")
        token = server.create_token("Ada")
        server.request("PATCH", "/api/users/me", token, {"default_visibility": "anyone"})
        made = server.request("POST", "/api/upload_sets", token, {"title": "car-7"}).json
        assert made["visibility"] == "anyone"
        for path in sorted(card.rglob("*.JPG")):
            send(server, token, made["id"], path)
        server.request("POST", f"/api/upload_sets/{made['id']}/complete", token)
        yield server, token, server.wait_until_prepared(token, NUMBER)


def send(server, token, set_id, path):
    boundary = "an-editor-sends"
    body = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n'
            "Content-Type: image/jpeg\r\n\r\n").encode() + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    answer = server.request("POST", f"/api/upload_sets/{set_id}/files", token, body,
                            {"Content-Type": f"multipart/form-data; boundary={boundary}"})
    assert answer.status == 202, answer.body


def tile(zoom, item):
    longitude, latitude = item["geometry"]["coordinates"]
    number = 2 ** zoom
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * number
    return f"/api/map/{zoom}/{int((longitude + 180) / 360 * number)}/{int(y)}.mvt"


def from_editor(server, path, **more):
    answer = server.get(path, headers={"Origin": EDITOR, **more})
    assert answer.headers.get("access-control-allow-origin") == EDITOR, path
    return answer


def layers(body):
    """{layer name: [names and string values in it]} of a vector tile (MVT 2.1), as far as the tests need it."""
    found = {}
    for field, layer in fields(body):
        if field != 3:
            continue
        parts = list(fields(layer))
        name = next(value.decode() for number, value in parts if number == 1)
        keys = [value.decode() for number, value in parts if number == 3]
        values = [dict(fields(value)).get(1) for number, value in parts if number == 4]
        features = []
        for number, feature in parts:
            if number != 2:
                continue
            tags = list(varints(dict(fields(feature)).get(2, b"")))
            features.append({keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2])})
        found[name] = (keys, features)
    return found


def varints(data):
    position = 0
    while position < len(data):
        value = shift = 0
        while True:
            byte = data[position]
            position += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        yield value


def fields(data):
    """(number, value) of a protobuf message."""
    position = 0

    def number():
        nonlocal position
        value = shift = 0
        while True:
            byte = data[position]
            position += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
    while position < len(data):
        key = number()
        if key & 7 == 0:
            yield key >> 3, number()
        else:
            length = {2: None, 1: 8, 5: 4}[key & 7]
            length = number() if length is None else length
            yield key >> 3, data[position:position + length]
            position += length


# iD

def test_id_finds_both_layers_with_their_fields_at_zoom_15_and_lines_at_10(street):
    server, _, items = street
    near = layers(from_editor(server, tile(15, items[0])).body)
    assert {"id", "ts", "account_id", "first_sequence", "heading", "type", "model"} <= set(near["pictures"][0])
    assert {"id", "account_id", "type", "date"} <= set(near["sequences"][0])
    far = layers(from_editor(server, tile(10, items[0])).body)
    assert far["sequences"][1]


def test_id_takes_an_empty_tile_for_a_success(street):
    server, _, _ = street
    for zoom in (10, 15):
        empty = from_editor(server, f"/api/map/{zoom}/0/0.mvt")
        assert empty.status in (200, 204) and empty.body == b""


def test_id_walks_a_sequence_and_finds_people(street):
    server, _, items = street
    collection = items[0]["collection"]
    page = from_editor(server, f"/api/collections/{collection}/items?limit=1000").json
    assert len(page["features"]) == NUMBER
    for index, item in enumerate(page["features"]):
        assert item["id"] and item["assets"]["hd"]["href"] and item["assets"]["sd"]["href"]
        links = {link["rel"]: link.get("id") for link in item["links"]}
        if index > 0:
            assert links["prev"] == page["features"][index - 1]["id"]
        if index < NUMBER - 1:
            assert links["next"] == page["features"][index + 1]["id"]
    found = from_editor(server, "/api/users/search?q=ada").json["features"]
    assert [person["name"] for person in found] == ["Ada"]
    assert from_editor(server, f"/api/users/{found[0]['id']}").json["name"] == "Ada"
    image = from_editor(server, page["features"][0]["assets"]["sd"]["href"])
    assert image.body[:3] == b"\xff\xd8\xff" and image.headers["cross-origin-resource-policy"] == "cross-origin"
    page = server.get("/", headers={"Origin": EDITOR, "Accept": "text/html"})
    assert "access-control-allow-origin" not in page.headers


# JOSM's plugin

def test_josm_asks_whether_the_server_is_alive(street):
    server, _, _ = street
    assert server.request("HEAD", "/api/live").status == 200


def test_josm_reads_points_with_their_sequences_as_the_text_of_an_array(street):
    server, _, items = street
    _, points = layers(server.get(tile(15, items[0])).body)["pictures"]
    assert {"id", "heading", "sequences"} <= set(points[0])
    for point in points:
        assert json.loads(point["sequences"]) == [items[0]["collection"]]


def test_josm_pages_through_items_that_have_all_it_reads(street):
    server, _, items = street
    address, seen = f"/api/collections/{items[0]['collection']}/items?limit=2", []
    while address:
        page = server.get(address).json
        assert isinstance(page["features"], list) and isinstance(page["links"], list)
        seen += page["features"]
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert len(seen) == NUMBER
    for item in seen:
        assert item["type"] == "Feature" and len(item["bbox"]) == 4 and item["collection"]
        assert len(item["geometry"]["coordinates"]) == 2 and item["providers"][0]["name"] == "Ada"
        links = {link["rel"]: link for link in item["links"]}
        assert links["root"]["href"] == f"{server.url}/api" and links["via"]["type"] == "text/html"
        for name in ("hd", "sd", "thumb"):
            assert item["assets"][name]["type"] == "image/jpeg"
        for href in [*(asset["href"] for asset in item["assets"].values()), *(link["href"] for link in item["links"])]:
            assert re.fullmatch(r"https?://[^\s{}<>\"]+", href), href
        for value in item["properties"]["exif"].values():
            assert isinstance(value, (str, int, float))


# panoramax-js and MapComplete

def test_an_address_may_end_with_a_slash(street):
    server, token, items = street
    for path in ("/api/", "/api/collections/", f"/api/collections/{items[0]['collection']}/",
                 f"/api/users/search/?q=ada", "/api/users/me/", "/api/configuration/"):
        assert server.get(path, token).status == 200, path


def test_json_is_read_whatever_it_is_called(street):
    server, _, _ = street
    for kind in ("text/plain;charset=UTF-8", "application/json; charset=utf-8"):
        answer = server.request("POST", "/api/search", body=b'{"limit": 1}', headers={"Content-Type": kind})
        assert answer.status == 200 and len(answer.json["features"]) == 1, kind


def test_a_token_is_asked_for_without_an_account_and_is_worth_nothing_yet(street):
    server, _, _ = street
    made = server.request("POST", "/api/auth/tokens/generate?description=MapComplete", headers={"Origin": EDITOR})
    assert made.status == 200 and made.headers["access-control-allow-origin"] == EDITOR
    assert server.get("/api/users/me", made.json["jwt_token"]).status == 401
    claim = next(link["href"] for link in made.json["links"] if link["rel"] == "claim")
    assert claim.startswith(f"{server.url}/api/auth/tokens/")


def test_a_browser_of_an_editor_may_send_a_token_along(street):
    server, token, items = street
    asked = server.request("OPTIONS", "/api/collections", headers={
        "Origin": EDITOR, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"})
    assert asked.status == 204 and "authorization" in asked.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in asked.headers
    other = server.request("OPTIONS", "/api/collections", headers={
        "Origin": "https://evil.example", "Access-Control-Request-Method": "GET"})
    assert "access-control-allow-origin" not in other.headers
