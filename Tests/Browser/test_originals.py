import pytest

from cards import make_card
from gestures import wait_ready
from people import LANGUAGES, filled, locale, see, sign_in_as_admin, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_decides_what_becomes_of_originals(server, open_page, tmp_path, language):
    """Discard by default; sealed needs a key, and a private one is not taken; kept ones can be fetched, and let go."""
    text = words(language)["originals"]
    server.wayside("label", "create", "DASHCAM-07", "--redaction", "none", "--confirm")
    page = open_page(server, "/login", locale=locale(language))
    sign_in_as_admin(page, server)
    page.goto("/admin/originals")
    wait_ready(page)
    card = page.locator("section[data-label='DASHCAM-07']")
    assert card.get_by_role("radio", checked=True).get_attribute("value") == "discard"
    for policy in ("discard", "sealed", "keep"):
        see(card, text[f"{policy}Means"])

    choose(page, card, text, "sealed")
    see(page, text["key_needed"])
    public = server.wayside("keys", "generate", "--out", tmp_path / "key")
    private = (tmp_path / "key").read_text().split()[-1]
    register(page, text, private)
    see(page, text["private_key"])
    assert private not in page.content()
    register(page, text, public)
    see(page, text["saved"])
    choose(page, card, text, "sealed", days="30")
    see(page, text["saved"])
    assert card.get_by_role("radio", checked=True).get_attribute("value") == "sealed"
    assert card.locator("input[name=days]").input_value() == "30"

    choose(page, card, text, "keep", days="")
    make_card(tmp_path / "card", 1)
    server.import_folder(tmp_path / "card", "DASHCAM-07")
    item, = server.wait_until_prepared(server.create_token("admin"), 1)
    original = next((tmp_path / "card").rglob("*.[jJ][pP]*")).read_bytes()
    page.goto("/uploads")
    page.locator("#upload-sets a").first.click()
    link = page.get_by_role("link", name=words(language)["set"]["original_kept"])
    assert page.request.get(link.get_attribute("href")).body() == original

    page.goto("/admin/originals")
    wait_ready(page)
    see(card, filled(text["stored_one"], n=1))
    page.on("dialog", lambda dialog: dialog.accept())
    card.get_by_role("button", name=text["discardStored"]).click()
    see(page, text["discarded"])
    assert page.request.get(f"/api/pictures/{item['id']}/original").status == 404


def choose(page, card, text, policy, days=""):
    card.locator(f"input[value={policy}]").check()
    card.locator("input[name=days]").fill(days)
    card.get_by_role("button", name=words_save(page), exact=True).click()
    wait_ready(page)


def words_save(page):
    return words(page.locator("html").get_attribute("lang"))["common"]["save"]


def register(page, text, key):
    page.locator("#key-name").fill("The safe")
    page.locator("#key-text").fill(key)
    page.get_by_role("button", name=text["addKey"]).click()
    wait_ready(page)
