#!/usr/bin/env python3
"""Turns an 8-bit RGB PNG into a binary PPM, which a test can read without a library.

    Scripts/convert-portrait.py FROM.png TO.ppm
"""
import struct
import sys
import zlib


def chunks(data):
    at = 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4:at + 8], data[at + 8:at + 8 + length]
        at += 12 + length


def paeth(a, b, c):
    """The neighbour (left, above, above left) nearest to their linear estimate: PNG, section 9.4."""
    estimate = a + b - c
    return min((a, b, c), key=lambda neighbour: abs(estimate - neighbour))


def unfiltered(raw, width, height):
    stride, before, rows = width * 3, bytearray(width * 3), bytearray()
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            left = row[x - 3] if x >= 3 else 0
            corner = before[x - 3] if x >= 3 else 0
            row[x] = (row[x] + (0, left, before[x], (left + before[x]) // 2, paeth(left, before[x], corner))[kind]) & 255
        rows += row
        before = row
    return bytes(rows)


def main(source, target):
    parts = list(chunks(open(source, "rb").read()))
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", dict(parts)[b"IHDR"])
    if (depth, colour, interlaced) != (8, 2, 0):
        sys.exit(f"{source}: not an 8-bit RGB PNG")
    raw = zlib.decompress(b"".join(content for kind, content in parts if kind == b"IDAT"))
    with open(target, "wb") as out:
        out.write(f"P6 {width} {height} 255\n".encode() + unfiltered(raw, width, height))


main(*sys.argv[1:])
