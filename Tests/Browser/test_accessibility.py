"""Barriers that a machine can find: axe on every page, on a light and on a dark screen, wide and narrow."""
from pathlib import Path

import axe_playwright_python
import pytest

from gestures import wait_ready
from people import sign_in
from test_explore import import_drive

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
SIZES = {"wide": (1440, 900), "narrow": (360, 740)}


@pytest.fixture
def inhabited(server, tmp_path):
    """A server with something on every page: addresses by what they show."""
    items = import_drive(server, tmp_path, 2)
    server.create_account("boss", "admin", "first password")
    token = server.create_token("boss")
    server.request("POST", "/api/reports", token, {"issue": "blur_missing", "picture_id": items[0]["id"]})
    label = server.get("/api/camera_labels", token).json["camera_labels"][0]["id"]
    account = server.get("/api/users", token).json["users"][0]["id"]
    name = items[0]["properties"]["wayside:camera_label"]
    server.wayside("route", "create", "Website", "--label", name, "--newest-only", "--directory", str(tmp_path / "web"))
    server.wayside("label", "hotlink", name, "on", "--confirm")
    server.wayside("label", "set", name, "--crop", "0.1,0.1,0.8,0.8", "--legend", "label,time")
    server.wayside("retention", "set", name, "picture", "--days", "3000")
    paths = [
        "/", f"/#pic={items[1]['id']}", "/upload", "/uploads", "/pictures",
        "/pictures?tab=sequences&view=thumbs", "/pictures/deleted", "/receipts", "/reports", "/account", "/account/password",
        "/account/delete", "/account/areas", f"/sequences/{items[1]['collection']}", "/admin/accounts", "/admin/labels",
        f"/admin/labels/{label}", "/admin/originals", "/admin/areas", "/admin/ways", "/admin/status",
        f"/admin/labels/{label}/processing", "/admin/routes", "/admin/alerts", "/admin/retention", "/admin/hotlinks",
        "/admin", "/admin/jobs", "/admin/audit", "/admin/models", "/admin/instance", f"/admin/labels/{label}/stickers",
        f"/admin/accounts/{account}/delete", f"/admin/accounts/{account}/tokens", "/account/embeds", "/terms",
        "/api/docs",
    ]
    scheme = server.request("POST", "/api/class_schemes", token, {
        "name": "Signs", "key": "sign", "subject": "box", "classes": [{"value": "stop", "digit": 1}]}).json["id"]
    paths += ["/annotate", f"/annotate/{items[1]['collection']}", "/admin/classes", f"/admin/classes/{scheme}"]
    card = server.request("POST", "/api/upload_sets", token, {"title": "card", "camera_label": name}).json["id"]
    film = {"path": "GH01.MP4", "size": 9, "kind": "video"}
    server.request("POST", f"/api/upload_sets/{card}/card", token, {"files": [film], "complete": True})
    server.request("POST", f"/api/upload_sets/{card}/complete", token)
    paths += [f"/uploads/{card}", f"/uploads/{card}/receipt", f"/upload/{card}", "/guide"]
    return paths


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_on_any_page(server, open_page, inhabited, scheme, size):
    page = open_page(server, "/login", size=SIZES[size])
    page.emulate_media(color_scheme=scheme)
    found = barriers(page, "/login")
    sign_in(page, "boss", "first password", "a password of my own")
    for path in inhabited:
        answer = page.goto(path)
        assert answer is None or answer.status == 200, path
        if path.startswith("/#") or path == "/":
            page.reload()
            wait_ready(page)
        if path.startswith("/annotate/"):
            wait_ready(page)
        found += barriers(page, path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > SIZES[size][0]:
            found.append(f"{path}: {width} pixels wide")
    assert found == []


def barriers(page, path):
    """What axe has to say of the page, a line each; that it looked at all is part of the test."""
    page.evaluate(AXE)
    result = page.evaluate("axe.run()")
    assert len(result["passes"]) > 10, path
    return [f"{path}: {rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in result["violations"]]
