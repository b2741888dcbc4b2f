#!/usr/bin/env python3
"""Compares `timezones.bin` with the `timezonefinder` package on random points, half of them within 200 m of a border.

    check-timezones.py TIMEZONES [POINTS]

Needs `timezonefinder` (pip install timezonefinder==9.0.0) and nothing of the converter: it reads the file as
Docs/timezones-format.md describes it.
"""
import math
import mmap
import random
import struct
import sys

from timezonefinder import TimezoneFinder


class ZoneFile:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        assert self.data[:4] == b"WTZ1"
        (self.zones, _, self.block_count, _, _, self.columns, self.rows, names, self.grid, self.candidates, self.polygon_at,
         self.blocks, self.edges, self.deltas, size) = struct.unpack_from("<15I", self.data, 4)
        assert size == len(self.data)
        self.names = self.data[names:self.grid].rstrip(b"\0").decode("ascii").split("\n")[:self.zones]

    def name_at(self, longitude, latitude):
        x, y = round(longitude * 1e6), round(latitude * 1e6)
        column = min(self.columns - 1, (x + 180_000_000) // (360_000_000 // self.columns))
        row = min(self.rows - 1, (y + 90_000_000) // (180_000_000 // self.rows))
        value, = struct.unpack_from("<I", self.data, self.grid + 4 * (row * self.columns + column))
        if value & 0x8000_0000:
            return self.names[value & 0x7FFF_FFFF]
        if value:
            count, = struct.unpack_from("<I", self.data, self.candidates + 4 * value)
            for polygon in struct.unpack_from(f"<{count}I", self.data, self.candidates + 4 * value + 4):
                record = struct.unpack_from("<5I", self.data, self.polygon_at + 20 * polygon)
                if self.contains(record, x, y):
                    return self.names[record[0]]
        hour = math.floor((longitude + 7.5) / 15)
        return "Etc/GMT" if hour == 0 else f"Etc/GMT{-hour:+d}"

    def near_a_border(self, chance):
        """A point within about 200 m of a random vertex of a random border."""
        block = chance.randrange(self.block_count)
        x, y = struct.unpack_from("<2i", self.data, self.blocks + 28 * block)
        shift = [chance.uniform(-0.002, 0.002) for _ in range(2)]
        return max(-180, min(180, x / 1e6 + shift[0])), max(-90, min(90, y / 1e6 + shift[1]))

    def contains(self, record, x, y):
        inside = False
        for x1, y1, x2, y2 in self.edges_of(record, x, y):
            if (y1 > y) != (y2 > y):
                cross = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
                inside ^= cross > 0 if y2 > y1 else cross < 0
        return inside

    def edges_of(self, record, x, y):
        _, block, blocks, edge, edges = record
        for index in range(block, block + blocks):
            bx, by, low, high, right, delta, count = struct.unpack_from("<5i2I", self.data, self.blocks + 28 * index)
            if low <= y <= high and x <= right:
                for dx, dy in struct.iter_unpack(
                        "<2h", self.data[self.deltas + 4 * delta:self.deltas + 4 * (delta + count)]):
                    yield bx, by, bx + dx, by + dy
                    bx, by = bx + dx, by + dy
        for index in range(edge, edge + edges):
            yield struct.unpack_from("<4i", self.data, self.edges + 16 * index)


def main():
    ours, theirs = ZoneFile(sys.argv[1]), TimezoneFinder()
    chance, number = random.Random(20), int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    land = agreed = 0
    differing = []
    for index in range(number):
        if index % 2:
            longitude, latitude = ours.near_a_border(chance)
        else:
            longitude, latitude = chance.uniform(-180, 180), math.degrees(math.asin(chance.uniform(-1, 1)))
        name, own = theirs.timezone_at(lng=longitude, lat=latitude), ours.name_at(longitude, latitude)
        land += not name.startswith("Etc/GMT")
        if own == name:
            agreed += 1
        else:
            differing.append((round(longitude, 5), round(latitude, 5), own, name))
    for line in differing:
        print(*line)
    print(f"{agreed} of {number} points agree ({land} of them on land)")
    return 0 if agreed >= 0.999 * number else 1


if __name__ == "__main__":
    sys.exit(main())
