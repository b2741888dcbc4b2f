"""The validators of the STAC community on a server with real pictures: each class that it declares, its items, its
collections. Without the network: extensions are validated where STAC_EXTENSION_SCHEMAS names a folder with their schemas."""
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cards import PANORAMA, STREET, make_card
from wayside_server import running_server

TOOLS = Path(sys.executable).parent
OFFLINE = Path(__file__).parent / "offline"
AREA = {"type": "Polygon", "coordinates": [[[-1.75, 48.05], [-1.55, 48.05], [-1.55, 48.2], [-1.75, 48.2], [-1.75, 48.05]]]}
CLASSES = [
    ["core"], ["core", "browseable"], ["core", "children"], ["core", "collections"], ["core", "features"],
    ["core", "item-search"], ["core", "item-search", "filter"], ["core", "item-search", "item-search#sort"],
    ["core", "item-search", "item-search#fields"], ["core", "item-search", "item-search#query"],
    ["core", "features", "features#sort"], ["core", "features", "features#fields"], ["core", "features", "features#query"],
    ["core", "collections", "features", "item-search"],
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    card = tmp_path_factory.mktemp("card")
    make_card(card / "flat", 2, photo=STREET)
    make_card(card / "round", 1, photo=PANORAMA, latitude=48.12)
    with running_server() as server:
        server.create_label("car-7")
        server.create_account("ada", "manager")
        server.grant("car-7", "ada")
        server.token = server.create_token("ada")
        server.import_folder(card, "car-7")
        server.items = server.wait_until_prepared(server.token, 3)
        yield server


def run(tool, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(OFFLINE), "COLUMNS": "200"}
    return subprocess.run(
        [TOOLS / tool, *map(str, arguments)], env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        timeout=600)


@pytest.mark.parametrize("classes", CLASSES, ids=" ".join)
def test_the_api_validator_finds_no_error_in_what_is_declared(server, classes):
    asked = [argument for name in classes for argument in ("--conformance", name)]
    first = server.items[0]
    azimuth = first["properties"]["view:azimuth"]
    done = run(
        "stac-api-validator", "--root-url", f"{server.url}/api", *asked, "--auth-bearer-token", server.token,
        "--collection", first["collection"], "--geometry", json.dumps(AREA), "--no-validate-pagination",
        "--fields-nested-property", "properties.view:azimuth",
        "--query-comparison-field", "view:azimuth", "--query-eq-value", azimuth, "--query-neq-value", azimuth + 1,
        "--query-lt-value", 361, "--query-lte-value", 360, "--query-gt-value", -1, "--query-gte-value", 0,
        "--query-substring-field", "original_file:name", "--query-starts-with-value", "G", "--query-ends-with-value", ".JPG",
        "--query-contains-value", "00",
        # It looks for the values among the characters of a text, as if the text were a list.
        "--query-in-field", "wayside:type", "--query-in-values", f"{first['properties']['wayside:type']},{first['properties']['wayside:type'][0]}")
    # One that crashes says neither.
    assert "Errors: none" in done.stdout, done.stdout + done.stderr


def test_items_and_collections_are_valid(server, tmp_path):
    paths = {f"/api/collections/{item['collection']}" for item in server.items}
    paths |= {f"/api/collections/{item['collection']}/items/{item['id']}" for item in server.items}
    assert len(paths) >= 4
    for number, path in enumerate(sorted(paths)):
        file = tmp_path / f"{number}.json"
        file.write_bytes(server.get(path, server.token).body)
        for tool, arguments, said in [("stac-validator", ["validate"], '"valid_stac": true'), ("stac-check", [], "Passed: True")]:
            done = run(tool, *arguments, file)
            assert done.returncode == 0 and said in done.stdout, (path, done.stdout, done.stderr)
            if os.environ.get("STAC_EXTENSION_SCHEMAS") and "/items/" in path:
                assert "not validated" not in done.stderr, (path, done.stderr)
