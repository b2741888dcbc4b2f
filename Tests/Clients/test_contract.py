"""Does the server keep its contract? Validators read Docs/openapi.yaml, and schemathesis sends what it allows and what not."""
import json
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
import yaml

from cards import make_card
from wayside_server import ROOT, running_server

TOOLS = Path(sys.executable).parent
CONTRACT = ROOT / "Docs/openapi.yaml"
SEED = "20260101"
CHECKS = ",".join([
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "unsupported_method", "allow_header_conformance", "ignored_auth",
])
# What ends the login that the run goes on with, or waits for a person.
NEVER = ["logout"]
PICTURES = 3


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """(server, {role: token}, names of what is there by capture) of a server with something of everything."""
    card = tmp_path_factory.mktemp("card") / "car-7"
    make_card(card, PICTURES)
    with running_server({"WAYSIDE_REPORTS_PER_HOUR": "100000"}) as server:
        server.create_label("car-7")
        server.create_account("ada", "field")
        server.create_account("root", "admin")
        server.create_account("changing", "viewer")
        server.grant("car-7", "ada")
        tokens = {"field": server.create_token("ada"), "admin": server.create_token("root")}
        yield server, tokens, fill(server, tokens, card)


def fill(server, tokens, card):
    ada, root = tokens["field"], tokens["admin"]
    made = server.request("POST", "/api/upload_sets", ada, {"title": "car-7", "estimated_nb_files": PICTURES}).json
    for path in sorted(card.rglob("*.JPG")):
        send(server, ada, made["id"], path)
    server.request("POST", f"/api/upload_sets/{made['id']}/complete", ada)
    items = server.wait_until_prepared(ada, PICTURES)
    picture, reported = items[0]["id"], items[1]["id"]
    receipt = server.request("DELETE", f"/api/upload_sets/{empty_set(server, ada)}", ada).headers["link"]
    annotation = server.request("POST", f"/api/pictures/{picture}/annotations", ada, {
        "shape": [10, 10, 60, 40], "semantics": [{"key": "kind", "value": "sign"}]}).json
    area = server.request("POST", "/api/configuration/excluded_areas", root, {
        "type": "Feature", "properties": {"label": "far"},
        "geometry": {"type": "Polygon", "coordinates": [[[10, 10], [11, 10], [11, 11], [10, 10]]]}}).json
    report = server.request("POST", "/api/reports", ada, {"issue": "mislocated", "picture_id": reported}).json
    return {
        "picture": picture, "collection": items[0]["collection"], "set": made["id"],
        "label": server.get("/api/camera_labels", root).json["camera_labels"][0]["id"],
        "account": next(each["id"] for each in server.get("/api/accounts", root).json["accounts"] if each["name"] == "changing"), "receipt": receipt.split(">")[0].split("/")[-1],
        "annotation": annotation["id"], "area": area["id"], "report": report["id"],
    }


def send(server, token, upload_set, path):
    mark = uuid.uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n\r\n'
    answer = server.request(
        "POST", f"/api/upload_sets/{upload_set}/files", token, head.encode() + path.read_bytes() + f"\r\n--{mark}--\r\n".encode(),
        {"Content-Type": f"multipart/form-data; boundary={mark}"})
    assert answer.status == 202, answer.body


def empty_set(server, token):
    return server.request("POST", "/api/upload_sets", token, {"title": "car-7"}).json["id"]


def schemathesis(server, token, folder, names, *options):
    """Runs it with a seed and returns its output; what breaks the contract is in there, with a curl command for each."""
    settings = folder / "schemathesis.toml"
    parameters = [f'"path.{name}" = "{value}"' for name, value in names.items()]
    settings.write_text("\n".join(["[parameters]", *parameters]) + "\n")
    done = subprocess.run(
        [TOOLS / "schemathesis", "--config-file", settings, "run", f"{server.url}/api/docs/openapi.json",
         "--url", server.url, "--header", f"Authorization: Bearer {token}", "--checks", CHECKS, "--seed", SEED,
         "--max-examples", "12", "--phases", "examples,coverage,fuzzing", "--generation-database", "none",
         "--suppress-health-check", "all", "--continue-on-failure", "--request-timeout", "30", "--no-shrink",
         *[part for name in NEVER for part in ("--exclude-operation-id", name)], *options],
        cwd=folder, capture_output=True, text=True, timeout=900)
    return done


def assert_kept(done):
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-2000:]
    assert "Test cases:" in done.stdout or "passed" in done.stdout, done.stdout[-2000:]


def test_the_document_is_a_valid_openapi_document():
    done = subprocess.run([TOOLS / "openapi-spec-validator", CONTRACT], capture_output=True, text=True)
    assert done.returncode == 0 and "OK" in done.stdout, done.stdout + done.stderr


def test_others_read_the_yaml_as_the_server_does(server):
    served = server.get("/api/docs/openapi.yaml")
    assert served.body == CONTRACT.read_bytes()
    assert yaml.safe_load(served.body) == server.get("/api/docs/openapi.json").json


@pytest.mark.parametrize("role", ["admin", "field"])
def test_every_answer_about_what_is_there_is_documented(filled, tmp_path, role):
    server, tokens, names = filled
    assert_kept(schemathesis(server, tokens[role], tmp_path, names, "--exclude-method", "DELETE"))


@pytest.mark.parametrize("role", ["admin", "field"])
def test_every_answer_about_what_is_not_there_is_documented(filled, tmp_path, role):
    server, tokens, _ = filled
    assert_kept(schemathesis(server, tokens[role], tmp_path, {}))


def test_a_guest_is_told_nothing_that_is_not_documented(filled, tmp_path):
    server, _, names = filled
    assert_kept(schemathesis(server, "", tmp_path, names))


def test_what_was_there_before_is_there_still(filled):
    server, tokens, names = filled
    assert server.get(f"/api/pictures/{names['picture']}", tokens["field"]).status == 200
    assert json.loads(server.get("/api/live").body) == {"status": "ok"}
