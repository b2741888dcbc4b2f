"""What lies below the pictures, where an operator has a map of their own."""
import gzip
import http.server
import io
import json
import threading

import pytest
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from gestures import wait_ready
from people import sign_in
from wayside_server import running_server

ORANGE = (240, 120, 20)
WATER = (201, 219, 227)     # what archive-layers.js draws water with


def picture_tile():
    made = io.BytesIO()
    Image.new("RGB", (256, 256), ORANGE).save(made, "PNG")
    return made.getvalue()


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def field(number, content):
    """A field of protocol buffers: a number, or bytes with their length."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


def water_tile():
    """A vector tile (specification 2.1) that is water all over."""
    zigzag = lambda number: number << 1 ^ number >> 63
    corners = [(-64, -64), (4224, 0), (0, 4224), (-4224, 0)]
    line = [1 << 3 | 1, *map(zigzag, corners[0]), 3 << 3 | 2, *(zigzag(way) for corner in corners[1:] for way in corner), 1 << 3 | 7]
    feature = field(3, 3) + field(4, b"".join(map(varint, line)))
    return field(3, field(15, 2) + field(1, b"water") + field(2, feature) + field(5, 4096))


def archive(path, tile, kind, compression=Compression.NONE, **metadata):
    """One tile for the whole world."""
    with write(path) as out:
        out.write_tile(zxy_to_tileid(0, 0, 0), tile)
        out.finalize({
            "tile_type": kind, "tile_compression": compression, "min_zoom": 0, "max_zoom": 0,
            "min_lon_e7": -1800000000, "min_lat_e7": -850000000, "max_lon_e7": 1800000000, "max_lat_e7": 850000000,
            "center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0}, metadata)
    return path


@pytest.fixture
def elsewhere():
    """Another server, with picture tiles for everybody; gives its address."""
    class Tiles(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(picture_tile())

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def explore(server, open_page):
    server.create_account("walker", "viewer", "first password")
    page = open_page(server, "/#map=3/20/20")
    sign_in(page, "walker", "first password", "a password of my own")
    wait_ready(page)
    return page


def colour(page):
    """Of the map's middle."""
    box = page.locator("#map").bounding_box()
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2, "width": 2, "height": 2}
    return Image.open(io.BytesIO(page.screenshot(clip=middle))).convert("RGB").getpixel((0, 0))


def close(one, other):
    return all(abs(a - b) < 12 for a, b in zip(one, other))


@pytest.mark.parametrize("kind", ["tiles", "pictures", "vectors", "style"])
def test_the_operators_own_map_lies_below_the_pictures(tmp_path, open_page, elsewhere, kind):
    """Tiles of another server, an archive of pictures or vectors on this machine, a style on this machine."""
    setting, expected = {
        "tiles": lambda: (f"{elsewhere}/{{z}}/{{x}}/{{y}}.png", ORANGE),
        "pictures": lambda: (archive(tmp_path / "town.pmtiles", picture_tile(), TileType.PNG), ORANGE),
        "vectors": lambda: (archive(tmp_path / "town.pmtiles", gzip.compress(water_tile()), TileType.MVT, Compression.GZIP,
                                    vector_layers=[{"id": "water", "fields": {}}]), WATER),
        "style": lambda: (style(tmp_path, elsewhere), ORANGE),
    }[kind]()
    settings = {"WAYSIDE_BASE_MAP": str(setting), "WAYSIDE_BASE_MAP_CREDIT": "© the town"}
    if kind in ("tiles", "style"):
        open_page.elsewhere.append(elsewhere)
    if kind == "style":
        # What a style asks for is not read out of it.
        settings["WAYSIDE_MAP_SOURCES"] = elsewhere
    with running_server(settings) as server:
        page = explore(server, open_page)
        page.evaluate("""new Promise((done) => {
            const { map } = document.getElementById('map');
            if (map.loaded()) done(); else map.once('idle', () => done());
        })""")
        assert close(colour(page), expected)
        assert "© the town" in page.locator(".maplibregl-ctrl-attrib").inner_text()
        assert page.locator("body[data-base-map=missing]").count() == 0


def style(folder, elsewhere):
    path = folder / "style.json"
    path.write_text(json.dumps({
        "version": 8, "sources": {"wayside": {"type": "raster", "tiles": [f"{elsewhere}/{{z}}/{{x}}/{{y}}"], "tileSize": 256}},
        "layers": [{"id": "pictures", "type": "raster", "source": "wayside"}]}))
    return path


@pytest.mark.parametrize("setting", ["http://127.0.0.1:9/style.json", "http://127.0.0.1:9/{z}/{x}/{y}.png"])
def test_the_page_works_where_the_operators_map_is_away(open_page, setting):
    """A style that nobody hands out leaves the map that comes with Wayside; tiles that nobody does leave none."""
    open_page.elsewhere.append("http://127.0.0.1:9")
    with running_server({"WAYSIDE_BASE_MAP": setting}) as server:
        page = explore(server, open_page)
        assert page.locator("body[data-base-map=missing]").count() == (1 if "style" in setting else 0)
        assert ("Natural Earth" in page.locator(".maplibregl-ctrl-attrib").inner_text()) == ("style" in setting)
