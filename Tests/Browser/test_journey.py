import pytest

from cards import make_card
from gestures import drop_folder, wait_ready
from people import SLOW, first_login, see, sign_in_as_admin, words


@pytest.mark.journey
def test_a_card_is_dropped_and_becomes_a_street(server, open_page, tmp_path):
    """A newcomer signs in, makes a label, drops a card's folder, and walks along the pictures by key."""
    text = words("en")
    page = open_page(server, "/")
    sign_in_as_admin(page, server)
    page.goto("/admin/labels")
    wait_ready(page)
    page.locator("#create-label #name").fill("DASHCAM-07")
    page.get_by_role("button", name=text["labels"]["create"]).click()
    page.locator("section[data-label='DASHCAM-07']").wait_for()

    make_card(tmp_path, 3)
    page.goto("/upload")
    wait_ready(page)
    drop_folder(page, "#drop-zone", tmp_path / "DCIM")
    page.locator("#upload[data-state=done]").wait_for(timeout=2 * SLOW)
    see(page, text["upload"]["verdictAll_other"].replace("{n}", "3"))

    items = server.wait_until_prepared(server.create_token(first_login(server)[0]), 3)
    first, second, _ = sorted(items, key=lambda item: item["properties"]["datetime"])
    page.goto(f"/#pic={first['id']}")
    page.locator(f"#stage[data-picture='{first['id']}']").wait_for(state="attached", timeout=SLOW)
    page.keyboard.press("ArrowRight")
    page.locator(f"#stage[data-picture='{second['id']}']").wait_for(state="attached", timeout=SLOW)
