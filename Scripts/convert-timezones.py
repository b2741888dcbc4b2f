#!/usr/bin/env python3
"""Turns the polygons of PyPI `timezonefinder-data` into `timezones.bin` (Docs/timezones-format.md).

    convert-timezones.py WHEEL OUTPUT

Standard library only. The wheel stores each ring as blocks of 128 vertices: per block an origin, a bit width per axis and
bit-packed residuals in steps of one microdegree. The ocean zones are left out: their borders are plain meridians.
"""
import array
import io
import json
import math
import os
import struct
import sys
import zipfile
from concurrent.futures import ProcessPoolExecutor

MAGIC = b"WTZ1"
COLUMNS, ROWS = 720, 360
CELL = 500_000                    # microdegrees
BLOCK_VERTICES = 128              # of the wheel
STEPS_PER_MICRODEGREE = 10        # of the wheel: origins are in 1e-7 degrees
LONGEST_DELTA = 32_767
WHOLE_CELL = 0x8000_0000


class Source:
    """The members of the wheel that are needed, by their short names."""

    def __init__(self, wheel):
        self.archive = zipfile.ZipFile(wheel)

    def bytes(self, name):
        return self.archive.read("timezonefinder_data/data/" + name)

    def numbers(self, name):
        """A `.npy` file as a flat array (NumPy's format 1.0, little-endian)."""
        raw = self.bytes(name)
        if raw[:6] != b"\x93NUMPY":
            raise SystemExit(f"{name} is not a NumPy file")
        start = 10 + struct.unpack_from("<H", raw, 8)[0]
        kinds = {"<u2": "H", "<u4": "I", "<i4": "i", "|u1": "B"}
        header = raw[10:start].decode("latin-1")
        kind = next(code for text, code in kinds.items() if repr(text) in header)
        values = array.array(kind)
        values.frombytes(raw[start:])
        if sys.byteorder == "big":
            values.byteswap()
        return values

    def payloads(self, name):
        """The rings' packed words: a FlatBuffers table holding a vector of tables that hold one byte vector each."""
        raw = self.bytes(name)

        def u32(at):
            return struct.unpack_from("<I", raw, at)[0]

        def field(table):
            entry = struct.unpack_from("<H", raw, table - struct.unpack_from("<i", raw, table)[0] + 4)[0]
            at = table + entry
            return at + u32(at)

        vector = field(u32(0))
        result = []
        for index in range(u32(vector)):
            at = vector + 4 + 4 * index
            words = field(at + u32(at))
            result.append(raw[words + 4:words + 4 + 4 * u32(words)])
        return result


