"""What administrators look at: figures, jobs, the log, stickers, and the instance itself."""
import pytest

from cards import make_card
from gestures import wait_ready
from people import LANGUAGES, SLOW, locale, see, sign_in_as_admin, words


def administer(server, open_page, path, language="en", **more):
    page = open_page(server, "/login", locale=locale(language), **more)
    sign_in_as_admin(page, server)
    page.goto(path)
    wait_ready(page)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dashboard_draws_what_its_tables_say(server, open_page, tmp_path, language):
    """Plots for who sees them, the same numbers in tables, and no request that leaves the server."""
    text = words(language)["dashboard"]
    server.create_label("DASHCAM-07")
    server.create_label("SILENT-01")
    make_card(tmp_path, 3)
    server.import_folder(tmp_path, "DASHCAM-07")
    page = administer(server, open_page, "/admin", language)
    server.wait_until_prepared(server.create_token("admin"), 3)
    label = next(
        each for each in page.request.get("/api/camera_labels").json()["camera_labels"] if each["name"] == "SILENT-01")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.locator("#dashboard[data-state=shown]").wait_for(timeout=SLOW)
    for plot in ("arrivals", "queue", "seconds", "stored", "disk"):
        canvas = page.locator(f"#plot-{plot} canvas")
        assert canvas.count() == 1, plot
        assert page.locator(f"#plot-{plot}").get_attribute("aria-label"), plot
    # Something is painted where the bar of today is.
    assert page.evaluate(PAINTED, "#plot-arrivals canvas") > 100
    table = page.locator("#arrivals-table")
    page.locator("section", has=table).get_by_text(text["table"]).click()
    assert table.locator("thead th").all_inner_texts() == [text["day"], text["all"], "DASHCAM-07"]
    counts = table.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert sum(int(count) for count in counts) == 3 and len(counts) == 30
    assert all(url.startswith(server.url) for url in asked)
    page.get_by_role("link", name=text["span_other"].replace("{n}", "7")).click()
    page.locator("#dashboard[data-state=shown]").wait_for(timeout=SLOW)
    assert page.locator("#arrivals-table tbody tr").count() == 7
    assert label["name"] == "SILENT-01"


# How many pixels of a canvas are of a colour.
PAINTED = """selector => {
    const canvas = document.querySelector(selector);
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let painted = 0;
    for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] > 200 && Math.max(data[at], data[at + 1], data[at + 2]) - Math.min(data[at], data[at + 1], data[at + 2]) > 40) painted += 1;
    }
    return painted;
}"""


def test_without_scripts_the_dashboard_is_its_tables(server, chromium, open_page):
    page = administer(server, open_page, "/admin")
    context = chromium.new_context(
        base_url=server.url, java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto("/admin")
    assert plain.locator("#days-table").count() == 1
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_tells_who_did_what(server, open_page, language):
    text = words(language)["audit"]
    server.create_label("DASHCAM-07")
    page = administer(server, open_page, "/admin/audit", language)
    page.get_by_label(text["what"], exact=True).select_option("label")
    page.get_by_role("button", name=text["show"], exact=True).click()
    page.wait_for_url("**action=label*")
    actions = page.locator("#audit tbody tr td:nth-child(3)").all_inner_texts()
    assert actions and all(action.strip().endswith(("created", "granted")) for action in actions)
    page.get_by_label(text["to"], exact=True).fill("2020-01-01")
    page.get_by_role("button", name=text["show"], exact=True).click()
    see(page, text["none"])


def test_name_colour_and_terms_are_the_instances_own(server, open_page):
    text = words("en")
    page = administer(server, open_page, "/admin/instance")
    page.get_by_label(text["instance"]["name"], exact=True).fill("Roads of the north")
    page.get_by_label(text["instance"]["accent"], exact=True).fill("#7a1f5c")
    page.get_by_label("Text (English)").fill("# Rules\n\nBe kind.\n\n- one\n- two")
    page.get_by_role("button", name=text["common"]["save"]).click()
    see(page, text["instance"]["saved"])
    assert page.locator(".brand").inner_text() == "Roads of the north"
    colour = page.evaluate("getComputedStyle(document.querySelector('.button.primary')).backgroundColor")
    assert colour == "rgb(122, 31, 92)"
    guest = open_page(server, "/login")
    guest.get_by_role("link", name=text["terms"]["title"]).click()
    guest.get_by_role("heading", name="Rules").wait_for()
    assert guest.locator(".prose li").all_inner_texts() == ["one", "two"]


def test_a_sticker_leads_to_the_upload_page_of_its_label(server, open_page):
    """What the code says is checked by drawing it the other way round: its finder patterns are where they belong."""
    text = words("en")
    server.create_label("DASHCAM-07")
    server.create_label("DASHCAM-08")
    page = administer(server, open_page, "/admin/labels")
    page.locator("section[data-label='DASHCAM-08']").get_by_role("link", name=text["stickers"]["open"]).click()
    page.get_by_label(text["stickers"]["size"]).select_option("small")
    page.wait_for_url("**size=small*")
    assert page.locator(".sticker").count() == 21
    address = page.locator(".sticker-address").inner_text()
    page.goto(address.removeprefix(server.url))
    wait_ready(page)
    assert page.locator("input[name=label]:checked").get_attribute("value") == "DASHCAM-08"
