"""The turns of Bench/api: fills both servers, asks them in turns with wrk, prints the medians and their ratios.

    api_turns.py TOOLS PICTURES        api_turns.py --million        api_turns.py --town
"""
import contextlib
import gzip
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from api_requests import Requests
from bulk_catalogue import load, made_drives, read_drives, town_drives
from meter import LABEL, ROOT, processor, upload
from sample_pictures import drive, stamped
from wayside_server import WaysideServer

PEER = "http://127.0.0.1:5100"
SECONDS, TURNS = int(os.environ.get("SECONDS_EACH", "3")), int(os.environ.get("TURNS", "5"))
# The row, how many times the requests a second, and the share of the middle response time (nil: not asked).
ROWS = {
    "search_200m_limit10": (5, 1 / 3), "search_1km_limit100": (5, 1 / 3), "collections_limit100": (5, 1 / 3),
    "collection": (None, None), "items_limit100": (5, 1 / 3), "item": (5, 1 / 3), "tile_z8": (None, None),
    "tile_z12": (5, 1 / 3), "tile_z15": (5, 1 / 3), "thumb": (None, None), "sd": (5, 1 / 3), "hd": (2, None),
}
COPY = """
\\copy (SELECT json_build_object('sequence', s.id, 'title', s.metadata->>'title', 'id', p.id, 'heading', p.heading,
 'time', extract(epoch FROM p.ts), 'longitude', ST_X(p.geom), 'latitude', ST_Y(p.geom))
 FROM sequences s JOIN sequences_pictures sp ON sp.seq_id = s.id JOIN pictures p ON p.id = sp.pic_id
 WHERE s.metadata->>'title' LIKE 'bulk drive %' ORDER BY s.id, sp.rank) TO STDOUT
"""


