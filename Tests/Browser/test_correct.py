import pytest

from cards import PANORAMA, make_card
from gestures import wait_ready
from people import LANGUAGES, SLOW, locale, sign_in, words

PASSWORD = "a password of my own"


@pytest.fixture
def street(server, tmp_path):
    """One flat picture whose owner is a field account, seen by a viewer too."""
    return import_one(server, tmp_path / "flat")


def import_one(server, folder, **more):
    server.create_label("DASHCAM-07")
    for name, role in (("driver", "field"), ("walker", "viewer")):
        server.create_account(name, role, "first password")
        server.grant("DASHCAM-07", name)
    make_card(folder, 1, **more)
    server.wayside("import", folder, "--label", "DASHCAM-07", "--account", "driver")
    return server.wait_until_prepared(server.create_token("walker"), 1)[0]


def open_picture(server, open_page, item, name="driver", language="en", **more):
    page = open_page(server, f"/#pic={item['id']}&focus=pic", locale=locale(language), **more)
    sign_in(page, name, "first password", PASSWORD)
    page.locator(f"#stage[data-picture='{item['id']}']").wait_for(state="attached", timeout=SLOW)
    return page


def begin(page):
    page.locator("#do-hide").click()
    page.locator("#correct[data-state=ready]").wait_for(timeout=SLOW)


def at(page, x, y):
    """A place on the stage by fractions, as Playwright's mouse wants it."""
    box = page.locator("#stage").bounding_box()
    return box["x"] + box["width"] * x, box["y"] + box["height"] * y


