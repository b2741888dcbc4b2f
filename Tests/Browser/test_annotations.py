import pytest

from cards import PANORAMA
from people import LANGUAGES, SLOW, filled, words
from test_explore import drag, import_drive, open_explore, shown


def annotate(server, item, box, key, value):
    """Says something of a region, as the administrator's script would."""
    token = server.create_token("admin")
    answer = server.request(
        "POST", f"/api/pictures/{item['id']}/annotations", token,
        {"shape": box, "semantics": [{"key": key, "value": value}]})
    assert answer.status == 200, answer.body


def outline(page):
    """Where the outline of what a person said is on the screen."""
    path = page.locator(".annotations .draw-outline.is-person")
    path.first.wait_for(state="attached", timeout=SLOW)
    return path.first.bounding_box()


@pytest.mark.parametrize("language", LANGUAGES)
def test_marked_regions_of_a_flat_picture_are_shown_and_follow_it(server, open_page, tmp_path, language):
    """A key and a button show outlines with their words; they lie where the region is and move with the picture."""
    item = import_drive(server, tmp_path / "flat", 1)[0]
    width, height = item["properties"]["pers:interior_orientation"]["sensor_array_dimensions"]
    annotate(server, item, [width // 4, height // 4, width // 2, height // 2], "osm|highway", "stop")
    page = open_explore(server, open_page, f"#pic={item['id']}&focus=pic", language)
    shown(page, item)
    explore = words(language)["explore"]
    toggle = page.get_by_role("button", name=explore["showAnnotations"])
    assert toggle.get_attribute("aria-pressed") == "false"
    assert page.locator(".annotations").count() == 0
    toggle.click()
    assert toggle.get_attribute("aria-pressed") == "true"
    page.locator(".annotation-words", has_text="osm|highway = stop").wait_for()
    number = len(server.get(f"/api/pictures/{item['id']}", server.create_token("admin")).json["properties"]["annotations"])
    plural = "annotations_one" if number == 1 else "annotations_other"
    page.get_by_text(filled(explore[plural], n=number)).wait_for(state="attached")

    def lies_right():
        image, box = page.locator("#stage img.flat").bounding_box(), outline(page)
        left, top = (box["x"] - image["x"]) / image["width"], (box["y"] - image["y"]) / image["height"]
        wide = box["width"] / image["width"]
        return abs(left - 0.25) < 0.01 and abs(top - 0.25) < 0.01 and abs(wide - 0.25) < 0.02

    assert lies_right()
    page.keyboard.press("+")
    page.keyboard.press("+")
    drag(page, page.locator("#stage").bounding_box(), 60)
    assert lies_right()
    page.keyboard.press("a")
    assert page.locator(".annotations").count() == 0


def test_a_marked_region_of_a_panorama_turns_with_the_view(server, open_page, tmp_path):
    """Straight ahead the outline is in the middle of the view; it moves as one looks round, and is gone behind."""
    item = import_drive(server, tmp_path / "round", 1, photo=PANORAMA)[0]
    annotate(server, item, [2780, 1340, 2980, 1540], "osm|highway", "stop")
    page = open_explore(server, open_page, f"#pic={item['id']}&focus=pic")
    shown(page, item)
    page.locator("#stage[data-kind=sphere]").wait_for(state="attached")
    page.keyboard.press("a")
    stage, box = page.locator("#stage").bounding_box(), outline(page)
    middle = box["x"] + box["width"] / 2
    assert abs(middle - (stage["x"] + stage["width"] / 2)) < 5
    assert abs(box["y"] + box["height"] / 2 - (stage["y"] + stage["height"] / 2)) < 5
    # 200 pixels of 5,760 are 12.5 degrees.
    assert box["width"] > 40
    drag(page, stage, -150)
    moved = outline(page)
    assert moved["x"] < box["x"] - 60
    for _ in range(3):
        drag(page, stage, -600)
    page.wait_for_function("document.querySelector('.annotations .draw-outline.is-person').getAttribute('d') === ''")
