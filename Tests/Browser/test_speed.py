"""How quickly explore answers, on the machine itself. A machine that is busy with something else gets more tries."""
import re

import pytest

from cards import PANORAMA
from gestures import wait_ready
from test_explore import import_drive, open_explore, place, shown

TRIES = 12
SHOWN = 300         # milliseconds from the click to the picture
PAINT = 1000        # milliseconds to the first paint of explore
TILES = 60          # requests a view

# Clicks, and gives the milliseconds until another picture is on the stage.
CLICK = """(selector) => new Promise((resolve) => {
    const stage = document.querySelector('#stage');
    const before = stage.dataset.picture;
    const begun = performance.now();
    const watch = new MutationObserver(() => {
        if (!stage.dataset.picture || stage.dataset.picture === before) return;
        watch.disconnect();
        requestAnimationFrame(() => resolve(Math.round(performance.now() - begun)));
    });
    watch.observe(stage, { attributes: true });
    document.querySelector(selector).click();
})"""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint').map((paint) => Math.round(paint.startTime))[0]"


def best(measure, limit):
    """The smallest of some measures; no more are taken once one holds."""
    taken = []
    while len(taken) < TRIES and not (taken and min(taken) <= limit):
        taken.append(measure(len(taken)))
    print(f"\n{taken} ms")
    return min(taken)


def test_the_next_picture_is_shown_within_three_tenths_of_a_second(server, open_page, tmp_path):
    items = import_drive(server, tmp_path, 4)
    page = open_explore(server, open_page, f"#pic={items[0]['id']}")
    shown(page, items[0])
    assert best(lambda turn: page.evaluate(CLICK, "#do-previous" if turn % 2 else "#do-next"), SHOWN) <= SHOWN


def test_explore_paints_within_a_second(server, open_page, tmp_path):
    items = import_drive(server, tmp_path, 2)
    page = open_explore(server, open_page, f"#{place(items[0], 16)}")

    def paint(_):
        page.reload()
        wait_ready(page)
        return page.evaluate(FIRST_PAINT)
    assert best(paint, PAINT) <= PAINT


@pytest.mark.parametrize("photo", ["flat", PANORAMA])
def test_a_view_asks_for_sixty_tiles_at_most(server, open_page, tmp_path, photo):
    """Map and picture together, from the empty page to the picture on it."""
    items = import_drive(server, tmp_path, 2, **({} if photo == "flat" else {"photo": photo}))
    page = open_explore(server, open_page, "")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if re.search(r"\.mvt|/tiled/|/tiles/", request.url) else None)
    page.goto(f"/#pic={items[0]['id']}")
    page.reload()
    asked.clear()
    page.reload()
    shown(page, items[0])
    page.wait_for_load_state("networkidle")
    print(f"\n{len(asked)} tiles")
    assert 0 < len(asked) <= TILES
