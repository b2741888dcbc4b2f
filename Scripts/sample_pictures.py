"""Makes sample pictures: a JPEG's pixels with EXIF of our own, so that one photograph gives a whole drive.

Used by `make demo`, the browser tests and the benchmarks. Standard library only: pixels are copied as they are.
"""
import math
import struct
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

SHORT, LONG, ASCII, BYTE, RATIONAL = 3, 4, 2, 1, 5


@dataclass(frozen=True)
class Shot:
    """Where and how a picture was taken; `taken` is an aware time, `zone` the camera's offset in hours (None: not written)."""

    latitude: float | None
    longitude: float | None
    taken: datetime | None
    heading: float | None = None
    altitude: float = 42.0
    zone: int | None = 2
    make: str = "GoPro"
    model: str = "HERO9 Black"
    orientation: int = 1
    body: str | None = None     # serial number of the camera's body


def drive(number, latitude=48.11720, longitude=-1.67930, heading=75.0, step=10.0, seconds=2.0,
          start=datetime(2025, 6, 14, 8, 30, 0, 250_000, timezone.utc)):
    """`number` shots along a street with bends, `step` metres and `seconds` apart."""
    shot = Shot(latitude, longitude, start, heading)
    for index in range(number):
        yield shot
        heading = (shot.heading + 4 * math.sin(index / 9)) % 360
        east, north = step * math.sin(math.radians(heading)), step * math.cos(math.radians(heading))
        shot = replace(
            shot, heading=heading, taken=shot.taken + timedelta(seconds=seconds),
            latitude=shot.latitude + north / 111_320,
            longitude=shot.longitude + east / (111_320 * math.cos(math.radians(shot.latitude))))


def stamped(jpeg, shot, serial=0):
    """The JPEG with its EXIF replaced; `serial` goes into the Software tag, so that equal shots differ in bytes."""
    return b"\xff\xd8" + _segment(0xE1, b"Exif\0\0" + _tiff(shot, serial)) + _without_exif(jpeg)


def _segment(marker, payload):
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def _without_exif(jpeg):
    """Everything after SOI but the Exif and multi-picture segments; XMP stays, it makes a panorama one."""
    if jpeg[:2] != b"\xff\xd8":
        raise ValueError("not a JPEG")
    at, kept = 2, []
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        size = 2 + struct.unpack_from(">H", jpeg, at + 2)[0]
        segment = jpeg[at:at + size]
        is_exif = segment[1] == 0xE1 and segment[4:10] == b"Exif\0\0"
        is_multi = segment[1] == 0xE2 and segment[4:8] == b"MPF\0"
        if not (is_exif or is_multi):
            kept.append(segment)
        at += size
    return b"".join(kept) + jpeg[at:]


def _tiff(shot, serial):
    """A little-endian TIFF with the main, Exif and GPS directories."""
    main = [(0x010F, ASCII, shot.make), (0x0110, ASCII, shot.model), (0x0112, SHORT, [shot.orientation]),
            (0x0131, ASCII, f"sample {serial}")]
    exif = [(0x920A, RATIONAL, [(3, 1)])]
    gps = [(0x0000, BYTE, [2, 3, 0, 0])]
    if shot.taken is not None:
        local = shot.taken + timedelta(hours=shot.zone or 0)
        exif += [(0x9003, ASCII, local.strftime("%Y:%m:%d %H:%M:%S")), (0x9291, ASCII, f"{local.microsecond // 1000:03d}")]
        if shot.zone is not None:
            exif.append((0x9011, ASCII, f"{shot.zone:+03d}:00"))
    if shot.body is not None:
        exif.append((0xA431, ASCII, shot.body))
    if shot.latitude is not None:
        gps += _gps(shot)
    # Directories one after the other; the pointers in the main one need the others' places, which need its length.
    main += [(0x8769, LONG, [0]), (0x8825, LONG, [0])]
    exif_at = 8 + len(_directory(main, 8))
    gps_at = exif_at + len(_directory(exif, exif_at))
    main[-2:] = [(0x8769, LONG, [exif_at]), (0x8825, LONG, [gps_at])]
    return (b"II*\0" + struct.pack("<I", 8) + _directory(main, 8)
            + _directory(exif, exif_at) + _directory(gps, gps_at))


def _gps(shot):
    entries = [(0x0001, ASCII, "N" if shot.latitude >= 0 else "S"), (0x0002, RATIONAL, _degrees(shot.latitude)),
               (0x0003, ASCII, "E" if shot.longitude >= 0 else "W"), (0x0004, RATIONAL, _degrees(shot.longitude)),
               (0x0005, BYTE, [0]), (0x0006, RATIONAL, [(round(shot.altitude * 1000), 1000)])]
    if shot.taken is not None:
        seconds = shot.taken.second * 1000 + shot.taken.microsecond // 1000
        entries.append((0x0007, RATIONAL, [(shot.taken.hour, 1), (shot.taken.minute, 1), (seconds, 1000)]))
        entries.append((0x001D, ASCII, shot.taken.strftime("%Y:%m:%d")))
    if shot.heading is not None:
        entries += [(0x0010, ASCII, "T"), (0x0011, RATIONAL, [(round(shot.heading % 360 * 100), 100)])]
    return entries


def _degrees(value):
    value = abs(value)
    degrees, minutes = int(value), int(value * 60) % 60
    return [(degrees, 1), (minutes, 1), (round((value - degrees - minutes / 60) * 3_600_000_000), 1_000_000)]


def _directory(entries, at):
    """One image file directory, its long values behind it; entries in order of tag as TIFF asks."""
    entries = sorted(entries)
    table, values = [], b""
    behind = at + 2 + 12 * len(entries) + 4
    for tag, kind, value in entries:
        data, count = _value(kind, value)
        if len(data) <= 4:
            field = data.ljust(4, b"\0")
        else:
            field = struct.pack("<I", behind + len(values))
            values += data + b"\0" * (len(data) % 2)
        table.append(struct.pack("<HHI", tag, kind, count) + field)
    return struct.pack("<H", len(entries)) + b"".join(table) + b"\0\0\0\0" + values


def _value(kind, value):
    if kind == ASCII:
        data = value.encode("ascii") + b"\0"
        return data, len(data)
    if kind == BYTE:
        return bytes(value), len(value)
    if kind == SHORT:
        return struct.pack(f"<{len(value)}H", *value), len(value)
    if kind == LONG:
        return struct.pack(f"<{len(value)}I", *value), len(value)
    return b"".join(struct.pack("<2I", *pair) for pair in value), len(value)
