"""Finding one's way through the administration: beside the page, folded on a phone, and without scripts."""
import pytest

from gestures import wait_ready
from people import LANGUAGES, open_account, see, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_the_menu_is_one_line_that_opens_by_keyboard(server, open_page, language):
    """The administrator sees what the page is about at once, opens the menu, reads what each place is for, and goes there."""
    text = words(language)["admin"]
    page = open_account(server, open_page, "boss", "admin", "/admin", language, size=(360, 740))
    menu = page.get_by_role("navigation", name=text["title"], exact=True)
    assert menu.bounding_box()["height"] < 60
    assert not menu.get_by_role("link", name=text["models"], exact=True).is_visible()
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    menu.get_by_text(text["models_hint"]).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    menu.get_by_role("link", name=text["models"], exact=True).press("Enter")
    page.wait_for_url("**/admin/models")
    see(page, words(language)["models"]["lead"])
    assert page.locator("h1").inner_text() == text["models"]


def test_on_a_wide_screen_all_places_are_in_sight(server, open_page):
    """Nothing has to be opened, and where one is is marked."""
    text = words("en")["admin"]
    page = open_account(server, open_page, "boss", "admin", "/admin/labels", size=(1440, 900))
    menu = page.get_by_role("navigation", name=text["title"], exact=True)
    for place in ("dashboard", "accounts", "models", "audit", "instance"):
        assert menu.get_by_role("link", name=text[place], exact=True).is_visible()
    assert menu.locator("[aria-current=page]").inner_text() == text["labels"]
    right = menu.bounding_box()["x"] + menu.bounding_box()["width"]
    assert page.locator("h1").bounding_box()["x"] >= right
    menu.get_by_role("link", name=text["audit"], exact=True).click()
    page.wait_for_url("**/admin/audit")
    wait_ready(page)
    assert page.locator("h1").inner_text() == text["audit"]
