"""Ways to send pictures that no library is needed for: curl puts files as they are, and older clients fill a collection."""
import base64
import hashlib
import subprocess
import urllib.parse

import pytest

from cards import make_card
from wayside_server import running_server


@pytest.fixture
def sender(tmp_path):
    """(server, token, pictures): a field account with a label, and three pictures of a drive."""
    pictures = sorted(make_card(tmp_path / "card", 3))
    with running_server() as server:
        server.create_label("car-7")
        server.create_account("ada", "field")
        server.grant("car-7", "ada")
        yield server, server.create_token("ada"), pictures


def digest(path):
    return "sha-256=:" + base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode() + ":"


def curl(*arguments):
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "60", *map(str, arguments)],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_curl_puts_files_with_their_digests_and_waits_for_leave(sender):
    server, token, pictures = sender
    upload_set = server.request("POST", "/api/upload_sets", token, {"title": "card", "estimated_nb_files": 3}).json["id"]
    for path in pictures:
        name = urllib.parse.quote(f"DCIM/{path.name}", safe="")
        text = curl(
            "--include", "--upload-file", path, "--header", f"Authorization: Bearer {token}", "--header",
            f"Repr-Digest: {digest(path)}", "--header", "Expect: 100-continue",
            f"{server.url}/api/upload_sets/{upload_set}/files/{name}")
        assert text.startswith("HTTP/1.1 100"), text
        assert "HTTP/1.1 202" in text
    assert len(server.wait_until_prepared(token, 3)) == 3


def test_curl_sends_nothing_of_what_is_refused(sender, tmp_path):
    server, token, _ = sender
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    address = f"{server.url}/api/upload_sets/00000000-0000-4000-8000-000000000000/files/large.jpg"
    for header, status in [(f"Authorization: Bearer {token}", "404"), ("Accept: */*", "401")]:
        said = curl(
            "--upload-file", large, "--header", header, "--header", "Expect: 100-continue", "--output", "/dev/null",
            "--write-out", "%{http_code} %{size_upload}", address)
        assert said == f"{status} 0"


def test_an_older_client_makes_a_collection_and_fills_it_in_the_order_of_positions(sender):
    server, token, pictures = sender
    collection = server.request("POST", "/api/collections", token, {"title": "my street"}).json["id"]
    sent = {}
    for position, path in zip([30, 4, 1], pictures):
        text = curl(
            "--header", f"Authorization: Bearer {token}", "--form", f"position={position}", "--form",
            "isBlurred=false", "--form", f"picture=@{path};type=image/jpeg", "--output", "/dev/null", "--write-out",
            "%{http_code} %header{location}", f"{server.url}/api/collections/{collection}/items")
        status, location = text.split()
        assert status == "202"
        sent[position] = location.rsplit("/", 1)[-1]
    server.wait_until_prepared(token, 3)
    items = server.get(f"/api/collections/{collection}/items", token).json["features"]
    assert [item["id"] for item in items] == [sent[1], sent[4], sent[30]]
