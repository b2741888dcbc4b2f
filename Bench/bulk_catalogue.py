"""Puts drives straight into a stopped server's catalogue: rows like those of one picture that was really uploaded.

What a transition would do for each picture (counts, figures) is done once at the end. Lines of the map are left to the
server, which draws those that are missing when it starts.
"""
import json
import math
import random
import sqlite3
import uuid
from dataclasses import dataclass

EARTH = 6_371_008.8
MICROSECONDS = 1_000_000


@dataclass
class Shot:
    """One picture of a drive: seconds since 1970, degrees."""

    identifier: str
    time: float
    heading: float
    longitude: float
    latitude: float


@dataclass
class Drive:
    identifier: str
    title: str
    shots: list


def made_drives(drives, pictures):
    """Half of them in one town, half spread over France; 2 km each, 10 m between pictures (as the peer's bulk load)."""
    chance = random.Random(42)
    name = lambda: str(uuid.UUID(int=chance.getrandbits(128), version=4))  # noqa: E731
    for number in range(1, drives + 1):
        in_town = number % 2 == 0
        west = -1.75 + chance.random() * 0.22 if in_town else -1.5 + chance.random() * 7.5
        south = 48.07 + chance.random() * 0.09 if in_town else 43.8 + chance.random() * 5.5
        heading, start = chance.random() * 360, 1_672_531_200 + chance.random() * 1000 * 86_400
        east, north = math.sin(math.radians(heading)), math.cos(math.radians(heading))
        shots = [
            Shot(name(), start + step * 2, round(heading + 15 * math.sin(step / 20)) % 360,
                 west + step * 10 * east / (111_320 * math.cos(math.radians(south))) + 0.0001 * math.sin(step / 15),
                 south + step * 10 * north / 111_320 + 0.0001 * math.cos(step / 15))
            for step in range(1, pictures + 1)]
        yield Drive(name(), f"bulk drive {number}", shots)


def town_drives(drives, pictures):
    """All of them in one town of 10 km by 10 km whose streets lie 100 m apart: along streets, turning at some corners, 10 m
    between pictures, more of them near the middle."""
    chance = random.Random(43)
    name = lambda: str(uuid.UUID(int=chance.getrandbits(128), version=4))  # noqa: E731
    west, south, side = -1.70, 48.07, 10_000
    wide, high = 111_320 * math.cos(math.radians(south)), 111_320
    for number in range(1, drives + 1):
        x, y = (min(max(round(chance.gauss(side / 2, side / 4), -2), 0), side) for _ in "xy")
        way, start = chance.randrange(4), 1_672_531_200 + chance.random() * 1000 * 86_400
        shots = []
        for step in range(1, pictures + 1):
            if x % 100 == 0 and y % 100 == 0:
                way = (way + chance.choice((0, 0, 0, 1, 3))) % 4
                while not (0 <= x + (0, 1, 0, -1)[way] <= side and 0 <= y + (1, 0, -1, 0)[way] <= side):
                    way = (way + 1) % 4
            x, y = x + (0, 10, 0, -10)[way], y + (10, 0, -10, 0)[way]
            shots.append(Shot(
                name(), start + step * 2, round(way * 90 + chance.gauss(0, 4), 1) % 360,
                west + (x + chance.gauss(0, 2)) / wide, south + (y + chance.gauss(0, 2)) / high))
        yield Drive(name(), f"bulk drive {number}", shots)


def morton(longitude, latitude):
    """Z-order code of the Web Mercator cell at zoom 31."""
    scale = 1 << 31
    x = min(max(int((longitude + 180) / 360 * scale), 0), scale - 1)
    y = min(max(int((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * scale), 0), scale - 1)
    return spread(x) | spread(y) << 1


def spread(value):
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
                        (2, 0x3333333333333333), (1, 0x5555555555555555)):
        value = (value | value << shift) & mask
    return value


def load(database, drives):
    """Adds the drives, with the account, label and tags of the newest flat picture there is."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY;")
    seed = connection.execute(
        "SELECT * FROM pictures WHERE listed = 1 AND type = 'flat' ORDER BY created_at DESC LIMIT 1").fetchone()
    if seed is None:
        raise SystemExit("the catalogue has no picture to take after")
    triggers = [row["sql"] for row in connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'pictures'")]
    names = [row["name"] for row in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'pictures'")]
    connection.execute("BEGIN IMMEDIATE")
    for name in names:
        connection.execute(f"DROP TRIGGER {name}")
    added = 0
    for drive in drives:
        added += add(connection, dict(seed), drive)
    count_again(connection)
    for trigger in triggers:
        connection.execute(trigger)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return added


def add(connection, seed, drive):
    set_identifier = str(uuid.uuid4())
    copied(connection, "upload_sets", seed["upload_set_id"], id=set_identifier, title=drive.title,
           estimated_files=len(drive.shots), files=len(drive.shots))
    copied(connection, "sequences", seed["sequence_id"], id=drive.identifier, upload_set_id=set_identifier, part=1,
           title=drive.title)
    columns = list(seed)
    rows = []
    for rank, shot in enumerate(drive.shots, 1):
        moment = round(shot.time * MICROSECONDS)
        seed.update(
            id=shot.identifier, upload_set_id=set_identifier, sequence_id=drive.identifier, rank=rank,
            original_name=f"G{rank:07}.JPG", captured_at=moment, gps_time=moment, camera_time=moment,
            heading=float(shot.heading), tag_heading=float(shot.heading), longitude=shot.longitude,
            latitude=shot.latitude, morton=morton(shot.longitude, shot.latitude))
        rows.append(tuple(seed.values()))
    connection.executemany(
        f"INSERT INTO pictures ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", rows)
    figures(connection, seed, drive)
    return len(rows)


def copied(connection, table, identifier, **changes):
    row = dict(connection.execute(f"SELECT * FROM {table} WHERE id = ?", (identifier,)).fetchone())
    row.update(changes)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def figures(connection, seed, drive):
    east, north = [s.longitude for s in drive.shots], [s.latitude for s in drive.shots]
    times = [round(s.time * MICROSECONDS) for s in drive.shots]
    length = sum(distance(a, b) for a, b in zip(drive.shots, drive.shots[1:]))
    for audience in range(seed["audience"] + 1):
        connection.execute(
            "INSERT INTO sequence_figures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (drive.identifier, audience, len(drive.shots), min(east), min(north), max(east), max(north), min(times),
             max(times), length, seed["type"], seed["make"], seed["model"]))


def distance(one, other):
    """Metres (haversine)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(
        math.radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH * math.asin(min(1, math.sqrt(half)))


def count_again(connection):
    """What triggers count for each picture, for all of them at once."""
    connection.execute("DELETE FROM place_counts")
    connection.execute("""
        INSERT INTO place_counts (cell, audience, label_id, account_id, flat, equirectangular)
        SELECT morton >> 30, audience, label_id, account_id, SUM(type = 'flat'), SUM(type <> 'flat')
        FROM pictures WHERE listed = 1 GROUP BY 1, 2, 3, 4""")
    connection.execute("UPDATE map_version SET version = version + 1")


def read_drives(lines):
    """Drives from lines of JSON, one a picture, in the order of drives and ranks."""
    drive = None
    for line in lines:
        row = json.loads(line)
        if drive is None or drive.identifier != row["sequence"]:
            if drive is not None:
                yield drive
            drive = Drive(row["sequence"], row["title"], [])
        drive.shots.append(Shot(row["id"], row["time"], row["heading"], row["longitude"], row["latitude"]))
    if drive is not None:
        yield drive
