"""The turns of Bench/upload: one upload to the peer, one to a fresh Wayside, and so on; then the medians and their ratio.

    upload_turns.py MEASURE FOLDER
"""
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from meter import prepared_server, processor


def measured(measure, folder, *arguments):
    """Runs the peer's meter; a run that it calls invalid is no figure."""
    done = subprocess.run(
        [sys.executable, measure, folder, "--parallel", os.environ.get("PARALLEL", "4"), *arguments],
        capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"not a figure: {done.stdout}{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def wayside(measure, folder):
    with prepared_server(redaction=False) as server, tempfile.NamedTemporaryFile("w") as token:
        token.write(server.token)
        token.flush()
        # The darkroom is started by its real path, behind the link `.build/release`.
        binary = re.escape(os.environ["WAYSIDE_BINARY"])
        real = re.escape(str(Path(os.environ["WAYSIDE_BINARY"]).resolve()))
        figure = measured(measure, folder, "--api", server.url, "--token", token.name, "--data", str(server.data),
                          "--match", f"darkroom=^({binary}|{real})-darkroom", "--match", f"server=^{binary} serve")
        if figure["server_cpu_s"]["server"] <= 0 or figure["server_cpu_s"]["darkroom"] <= 0:
            sys.exit(f"not a figure: the meter did not find our processes: {figure}")
        return figure


def line(name, figure):
    return (f"{name:8} {figure['server_cpu_s_per_picture']:.3f} s CPU, {figure['s_per_picture']:.3f} s a picture; "
            f"memory {figure['peak_pss_MB']} MB; disk {figure['disk_MB']} MB")


def main():
    measure, folder = sys.argv[1:3]
    print(*processor())
    ours, theirs = [], []
    for turn in range(int(os.environ.get("TURNS", "3"))):
        theirs.append(measured(measure, folder))
        print(turn + 1, line("peer", theirs[-1]), flush=True)
        ours.append(wayside(measure, folder))
        print(turn + 1, line("Wayside", ours[-1]), flush=True)
    mine, peer = (statistics.median(f["server_cpu_s_per_picture"] for f in side) for side in (ours, theirs))
    print(f"peer {peer:.3f} s, Wayside {mine:.3f} s of server CPU a picture: ratio {mine / peer:.2f} (asked: at most 0.5)")
    return 0 if mine <= 0.5 * peer else 1


if __name__ == "__main__":
    sys.exit(main())
