import pytest

from gestures import wait_ready
from people import LANGUAGES, PASSWORD, SLOW, choose_password, locale, open_account, see, sign_in, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_given_password_is_replaced_at_the_first_login(server, open_page, language):
    """Who gets an account may not go anywhere before choosing a password; afterwards only the new one holds."""
    text = words(language)
    server.create_account("aicha", "field", "first password")
    page = open_page(server, "/login", locale=locale(language))
    assert page.locator("html").get_attribute("lang") == language
    see(page, text["login"]["help"])
    page.locator("#name").fill("aicha")
    page.locator("#password").fill("first password")
    page.locator("#sign-in").click()
    see(page, text["password"]["mustChange"])

    page.goto("/uploads")
    see(page, text["password"]["mustChange"])
    assert page.request.get("/api/collections").status == 403

    choose_password(page, "first password", "short phrase", "another phrase")
    see(page, text["password"]["different"])
    choose_password(page, "not the password", "short phrase")
    see(page, text["password"]["wrongCurrent"])
    choose_password(page, "first password", PASSWORD)
    page.locator(".explore").wait_for()
    wait_ready(page)

    page.locator("#account-menu summary").click()
    page.locator("#sign-out").click()
    see(page, text["login"]["signedOut"])
    page.locator("#name").fill("aicha")
    page.locator("#password").fill("first password")
    page.locator("#sign-in").click()
    see(page, text["login"]["wrong"])
    sign_in(page, "aicha", PASSWORD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_guessing_passwords_locks_the_account_for_a_while(server, open_page, language):
    """After repeated failures the right password is refused too, and the page says how long to wait."""
    text = words(language)
    server.create_account("bakary", "field", "first password")
    page = open_page(server, "/login", locale=locale(language))
    for _ in range(5):
        page.locator("#name").fill("bakary")
        page.locator("#password").fill("wrong password")
        page.locator("#sign-in").click()
        see(page, text["login"]["wrong"])
    page.locator("#name").fill("bakary")
    page.locator("#password").fill("first password")
    page.locator("#sign-in").click()
    see(page, text["login"]["locked_one"].split("{n}")[0].strip())
    assert page.request.get("/api/users/me").status == 401


def test_signing_in_leads_to_the_page_that_was_asked_for(server, open_page):
    """A link to a page, and the picture in its fragment, survive signing in."""
    server.create_account("chloe", "viewer", "first password")
    page = open_page(server, "/#pic=00000000-0000-4000-8000-000000000000&focus=pic")
    sign_in(page, "chloe", "first password", PASSWORD)
    assert "pic=00000000-0000-4000-8000-000000000000" in page.url
    see(page, words("en")["explore"]["pictureGone"])


def test_the_language_switch_is_remembered(server, open_page):
    """A choice of language outlives the session and what the browser prefers."""
    page = open_account(server, open_page, "dara", "field", "/account")
    page.locator(".language-switch button[value=fr]").click()
    page.get_by_role("heading", name=words("fr")["account"]["title"], exact=True).wait_for()
    assert page.url.endswith("/account")
    page.goto("/uploads")
    see(page, words("fr")["uploads"]["lead"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_access_token_is_shown_once_and_can_be_taken_back(server, open_page, language):
    """A token made on the page works at once; taken back it does not, and nobody sees its text again."""
    text = words(language)
    page = open_account(server, open_page, "emil", "viewer", "/account", language)
    page.locator("#description").fill("QGIS")
    page.locator("#make-token").click()
    wait_ready(page)
    token = page.locator("#secret").text_content().strip()
    assert server.get("/api/collections", token).status == 200

    page.reload()
    assert page.locator("#secret").count() == 0
    assert token not in page.content()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#tokens tbody tr", has_text="QGIS").get_by_role("button", name=text["account"]["revoke"]).click()
    see(page, text["account"]["revoked"])
    server.wait_until(lambda: server.get("/api/collections", token).status == 401, "the token does not hold")


def test_a_page_of_another_site_cannot_act_for_somebody(server, open_page):
    """A form that another site posts with the cookie is refused, and nothing changes."""
    page = open_account(server, open_page, "fatou", "field", "/account")
    answer = page.request.post(
        "/account/tokens", form={"description": "stolen"},
        headers={"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403
    page.reload()
    assert page.get_by_text("stolen").count() == 0
    page.locator("#tokens-title").wait_for(timeout=SLOW)
