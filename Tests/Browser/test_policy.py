import io

import pytest
from PIL import Image

from cards import make_card
from gestures import wait_ready
from people import LANGUAGES, SLOW, first_login, locale, see, sign_in_as_admin, words

LABEL = "DASHCAM-07"


def open_policy(page, server):
    """The page of the label's policy, by the link of the list."""
    page.goto("/admin/labels")
    wait_ready(page)
    page.locator(f"section[data-label='{LABEL}'] .policy-link").click()
    page.locator("#hidden-form").wait_for()
    wait_ready(page)


def prepared(server, folder, number, **where):
    """Sends a card of that many pictures and waits until all that the server has are ready; the newest last."""
    make_card(folder, number, **where)
    server.import_folder(folder, LABEL)


def label_policy(page):
    label = next(each for each in page.request.get("/api/camera_labels").json()["camera_labels"] if each["name"] == LABEL)
    return label["redaction"], label["redaction_policy"]


def detail(jpeg, box):
    """How much neighbours differ in a part of a picture; `box` in fractions of width and height."""
    picture = Image.open(io.BytesIO(jpeg)).convert("L")
    width, height = picture.size
    left, top, right, bottom = (round(part * size) for part, size in zip(box, (width, height, width, height)))
    part = picture.crop((left, top, right, bottom))
    pixels, columns = part.tobytes(), part.size[0]
    steps = [abs(a - b) for index, (a, b) in enumerate(zip(pixels, pixels[1:])) if (index + 1) % columns]
    return sum(step > 3 for step in steps) / len(steps)


def drag(page, stage, start, end):
    """Drags from one place of an element to another, each in fractions of it."""
    page.locator(stage).scroll_into_view_if_needed()
    box = page.locator(stage).bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=5)
    page.mouse.up()


def scroll_to(page, selector):
    """Brings the whole of an element into view."""
    page.locator(selector).evaluate("element => element.scrollIntoView({ block: 'center' })")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mask_drawn_on_a_picture_hides_that_part_of_the_next(server, open_page, tmp_path, language):
    """Drawn on the newest picture, a mask is listed, is flat in every file of a picture sent afterwards, and goes again."""
    text = words(language)["policy"]
    page = open_page(server, "/login", locale=locale(language))
    sign_in_as_admin(page, server)
    server.create_label(LABEL)
    prepared(server, tmp_path / "before", 1)
    token = server.create_token(first_login(server)[0])
    before = server.wait_until_prepared(token, 1)[0]

    open_policy(page, server)
    see(page, text["fromNowOn"])
    see(page, text["noMasks"])
    page.get_by_role("button", name=text["rectangle"]).click()
    see(page, text["helpRectangle"])
    scroll_to(page, "#mask-stage")
    drag(page, "#mask-stage", (0.1, 0.5), (0.9, 0.9))
    page.get_by_role("button", name=text["addMask"]).click()
    page.locator("#mask-list tr").wait_for()
    see(page, text["saved"])
    wait_ready(page)
    assert page.locator("#mask-stage .draw-outline").count() == 1
    (mask,) = label_policy(page)[1]["masks"]
    xs, ys = [x for x, _ in mask], [y for _, y in mask]
    for value, expected in zip((min(xs), max(xs), min(ys), max(ys)), (0.1, 0.9, 0.5, 0.9)):
        assert abs(value - expected) < 0.01

    prepared(server, tmp_path / "after", 1, latitude=48.2)
    items = server.wait_until_prepared(token, 2)
    after = next(item for item in items if item["id"] != before["id"])
    box = (0.12, 0.52, 0.88, 0.88)
    for name in ("hd", "sd", "thumb"):
        open_file, hidden = (server.get(f"/api/pictures/{item['id']}/{name}.jpg", token).body for item in (before, after))
        assert detail(hidden, box) * 5 < detail(open_file, box), name
        assert detail(hidden, (0.1, 0.2, 0.9, 0.45)) * 2 > detail(open_file, (0.1, 0.2, 0.9, 0.45)), name

    page.goto(page.url.split("#")[0].split("?")[0])
    wait_ready(page)
    shown = page.locator("#mask-stage img").get_attribute("src")
    page.locator(".chooser summary").click()
    page.locator(".chooser a:not([aria-current])").click()
    page.wait_for_url("**picture=*")
    assert page.locator("#mask-stage img").get_attribute("src") != shown
    page.get_by_role("button", name=text["maskDelete"].replace("{n}", "1")).click()
    see(page, text["noMasks"])
    assert label_policy(page)[1]["masks"] == []


