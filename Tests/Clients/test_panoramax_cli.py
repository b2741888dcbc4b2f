"""panoramax_cli: login with a page, upload, resume, status, download, delete, transfer."""
import hashlib
import json
import re

import pytest

from cards import STREET, make_card
from panoramax import Panoramax, claim_address
from wayside_server import running_server

PASSWORD = "first password"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def server():
    with running_server() as server:
        server.create_label("car-7")
        for name in ("ada", "bob"):
            server.create_account(name, "field", PASSWORD)
            server.grant("car-7", name)
        yield server


@pytest.fixture
def client(tmp_path):
    return Panoramax(tmp_path / "home")


def sign_in(server, name):
    """The cookie of a browser that has signed in and has replaced the given password."""
    def session(path, body, cookie=None):
        headers = {"Origin": server.url, **({"Cookie": cookie} if cookie else {})}
        answer = server.request("POST", path, body=body, headers=headers)
        assert answer.status == 200, answer.body
        return answer.headers["set-cookie"].split(";")[0]
    cookie = session("/api/auth/login", {"name": name, "password": PASSWORD})
    return session("/api/users/me/password", {"old": PASSWORD, "new": "a phrase of my own"}, cookie)


def claim(server, address, cookie, **headers):
    """Follows the address to the page, and says yes as a browser with these headers does."""
    page = server.get(address, headers={"Cookie": cookie}).headers["location"]
    return server.request("POST", page, body=b"answer=yes", headers={**FORM, "Cookie": cookie, **headers})


def log_in(server, client, name="ada"):
    address = claim_address(client.run("login", "--api-url", server.url))
    assert claim(server, address, sign_in(server, name), Origin=server.url).status == 303


def files(server, token):
    sets = server.get("/api/users/me/upload_sets?filter=", token).json["upload_sets"]
    return [server.get(f"/api/upload_sets/{one['id']}/files", token).json["files"] for one in sets]


def items(server, token):
    return server.get("/api/search?limit=500", token).json["features"]


def test_login_opens_a_page_and_works_once_the_person_has_said_yes(server, client):
    said = client.run("login", "--api-url", server.url)
    address = claim_address(said)
    assert address.startswith(f"{server.url}/api/auth/tokens/")
    assert "waiting for you to link" in client.run("login", "--api-url", server.url)

    cookie = sign_in(server, "ada")
    stored = (client.home / "config/geovisio/config.toml").read_text()
    token = re.search(r'jwt_token = "([^"]+)"', stored)[1]
    # Another site sends the browser of somebody who is signed in to the address, or posts a form to the page.
    cross = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    page = server.get(address, headers={"Cookie": cookie, **cross})
    assert page.status == 303
    shown = server.get(page.headers["location"], headers={"Cookie": cookie, "Accept": "text/html", **cross})
    assert shown.status == 200 and "PanoramaxCLI" in shown.body.decode() and token not in shown.body.decode()
    assert claim(server, address, cookie, **cross).status == 403
    assert claim(server, address, cookie, Origin="https://evil.example").status == 403
    assert claim(server, address, cookie).status == 403
    assert server.get("/api/users/me", token).status == 401
    assert "waiting for you to link" in client.run("login", "--api-url", server.url)

    assert claim(server, address, cookie, Origin=server.url).status == 303
    assert "Already logged to instance as ada" in client.run("login", "--api-url", server.url)
    assert claim(server, address, cookie, Origin=server.url).status == 404
    names = [one["description"] for one in server.get("/api/users/me/tokens", token).json]
    assert any(name.startswith("PanoramaxCLI") for name in names)


def test_upload_with_the_login_waits_until_all_is_published_and_status_says_so(server, client, tmp_path):
    log_in(server, client)
    make_card(tmp_path / "trip", 6, photo=STREET)
    said = client.run("upload", "--api-url", server.url, "--wait", "--write-report", tmp_path / "trip")
    assert "All uploaded pictures are published" in said and "6 pictures uploaded" in said
    token = server.create_token("ada")
    assert len(items(server, token)) == 6
    set_id = server.get("/api/users/me/upload_sets?filter=", token).json["upload_sets"][0]["id"]
    report = json.loads((client.home / f"reports/{set_id}.json").read_text())
    assert report["ready"] and report["items_status"]["prepared"] == 6
    # The command for it sends no token (1.4.1), and is told so.
    status, said = client.attempt("upload-status", "--api-url", server.url, "--token", token, set_id)
    assert status != 0 and "Sign in first" in re.sub(r"\W+", " ", said)


def test_an_upload_that_was_killed_goes_on_where_it_stopped(server, client, tmp_path):
    log_in(server, client)
    token = server.create_token("ada")
    number = 24
    make_card(tmp_path / "trip", number, photo=STREET)
    first = client.start("upload", "--api-url", server.url, tmp_path / "trip")
    server.wait_until(lambda: any(len(sent) >= 3 for sent in files(server, token)), "some files are there")
    first.kill()
    first.communicate()
    before = {one["file_name"]: one["picture_id"] for sent in files(server, token) for one in sent}
    assert 3 <= len(before) < number, "it was killed too late to show anything"

    said = client.run("upload", "--api-url", server.url, "--wait", tmp_path / "trip")
    assert "All uploaded pictures are published" in said
    assert [len(sent) for sent in files(server, token)] == [number], "one upload set, each file once"
    after = {one["file_name"]: one["picture_id"] for sent in files(server, token) for one in sent}
    assert before.items() <= after.items(), "what was there is not sent again"
    assert len(items(server, token)) == number
    assert "Everything already uploaded" in client.run("upload", "--api-url", server.url, tmp_path / "trip")


