"""pystac-client as people use it: open with a token, walk collections, search in every way, page by page."""
import json
from datetime import datetime, timezone

import pystac_client
import pytest
import shapely.geometry

from made_up_pictures import fill
from wayside_server import running_server

PICTURES = 60
BOX = [-1.685, 48.085, -1.645, 48.135]
AREA = {"type": "Polygon", "coordinates": [[[-1.7, 48.08], [-1.62, 48.08], [-1.66, 48.16], [-1.7, 48.08]]]}


@pytest.fixture(scope="module")
def server():
    with running_server() as server:
        server.create_label("car-7")
        server.create_account("ada", "field")
        server.grant("car-7", "ada")
        fill(server, "car-7", "ada", PICTURES)
        server.token = server.create_token("ada")
        yield server


@pytest.fixture
def client(server):
    return pystac_client.Client.open(f"{server.url}/api", headers={"Authorization": f"Bearer {server.token}"})


@pytest.fixture(scope="module")
def items(server):
    """All there is, without the client."""
    items = server.get(f"/api/search?limit={PICTURES + 1}", server.token).json["features"]
    assert len(items) == PICTURES
    return items


def ids(search):
    found = [item.id for item in search.items()]
    assert len(found) == len(set(found))
    return set(found)


def chosen(items, condition):
    found = {item["id"] for item in items if condition(item)}
    assert 0 < len(found) < len(items)
    return found


def place(item):
    return shapely.geometry.shape(item["geometry"])


def moment(item, name="datetime"):
    return datetime.fromisoformat(item["properties"][name])


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_25_asked_for_in_pages_of_10_are_25(client, method):
    search = client.search(method=method, limit=10, max_items=25)
    assert [len(page.items) for page in search.pages()] == [10, 10, 5]
    assert len(ids(client.search(method=method, limit=10, max_items=25))) == 25


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_boxes_areas_times_ids_and_collections(client, items, method):
    def search(**parameters):
        return ids(client.search(method=method, limit=7, **parameters))

    west, south, east, north = BOX
    assert search(bbox=BOX) == chosen(items, lambda i: west <= place(i).x <= east and south <= place(i).y <= north)
    area = shapely.geometry.shape(AREA)
    assert search(intersects=AREA) == chosen(items, lambda i: area.intersects(place(i)))
    line = {"type": "LineString", "coordinates": [[-1.7, 48.1], [-1.62, 48.1]]}
    assert search(intersects=line) == chosen(items, lambda i: place(i).y == 48.1)
    start, end = datetime(2026, 6, 1, 12, tzinfo=timezone.utc), datetime(2026, 6, 1, 20, tzinfo=timezone.utc)
    assert search(datetime=[start, end]) == chosen(items, lambda i: start <= moment(i) <= end)
    assert search(datetime="2026-06-01T12:00:00Z/..") == chosen(items, lambda i: start <= moment(i))
    some = [item["id"] for item in items[3:20]]
    assert search(ids=some) == set(some)
    collection = items[0]["collection"]
    assert search(collections=[collection]) == chosen(items, lambda i: i["collection"] == collection)


def test_filters_as_text_and_as_json(client, items):
    expected = chosen(items, lambda i: (i["properties"].get("view:azimuth") or 0) > 100)
    text = "\"view:azimuth\" > 100"
    assert ids(client.search(filter=text, filter_lang="cql2-text", method="GET", limit=7)) == expected
    assert ids(client.search(filter=text, filter_lang="cql2-text", method="POST", limit=7)) == expected
    as_json = {"op": ">", "args": [{"property": "view:azimuth"}, 100]}
    assert ids(client.search(filter=as_json, limit=7)) == expected
    assert ids(client.search(filter=json.dumps(as_json), filter_lang="cql2-json", method="GET", limit=7)) == expected
    query = {"view:azimuth": {"gt": 100}}
    assert ids(client.search(query=query, limit=7)) == expected
    assert ids(client.search(query=query, method="GET", limit=7)) == expected


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_order_and_fields(client, items, method):
    search = client.search(method=method, sortby="-updated,id", limit=7)
    found = [(item.properties["updated"], item.id) for item in search.items()]
    assert found == sorted(sorted(found, key=lambda pair: pair[1]), key=lambda pair: pair[0], reverse=True)
    assert len(found) == PICTURES
    one, = client.search(method=method, fields="-assets,+properties.created", max_items=1).items_as_dicts()
    assert "assets" not in one and set(one["properties"]) == {"created"}


def test_collections_and_what_is_in_them(client, items):
    collections = list(client.get_collections())
    assert {collection.id for collection in collections} == {item["collection"] for item in items}
    first = collections[0]
    assert client.get_collection(first.id).title == first.title
    assert {item.id for item in first.get_items()} == {i["id"] for i in items if i["collection"] == first.id}
    assert "view:azimuth" in client.get_queryables()["properties"]
    assert client.search(bbox=[10, 10, 11, 11]).matched() == 0


def test_collections_are_searched(client, items):
    def search(**parameters):
        return {collection.id for collection in client.collection_search(limit=2, **parameters).collections()}

    every = {item["collection"] for item in items}
    assert search() == every
    one = sorted(every)[0]
    assert search(filter=f"id = '{one}' AND wayside:pictures = 20", filter_lang="cql2-text") == {one}
    last = max(moment(item) for item in items)
    newest = {item["collection"] for item in items if moment(item) == last}
    assert search(filter=f"T_INTERSECTS(datetime, TIMESTAMP('{last.isoformat()}'))", filter_lang="cql2-text") >= newest
    assert search(filter="title LIKE 'nothing%'", filter_lang="cql2-text") == set()
    assert search(bbox=[10, 10, 11, 11]) == set()


def test_walking_along_links_reaches_each_item_once(client, items):
    assert sorted(walked(client)) == sorted(item["id"] for item in items)


def walked(catalog):
    """The ids of all items below a catalog, by its links alone."""
    def targets(relation):
        return [link.resolve_stac_object(root=catalog.get_root()).target for link in catalog.get_links(relation)]
    return [item.id for item in targets("item")] + [found for child in targets("child") for found in walked(child)]
