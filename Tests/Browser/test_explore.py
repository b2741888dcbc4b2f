import re

import pytest

from cards import PANORAMA, make_card
from gestures import wait_ready
from people import LANGUAGES, SLOW, locale, open_account, sign_in, words


@pytest.fixture
def street(server, tmp_path):
    """Six flat pictures, prepared, in order along the street."""
    return import_drive(server, tmp_path / "flat", 6)


def import_drive(server, folder, number, role="viewer", **more):
    server.create_label("DASHCAM-07")
    server.create_account("walker", role, "first password")
    server.grant("DASHCAM-07", "walker")
    make_card(folder, number, **more)
    server.import_folder(folder, "DASHCAM-07")
    items = server.wait_until_prepared(server.create_token("walker"), number)
    return sorted(items, key=lambda item: item["properties"]["datetime"])


def open_explore(server, open_page, fragment, language="en", **more):
    page = open_page(server, f"/{fragment}", locale=locale(language), **more)
    sign_in(page, "walker", "first password", "a password of my own")
    return page


def shown(page, item):
    """Waits until the item is the picture on screen."""
    page.locator(f"#stage[data-picture='{item['id']}']").wait_for(state="attached", timeout=SLOW)


def place(item, zoom=18):
    longitude, latitude = item["geometry"]["coordinates"]
    return f"map={zoom}/{latitude}/{longitude}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_on_the_map_shows_the_picture_and_keys_walk_on(server, open_page, street, language):
    """Clicking a point opens its picture; arrow and page keys step along; the cone on the map follows."""
    page = open_explore(server, open_page, f"#{place(street[2])}", language)
    page.wait_for_function("document.querySelector('#map canvas')")
    with page.expect_response(lambda answer: ".mvt" in answer.url and answer.status == 200):
        page.reload()
    wait_ready(page)
    click_until_shown(page, street[2])
    assert page.locator("#title-time").inner_text() != ""
    cone = float(page.locator(".view-cone[data-heading]").get_attribute("data-heading"))
    assert abs((cone - street[2]["properties"]["view:azimuth"] + 180) % 360 - 180) < 0.2

    page.keyboard.press("ArrowRight")
    shown(page, street[3])
    page.keyboard.press("PageDown")
    shown(page, street[4])
    page.keyboard.press("ArrowLeft")
    shown(page, street[3])
    page.keyboard.press("PageUp")
    shown(page, street[2])
    page.wait_for_url(re.compile(f"pic={street[2]['id']}"))
    page.get_by_role("button", name=words(language)["explore"]["next"], exact=True).click()
    shown(page, street[3])


def click_until_shown(page, item):
    """The map draws its tiles a moment after they came."""
    box = page.locator("#map").bounding_box()
    for _ in range(40):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        try:
            page.locator(f"#stage[data-picture='{item['id']}']").wait_for(state="attached", timeout=500)
            return
        except Exception:
            continue
    shown(page, item)


def test_a_link_opens_the_picture_and_the_panel_tells_about_it(server, open_page, street):
    """The permalink that editors use shows the picture large; the panel gives time, zone, camera and tags."""
    page = open_explore(server, open_page, f"#pic={street[0]['id']}&focus=pic")
    shown(page, street[0])
    assert page.locator(".explore").get_attribute("data-focus") == "pic"
    page.keyboard.press("i")
    facts = page.locator("#facts")
    facts.get_by_text("UTC+02:00").wait_for()
    facts.get_by_text("GoPro HERO9 Black").wait_for()
    facts.get_by_text("DASHCAM-07").wait_for()
    page.locator("#exif").get_by_text("HERO9 Black").first.wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    page.keyboard.press("?")
    page.locator("#help").get_by_text(words("en")["explore"]["helpPlay"]).wait_for()


