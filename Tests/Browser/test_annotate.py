import json

import pytest

from cards import PANORAMA
from gestures import wait_ready
from people import LANGUAGES, SLOW, filled, locale, sign_in_as_admin, words
from test_explore import import_drive

CLASSES = [("passable", "Passable", "Praticable", "1"), ("mud", "Muddy", "Boueuse", "2"), ("blocked", "Blocked", "Bloquée", "3")]


def define(page, name, key, subject):
    """What an administrator types into the form of a scheme."""
    page.goto("/admin/classes")
    page.locator("#name").fill(name)
    page.locator("#key").fill(key)
    page.locator("#subject").select_option(subject)
    for index, (value, english, french, digit) in enumerate(CLASSES):
        row = page.locator(".class-rows tbody tr").nth(index)
        for field, text in [("value", value), ("english", english), ("french", french), ("digit", digit)]:
            row.locator(f"[name={field}]").fill(text)
    page.locator("#save-classes").click()
    page.locator("#notice.good").wait_for()


def open_scheme(server, open_page, subject, language="en", **more):
    page = open_page(server, "/login", locale=locale(language), **more)
    sign_in_as_admin(page, server)
    define(page, "Passability", "passability", subject)
    return page


def begin(page, title=None):
    page.goto("/annotate")
    page.locator("#progress a").first.click()
    wait_ready(page)


def on_screen(page, item):
    page.locator(f".annotate[data-shown='{item['id']}']").wait_for(timeout=SLOW)
    page.locator(f"#stage[data-picture='{item['id']}']").wait_for(timeout=SLOW)


def saved(page):
    page.locator(".annotate[data-unsaved='0']").wait_for(timeout=SLOW)


def semantics(server, item):
    found = server.get(f"/api/pictures/{item['id']}", server.create_token("admin")).json["properties"].get("semantics", [])
    return [f"{tag['key']}={tag['value']}" for tag in found]


def boxes(server, item):
    found = server.get(f"/api/pictures/{item['id']}/annotations", server.create_token("admin")).json["annotations"]
    return [each for each in found if any(tag["key"] == "passability" for tag in each["semantics"])]