class Rings:
    """The rings of one folder (`boundaries` or `holes`), decoded on demand."""

    def __init__(self, source, folder):
        self.vertices = source.numbers(folder + "/nr_vertices.npy")
        self.first_block = source.numbers(folder + "/block_offsets.npy")
        self.bases = source.numbers(folder + "/block_bases.npy")
        self.ranges = source.numbers(folder + "/block_ranges.npy")
        self.widths = source.numbers(folder + "/block_widths.npy")
        self.payloads = source.payloads(folder + "/coordinates.bin")

    def vertices_of(self, ring):
        """Vertices in microdegrees, without the closing one."""
        left, xs, ys, offset = self.vertices[ring], [], [], 0
        payload = self.payloads[ring]
        for block in range(self.first_block[ring], self.first_block[ring + 1]):
            own = min(left, BLOCK_VERTICES)
            left -= own
            stored = own + 1      # and the first vertex of the next block, dropped here
            for axis, values, base in ((0, xs, self.bases[block]), (1, ys, self.ranges[2 * block])):
                width = self.widths[2 * block + axis]
                size = 4 * ((stored * width + 31) // 32)
                packed = int.from_bytes(payload[offset:offset + size], "little")
                offset += size
                origin = base // STEPS_PER_MICRODEGREE
                values.extend(unpack(packed, width, own, origin))
        return xs, ys


def unpack(packed, width, count, origin):
    if width == 0:
        return [origin] * count
    mask = (1 << width) - 1
    # Shifting one huge integer again and again is quadratic; eight fields at a time keep it short.
    result, group, group_mask = [], 8 * width, (1 << 8 * width) - 1
    for start in range(0, count, 8):
        part = (packed >> (start // 8 * group)) & group_mask
        for _ in range(min(8, count - start)):
            result.append(origin + (part & mask))
            part >>= width
    return result


def column(x):
    return min(COLUMNS - 1, (x + 180_000_000) // CELL)


def row(y):
    return min(ROWS - 1, (y + 90_000_000) // CELL)


def cells_of_edge(x1, y1, x2, y2):
    """Every cell that an edge may touch, a little generously (a cell too many only costs a test)."""
    top, bottom = max(y1, y2), min(y1, y2)
    for r in range(row(bottom - 1), row(top + 1) + 1):
        if y1 == y2:
            left, right = min(x1, x2), max(x1, x2)
        else:
            low, high = max(bottom, r * CELL - 90_000_000), min(top, (r + 1) * CELL - 90_000_000)
            a = x1 + (low - y1) * (x2 - x1) // (y2 - y1)
            b = x1 + (high - y1) * (x2 - x1) // (y2 - y1)
            left, right = min(a, b), max(a, b)
        for c in range(column(max(left - 2, -180_000_000)), column(right + 2) + 1):
            yield r * COLUMNS + c


def encode_ring(xs, ys, cells):
    """Blocks, long edges and deltas of one ring; adds the cells that it touches to `cells`."""
    blocks, long_edges, deltas = [], [], array.array("h")
    n = len(xs)
    i = 0
    while i < n:
        x = start_x = min_x = max_x = xs[i]
        y = start_y = min_y = max_y = ys[i]
        first = len(deltas) // 2
        count = 0
        while i < n and count < BLOCK_VERTICES:
            following = i + 1 if i + 1 < n else 0
            nx, ny = xs[following], ys[following]
            dx, dy = nx - x, ny - y
            if not (-LONGEST_DELTA <= dx <= LONGEST_DELTA and -LONGEST_DELTA <= dy <= LONGEST_DELTA):
                break
            deltas.append(dx)
            deltas.append(dy)
            count += 1
            i += 1
            x, y = nx, ny
            if x > max_x: max_x = x
            elif x < min_x: min_x = x
            if y > max_y: max_y = y
            elif y < min_y: min_y = y
        if count:
            blocks.append((start_x, start_y, min_y, max_y, max_x, first, count))
            mark(xs, ys, i - count, count, (min_x, min_y, max_x, max_y), cells)
        else:
            long_edges.append((x, y, nx, ny))
            cells.update(cells_of_edge(x, y, nx, ny))
            i += 1
    return blocks, long_edges, deltas


def mark(xs, ys, first, count, box, cells):
    """Adds the cells of a chain of edges: those of its box if it is small, else edge by edge."""
    left, bottom, right, top = box
    columns = range(column(max(left - 2, -180_000_000)), column(right + 2) + 1)
    rows = range(row(max(bottom - 2, -90_000_000)), row(top + 2) + 1)
    if len(columns) * len(rows) <= 2:
        cells.update(r * COLUMNS + c for r in rows for c in columns)
        return
    n = len(xs)
    for i in range(first, first + count):
        j = i + 1 if i + 1 < n else 0
        cells.update(cells_of_edge(xs[i], ys[i], xs[j], ys[j]))


def interior_cells(rings, touched):
    """Cells wholly inside: no edge touches them, and their centre is inside by the even-odd rule."""
    crossings = {}
    for xs, ys in rings:
        x1, y1 = xs[-1], ys[-1]
        for x2, y2 in zip(xs, ys):
            if y1 != y2:
                low, high = (y1, y2) if y1 < y2 else (y2, y1)
                # Rows whose centre line y satisfies low <= y < high.
                first = -((-(low + 90_000_000 - CELL // 2)) // CELL)
                last = -((-(high + 90_000_000 - CELL // 2)) // CELL) - 1
                for r in range(first, last + 1):
                    y = r * CELL + CELL // 2 - 90_000_000
                    crossings.setdefault(r, []).append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
            x1, y1 = x2, y2
    for r, line in crossings.items():
        line.sort()
        for left, right in zip(line[::2], line[1::2]):
            c = max(0, math.ceil((left + 180_000_000 - CELL // 2) / CELL))
            while c < COLUMNS and c * CELL + CELL // 2 - 180_000_000 <= right:
                if r * COLUMNS + c not in touched:
                    yield r * COLUMNS + c
                c += 1


def encode_polygon(number):
    """One polygon: its blocks, long edges, deltas, and the cells on its border and inside."""
    rings = [boundaries.vertices_of(number)]
    for hole in holes_of(number):
        reference = hole_references[hole]
        rings.append(boundaries.vertices_of(reference) if reference >= 0 else holes.vertices_of(-(reference + 1)))
    blocks, long_edges, deltas, touched = [], [], array.array("h"), set()
    for xs, ys in rings:
        own_blocks, own_edges, own_deltas = encode_ring(xs, ys, touched)
        base = len(deltas) // 2
        blocks += [block[:5] + (block[5] + base, block[6]) for block in own_blocks]
        long_edges += own_edges
        deltas.extend(own_deltas)
    inside = list(interior_cells(rings, touched))
    return number, blocks, long_edges, deltas, touched, inside


def holes_of(number):
    count, first = registry.get(str(number), (0, 0))
    return range(first, first + count)


def open_source(wheel):
    """Fills the tables that `encode_polygon` reads (once in every worker process)."""
    global boundaries, holes, hole_references, registry
    source = Source(wheel)
    boundaries, holes = Rings(source, "boundaries"), Rings(source, "holes")
    hole_references = source.numbers("holes/poly_ref.npy")
    registry = json.loads(source.bytes("hole_registry.json"))
    return source


def convert(wheel, output):
    source = open_source(wheel)
    names = source.bytes("timezone_names.txt").decode("ascii").split()
    zone_of = source.numbers("zone_ids.npy")
    land = [p for p in range(len(zone_of)) if not names[zone_of[p]].startswith("Etc/GMT")]
    kept = sorted({zone_of[p] for p in land})
    new_zone = {old: new for new, old in enumerate(kept)}
    # Small polygons first: where two claim the same ground, the more particular one decides.
    land.sort(key=lambda p: (boundaries.vertices[p], p))

    with ProcessPoolExecutor(max_workers=os.cpu_count() or 1, initializer=open_source, initargs=(wheel,)) as pool:
        biggest_first = sorted(land, key=lambda p: -boundaries.vertices[p])
        encoded = {result[0]: result[1:] for result in pool.map(encode_polygon, biggest_first, chunksize=1)}

    polygons, blocks, long_edges, deltas = io.BytesIO(), io.BytesIO(), io.BytesIO(), io.BytesIO()
    block_count = edge_count = delta_count = 0
    touching, covering = {}, {}
    for number, polygon in enumerate(land):
        own_blocks, own_edges, own_deltas, touched, inside = encoded.pop(polygon)
        zone = new_zone[zone_of[polygon]]
        polygons.write(struct.pack("<5I", zone, block_count, len(own_blocks), edge_count, len(own_edges)))
        for block in own_blocks:
            blocks.write(struct.pack("<5i2I", *block[:5], block[5] + delta_count, block[6]))
        for edge in own_edges:
            long_edges.write(struct.pack("<4i", *edge))
        if sys.byteorder == "big":
            own_deltas.byteswap()
        deltas.write(own_deltas.tobytes())
        block_count += len(own_blocks)
        edge_count += len(own_edges)
        delta_count += len(own_deltas) // 2
        for cell in touched:
            touching.setdefault(cell, []).append(number)
        for cell in inside:
            covering.setdefault(cell, []).append((number, zone))

    grid, candidates = grid_of(touching, covering)
    sections = [
        ("".join(names[old] + "\n" for old in kept)).encode("ascii"),
        grid, candidates, polygons.getvalue(), blocks.getvalue(), long_edges.getvalue(), deltas.getvalue(),
    ]
    offsets, at = [], 64
    for section in sections:
        offsets.append(at)
        at += (len(section) + 7) // 8 * 8
    header = MAGIC + struct.pack(
        "<15I", len(kept), len(land), block_count, edge_count, delta_count, COLUMNS, ROWS, *offsets, at)
    with open(output, "wb") as file:
        file.write(header)
        for section in sections:
            file.write(section + b"\0" * (-len(section) % 8))


def grid_of(touching, covering):
    """The grid and its candidate lists; a cell that one polygon covers whole and none touches needs no list."""
    grid = array.array("I", bytes(4 * COLUMNS * ROWS))
    candidates, known = array.array("I", [0]), {}
    for cell in set(touching) | set(covering):
        whole = covering.get(cell, [])
        if cell not in touching and len({zone for _, zone in whole}) == 1:
            grid[cell] = WHOLE_CELL | whole[0][1]
            continue
        tried = tuple(sorted(touching.get(cell, []) + [number for number, _ in whole]))
        if tried not in known:
            known[tried] = len(candidates)
            candidates.append(len(tried))
            candidates.extend(tried)
        grid[cell] = known[tried]
    if sys.byteorder == "big":
        grid.byteswap()
        candidates.byteswap()
    return grid.tobytes(), candidates.tobytes()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    convert(sys.argv[1], sys.argv[2])