def peer_command(tools, command):
    """Runs a shell command with the peer's settings, in its folder."""
    done = subprocess.run(["bash", "-c", f'. "{tools}/env.sh"; cd "$PEER"; {command}'], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def fill_peer(tools, pictures):
    """A real upload and the bulk load, unless they are there already; the drives as they lie in its tables."""
    count = lambda what: int(peer_command(tools, f'psql "$DB_URL" -Atc "SELECT count(*) FROM {what}"'))  # noqa: E731
    if count("pictures") < 100_000:
        # Its own client may give up while it waits for the server: the tables tell when all are ready.
        peer_command(tools, 'venv-cli/bin/panoramax_cli upload --api-url ' + PEER
                     + f' --token "$(cat run/token)" --title real "{pictures}"')
        while count("pictures WHERE preparing_status <> 'prepared'"):
            pass
        peer_command(tools, f'psql "$DB_URL" -v nseq=500 -v npic=200 -f "{tools}/bulk.sql"')
        peer_command(tools, "venv-server/bin/flask --app geovisio db refresh --full")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(" ".join(COPY.split("\n")) + "\n")
        script.flush()
        return peer_command(tools, f'psql "$DB_URL" -At -f {script.name}').splitlines()


@contextlib.contextmanager
def filled_server(name, pictures, drives):
    """A server with the pictures really uploaded and the drives beside them, and a token that reads them."""
    kept = f"{os.environ['FILLED']}/{name}" if os.environ.get("FILLED") else None
    with contextlib.ExitStack() as stack:
        if kept and (Path(kept) / "token").exists():
            server = WaysideServer(kept)
        else:
            folder = kept or stack.enter_context(tempfile.TemporaryDirectory(prefix="wayside-bench-"))
            Path(folder).mkdir(parents=True, exist_ok=True)
            server = WaysideServer(folder)
            fill(server, pictures(), drives())
        stack.callback(server.stop)
        server.start()
        server.token = (server.folder / "token").read_text()
        # Lines that the bulk load left out are drawn before anything is measured.
        server.wait_until(lambda: lines_missing(server) == 0, "all lines are drawn")
        yield server


def fill(server, pictures, drives):
    server.start()
    server.wayside("label", "create", LABEL, "--redaction", "none", "--confirm")
    server.create_account("bench-driver", "field")
    server.create_account("bench-reader", "viewer")
    for account in ("bench-driver", "bench-reader"):
        server.grant(LABEL, account)
    server.token = server.create_token("bench-driver")
    upload(server, pictures, title="real")
    server.wait_until_prepared(server.token, len(pictures))
    token = server.create_token("bench-reader")
    server.stop()
    print("added", load(server.data / "catalogue.sqlite", drives), "pictures", flush=True)
    (server.folder / "token").write_text(token)


def in_folder(folder):
    files = sorted(path for path in Path(folder).iterdir() if path.suffix.lower() in (".jpg", ".jpeg"))
    return [(path.name, path.read_bytes()) for path in files]


def two_of_a_drive():
    photo = (ROOT / ".deps/samples/e1.jpg").read_bytes()
    return [(f"G{index:07}.JPG", stamped(photo, shot, index)) for index, shot in enumerate(drive(2))]


def lines_missing(server):
    connection = sqlite3.connect(server.data / "catalogue.sqlite")
    try:
        return connection.execute(
            "SELECT COUNT(DISTINCT sequence_id) FROM sequence_figures "
            "WHERE sequence_id NOT IN (SELECT sequence_id FROM sequence_lines)").fetchone()[0]
    finally:
        connection.close()


def ask(url, paths, seconds, token=None, connections=8):
    """Requests a second, p50 and p95 in milliseconds, mean bytes; a run with an error is no figure."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        done = subprocess.run(
            ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "-s", str(ROOT / "Bench/wrk_pages.lua"), url, "--",
             file.name, *([token] if token else [])], capture_output=True, text=True)
    line = next((line for line in done.stdout.splitlines() if line.startswith("FIGURES")), None)
    if line is None:
        sys.exit(f"wrk failed: {done.stdout}{done.stderr}")
    count, duration, size, middle, high, errors = map(int, line.split()[1:])
    if errors or not count:
        sys.exit(f"not a figure: {errors} errors in {count} requests for {paths[0]} of {url}")
    return {"rate": count / duration * 1e6, "p50": middle / 1000, "p95": high / 1000, "kb": size / count / 1000}


def compare(server):
    ours, theirs = Requests(server.url, server.token), Requests(PEER, None)
    wanted = os.environ.get("ROWS", "").split(",") if os.environ.get("ROWS") else list(ROWS)
    # Both hold the same drives under the same ids: the ids come from the peer, and so do the places.
    common = theirs.common()
    print(f"{'row':22} {'peer req/s':>10} {'ours':>8} {'ratio':>6} {'peer p50':>9} {'ours':>8} {'ratio':>6} "
          f"{'peer KB':>8} {'ours':>7}  asked", flush=True)
    missed = []
    for row in wanted:
        sides = {"peer": (PEER, theirs.paths(row, common), None),
                 "ours": (server.url, ours.paths(row, common), server.token)}
        for url, paths, token in sides.values():
            ask(url, paths, 1, token)
        runs = {"peer": [], "ours": []}
        for _ in range(TURNS):
            for name, (url, paths, token) in sides.items():
                runs[name].append(ask(url, paths, SECONDS, token))
        peer, mine = ({key: statistics.median(run[key] for run in runs[name]) for key in runs[name][0]}
                      for name in ("peer", "ours"))
        faster, share = mine["rate"] / peer["rate"], mine["p50"] / peer["p50"]
        times, most = ROWS[row]
        fails = (times and faster < times) or (most and share > most)
        verdict = "-" if times is None else "MISSED" if fails else "ok"
        if fails:
            missed.append(row)
        print(f"{row:22} {peer['rate']:10.1f} {mine['rate']:8.1f} {faster:6.2f} {peer['p50']:9.2f} {mine['p50']:8.2f} "
              f"{share:6.2f} {peer['kb']:8.1f} {mine['kb']:7.1f}  {verdict}", flush=True)
    return missed


def largest_tiles(server, zooms=range(18), query=""):
    """The largest tile of each zoom over the town: bytes as they are, and packed; and the slowest to draw."""
    requests = Requests(server.url, server.token)
    largest = (0, 0, "")
    for zoom in zooms:
        sizes, slowest = [], 0
        for path in requests.tiles_of_town(zoom):
            begun = time.monotonic()
            body = requests.get(path + query).body
            slowest = max(slowest, time.monotonic() - begun)
            sizes.append((len(body), len(gzip.compress(body, 5)) if body else 0, path + query))
        most = max(sizes)
        largest = max(largest, most)
        print(f"zoom {zoom:2}: {len(sizes):4} tiles, largest {most[0] / 1000:7.1f} kB, packed {most[1] / 1000:6.1f} kB, "
              f"slowest {slowest * 1000:6.0f} ms", flush=True)
    return largest


def million():
    """This server at 100,000 and at 1,000,000 pictures, in turns."""
    counts = (100_000, 1_000_000)
    with contextlib.ExitStack() as stack:
        servers = {count: stack.enter_context(
            filled_server(str(count), two_of_a_drive, lambda count=count: made_drives(count // 200, 200)))
            for count in counts}
        paths = Requests("http://127.0.0.1", None).paths("search_200m_limit10", {})
        runs = {count: [] for count in counts}
        for turn in range(TURNS + 1):
            for count, server in servers.items():
                high = ask(server.url, paths, SECONDS, server.token)["p95"]
                if turn:        # the first is for warming up
                    runs[count].append(high)
        largest = largest_tiles(servers[1_000_000])
    few, many = (statistics.median(runs[count]) for count in counts)
    print(f"p95 of a search of 200 m: {few:.2f} ms at 100,000 pictures, {many:.2f} ms at 1,000,000: ratio "
          f"{many / few:.2f} (asked: at most 2)")
    return 0 if many <= 2 * few and is_small(largest) else 1


def is_small(largest):
    print(f"largest tile {largest[2]}: {largest[0] / 1000:.1f} kB, packed {largest[1] / 1000:.1f} kB "
          "(asked: at most 500 kB as they are)")
    return largest[0] <= 500_000


def town():
    """The tiles of this server with 1,000,000 pictures in one town."""
    with filled_server("town", two_of_a_drive, lambda: town_drives(5000, 200)) as server:
        largest = max(largest_tiles(server), largest_tiles(server, (13, 14), "?pictures=13"))
        return 0 if is_small(largest) else 1


def main():
    print(*processor())
    if sys.argv[1] == "--million":
        return million()
    if sys.argv[1] == "--town":
        return town()
    tools, pictures = sys.argv[1:3]
    lines = fill_peer(tools, pictures)
    with filled_server("peer", lambda: in_folder(pictures), lambda: read_drives(lines)) as server:
        missed = compare(server)
    print("missed: " + ", ".join(missed) if missed else "every row that is asked for is met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