@pytest.fixture
def uploaded(server, client, tmp_path):
    """(server, client, token of ada) with two sequences of hers and one of bob."""
    log_in(server, client)
    for name in ("north", "south"):
        make_card(tmp_path / name, 3, photo=STREET, latitude=48.2 if name == "north" else 47.2)
        client.run("upload", "--api-url", server.url, "--wait", tmp_path / name)
    make_card(tmp_path / "bobs", 2, photo=STREET, latitude=46.2)
    bob = server.create_token("bob")
    Panoramax(tmp_path / "bob").run("upload", "--api-url", server.url, "--token", bob, "--wait", tmp_path / "bobs")
    return server, client, server.create_token("ada")


def test_download_fetches_what_one_has_sent_as_it_is_shown(uploaded, tmp_path):
    server, client, token = uploaded
    said = client.run("download", "--api-url", server.url, "--user", "me", "--path", tmp_path / "down",
                      "--file-name", "id", "--external-metadata-dir-name", "meta")
    assert "6 pictures on 2 collections" in said
    fetched = {path.stem: path for path in (tmp_path / "down").rglob("*.jpg")}
    mine = {item["id"]: item for item in items(server, token) if item["properties"]["geovisio:producer"] == "ada"}
    assert fetched.keys() == mine.keys() and len(mine) == 6
    for name, path in fetched.items():
        expected = mine[name]["assets"]["hd"]["file:checksum"]
        assert "1220" + hashlib.sha256(path.read_bytes()).hexdigest() == expected
    for path in (tmp_path / "down").rglob("meta/*.json"):
        assert json.loads(path.read_text())["type"] == "Feature"


def test_delete_takes_away_one_sequence_or_all_of_ones_own_and_nobody_elses(uploaded, tmp_path):
    server, client, token = uploaded
    bob = server.create_token("bob")
    theirs = server.get("/api/users/me/collections", bob).json["collections"][0]["id"]
    status, said = client.attempt("delete", "--api-url", server.url, "--collection", theirs, "--force")
    assert status != 0 and "Impossible to delete" in said
    one = server.get("/api/users/me/collections", token).json["collections"][0]["id"]
    client.run("delete", "--api-url", server.url, "--collection", one, "--force")
    assert server.get(f"/api/collections/{one}", token).status == 404
    assert len(items(server, token)) == 5
    client.run("delete", "--api-url", server.url, "--all-collections-of-user", "me", "--force")
    assert [item["properties"]["geovisio:producer"] for item in items(server, token)] == ["bob", "bob"]


def test_a_sequence_moves_to_another_server_that_allows_it(tmp_path):
    with running_server({"WAYSIDE_PUBLIC": "true"}) as origin:
        origin.create_label("car-7")
        origin.create_account("ada", "field")
        origin.grant("car-7", "ada")
        token = origin.create_token("ada")
        client = Panoramax(tmp_path / "home")
        make_card(tmp_path / "trip", 4, photo=STREET)
        client.run("upload", "--api-url", origin.url, "--token", token, "--wait", "--visibility", "anyone",
                   "--semantics", "surface=asphalt", tmp_path / "trip")
        sequence = origin.get("/api/collections", token).json["collections"][0]

        with running_server({"WAYSIDE_TRANSFER_SOURCES": origin.url}) as target:
            target.create_label("from-elsewhere")
            target.create_account("bob", "field")
            target.grant("from-elsewhere", "bob")
            there = target.create_token("bob")
            said = client.run("migration", "--from-api-url", origin.url, "--from-collection", sequence["id"],
                              "--to-api-url", target.url, "--to-token", there, "--wait")
            transfer = re.search(r"transfer id: (\S+?)\)", said)[1]
            moved = target.get("/api/collections", there).json["collections"]
            assert [one["title"] for one in moved] == [sequence["title"]]
            assert moved[0]["semantics"] == [{"key": "surface", "value": "asphalt"}]
            found, known = items(target, there), items(origin, token)
            assert {one["id"] for one in found} == {one["id"] for one in known} and len(found) == 4
            for item in found:
                twin = next(one for one in known if one["id"] == item["id"])
                assert item["geometry"] == twin["geometry"]
                assert item["properties"]["datetime"] == twin["properties"]["datetime"]
                assert item["properties"]["geovisio:producer"] == "bob"
            status = client.run("migration-status", "--api-url", target.url, "--token", there, "--user", "me",
                                "--show-all")
            assert transfer in status and "finished" in status and "4 / 4" in status

        # One that is not on the list, here this server itself, is asked for nothing.
        refused = origin.request("POST", "/api/transfers", token, {
            "collection_location": f"{origin.url}/api/collections/{sequence['id']}"})
        assert refused.status == 422 and refused.json["details"]["reason"] == "origin_not_allowed"


def test_a_transfer_of_what_is_not_public_there_fails_with_a_reason(tmp_path):
    with running_server() as origin, running_server({"WAYSIDE_TRANSFER_SOURCES": origin.url}) as target:
        target.create_label("from-elsewhere")
        target.create_account("bob", "field")
        target.grant("from-elsewhere", "bob")
        token = target.create_token("bob")
        made = target.request("POST", "/api/transfers", token, {
            "collection_location": f"{origin.url}/api/collections/00000000-0000-4000-8000-000000000000"})
        assert made.status == 202 and made.headers["location"].endswith(made.json["id"])

        def failed():
            found = target.get(f"/api/transfers/{made.json['id']}", token).json
            return found if found["status"] == "failed" else None
        found = target.wait_until(failed, "the transfer has failed")
        assert "without signing in" in found["jobs"][0]["error"]
        other = target.create_account("eve", "viewer")
        assert other and target.get(f"/api/transfers/{made.json['id']}", target.create_token("eve")).status == 404
