#!/usr/bin/env python3
"""Compares what the darkroom reads in pictures with what exiftool reads: position, times, heading, altitude, orientation.

    check-tags.py DARKROOM FOLDER

DARKROOM is the built `wayside-darkroom`; FOLDER is searched for JPEGs. A picture that the darkroom refuses is listed
with the reason. Ends with `N agree, N differ, N refused`, and fails when one differs.
"""
import datetime
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
EPOCH = datetime.datetime(2001, 1, 1, tzinfo=datetime.timezone.utc)
TAGS = ["Composite:GPSLatitude", "Composite:GPSLongitude", "Composite:GPSAltitude", "Composite:GPSDateTime",
        "Composite:SubSecDateTimeOriginal", "ExifIFD:DateTimeOriginal", "IFD0:Orientation", "GPS:GPSImgDirection",
        "GPS:GPSTrack", "XMP-GPano:PoseHeadingDegrees"]


def darkroom(program, files):
    """{file: outcome of `inspect`}."""
    requests = "".join(json.dumps({"id": number, "work": "inspect", "source": str(file), "policy": {},
                                   "maximumPixels": 1_000_000_000, "models": [],
                                   "corrections": {"wrong": [], "regions": []}}) + "\n" for number, file in enumerate(files))
    done = subprocess.run([program, "--models", ROOT / ".deps/models", "--tables", ROOT / ".deps/tables"],
                          input=requests, capture_output=True, text=True, check=True)
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    return {files[reply["id"]]: reply["outcome"] for reply in replies}


def exiftool(files):
    """{file: tags}, numbers as numbers."""
    done = subprocess.run(["exiftool", "-json", "-n", "-G1", *(f"-{tag}" for tag in TAGS), "-@", "-"],
                          input="\n".join(map(str, files)), capture_output=True, text=True)
    return {pathlib.Path(tags["SourceFile"]): tags for tags in json.loads(done.stdout)}


def moment(text):
    for form in ("%Y:%m:%d %H:%M:%S.%f%z", "%Y:%m:%d %H:%M:%S%z", "%Y:%m:%d %H:%M:%S.%f", "%Y:%m:%d %H:%M:%S"):
        try:
            return datetime.datetime.strptime(str(text), form)
        except ValueError:
            continue
    return None


def differences(ours, theirs):
    """One line for each thing the two do not agree on."""
    def compare(name, mine, other, tolerance):
        if (mine is None) != (other is None) or (mine is not None and abs(mine - float(other)) > tolerance):
            yield f"{name}: {mine}, exiftool {other}"

    position = ours["position"]
    yield from compare("latitude", position["latitude"], theirs.get("Composite:GPSLatitude"), 1e-6)
    yield from compare("longitude", position["longitude"], theirs.get("Composite:GPSLongitude"), 1e-6)
    yield from compare("altitude", ours.get("altitude"), theirs.get("Composite:GPSAltitude"), 0.01)
    yield from compare("orientation", ours["orientation"], theirs.get("IFD0:Orientation") or 1, 0)
    headings = [theirs[tag] for tag in TAGS[-3:] if tag in theirs]
    yield from compare("heading", ours.get("heading"), float(headings[0]) % 360 if headings else None, 0.01)

    gps = moment(theirs.get("Composite:GPSDateTime"))
    yield from compare("GPS time", ours.get("gpsTime"), gps and (gps - EPOCH).total_seconds(), 0.001)
    camera = moment(theirs.get("Composite:SubSecDateTimeOriginal") or theirs.get("ExifIFD:DateTimeOriginal"))
    if camera and "cameraTime" in ours:
        # Without an offset in the tags exiftool gives the clock's reading, and only minutes and seconds can be compared.
        mine = EPOCH + datetime.timedelta(seconds=ours["cameraTime"])
        apart = (mine - camera).total_seconds() if camera.tzinfo else (mine.replace(tzinfo=None) - camera).total_seconds()
        apart = apart if camera.tzinfo else (apart + 450) % 900 - 450
        yield from compare("camera time", apart, 0, 0.001)


def main(program, folder):
    files = sorted(path.resolve() for path in pathlib.Path(folder).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg"))
    theirs = exiftool(files)
    counts = {"agree": 0, "differ": 0, "refused": 0}
    for file, outcome in darkroom(program, files).items():
        if "inspected" not in outcome:
            counts["refused"] += 1
            reason = next(iter(outcome.values()))["_0"]
            print(f"{file.name}: refused: {reason if isinstance(reason, str) else reason['message']}")
            continue
        found = list(differences(outcome["inspected"]["_0"], theirs[file]))
        counts["differ" if found else "agree"] += 1
        for line in found:
            print(f"{file.name}: {line}")
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return counts["differ"] > 0 or not files


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
