"""Fetching from a server that sends elsewhere: nothing is followed, and the person who asked reads why."""
import json
import threading
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from wayside_server import running_server

COLLECTION = str(uuid.uuid4())
LINK_LOCAL = "http://169.254.169.254"


class Peer:
    """Another server: what each path answers, a document or an address that it sends on to; and what it was asked."""

    def __init__(self):
        self.answers, self.asked = {}, []
        peer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path.split("?")[0]
                peer.asked.append(path)
                answer = peer.answers.get(path)
                if isinstance(answer, str):
                    self.send_response(302)
                    self.send_header("Location", answer)
                    self.end_headers()
                    return
                body = json.dumps(answer or {}).encode()
                self.send_response(200 if answer else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def holds(self, picture, next_page=None):
        """A collection of one picture that is said to lie at the address."""
        root = f"/api/collections/{COLLECTION}"
        item = {"id": str(uuid.uuid4()), "assets": {"hd": {"href": picture}}, "properties": {}}
        links = [{"rel": "next", "href": next_page}] if next_page else []
        self.answers = {root: {"title": "trip"}, f"{root}/items": {"features": [] if next_page else [item], "links": links}}
        return root


@contextmanager
def running_peer():
    peer = Peer()
    thread = threading.Thread(target=peer.server.serve_forever)
    thread.start()
    try:
        yield peer
    finally:
        peer.server.shutdown()
        thread.join()
        peer.server.server_close()


@pytest.fixture(scope="module")
def peer():
    with running_peer() as peer:
        yield peer


@pytest.fixture(scope="module")
def server(peer):
    with running_server({"WAYSIDE_TRANSFER_SOURCES": f"{peer.url},{LINK_LOCAL}"}) as server:
        server.create_label("from-elsewhere")
        server.create_account("bob", "field")
        server.grant("from-elsewhere", "bob")
        server.token = server.create_token("bob")
        yield server


def failure(server, location, language="en"):
    """Why the transfer has failed, as the person who asked for it reads it."""
    made = server.request("POST", "/api/transfers", server.token, {"collection_location": location})
    assert made.status == 202, made.body

    def failed():
        found = server.get(
            f"/api/transfers/{made.json['id']}", server.token, headers={"Accept-Language": language}).json
        return found if found["status"] == "failed" else None
    found = server.wait_until(failed, "the transfer has failed")
    assert found["jobs"][0]["error"] == found["error"]
    assert server.get("/api/search", server.token).json["features"] == []
    return found["error"]


def test_a_collection_that_is_sent_on_is_not_followed(server, peer):
    root = f"/api/collections/{COLLECTION}"
    for target in ("/api/elsewhere", f"{server.url}/api", f"{LINK_LOCAL}/latest/meta-data"):
        peer.answers, peer.asked[:] = {root: target, "/api/elsewhere": {"title": "here"}}, []
        assert failure(server, peer.url + root) == "127.0.0.1 sends on to another address, which is not followed."
        assert peer.asked == [root]
    assert failure(server, peer.url + root, "fr") == "127.0.0.1 renvoie à une autre adresse, qui n’est pas suivie."


def test_a_picture_that_is_sent_on_is_not_followed(server, peer):
    root = peer.holds(f"{peer.url}/picture.jpg")
    peer.answers["/picture.jpg"], peer.asked[:] = "/other.jpg", []
    assert "not followed" in failure(server, peer.url + root)
    assert peer.asked == [root, f"{root}/items", "/picture.jpg"]


def test_pictures_and_pages_that_are_said_to_lie_elsewhere_are_not_asked_for(server, peer):
    with running_peer() as other:
        root = peer.holds(f"{other.url}/picture.jpg")
        assert f"fetches nothing from {other.url}" in failure(server, peer.url + root)
        root = peer.holds("", next_page=f"{other.url}/page")
        assert f"fetches nothing from {other.url}" in failure(server, peer.url + root)
        assert other.asked == []


def test_link_local_addresses_are_never_asked_though_somebody_has_allowed_one(server, peer):
    assert "Nothing is fetched from the address of 169.254.169.254" in failure(
        server, f"{LINK_LOCAL}/api/collections/{COLLECTION}")
    root = peer.holds(f"{LINK_LOCAL}/latest/meta-data.jpg")
    assert f"fetches nothing from {LINK_LOCAL}" in failure(server, peer.url + root)