def test_masks_and_rows_work_by_keyboard_and_on_a_phone(server, open_page, tmp_path):
    """On a small screen with keys alone: lines move, an outline is placed and one of its corners moved."""
    text = words("en")["policy"]
    page = open_page(server, "/login", size=(390, 780))
    sign_in_as_admin(page, server)
    server.create_label(LABEL)
    prepared(server, tmp_path, 1)
    server.wait_until_prepared(server.create_token(first_login(server)[0]), 1)
    open_policy(page, server)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    sky = page.get_by_role("slider", name=text["skyLine"])
    sky.focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.keyboard.press("ArrowUp")
    assert page.locator("#sky-until").input_value() == "29"
    page.get_by_role("slider", name=text["bonnetLine"]).focus()
    page.keyboard.press("PageUp")
    assert page.locator("#bonnet-from").input_value() == "90"
    page.locator("#rows-form button").press("Enter")
    see(page, text["saved"])
    wait_ready(page)
    rows = label_policy(page)[1]["rows"]
    assert (rows["sky_until"], rows["bonnet_from"]) == (0.29, 0.9)

    page.get_by_role("button", name=text["polygon"]).press("Enter")
    page.keyboard.press("Enter")
    first = page.locator("#points").input_value()
    page.keyboard.press("Shift+ArrowLeft")
    moved = page.locator("#points").input_value()
    assert first and moved and first.split()[0] != moved.split()[0]
    page.locator("#mask-save").press("Enter")
    page.locator("#mask-list tr").wait_for()
    assert len(label_policy(page)[1]["masks"]) == 1


def test_a_line_is_dragged_and_the_picture_darkens_beyond_it(server, open_page, tmp_path):
    """The lines of sky and bonnet follow the mouse, and never pass each other."""
    page = open_page(server, "/login")
    sign_in_as_admin(page, server)
    server.create_label(LABEL)
    prepared(server, tmp_path, 1)
    server.wait_until_prepared(server.create_token(first_login(server)[0]), 1)
    open_policy(page, server)
    page.wait_for_function("document.querySelector('#rows-stage img').complete")
    scroll_to(page, "#rows-stage")
    drag(page, "#rows-stage", (0.5, 0.0), (0.5, 0.3))
    assert abs(float(page.locator("#sky-until").input_value()) - 30) < 1.5
    scroll_to(page, "#rows-stage")
    drag(page, "#rows-stage", (0.5, 0.995), (0.5, 0.1))
    assert abs(float(page.locator("#bonnet-from").input_value()) - 40) < 1.5
    band, stage = page.locator(".row-band").first.bounding_box(), page.locator("#rows-stage").bounding_box()
    assert abs(band["height"] / stage["height"] - 0.3) < 0.02


def test_leaving_plates_visible_needs_a_tick(server, open_page):
    """The page asks only when something stays visible that was hidden, and says what each preset does."""
    text = words("en")["policy"]
    page = open_page(server, "/login")
    sign_in_as_admin(page, server)
    server.create_label(LABEL)
    open_policy(page, server)
    form = page.locator("#hidden-form")
    assert not form.locator("input[name=confirm]").is_visible()
    see(page, text["preset_default"])
    form.locator("#redaction").select_option("thorough")
    assert not page.get_by_text(text["preset_default"]).is_visible()
    form.locator("input[name=plate]").uncheck()
    assert form.locator("input[name=confirm]").is_visible()
    form.locator("button").click()
    assert label_policy(page)[1]["subjects"] == ["face", "plate"]
    form.locator("input[name=confirm]").check()
    form.locator("#face-threshold").fill("0.4")
    form.locator("button").click()
    see(page, text["saved"])
    wait_ready(page)
    preset, policy = label_policy(page)
    assert preset == "thorough" and policy["subjects"] == ["face"] and policy["face"]["threshold"] == 0.4
    assert not page.locator("input[name=confirm]").is_visible()


def test_looking_again_applies_a_new_mask_to_what_is_there(server, open_page, tmp_path):
    """From the page of the policy the label's pictures are looked through again, and the mask is on them too."""
    text = words("en")
    page = open_page(server, "/login")
    sign_in_as_admin(page, server)
    server.create_label(LABEL)
    prepared(server, tmp_path, 1)
    token = server.create_token(first_login(server)[0])
    picture = server.wait_until_prepared(token, 1)[0]
    box = (0.12, 0.52, 0.88, 0.88)
    before = detail(server.get(f"/api/pictures/{picture['id']}/hd.jpg", token).body, box)
    open_policy(page, server)
    page.locator("#points").fill("0.1,0.5 0.9,0.5 0.9,0.9 0.1,0.9")
    page.locator("#mask-save").click()
    page.locator("#mask-list tr").wait_for()
    page.get_by_role("button", name=text["labels"]["redactAgain"]).click()
    see(page, text["labels"]["redacting"])
    server.wait_until(
        lambda: detail(server.get(f"/api/pictures/{picture['id']}/hd.jpg", token).body, box) * 5 < before,
        "the mask is on the picture that was there before")
