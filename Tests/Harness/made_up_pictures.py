"""Pictures put straight into a server's catalogue: as many kinds as there are, without files, for tests of search."""
import random
import sqlite3
import uuid
from datetime import datetime, timezone

EPOCH = datetime(2026, 6, 1, 10, tzinfo=timezone.utc)
MICROSECONDS = 1_000_000
MAKES = [("GoPro", "HERO8 Black"), ("GoPro", "MAX"), ("Ricoh", "THETA X"), ("Élan", "Œil 2"), (None, None)]
TAGS = [("osm|traffic_sign", "stop"), ("osm|traffic_sign", "yield"), ("surface", "asphalt"), ("surface", "Gravel"),
        ("note", "it's 100%_wet")]
OBJECTS = ["car", "bus", "stop sign"]


def fill(server, label, account, number, seed=7):
    """Adds `number` pictures of the label and account, in sequences of twenty, around 48.1° N 1.67° W."""
    rng = random.Random(seed)
    with sqlite3.connect(server.data / "catalogue.sqlite", timeout=30) as catalogue:
        catalogue.execute("PRAGMA foreign_keys = ON")
        label_id, = catalogue.execute("SELECT id FROM camera_labels WHERE name = ?", [label]).fetchone()
        account_id, = catalogue.execute("SELECT id FROM accounts WHERE name = ?", [account]).fetchone()
        for start in range(0, number, 20):
            add_sequence(catalogue, rng, label_id, account_id, start, min(20, number - start))
    catalogue.close()


def add_sequence(catalogue, rng, label, account, start, number):
    upload_set, sequence = new_id(rng), new_id(rng)
    created = stamp(start * 3600)
    catalogue.execute(
        "INSERT INTO upload_sets (id, account_id, label_id, title, rules, visibility, created_at, completed_at, dispatched_at)"
        " VALUES (?, ?, ?, ?, '{}', 'logged-only', ?, ?, ?)",
        [upload_set, account, label, f"card {start}", created, created, created])
    catalogue.execute(
        "INSERT INTO sequences (id, account_id, label_id, upload_set_id, part, title, visibility, sort_method, created_at,"
        " updated_at) VALUES (?, ?, ?, ?, 1, ?, 'logged-only', 'time-asc', ?, ?)",
        [sequence, account, label, upload_set, f"card {start}", created, created])
    if rng.random() < 0.5:
        catalogue.execute("INSERT INTO sequence_tags VALUES (?, 'surface', 'asphalt')", [sequence])
    rows = [add_picture(catalogue, rng, label, account, upload_set, sequence, rank, start) for rank in range(1, number + 1)]
    for audience in (0, 1):
        catalogue.execute(
            "INSERT INTO sequence_figures (sequence_id, audience, pictures, west, south, east, north, captured_from, captured_to,"
            " length) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            [sequence, audience, number, min(r[0] for r in rows), min(r[1] for r in rows), max(r[0] for r in rows),
             max(r[1] for r in rows), min(r[2] for r in rows), max(r[2] for r in rows)])


def add_picture(catalogue, rng, label, account, upload_set, sequence, rank, start):
    picture = new_id(rng)
    # On a grid, so that places lie exactly on the edges of areas.
    longitude = round(-1.70 + rng.randrange(0, 9) * 0.01, 2)
    latitude = round(48.08 + rng.randrange(0, 9) * 0.01, 2)
    captured = stamp(start * 1000 + rng.randrange(0, 40) * 900)
    make, model = rng.choice(MAKES)
    panorama = rng.random() < 0.3
    row = {
        "id": picture, "account_id": account, "label_id": label, "upload_set_id": upload_set, "sequence_id": sequence,
        "rank": rank, "status": "prepared", "listed": 1, "audience": 1,
        "original_name": rng.choice(["G{:04}.JPG", "g{:04}.jpg", "Été_{}%.jpg"]).format(rng.randrange(50)),
        "original_size": rng.randrange(1, 9) * 100_000, "original_sha256": picture, "revision": 1,
        "created_at": stamp(start * 3600 + rank), "updated_at": stamp(start * 3600 + rng.randrange(0, 5)),
        "morton": morton(longitude, latitude), "longitude": longitude, "latitude": latitude, "captured_at": captured,
        "utc_offset": 120, "heading": rng.choice([None, 0, 45, 90.5, 180, 270, 359.25]),
        "heading_computed": int(rng.random() < 0.4), "altitude": rng.choice([None, -3.5, 20, 35, 120.25]),
        "horizontal_accuracy": rng.choice([None, 2, 4, 8.5]), "pitch": rng.choice([None, -5, 0, 12.5]),
        "type": "equirectangular" if panorama else "flat", "field_of_view": 360 if panorama else rng.choice([None, 70, 92]),
        "make": make, "model": model, "focal_length": rng.choice([None, 2.8, 3]), "orientation": 1, "width": 4000,
        "height": 3000, "exif": "{}", "warnings": "[]",
    }
    columns = ", ".join(row)
    catalogue.execute(f"INSERT INTO pictures ({columns}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    for key, value in rng.sample(TAGS, rng.choice([0, 0, 1, 2])):
        catalogue.execute("INSERT INTO picture_tags VALUES (?, ?, ?)", [picture, key, value])
    for number, name in enumerate(rng.sample(OBJECTS, rng.choice([0, 0, 1, 2]))):
        annotation = new_id(rng)
        shape = [[number, 0], [number + 9, 0], [number + 9, 9], [number, 9]]
        catalogue.execute(
            "INSERT INTO annotations (id, picture_id, shape, created_at) VALUES (?, ?, ?, ?)",
            [annotation, picture, str(shape).replace(" ", ""), captured])
        catalogue.execute(
            "INSERT INTO detections (annotation_id, picture_id, model, class, score) VALUES (?, ?, 'made-up', ?, ?)",
            [annotation, picture, name, rng.choice([0.5, 0.75, 0.912])])
    return longitude, latitude, captured


def stamp(seconds):
    return int(EPOCH.timestamp() + seconds) * MICROSECONDS


def new_id(rng):
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def morton(longitude, latitude):
    """The Z-order code of the Web Mercator cell at zoom 31, as the server computes it."""
    from math import asinh, pi, radians, tan
    scale = 1 << 31
    x = int((longitude + 180) / 360 * scale)
    y = int((1 - asinh(tan(radians(latitude))) / pi) / 2 * scale)
    return sum((x >> bit & 1) << 2 * bit | (y >> bit & 1) << 2 * bit + 1 for bit in range(31))
