"""Ways to break a picture. Each takes a random source, a picture and all others, and returns bytes."""
import struct

from seeds import (MAKERS, PANORAMA, PREVIEW, Tiff, exif, icc, multi_picture, packet, segment, tagged, xmp)

FRAMES = (0xC0, 0xC1, 0xC2)


def segments(picture):
    """(marker, start, end) of the segments in front of the first scan, its header included."""
    found, at = [], 2
    while at + 4 <= len(picture) and picture[at] == 0xFF:
        marker, length = picture[at + 1], struct.unpack_from(">H", picture, at + 2)[0]
        found.append((marker, at, at + 2 + length))
        if marker == 0xDA:
            break
        at += 2 + length
    return found


def scan_start(picture):
    return segments(picture)[-1][2]


def changed(picture, at, value):
    return picture[:at] + value + picture[at + len(value):]


def without_tags(picture):
    """The picture without EXIF and XMP, to be given others."""
    kept = [picture[start:end] for marker, start, end in segments(picture)[:-1] if marker != 0xE1]
    return picture[:2] + b"".join(kept) + picture[segments(picture)[-1][1]:]


# Bytes

def truncated(random, picture, _):
    return picture[:random.randrange(len(picture))]


def truncated_with_an_end(random, picture, _):
    return picture[:random.randrange(scan_start(picture), len(picture))] + b"\xff\xd9"


def truncated_at_a_segment(random, picture, _):
    return picture[:random.choice(segments(picture))[random.choice((1, 2))] + random.randrange(4)]


def flipped(random, picture, _, first=2, last=None):
    result = bytearray(picture)
    for _ in range(random.choice((1, 1, 2, 4, 16, 64))):
        result[random.randrange(first, last or len(result))] ^= 1 << random.randrange(8)
    return bytes(result)


def flipped_in_front(random, picture, _):
    return flipped(random, picture, _, last=scan_start(picture))


def flipped_in_the_scan(random, picture, _):
    return flipped(random, picture, _, first=scan_start(picture))


def flipped_in_a_segment(random, picture, _):
    _, start, end = random.choice(segments(picture))
    return flipped(random, picture, _, first=start, last=end)


def overwritten(random, picture, _):
    at, length = random.randrange(2, len(picture)), random.choice((1, 2, 4, 16, 256))
    return changed(picture, at, bytes([random.choice((0, 0xFF, 0x7F, 0x80, 0xD9))]) * length)[:len(picture)]


def inserted(random, picture, _):
    at = random.randrange(2, len(picture))
    return picture[:at] + random.randbytes(random.choice((1, 3, 64, 4_096))) + picture[at:]


def removed(random, picture, _):
    at = random.randrange(2, len(picture))
    return picture[:at] + picture[at + random.choice((1, 2, 16, 300)):]


def crossed(random, picture, others):
    other = random.choice(others)
    return picture[:random.choice(segments(picture))[1]] + other[random.choice(segments(other))[1]:]


def noise(random, picture, _):
    return b"\xff\xd8\xff" + random.randbytes(random.choice((10, 1_000, 30_000))) + b"\xff\xd9"


# JPEG structure

def lying_length(random, picture, _):
    _, start, _ = random.choice(segments(picture))
    return changed(picture, start + 2, struct.pack(">H", random.choice((0, 1, 2, 3, 0xFFFF, random.randrange(65_536)))))


def segment_again(random, picture, _):
    _, start, end = random.choice(segments(picture))
    at = random.choice(segments(picture))[1]
    return picture[:at] + picture[start:end] * random.choice((1, 2, 50)) + picture[at:]


def segment_missing(random, picture, _):
    _, start, end = random.choice(segments(picture))
    return picture[:start] + picture[end:]


def segments_shuffled(random, picture, _):
    parts = [picture[start:end] for _, start, end in segments(picture)]
    random.shuffle(parts)
    return picture[:2] + b"".join(parts) + picture[scan_start(picture):]


def other_marker(random, picture, _):
    _, start, _ = random.choice(segments(picture))
    return changed(picture, start + 1, bytes([random.randrange(256)]))


def other_size(random, picture, _):
    """A frame of another size than its data: nothing, everything, just below what is taken."""
    frame = next(start for marker, start, _ in segments(picture) if marker in FRAMES)
    sizes = [(0, 0), (0, 100), (1, 1), (65_535, 65_535), (65_500, 1), (1, 65_500), (12_200, 12_200), (2_000, 2_000),
             (random.randrange(65_536), random.randrange(65_536))]
    return changed(picture, frame + 5, struct.pack(">HH", *random.choice(sizes)))


