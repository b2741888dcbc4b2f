"""What Bench/api asks of a server of either kind: paths from a fixed seed, so that both are asked for the same."""
import http.client
import json
import math
import random
import urllib.parse
from dataclasses import dataclass

TOWN = (-1.75, 48.07, -1.53, 48.16)     # where the dense half of the pictures lies
PATHS = 200


@dataclass
class Reply:
    status: int
    body: bytes


class Requests:
    def __init__(self, url, token):
        address = urllib.parse.urlparse(url)
        self.connection = http.client.HTTPConnection(address.hostname, address.port, timeout=120)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path):
        try:
            answer = self.ask(path)
        except (http.client.RemoteDisconnected, ConnectionError):      # an idle connection was closed
            self.connection.close()
            answer = self.ask(path)
        reply = Reply(answer.status, answer.read())
        if answer.status >= 300:
            raise SystemExit(f"{path}: {answer.status} {reply.body[:200]}")
        return reply

    def ask(self, path):
        self.connection.request("GET", path, headers=self.headers)
        return self.connection.getresponse()

    def json(self, path):
        return json.loads(self.get(path).body)

    def common(self):
        """Ids of pictures (with their collections) and collections of the drives, which both servers hold."""
        chance = random.Random(7)
        pictures, collections = {}, {}
        real = set(self.real_collections())
        for _ in range(60):
            for item in self.json(f"/api/search?bbox={box(chance, 1500)}&limit=20")["features"]:
                if item["collection"] not in real:
                    pictures[item["id"]] = item["collection"]
                    collections[item["collection"]] = True
        return {"pictures": list(pictures.items()), "collections": list(collections)}

    def real_collections(self):
        """Those whose pictures were really uploaded."""
        path, found = "/api/collections?limit=1000", []
        while path:
            page = self.json(path)
            found += [c["id"] for c in page["collections"] if not str(c.get("title", "")).startswith("bulk drive")]
            link = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
            path = link and urllib.parse.urlunparse(("", "", *urllib.parse.urlparse(link)[2:]))
        return found

    def paths(self, row, common):
        chance = random.Random(row)
        one = getattr(self, "_" + row)
        return [one(chance, common) for _ in range(PATHS)]

    def _search_200m_limit10(self, chance, _):
        return f"/api/search?bbox={box(chance, 200)}&limit=10"

    def _search_1km_limit100(self, chance, _):
        return f"/api/search?bbox={box(chance, 1000)}&limit=100"

    def _collections_limit100(self, *_):
        return "/api/collections?limit=100"

    def _collection(self, chance, common):
        return f"/api/collections/{chance.choice(common['collections'])}"

    def _items_limit100(self, chance, common):
        return f"/api/collections/{chance.choice(common['collections'])}/items?limit=100"

    def _item(self, chance, common):
        picture, collection = chance.choice(common["pictures"])
        return f"/api/collections/{collection}/items/{picture}"

    def _tile_z8(self, chance, _):
        return tile(chance, 8)

    def _tile_z12(self, chance, _):
        return tile(chance, 12)

    def _tile_z15(self, chance, _):
        return tile(chance, 15)

    def _thumb(self, chance, _):
        return f"/api/pictures/{chance.choice(self.real_pictures())}/thumb.jpg"

    def _sd(self, chance, _):
        return f"/api/pictures/{chance.choice(self.real_pictures())}/sd.jpg"

    def _hd(self, chance, _):
        return f"/api/pictures/{chance.choice(self.real_pictures())}/hd.jpg"

    def real_pictures(self):
        """Pictures with files, by their names: the same choice on both sides."""
        if not hasattr(self, "_real"):
            items = [item for collection in self.real_collections()
                     for item in self.json(f"/api/collections/{collection}/items?limit=200")["features"]]
            self._real = [i["id"] for i in sorted(items, key=lambda i: i["properties"]["original_file:name"])]
        return self._real

    def tiles_of_town(self, zoom):
        west, north = tile_of(TOWN[0], TOWN[3], zoom)
        east, south = tile_of(TOWN[2], TOWN[1], zoom)
        return [f"/api/map/{zoom}/{x}/{y}.mvt" for x in range(west, east + 1) for y in range(north, south + 1)]


def place(chance):
    return chance.uniform(TOWN[0], TOWN[2]), chance.uniform(TOWN[1], TOWN[3])


def box(chance, metres):
    longitude, latitude = place(chance)
    high = metres / 2 / 111_320
    wide = high / math.cos(math.radians(latitude))
    return f"{longitude - wide:.6f},{latitude - high:.6f},{longitude + wide:.6f},{latitude + high:.6f}"


def tile_of(longitude, latitude, zoom):
    count = 1 << zoom
    return (int((longitude + 180) / 360 * count),
            int((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * count))


def tile(chance, zoom):
    x, y = tile_of(*place(chance), zoom)
    return f"/api/map/{zoom}/{x}/{y}.mvt"
