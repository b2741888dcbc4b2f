import re

import pytest
from playwright.sync_api import sync_playwright

from wayside_server import ROOT

# Headless WebGL needs the software renderer to be allowed by name.
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PICTURES_OF_FAILURES = ROOT / ".build/browser-failures"


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, headless; Playwright's own browsers are not used."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.failed = report.failed
    return report


@pytest.fixture
def open_page(chromium, request):
    """Opens pages, each with cookies of its own: `open_page(server, "/explore", locale="fr-FR")`.

    An exception that no script caught, a breach of the content security policy, or a request to anybody but the server
    (and the other sites of the test, whose addresses are in `open_page.elsewhere`) fails the test at its end.
    """
    pages, complaints, elsewhere = [], [], []

    def open_one(server, path="/", locale="en-GB", size=(1280, 800), scripts=True):
        context = chromium.new_context(
            base_url=server.url, locale=locale, viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts)
        context.on("request", lambda request: stay(server.url, request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complain(message.text))
        pages.append(page)
        page.goto(path)
        return page

    def stay(home, address):
        known = tuple(f"{site}/" for site in [home, *elsewhere])
        if re.match("(https?|wss?):", address) and not address.startswith(known):
            complaints.append(f"a request left the server: {address}")

    def complain(text):
        if "Content Security Policy" in text:
            complaints.append(text)

    open_one.elsewhere = elsewhere
    yield open_one
    if getattr(request.node, "failed", False):
        PICTURES_OF_FAILURES.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pages):
            name = re.sub(r"[^A-Za-z0-9]+", "-", request.node.name).strip("-")
            page.screenshot(path=PICTURES_OF_FAILURES / f"{name}-{number}.png")
    for page in pages:
        page.context.close()
    assert complaints == []
