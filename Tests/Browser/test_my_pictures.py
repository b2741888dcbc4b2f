from datetime import datetime

import pytest

from cards import make_card
from gestures import wait_ready
from people import LANGUAGES, SLOW, filled, locale, see, sign_in, words

PASSWORD = "a password of my own"
PLACE = {"latitude": 48.85, "longitude": 2.35}


@pytest.fixture
def street(server, tmp_path, request):
    """Four pictures in one sequence of a field account; a viewer with the same label; a second label."""
    for label in ("MAST-1", "MAST-2"):
        server.create_label(label)
    if originals := getattr(request, "param", None):
        server.wayside("label", "set", "MAST-1", "--originals", originals)
    for name, role in (("driver", "field"), ("walker", "viewer")):
        server.create_account(name, role, "first password")
        server.grant("MAST-1", name)
    server.grant("MAST-2", "driver")
    make_card(tmp_path / "card", 4, **PLACE)
    server.wayside("import", tmp_path / "card", "--label", "MAST-1", "--account", "driver")
    token = server.create_token("walker")
    return sorted(server.wait_until_prepared(token, 4), key=lambda item: item["properties"]["datetime"])


def open_mine(server, open_page, query="", language="en", **more):
    page = open_page(server, "/login", locale=locale(language), **more)
    sign_in(page, "driver", "first password", PASSWORD)
    page.goto(f"/pictures{query}")
    wait_ready(page)
    return page


def tick(page, *ids):
    for one in ids:
        page.locator(f"input[name=id][value='{one}']").check()


def act(page, action):
    page.locator("#do").select_option(action)


