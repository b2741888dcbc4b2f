"""CQL2 beside PyPI's `cql2`: made-up expressions are read the same, and choose the rows that a brute-force evaluation of
its reading chooses."""
import json
import subprocess
from datetime import datetime

import cql2
import pytest

import cql2_evaluation
from cql2_expressions import expressions
from made_up_pictures import fill
from wayside_server import BINARY, running_server

SEED = 20260601
EXPRESSIONS = 300
PICTURES = 120


@pytest.fixture(scope="module")
def filled():
    """(server, token, all its items)"""
    with running_server() as server:
        server.create_label("car-7")
        server.create_account("ada", "field")
        server.grant("car-7", "ada")
        fill(server, "car-7", "ada", PICTURES)
        token = server.create_token("ada")
        items = server.get(f"/api/search?limit={PICTURES + 1}", token).json["features"]
        assert len(items) == PICTURES
        yield server, token, items


def normalised(expression):
    """Without what is written differently and means the same: numbers as floats, times in one zone, conditions of one kind
    in one list."""
    if isinstance(expression, bool) or expression is None or isinstance(expression, str):
        return expression
    if isinstance(expression, (int, float)):
        return float(expression)
    if isinstance(expression, list):
        return [normalised(part) for part in expression]
    if "timestamp" in expression:
        return {"timestamp": datetime.fromisoformat(expression["timestamp"])}
    members = {name: normalised(value) for name, value in expression.items()}
    if members.get("op") in ("and", "or"):
        parts = []
        for part in members["args"]:
            same = isinstance(part, dict) and part.get("op") == members["op"]
            parts += part["args"] if same else [part]
        members["args"] = parts
    return members


def read_by_us(texts):
    done = subprocess.run(
        [BINARY, "filter"], input="\n".join(texts) + "\n", capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_expressions_are_read_as_the_reference_reads_them():
    texts = expressions(SEED, EXPRESSIONS)
    assert len(set(texts)) == EXPRESSIONS
    ours = read_by_us(texts)
    assert len(ours) == EXPRESSIONS
    different = [
        (text, own, theirs) for text, own in zip(texts, ours)
        if normalised(own) != normalised(theirs := cql2.parse_text(text).to_json())]
    assert different == []


def test_expressions_choose_the_rows_of_a_brute_force_evaluation(filled):
    server, token, items = filled
    sizes = []
    different = []
    for number, text in enumerate(expressions(SEED, EXPRESSIONS)):
        theirs = cql2.parse_text(text).to_json()
        expected = {item["id"] for item in items if cql2_evaluation.holds(theirs, item)}
        # By text and by JSON in turns: the JSON is the reference's, not ours.
        body = {"limit": PICTURES + 1, "filter": text if number % 2 else theirs,
                "filter-lang": "cql2-text" if number % 2 else "cql2-json"}
        answer = server.request("POST", "/api/search", token, body)
        assert answer.status == 200, (text, answer.json)
        found = [item["id"] for item in answer.json["features"]]
        assert len(found) == len(set(found))
        sizes.append(len(expected))
        if set(found) != expected:
            different.append((text, len(found), len(expected)))
    assert different == []
    # The test means something: many expressions choose some of the pictures, and not all.
    assert sum(0 < size < PICTURES for size in sizes) > EXPRESSIONS / 2, sizes