def other_frame(random, picture, _):
    """Precision, number of components, sampling factors or table numbers that lie."""
    frame = next(start for marker, start, _ in segments(picture) if marker in FRAMES)
    at = random.choice((frame + 4, frame + 9, frame + 10, frame + 11, frame + 12, frame + 14, frame + 17))
    return changed(picture, at, bytes([random.choice((0, 1, 2, 3, 4, 12, 16, 0x00, 0x11, 0x14, 0x41, 0x44, 0xFF))]))


def other_tables(random, picture, _):
    tables = [(start, end) for marker, start, end in segments(picture) if marker in (0xC4, 0xDB, 0xDA)]
    start, end = random.choice(tables)
    return flipped(random, picture, _, first=start + 4, last=end)


def many_scans(random, picture, _):
    """A bomb of scans: each makes a decoder go over the whole picture."""
    header = segment(0xDA, b"\x01\x01\x00\x00\x00\x00")
    return picture[:-2] + (header + b"\x00" * random.choice((0, 1, 20))) * random.choice((3, 150, 1_000, 15_000)) + b"\xff\xd9"


def large_progression(random, picture, _):
    """Much memory for few bytes: a large progressive frame with hardly any data, and many scans over it."""
    frame = next(start for marker, start, _ in segments(picture) if marker in FRAMES)
    large = changed(picture, frame + 1, b"\xc2")
    large = changed(large, frame + 5, struct.pack(">HH", *random.choice(((12_200, 12_200), (8_000, 8_000), (3_000, 3_000)))))
    return many_scans(random, large, _)


def restart_markers(random, picture, _):
    start = segments(picture)[-1][1]
    return picture[:start] + segment(0xDD, struct.pack(">H", random.choice((0, 1, 7, 65_535)))) + picture[start:]


def many_segments(random, picture, _):
    filler = segment(random.choice((0xE1, 0xE2, 0xE5, 0xFE, 0xC4, 0xDB)), b"Exif\0\0" + b"x" * 3)
    return picture[:2] + filler * random.choice((100, 5_000, 30_000)) + picture[2:]


# EXIF

def cyclic_directories(random, picture, _):
    tiff = Tiff(random.choice("<>"))
    head = (b"II" if tiff.order == "<" else b"MM") + tiff.number(2, 42) + tiff.number(4, 8)
    kind = random.randrange(4)
    if kind == 0:       # each directory is its own successor and its own child
        tags = (0x8769, 0x8825, 0xA005, 0x014A)
        body = tiff.directory([tiff.long(tag, 8) for tag in tags], 8, 8)
    elif kind == 1:     # two that point at each other
        first = tiff.directory([tiff.long(0x8769, 26)], 8, 26)
        body = first + tiff.directory([tiff.long(0x8769, 8)], 26, 8)
    elif kind == 2:     # a chain of thousands
        body = b"".join(tiff.directory([], 8 + 6 * index, 14 + 6 * index) for index in range(9_000))
    else:               # children of children
        body = b"".join(tiff.directory([tiff.long(random.choice((0x8769, 0x8825, 0xA005)), 26 + 18 * index)], 8 + 18 * index)
                        for index in range(3_000))
    return tagged(without_tags(picture), segment(0xE1, (b"Exif\0\0" + head + body)[:65_533]))


def huge_counts(random, picture, _):
    """Entries whose count, type or place promise more than there is."""
    block = bytearray(exif(random.choice("<>"), random.randrange(len(MAKERS))))
    order = "<" if block[6:8] == b"II" else ">"
    for _ in range(random.choice((1, 2, 5))):
        at = random.randrange(14, len(block) - 12)
        lie = random.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF0, 0x20000000, random.randrange(1 << 32)))
        struct.pack_into(order + "I", block, at - at % 2, lie)
    return tagged(without_tags(picture), segment(0xE1, bytes(block)))


def strange_values(random, picture, _):
    tiff = Tiff(order := random.choice("<>"))
    odd = (0, 1, 59, 60, 180, 181, 0x7FFFFFFF, 0xFFFFFFFF)
    pairs = [(random.choice(odd), random.choice(odd)) for _ in range(3)]
    kinds = [tiff.rationals(2, *pairs), tiff.rationals(2, *pairs[:1]), tiff.short(2, 48), tiff.text(2, "48,51,30"),
             (2, 12, 3, random.randbytes(24)), (2, 9, 3, random.randbytes(12)), (2, 5, 0, b"")]
    gps = [tiff.text(1, random.choice(("N", "S", "", "X" * 300))), random.choice(kinds), tiff.text(3, "E"),
           tiff.rationals(4, *random.sample(pairs + [(2, 1)], 3)), tiff.rationals(17, random.choice(pairs)),
           tiff.rationals(7, *pairs), tiff.text(29, random.choice(("0000:00:00", "2024:13:45", "9999:99:99", "", "a")))]
    times = ("0000:00:00 00:00:00", "2024:02:31 25:61:61", "99999:01:01 00:00:00", "-001:01:01 00:00:00", "\xff" * 19)
    photo = [tiff.text(0x9004, random.choice(times)), tiff.text(0x9010, random.choice(("+99:99", "Z", "", "-00:61"))),
             tiff.rationals(0xA20E, random.choice(pairs)), tiff.short(0xA405, random.choice((0, 65_535)))]
    return tagged(without_tags(picture), segment(0xE1, exif(order, gps=gps, photo=photo, orientation=random.randrange(12))))


