"""What the explore page offers beside walking: filters, colours, light, ways on, the same place at another time."""
from datetime import datetime, timezone

import pytest

from cards import PANORAMA, STREET, make_card
from gestures import wait_ready
from people import LANGUAGES, SLOW, words
from test_explore import drag, import_drive, open_explore, place, shown

YEARS_AGO = datetime(2021, 6, 14, 10, tzinfo=timezone.utc)


@pytest.fixture
def two_trips(server, tmp_path, request):
    """The same street twice, years apart: (the older items, the newer ones), each in order."""
    photo = getattr(request, "param", STREET)
    old = import_drive(server, tmp_path / "then", 3, start=YEARS_AGO, photo=photo)
    make_card(tmp_path / "now", 3, latitude=48.11723, photo=photo)
    server.import_folder(tmp_path / "now", "DASHCAM-07")
    items = sorted(server.wait_until_prepared(server.create_token("walker"), 6), key=lambda item: item["properties"]["datetime"])
    known = {item["id"] for item in old}
    return [item for item in items if item["id"] in known], [item for item in items if item["id"] not in known]


def points(page, layer="pictures"):
    """Identifiers of the pictures that the map draws, once it has drawn."""
    return page.evaluate(
        """async (layer) => {
            const map = document.querySelector('#map').map;
            await new Promise((done) => (map.loaded() && map.areTilesLoaded() ? done() : map.once('idle', done)));
            return [...new Set(map.queryRenderedFeatures({ layers: [layer] }).map((each) => each.properties.id))];
        }""", layer)


def until_points(page, ids, layer="pictures"):
    for _ in range(100):
        if set(points(page, layer)) == ids:
            return
        page.wait_for_timeout(100)
    assert set(points(page, layer)) == ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_shows_only_what_is_asked_for_and_the_link_says_so(server, open_page, two_trips, language):
    """A date leaves the older trip out, on the map and in the address; a reload shows the same; one button ends it."""
    old, new = two_trips
    page = open_explore(server, open_page, f"#{place(old[1], 17)}", language)
    wait_ready(page)
    until_points(page, ids(old + new))
    page.get_by_role("button", name=words(language)["explore"]["filters"]).click()
    page.locator("[name=date_from]").fill("2024-01-01")
    until_points(page, ids(new))
    page.wait_for_url("**date_from=2024-01-01**")
    page.reload()
    wait_ready(page)
    until_points(page, ids(new))
    assert page.locator("#filters-count").inner_text() == "1"
    page.keyboard.press("m")
    page.get_by_role("button", name=words(language)["explore"]["filterReset"]).click()
    until_points(page, ids(old + new))


def ids(items):
    return {item["id"] for item in items}


def test_colours_follow_age_or_label_and_a_legend_tells_them(server, open_page, two_trips):
    """By age the trips differ; by label they are alike; the legend names the label."""
    page = open_explore(server, open_page, f"#{place(two_trips[0][1], 17)}&theme=age")
    wait_ready(page)
    legend = page.locator("#legend")
    assert legend.locator("li").count() == 4
    assert colours(page) == 2
    page.keyboard.press("m")
    page.locator("[name=theme]").select_option("label")
    legend.get_by_text("DASHCAM-07").wait_for()
    page.wait_for_function(
        "JSON.stringify(document.querySelector('#map').map.getPaintProperty('pictures', 'circle-color')).includes('label_id')")


def colours(page):
    """How many colours the expression on the map gives the pictures in sight."""
    points(page)
    return page.evaluate(
        """() => {
            const map = document.querySelector('#map').map;
            const steps = map.getPaintProperty('pictures', 'circle-color');
            const of = (day) => { for (let at = 1; at < steps.length - 1; at += 2) if (day >= steps[at][2]) return steps[at + 1]; return steps.at(-1); };
            return new Set(map.queryRenderedFeatures({ layers: ['pictures'] }).map((each) => of(each.properties.ts.slice(0, 10)))).size;
        }""")


