"""What people do on Wayside's pages, in the words of their language."""
import json
import re

from gestures import wait_ready
from wayside_server import ROOT

LANGUAGES = ["en", "fr"]
PASSWORD = "a password of my own"
SLOW = 60_000       # milliseconds; patience, never a measure of speed


def words(language):
    """The words of the pages: `words("fr")["login"]["title"]`."""
    text = (ROOT / f"Templates/Language/{language}.json").read_text()
    if language == "fr":
        # As the pages show it: no line breaks before these signs and within guillemets.
        text = re.sub(" ([:;!?»])", "\u00a0\\1", text).replace("« ", "«\u00a0")
    return json.loads(text)


def locale(language):
    return {"en": "en-GB", "fr": "fr-FR"}[language]


def first_login(server):
    """Name and one-time password that a fresh server printed."""
    def said():
        return re.search(r"name (\S+), one-time password (\S+)", server.log.read_text())
    return server.wait_until(said, "the first login is printed").groups()


def sign_in(page, name, password, new=None):
    """Signs in on the page that is open; `new` replaces a password that somebody else chose."""
    page.locator("#name").fill(name)
    page.locator("#password").fill(password)
    page.locator("#sign-in").click()
    if new:
        page.wait_for_url("**/account/password*")
        choose_password(page, password, new)
    page.locator("#account-menu").wait_for(timeout=SLOW)
    wait_ready(page)


def choose_password(page, current, new, again=None):
    page.locator("#current").fill(current)
    page.locator("#new").fill(new)
    page.locator("#again").fill(again or new)
    page.locator("#change-password").click()


def sign_in_as_admin(page, server):
    name, password = first_login(server)
    page.goto("/login")
    sign_in(page, name, password, PASSWORD)


def open_account(server, open_page, name, role, path="/", language="en", **more):
    """A page of a new account that is signed in and has a password of its own."""
    server.create_account(name, role, "first password")
    page = open_page(server, "/login", locale=locale(language), **more)
    sign_in(page, name, "first password", PASSWORD)
    if path != "/":
        page.goto(path)
        wait_ready(page)
    return page


def see(page, text):
    """Waits until the text is to be seen."""
    page.get_by_text(text).first.wait_for(timeout=SLOW)


def filled(text, **values):
    """A sentence of the words with its `{name}`s filled in."""
    return re.sub(r"\{(\w+)\}", lambda match: str(values[match[1]]), text)