def broken_maker_note(random, picture, _):
    tiff = Tiff(order := random.choice("<>"))
    note = random.choice(MAKERS) + random.choice((
        random.randbytes(200), tiff.number(2, 65_535) + b"\xff" * 400, tiff.directory([tiff.long(1, 0)] * 300, 0, 0), b""))
    return tagged(without_tags(picture), segment(0xE1, exif(order, random.randrange(len(MAKERS)), photo=[tiff.blob(0x927C, note)])))


def flipped_exif(random, picture, _):
    block = exif(random.choice("<>"), random.randrange(len(MAKERS)))
    return tagged(without_tags(picture), segment(0xE1, flipped(random, block, _, first=6)))


# XMP and the rest

def strange_xmp(random, picture, _):
    numbers = ("NaN", "inf", "-1", "1e999", "0x10", "", "9" * 400, "1/0", "-2147483649", "512.5")
    lie = " ".join(f'GPano:{name}="{random.choice(numbers)}"' for name in (
        "FullPanoWidthPixels", "FullPanoHeightPixels", "CroppedAreaImageWidthPixels", "CroppedAreaImageHeightPixels",
        "CroppedAreaLeftPixels", "CroppedAreaTopPixels", "PoseHeadingDegrees", "PosePitchDegrees"))
    entities = "".join(f'<!ENTITY e{index} "{"&e" + str(index - 1) + ";" if index else "lol"}{"&e0;" * 9 if index else ""}">'
                       for index in range(20))
    bodies = (
        packet('GPano:ProjectionType="equirectangular" ' + lie), packet(PANORAMA)[:random.randrange(700)],
        packet('tiff:Make="&e19;"', head=f"<!DOCTYPE x [{entities}]>"), packet(inner="<a>" * 3_000 + "</a>" * 3_000),
        packet(inner="<tiff:A>" * 40 + "x" + "</tiff:A>" * 40), packet(" ".join(f'tiff:P{index}="v"' for index in range(3_000))),
        packet(f'tiff:{"n" * 30_000}="v"'), packet('tiff:Make="\ud7ff"') .replace(b"\xed\x9f\xbf", b"\xed\xa0\x80\xff\xc0\x80"),
        packet('tiff:Make="&#0;&#x110000;&#xD800;"'), b"\xef\xbb\xbf" + packet(lie), packet(lie).decode().encode("utf-16"),
        packet(inner="<![CDATA[" + "]]" * 5_000), packet(inner="<!--" + "-" * 5_000), b"\0" * 3_000,
        packet(inner=f"<GPano:Thumb>{PREVIEW.hex() * 20}</GPano:Thumb>"))
    keep = segment(0xE1, exif("<"))
    return tagged(without_tags(picture), keep, xmp(random.choice(bodies)))


def flipped_xmp(random, picture, _):
    return tagged(without_tags(picture), segment(0xE1, exif("<")), xmp(flipped(random, packet(PANORAMA), _, first=0)))


def lying_extensions(random, picture, _):
    """Extended XMP, MPF and colour profiles whose counts and sizes lie."""
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32
    return tagged(picture, random.choice((
        segment(0xE1, head + struct.pack(">II", 0xFFFFFFFF, random.choice((0, 0xFFFFFFF0))) + b"x" * 100),
        multi_picture(random.choice("<>"), random.choice((0, 0xFFFFFFFF, 65_535))),
        flipped(random, multi_picture(), _, first=4), icc(0, 0), icc(255, 1), icc(1, 255), icc(size=65_000) * 90,
        segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\xff\xff" + b"x" * 20), segment(0xEE, b"Adobe\0d\0\0\0\0" + bytes([random.randrange(256)])),
        segment(0xEE, b"Adobe"))))


ALL = [value for name, value in sorted(globals().items())
       if getattr(value, "__module__", None) == __name__ and value.__code__.co_argcount >= 3
       and name not in ("changed", "flipped")] + [flipped, flipped, flipped_in_the_scan, truncated]