def coco(page):
    """What the button of the page downloads."""
    with page.expect_download() as download:
        page.locator("#class-export a", has_text="COCO").click()
    return json.loads(download.value.path().read_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_give_classes_and_the_next_picture_comes(server, open_page, tmp_path, language):
    """An administrator defines classes; digits classify, arrows move, z takes back, and a bar shows how far it has come."""
    items = import_drive(server, tmp_path / "card", 3)
    page = open_scheme(server, open_page, "picture", language)
    said = words(language)["annotate"]
    begin(page)
    of = lambda done: page.locator("#progress span", has_text=filled(said["doneOf"], done=done, all=3)).wait_for()
    on_screen(page, items[0])
    of(0)
    title = CLASSES[1][1 if language == "en" else 2]
    assert title in page.locator("#classes [data-digit='2']").inner_text()
    page.keyboard.press("2")
    on_screen(page, items[1])
    of(1)
    page.keyboard.press("3")
    on_screen(page, items[2])
    page.keyboard.press("z")
    on_screen(page, items[1])
    of(1)
    assert page.locator("#classes [aria-pressed=true]").count() == 0
    page.keyboard.press("ArrowLeft")
    on_screen(page, items[0])
    page.locator("#classes [data-value=mud][aria-pressed=true]").wait_for()
    page.keyboard.press("n")
    on_screen(page, items[1])
    page.get_by_role("button", name=CLASSES[0][1 if language == "en" else 2]).click()
    on_screen(page, items[2])
    page.keyboard.press("1")
    of(3)
    saved(page)
    assert [semantics(server, item) for item in items] == [["passability=mud"], ["passability=passable"], ["passability=passable"]]
    found = coco(page)
    names = {each["id"]: each["name"] for each in found["categories"]}
    assert list(names.values()) == ["passable", "mud", "blocked"]
    assert [image["tags"] for image in found["images"]] == [["passability=mud"], ["passability=passable"], ["passability=passable"]]
    assert [names[image["category_ids"][0]] for image in found["images"]] == ["mud", "passable", "passable"]
    page.goto("/annotate")
    page.locator("#progress .badge.good", has_text=said["all"]).wait_for()


def test_boxes_are_drawn_with_the_mouse_and_with_the_keyboard(server, open_page, tmp_path):
    """A box lies where it was drawn, its class can be changed, it can be deleted and taken back; COCO has it."""
    items = import_drive(server, tmp_path / "card", 2)
    page = open_scheme(server, open_page, "box")
    begin(page)
    on_screen(page, items[0])
    page.keyboard.press("3")
    image = page.locator("#stage img.flat").bounding_box()
    at = lambda x, y: (image["x"] + x * image["width"], image["y"] + y * image["height"])
    page.mouse.move(*at(0.25, 0.25))
    page.mouse.down()
    page.mouse.move(*at(0.4, 0.4))
    page.mouse.move(*at(0.5, 0.75))
    page.mouse.up()
    row = page.locator("#boxes li")
    row.get_by_text("Blocked").wait_for()
    saved(page)
    width, height = items[0]["properties"]["pers:interior_orientation"]["sensor_array_dimensions"]
    ring = boxes(server, items[0])[0]["shape"]["coordinates"][0]
    for place, wanted in [(ring[0], (0.25, 0.25)), (ring[2], (0.5, 0.75))]:
        assert abs(place[0] / width - wanted[0]) < 0.01 and abs(place[1] / height - wanted[1]) < 0.01
    # Chosen by a tap, it gets another class.
    page.mouse.click(*at(0.4, 0.5))
    page.locator("#boxes [aria-pressed=true]").wait_for()
    page.keyboard.press("1")
    row.get_by_text("Passable").wait_for()
    page.keyboard.press("Delete")
    page.locator("#no-boxes").wait_for()
    saved(page)
    assert boxes(server, items[0]) == []
    page.keyboard.press("z")
    row.get_by_text("Passable").wait_for()
    page.keyboard.press("Escape")
    # One by the keyboard, of the class that was chosen before.
    page.keyboard.press("b")
    page.locator(".draw-handle").first.wait_for()
    for _ in range(5):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    row.nth(1).get_by_text("Blocked").wait_for()
    saved(page)
    assert len(boxes(server, items[0])) == 2
    # The second picture is looked through and has none.
    page.keyboard.press("n")
    on_screen(page, items[1])
    page.keyboard.press("n")
    page.locator("#progress span", has_text="2 of 2").wait_for()
    saved(page)
    assert semantics(server, items[1]) == ["wayside|annotated=passability"]
    found = coco(page)
    assert [len(found[each]) for each in ("images", "annotations", "categories")] == [2, 2, 3]
    assert {each["image_id"] for each in found["annotations"]} == {found["images"][0]["id"]}
    assert (found["images"][0]["width"], found["images"][0]["height"]) == (width, height)
    sizes = [each["bbox"][2:] for each in found["annotations"]]
    assert any(abs(wide / width - 0.25) < 0.02 and abs(high / height - 0.5) < 0.02 for wide, high in sizes)


def test_a_box_on_a_panorama_lies_where_one_looks(server, open_page, tmp_path):
    """Straight ahead is the middle of the panorama; the box that is put there by the keyboard is round it."""
    item = import_drive(server, tmp_path / "round", 1, photo=PANORAMA)[0]
    page = open_scheme(server, open_page, "box")
    begin(page)
    on_screen(page, item)
    page.locator("#stage[data-kind=sphere]").wait_for(state="attached")
    page.keyboard.press("b")
    page.locator(".draw-handle").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("#boxes li").wait_for()
    saved(page)
    width, height = item["properties"]["pers:interior_orientation"]["sensor_array_dimensions"]
    ring = boxes(server, item)[0]["shape"]["coordinates"][0]
    assert ring[0][0] < width / 2 < ring[2][0] and ring[0][1] < height / 2 < ring[2][1]


def test_what_is_said_while_the_link_is_down_is_saved_afterwards(server, open_page, tmp_path):
    """The page says what is not saved, keeps it over a reload, and sends it when the server can be reached again."""
    items = import_drive(server, tmp_path / "card", 2)
    page = open_scheme(server, open_page, "picture")
    begin(page)
    on_screen(page, items[0])
    pattern = "**/api/class_schemes/*/pictures/*"
    page.route(pattern, lambda route: route.abort())
    page.keyboard.press("1")
    on_screen(page, items[1])
    page.get_by_text(words("en")["annotate"]["unsaved_one"].replace("{n}", "1")).wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator(".annotate[data-unsaved='1']").wait_for(timeout=SLOW)
    assert semantics(server, items[0]) == []
    page.unroute(pattern)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page)
    assert semantics(server, items[0]) == ["passability=passable"]
    page.locator("#unsaved").wait_for(state="hidden")