def test_play_walks_to_the_end_and_stops(server, open_page, street):
    """The space bar plays the sequence to its last picture, where next is no longer offered."""
    page = open_explore(server, open_page, f"#pic={street[0]['id']}")
    shown(page, street[0])
    page.locator("#speed").select_option("250")
    page.keyboard.press("Space")
    shown(page, street[-1])
    page.locator("#do-play[aria-pressed=false]").wait_for()
    assert page.locator("#do-next").is_disabled()


def test_a_flat_picture_is_zoomed_and_moved(server, open_page, street):
    """The wheel comes closer, dragging moves, 0 goes back."""
    page = open_explore(server, open_page, f"#pic={street[0]['id']}")
    shown(page, street[0])
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.wait_for_url(re.compile(r"xyz=[^&]*/1\.96"))
    box = page.locator("#stage").bounding_box()
    drag(page, box, 80)
    page.wait_for_url(re.compile(r"xyz=0\.\d*[1-9]\d*/"))
    page.keyboard.press("0")
    page.wait_for_url(re.compile(r"xyz=0\.00/0\.00/1\.00"))


def test_dragging_a_panorama_loads_the_tiles_that_come_into_sight(server, open_page, tmp_path):
    """Looking round a 360° picture fetches the tiles of that side, and turns the cone on the map."""
    panorama = import_drive(server, tmp_path / "round", 1, photo=PANORAMA)[0]
    tiles = {}
    page = open_page(server, f"/#pic={panorama['id']}&focus=pic")
    page.on("response", lambda answer: note(tiles, answer))
    sign_in(page, "walker", "first password", "a password of my own")
    shown(page, panorama)
    page.locator("#stage[data-kind=sphere]").wait_for(state="attached")
    server_side = panorama["properties"]["tiles:tile_matrix_sets"]["geovisio"]["tileMatrix"][0]
    assert (server_side["matrixWidth"], server_side["matrixHeight"]) == (8, 4)
    settle(page, tiles)
    before, heading = set(tiles), cone(page)
    assert before, "the first view loads tiles"

    drag(page, page.locator("#stage").bounding_box(), -500)
    settle(page, tiles, more_than=len(before))
    assert set(tiles) - before, "the other side needs other tiles"
    assert set(tiles.values()) == {200}
    assert abs(cone(page) - heading) > 20
    assert len(page.locator("#stage canvas").screenshot()) > 100_000, "the canvas shows a picture"


def note(tiles, answer):
    match = re.search(r"/tiled/(\d+_\d+)\.jpg", answer.url)
    if match:
        tiles[match[1]] = answer.status


def settle(page, tiles, more_than=0):
    """Waits until more tiles came and no further one comes."""
    for _ in range(200):
        count = len(tiles)
        page.wait_for_timeout(150)
        if len(tiles) == count and count > more_than:
            return


def cone(page):
    return float(page.locator(".view-cone[data-heading]").get_attribute("data-heading"))


def drag(page, box, dx):
    x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.45
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y, steps=5)
    page.mouse.move(x + dx, y, steps=5)
    page.mouse.up()


def test_the_explore_page_works_on_a_phone(server, open_page, street):
    """On a small screen picture and map lie one above the other, and nothing is wider than the screen."""
    page = open_explore(server, open_page, f"#pic={street[0]['id']}", size=(390, 844))
    shown(page, street[0])
    picture, chart = page.locator(".pane-picture").bounding_box(), page.locator(".pane-map").bounding_box()
    assert picture["y"] + picture["height"] <= chart["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#do-information").is_visible() and not page.locator("#do-share").is_visible()
    page.get_by_role("button", name=words("en")["explore"]["more"]).click()
    page.locator("#do-share").wait_for()


def test_an_empty_server_says_so(server, open_page):
    """Somebody who sees no picture yet is told so instead of looking at a bare map."""
    page = open_account(server, open_page, "newcomer", "viewer")
    page.get_by_text(words("en")["explore"]["mapEmpty"]).wait_for(timeout=SLOW)