def drag(page, start, end):
    page.mouse.move(*at(page, *start))
    page.mouse.down()
    page.mouse.move(*at(page, (start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
    page.mouse.move(*at(page, *end))
    page.mouse.up()


def redactions(server, item):
    return server.get(f"/api/pictures/{item['id']}/redactions", server.create_token("driver")).json


def save(page, language="en"):
    page.locator("#correct-hide:enabled").click()
    page.locator("#correct-message").get_by_text(words(language)["explore"]["hideDone"]).wait_for(timeout=SLOW)


def detail(page, url, box):
    """How much neighbouring pixels differ in a box (x, y, width, height) of a picture's file, as the page gets it."""
    return page.evaluate("""async ([url, [x, y, width, height]]) => {
        const image = await createImageBitmap(await (await fetch(url)).blob());
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d');
        context.drawImage(image, -x, -y);
        const { data } = context.getImageData(0, 0, width, height);
        let sum = 0;
        for (let j = 0; j < height; j += 1) {
            for (let i = 0; i < width - 1; i += 1) {
                const at = (j * width + i) * 4;
                if (Math.abs(data[at] - data[at + 4]) > 6) sum += 1;
            }
        }
        return sum;
    }""", [url, [round(value) for value in box]])


def inner(box, share=0.1):
    x, y, width, height = box
    return [x + width * share, y + height * share, width * (1 - 2 * share), height * (1 - 2 * share)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_missed_is_drawn_and_gone_at_once(server, open_page, street, language):
    """A rectangle drawn on the picture hides what is under it, in the file and on the screen, without a reload."""
    page = open_picture(server, open_page, street, language=language)
    begin(page)
    assert page.locator("#correct-hide").is_disabled()
    drag(page, (0.42, 0.45), (0.6, 0.62))
    shape = page.locator(".draw-shape.is-done")
    shape.wait_for()
    url = f"/api/pictures/{street['id']}/hd.jpg"
    width, height = (page.evaluate(f"document.querySelector('#stage img').{name}") for name in ("naturalWidth", "naturalHeight"))
    before = detail(page, url, [0, 0, width, height])
    save(page, language)
    found = redactions(server, street)
    drawn = [each for each in found["redactions"] if each["by"] == "person"]
    assert len(drawn) == 1 and found["is_done"]
    box = drawn[0]["bbox"]
    # The picture fills the stage by height or by width; what was drawn lies in its middle.
    assert 0.3 < (box[0] + box[2] / 2) / found["width"] < 0.7 and 0.4 < (box[1] + box[3] / 2) / found["height"] < 0.7
    assert detail(page, f"{url}?again", [0, 0, width, height]) < before
    rows = inner(box)[3]
    assert detail(page, f"{url}?again", inner(box)) < 8 * rows, "no more than a few cells"
    assert page.evaluate("document.querySelector('#stage img').src").endswith("?renewal=1")
    page.locator("#correct-list li", has_text=words(language)["explore"]["hideRegion"]).wait_for()


def test_an_outline_is_drawn_by_its_corners_and_changed_by_key(server, open_page, street):
    """Tapping corners and closing makes an outline; arrows move a point, Delete removes one, Escape gives up."""
    page = open_picture(server, open_page, street)
    begin(page)
    page.locator("#correct-polygon").click()
    for corner in ((0.4, 0.4), (0.6, 0.4), (0.62, 0.6), (0.5, 0.68)):
        page.mouse.click(*at(page, *corner))
    assert page.locator(".draw-handle").count() == 4
    page.mouse.click(*at(page, 0.4, 0.4))
    page.locator(".draw-shape.is-done").wait_for()
    handle = page.locator(".draw-handle").nth(1)
    handle.focus()
    start = handle.bounding_box()["x"]
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert abs(handle.bounding_box()["x"] - start - 5) < 1
    page.keyboard.press("Delete")
    assert page.locator(".draw-handle").count() == 3
    page.keyboard.press("Escape")
    assert page.locator(".draw-handle").count() == 0
    assert page.locator("#correct").is_visible()
    # Without a pointer: a shape in the middle, moved by its points.
    page.locator("#correct-polygon").click()
    page.keyboard.press("Enter")
    page.locator(".draw-shape.is-done").wait_for()
    page.keyboard.press("Shift+ArrowLeft")
    save(page)
    drawn = [each for each in redactions(server, street)["redactions"] if each["by"] == "person"]
    assert [len(each["polygon"]) for each in drawn] == [4]


def test_a_region_is_drawn_on_a_panorama(server, open_page, tmp_path):
    """On the sphere too, and across the seam behind one's back: it is gone from the tiles that show it."""
    panorama = import_one(server, tmp_path / "round", photo=PANORAMA)
    page = open_page(server, f"/#pic={panorama['id']}&focus=pic&xyz=180/0/50")
    sign_in(page, "driver", "first password", PASSWORD)
    page.locator("#stage[data-kind=sphere]").wait_for(state="attached", timeout=SLOW)
    begin(page)
    drag(page, (0.42, 0.5), (0.58, 0.7))
    page.locator(".draw-shape.is-done").wait_for()
    save(page)
    found = redactions(server, panorama)
    box = [each for each in found["redactions"] if each["by"] == "person"][0]["bbox"]
    assert box[0] < found["width"] < box[0] + box[2], "it lies on the seam"
    url = f"/api/pictures/{panorama['id']}/hd.jpg?again"
    right = [box[0] + 10, box[1] + 10, found["width"] - box[0] - 20, box[3] - 20]
    left = [10, box[1] + 10, box[0] + box[2] - found["width"] - 20, box[3] - 20]
    for part in (right, left):
        assert detail(page, url, part) < 8 * part[3]
    # Straight behind, the screen looks at the same place as the list says.
    assert abs(box[0] + box[2] / 2 - found["width"]) < found["width"] * 0.02


def test_what_is_wrong_is_shown_again_from_the_original(server, open_page, street, tmp_path):
    """Without the original the page says so and takes it; with another file it is refused; with it, all is shown."""
    page = open_picture(server, open_page, street)
    begin(page)
    drag(page, (0.42, 0.45), (0.6, 0.62))
    save(page)
    page.locator("#correct-list li", has_text=words("en")["explore"]["hideRegion"]).get_by_role("button").click()
    page.locator("#correct-original").wait_for()
    other = tmp_path / "other.jpg"
    other.write_bytes(b"\xff\xd8\xff" + bytes(100))
    page.locator("#correct-original").set_input_files(other)
    page.locator("#correct-message.bad").get_by_text("another file").wait_for(timeout=SLOW)
    page.locator("#correct-list li", has_text=words("en")["explore"]["hideRegion"]).get_by_role("button").click()
    page.locator("#correct-original").set_input_files(next((tmp_path / "flat").rglob("*.JPG")))
    page.locator("#correct-message").get_by_text(words("en")["explore"]["hideDone"]).wait_for(timeout=SLOW)
    assert [each for each in redactions(server, street)["redactions"] if each["by"] == "person"] == []
    assert not list((server.data / "staging").iterdir())


def test_a_finger_draws_on_a_phone(server, open_page, street):
    """On a small screen the tools leave room to draw, and nothing is wider than the screen."""
    page = open_picture(server, open_page, street, size=(390, 844))
    page.locator("#do-more").click()
    begin(page)
    drag(page, (0.3, 0.3), (0.7, 0.42))
    page.locator(".draw-shape.is-done").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    save(page)


def test_who_may_only_look_finds_no_tools(server, open_page, street):
    """A viewer has neither button nor key for it."""
    page = open_picture(server, open_page, street, name="walker")
    assert page.locator("#do-hide").count() == 0
    page.keyboard.press("h")
    assert page.locator("#correct").count() == 0


def test_the_owner_redacts_what_a_report_hides(server, open_page, street):
    """A reported picture is gone for others; its owner still finds the tools, and it stays hidden when it is made anew."""
    walker, driver = (server.create_token(name) for name in ("walker", "driver"))
    report = {"issue": "privacy", "picture_id": street["id"]}
    assert server.request("POST", "/api/reports", walker, report).status == 201
    page = open_picture(server, open_page, street)
    begin(page)
    drag(page, (0.42, 0.45), (0.6, 0.62))
    save(page)
    assert server.get(f"/api/pictures/{street['id']}/sd.jpg", driver).status == 200
    assert server.get(f"/api/pictures/{street['id']}/sd.jpg", walker).status == 404


def test_a_sequence_is_looked_through_again_from_its_page(server, open_page, street):
    """The owner starts it on the sequence's page, and the drawn region stays hidden."""
    page = open_picture(server, open_page, street)
    begin(page)
    drag(page, (0.42, 0.45), (0.6, 0.62))
    save(page)
    page.goto(f"/sequences/{street['collection']}")
    wait_ready(page)
    page.locator("#preset").select_option("fast")
    page.locator("#redact-sequence").click()
    page.get_by_text(words("en")["sequence"]["redacting"]).wait_for(timeout=SLOW)
    server.wait_until(lambda: redactions(server, street)["revision"] == 3, "the picture is made anew")
    assert len([each for each in redactions(server, street)["redactions"] if each["by"] == "person"]) == 1