def go(page, text):
    page.locator("#go").click()
    see(page, text)
    wait_ready(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_pictures_are_hidden_moved_and_filtered(server, open_page, street, language):
    """The driver hides two pictures, moves two to another label, and finds each of them again by the filter."""
    text = words(language)["pictures"]
    ids = [item["id"] for item in street]
    page = open_mine(server, open_page, language=language)
    assert page.locator("#rows input[name=id]").count() == 4
    assert page.locator("#go").is_disabled()
    boxes = page.locator("#rows input[name=id]")
    boxes.nth(0).click()
    boxes.nth(1).click(modifiers=["Shift"])
    see(page, filled(text["chosen_other"], n="2"))
    hidden = [boxes.nth(at).get_attribute("value") for at in (0, 1)]
    act(page, "visibility")
    page.locator("#visibility").select_option("owner-only")
    go(page, filled(text["changed_other"], n="2"))
    walker = server.create_token("walker")
    assert [server.get(f"/api/pictures/{one}", walker).status for one in hidden] == [404, 404]

    page.locator(".mine-filter summary").click()
    page.locator("#state").select_option("hidden")
    page.locator("#apply-filter").click()
    wait_ready(page)
    assert page.locator("#rows input[name=id]").count() == 2

    page.goto("/pictures?view=thumbs")
    wait_ready(page)
    page.locator("#every").check()
    act(page, "label")
    page.locator("#target").select_option(label="MAST-2")
    go(page, filled(text["moved_other"], n="4"))
    assert [server.get(f"/api/pictures/{one}", walker).status for one in ids] == [404] * 4
    page.goto("/pictures?tab=sequences&bbox=2,48,3,49&from=2000-01-01")
    wait_ready(page)
    assert page.locator("#rows").get_by_text("MAST-2").count() == 1
    page.goto("/pictures?tab=sequences&bbox=10,10,11,11")
    see(page, text["noneFound"])


def test_a_sequence_is_split_merged_and_renamed(server, open_page, street):
    """The driver splits a trip in two, gives one part a name, and puts both together again."""
    text = words("en")["pictures"]
    page = open_mine(server, open_page, "?tab=sequences")
    page.get_by_role("link", name=text["open"]).click()
    wait_ready(page)
    tick(page, street[2]["id"])
    act(page, "split")
    go(page, text["split"])
    assert page.locator("#rows input[name=id]").count() == 2
    page.goto("/pictures?tab=sequences&sort=oldest")
    wait_ready(page)
    page.locator("#rows input[name=id]").nth(1).check()
    act(page, "rename")
    page.locator("#new-title").fill("The way back")
    go(page, text["renamed"])
    page.locator("#rows").get_by_text("The way back").wait_for()
    page.locator("#every").check()
    act(page, "merge")
    go(page, filled(text["merged_other"], n="2"))
    assert page.locator("#rows input[name=id]").count() == 1
    collections = server.get("/api/collections", server.create_token("walker")).json["collections"]
    assert [one["stats:items"]["count"] for one in collections] == [4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heads_of_the_table_sort_it(server, open_page, street, language):
    """The driver sorts by name, turns it round, and finds the head that says so."""
    text = words(language)["pictures"]
    page = open_mine(server, open_page, language=language)
    assert page.locator("th[aria-sort=descending]").inner_text() == text["taken"]
    names = page.locator("#rows tbody strong")
    for direction in ("ascending", "descending"):
        page.locator("#rows thead").get_by_role("link", name=text["name"], exact=True).click()
        page.locator(f"th[aria-sort={direction}]").get_by_text(text["name"]).wait_for()
        shown = names.all_inner_texts()
        assert shown == sorted(shown, reverse=direction == "descending") and len(shown) == 4
    page.locator(".mine-filter summary").click()
    assert page.locator("#sort").input_value() == "-name"


def test_directions_turn_by_dragging_and_times_shift(server, open_page, street):
    """The driver turns a whole sequence by dragging on the map, and sets its clock right."""
    text = words("en")["pictures"]
    token = server.create_token("driver")
    page = open_mine(server, open_page, "?tab=sequences")
    page.locator("#every").check()
    act(page, "heading")
    page.locator("#heading-map[data-arrows='4']").wait_for(timeout=SLOW)
    page.locator("#heading-map").scroll_into_view_if_needed()
    box = page.locator("#heading-map canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y)
    page.mouse.move(x + 60, y)
    page.mouse.up()
    assert page.locator("#heading-offset").input_value() == "30"
    page.locator("#heading-map canvas").press("ArrowLeft")
    assert page.locator("#heading-offset").input_value() == "29"
    go(page, filled(text["changed_other"], n="4"))
    for item in street:
        now = server.get(f"/api/pictures/{item['id']}", token).json["properties"]["view:azimuth"]
        assert abs((now - item["properties"]["view:azimuth"] - 29 + 180) % 360 - 180) < 0.01

    page.locator("#every").check()
    act(page, "time")
    page.locator("#time-offset").fill("-1:00:00")
    go(page, filled(text["changed_other"], n="4"))
    start = server.get(f"/api/pictures/{street[0]['id']}", token).json["properties"]["datetime"]
    assert hours(street[0]["properties"]["datetime"]) - hours(start) == 1


def hours(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() / 3600


@pytest.mark.parametrize("street", ["discard", "keep"], indirect=True)
def test_a_picture_is_turned_with_or_without_its_original(server, open_page, street):
    """The driver turns one picture upright; what is served is made anew, and the others stay."""
    text = words("en")["pictures"]
    page = open_mine(server, open_page, "?sort=oldest")
    chosen, other = street[0]["id"], street[1]["id"]
    (width, height), others = size(page, chosen), size(page, other)
    tick(page, chosen)
    act(page, "rotation")
    go(page, filled(text["changed_one"], n="1"))
    server.wait_until(lambda: size(page, chosen) == [height, width], "the picture is turned")
    assert size(page, other) == others


def size(page, picture):
    """Width and height of the file that is shown now."""
    return page.evaluate("""async (url) => {
        const answer = await fetch(url, { cache: 'no-store' });
        if (!answer.ok) return [0, 0];
        const image = await createImageBitmap(await answer.blob());
        return [image.width, image.height];
    }""", f"/api/pictures/{picture}/hd.jpg")


def test_the_list_works_without_scripts_and_deleting_is_asked_about(server, chromium, street):
    """Without JavaScript the driver ticks two pictures and deletes them, after reading what will go."""
    text = words("en")["pictures"]
    context = chromium.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/login")
    page.locator("#name").fill("driver")
    page.locator("#password").fill("first password")
    page.locator("#sign-in").click()
    page.locator("#current").fill("first password")
    page.locator("#new").fill(PASSWORD)
    page.locator("#again").fill(PASSWORD)
    page.locator("#change-password").click()
    page.locator("#account-menu").wait_for()
    page.goto("/pictures")
    tick(page, street[0]["id"], street[1]["id"])
    act(page, "delete")
    page.locator("#go").click()
    see(page, filled(text["askRemove_other"], n="2"))
    page.locator("#confirm").click()
    see(page, filled(text["deleted_other"], n="2"))
    assert page.locator("#rows input[name=id]").count() == 2
    context.close()