def test_a_tag_marks_the_pictures_that_carry_it_and_no_others(server, open_page, two_trips):
    """What tiles do not know is asked of the search; what was found can be clicked; nonsense is said to be none."""
    old, new = two_trips
    tag = {"semantics": [{"key": "surface", "value": "it's wet"}]}
    server.request("PATCH", f"/api/collections/{old[2]['collection']}/items/{old[2]['id']}", server.create_token("admin"), tag)
    page = open_explore(server, open_page, f"#{place(old[1], 17)}")
    wait_ready(page)
    page.keyboard.press("m")
    page.locator("[name=tag]").fill("surface=it's wet")
    until_points(page, ids(old[2:3]), "found")
    page.locator("#filter-found").get_by_text("1").wait_for()
    page.locator("[name=tag]").fill("surface=dry")
    until_points(page, set(), "found")
    assert page.evaluate("document.querySelector('#map').map.getLayoutProperty('pictures', 'visibility')") == "none"


@pytest.mark.parametrize("two_trips", [PANORAMA], indirect=True)
def test_the_same_place_at_another_time_looks_the_same_way(server, open_page, two_trips):
    """The second pane shows the other trip; turning one turns the other; walking on stays with that trip."""
    old, new = two_trips
    page = open_explore(server, open_page, f"#pic={new[1]['id']}&focus=pic")
    shown(page, new[1])
    page.keyboard.press("c")
    then = page.locator("#then .stage")
    then.locator("xpath=self::*[@data-picture]").wait_for(state="attached", timeout=SLOW)
    assert then.get_attribute("data-picture") in ids(old)
    left, right = page.locator("#stage").bounding_box(), then.bounding_box()
    assert left["x"] + left["width"] <= right["x"] + 3
    before = headings(page)
    assert abs(before[0] - before[1]) < 0.1
    drag(page, left, -200)
    page.wait_for_function("(old) => Math.abs(document.querySelector('#stage').dataset.heading - old) > 5", arg=before[0])
    after = headings(page)
    assert abs(after[0] - after[1]) < 0.1
    beside = then.get_attribute("data-picture")
    page.keyboard.press("ArrowRight")
    shown(page, new[2])
    page.wait_for_function("(old) => document.querySelector('#then .stage').dataset.picture !== old", arg=beside)
    page.keyboard.press("c")
    assert page.locator("#then").is_hidden()


def headings(page):
    return [float(page.locator(f"{pane}[data-heading]").get_attribute("data-heading")) for pane in ("#stage", "#then .stage")]


def test_arrows_lead_to_the_neighbours_and_to_other_trips(server, open_page, two_trips):
    """On the ground lie arrows forwards, backwards and to the other trip; one click goes there."""
    old, new = two_trips
    page = open_explore(server, open_page, f"#pic={new[1]['id']}&focus=pic")
    shown(page, new[1])
    page.locator(".arrow.is-prev").wait_for()
    page.locator(".arrow.is-next").click()
    shown(page, new[2])
    other = page.locator(".arrow.is-related")
    if other.count():
        other.first.click()
        page.wait_for_function("(known) => known.includes(document.querySelector('#stage').dataset.picture)", arg=list(ids(old)))


def test_light_changes_the_view_and_not_the_picture(server, open_page, two_trips):
    """Brightness is a matter of the screen: it stays while walking, and one button takes it back."""
    _, new = two_trips
    page = open_explore(server, open_page, f"#pic={new[0]['id']}&focus=pic")
    shown(page, new[0])
    page.keyboard.press("b")
    page.locator("#light input").first.press("End")
    light = "getComputedStyle(document.querySelector('#stage img.flat')).filter"
    assert page.evaluate(light) == "brightness(3) contrast(1)"
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    shown(page, new[1])
    assert page.evaluate(light) == "brightness(3) contrast(1)"
    page.keyboard.press("b")
    page.get_by_role("button", name=words("en")["explore"]["lightReset"]).click()
    assert page.evaluate(light) == "none"


def test_editors_open_at_the_place_of_the_picture(server, open_page, two_trips):
    """The panel links iD and JOSM to the place; nothing is asked of them by itself."""
    _, new = two_trips
    page = open_explore(server, open_page, f"#pic={new[0]['id']}&focus=pic")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    shown(page, new[0])
    page.keyboard.press("i")
    longitude, latitude = new[0]["geometry"]["coordinates"]
    href = page.locator("#facts a", has_text="iD").get_attribute("href")
    assert href.endswith(f"#map=19/{latitude:.6f}/{longitude:.6f}")
    assert "left=" in page.locator("#facts a", has_text="JOSM").get_attribute("href")
    assert [url for url in asked if not url.startswith(server.url) and not url.startswith(("data:", "blob:"))] == []
