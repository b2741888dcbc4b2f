"""Does the server keep Docs/openapi.yaml? A validator reads it, schemathesis sends what it allows and what not."""
import os
import re
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
    upload = server.request("POST", "/api/uploads", ada, headers={
        "Tus-Resumable": "1.0.0", "Upload-Length": "500", "Upload-Metadata": "filename YS5qcGc="}).headers["location"]
    accounts = {each["name"]: each["id"] for each in server.get("/api/accounts", root).json["accounts"]}
    return {
        "picture": picture, "collection": items[0]["collection"], "set": made["id"],
        "label": server.get("/api/camera_labels", root).json["camera_labels"][0]["id"],
        "account": accounts["changing"], "receipt": receipt.split(">")[0].split("/")[-1],
        "annotation": annotation["id"], "area": area["id"], "report": report["id"], "user": accounts["ada"],
        "upload": upload.split("/")[-1],
        "tileMatrixSet": "WebMercatorQuad",
    }


def send(server, token, upload_set, path):
    mark = uuid.uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{path.name}"\r\n\r\n'
    body = head.encode() + path.read_bytes() + f"\r\n--{mark}--\r\n".encode()
    answer = server.request(
        "POST", f"/api/upload_sets/{upload_set}/files", token, body,
        {"Content-Type": f"multipart/form-data; boundary={mark}"})
    assert answer.status == 202, answer.body


def empty_set(server, token):
    return server.request("POST", "/api/upload_sets", token, {"title": "car-7"}).json["id"]


def schemathesis(server, token, folder, names, *options):
    """Runs it with a seed; what breaks the contract is in its output, with a curl command for each."""
    settings = folder / "schemathesis.toml"
    parameters = [f'"path.{name}" = "{value}"' for name, value in names.items()]
    settings.write_text("\n".join(["[parameters]", *parameters]) + "\n")
    signed_in = ["--header", f"Authorization: Bearer {token}"] if token else []
    return subprocess.run(
        [TOOLS / "schemathesis", "--config-file", settings, "run", f"{server.url}/api/docs/openapi.json",
         "--url", server.url, *signed_in, "--checks", CHECKS, "--seed", SEED, "--generation-database", "none",
         "--suppress-health-check", "all", "--continue-on-failure", "--request-timeout", "30", "--no-shrink",
         "--exclude-operation-id", "logout", *options],
        cwd=folder, capture_output=True, text=True, timeout=900,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "contract_hooks", "PYTHONPATH": str(Path(__file__).parent)})


def assert_kept(done):
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-2000:]
    tested = re.search(r"([0-9]+) generated", done.stdout)
    assert tested and int(tested[1]) > 100, done.stdout[-2000:]


def test_the_document_is_a_valid_openapi_document():
    done = subprocess.run([TOOLS / "openapi-spec-validator", CONTRACT], capture_output=True, text=True)
    assert done.returncode == 0 and "OK" in done.stdout, done.stdout + done.stderr


def test_others_read_the_yaml_as_the_server_does(server):
    served = server.get("/api/docs/openapi.yaml")
    assert served.body == CONTRACT.read_bytes()
    assert yaml.safe_load(served.body) == server.get("/api/docs/openapi.json").json


def test_every_answer_about_what_is_there_is_documented(filled, tmp_path):
    server, tokens, names = filled
    assert_kept(schemathesis(
        server, tokens["admin"], tmp_path, names, "--exclude-method", "DELETE", "--phases", "examples,coverage,fuzzing",
        "--max-examples", "10"))


@pytest.mark.parametrize("role", ["field", "guest"])
def test_every_answer_to_those_with_fewer_rights_is_documented(filled, tmp_path, role):
    server, tokens, names = filled
    assert_kept(schemathesis(
        server, tokens.get(role), tmp_path, names, "--exclude-method", "DELETE", "--phases", "examples,fuzzing",
        "--max-examples", "5"))


def test_every_answer_about_what_is_not_there_is_documented(filled, tmp_path):
    server, tokens, _ = filled
    assert_kept(schemathesis(
        server, tokens["admin"], tmp_path, {}, "--include-path-regex", "[{]", "--phases", "examples,fuzzing",
        "--max-examples", "5"))


def test_nothing_can_be_deleted_in_a_way_that_is_not_documented(filled, tmp_path):
    server, tokens, names = filled
    assert_kept(schemathesis(
        server, tokens["admin"], tmp_path, names, "--include-method", "DELETE", "--phases", "coverage,fuzzing",
        "--max-examples", "10"))


def test_the_server_has_nothing_to_complain_about(filled):
    server, _, _ = filled
    assert server.get("/api/live").status == 200
    assert "request failed" not in server.log.read_text(errors="replace")
