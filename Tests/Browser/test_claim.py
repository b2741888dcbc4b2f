"""A program that signs in by having a page opened."""
import http.server
import threading

import pytest

from gestures import wait_ready
from people import LANGUAGES, open_account, see, words


def ask(server):
    """(address to open, token) as a program gets them."""
    made = server.request("POST", "/api/auth/tokens/generate", headers={"User-Agent": "PanoramaxCLI/1.4.1"}).json
    return next(link["href"] for link in made["links"] if link["rel"] == "claim"), made["jwt_token"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_is_let_in_by_who_opens_its_address_and_says_yes(server, open_page, language):
    text = words(language)
    page = open_account(server, open_page, "dora", "field", language=language)
    address, token = ask(server)
    page.goto(address)
    wait_ready(page)
    see(page, text["claim"]["title"])
    assert page.locator("#device").inner_text() == "PanoramaxCLI/1.4.1"
    see(page, text["claim"]["mayUpload"])
    assert server.get("/api/users/me", token).status == 401
    page.locator("#allow").click()
    see(page, text["account"]["claimed"])
    assert server.get("/api/users/me", token).json["name"] == "dora"
    page.goto(address)
    see(page, text["claim"]["gone"])


@pytest.fixture
def elsewhere(open_page):
    """Serves one page, under a name that is another site than the server's: `show(html)` gives its address."""
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(self.server.html.encode())

        def log_message(self, *_):
            pass

    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=site.serve_forever)
    thread.start()
    address = f"http://localhost:{site.server_port}"
    open_page.elsewhere.append(address)

    def show(html):
        site.html = html
        return f"{address}/"
    yield show
    site.shutdown()
    thread.join()
    site.server_close()


def test_another_site_can_neither_bind_a_token_by_a_link_nor_by_a_form(server, open_page, elsewhere):
    page = open_account(server, open_page, "emil", "field")
    address, token = ask(server)
    shown = address.replace("/api/auth/tokens/", "/claim/").removesuffix("/claim")
    for html in (
            f'<meta http-equiv="refresh" content="0;url={address}">',
            f'<form method="post" action="{shown}"><input name="answer" value="yes"></form>'
            "<script>document.forms[0].submit()</script>",
            f'<form method="post" action="{address}"><input name="answer" value="yes"></form>'
            "<script>document.forms[0].submit()</script>"):
        page.goto(elsewhere(html))
        page.wait_for_url(f"{server.url}/**")
        page.wait_for_load_state()
        assert server.get("/api/users/me", token).status == 401
    # The link alone leads the person, who is signed in, to the question.
    page.goto(elsewhere(f'<a id="go" href="{address}">go</a>'))
    page.locator("#go").click()
    page.locator("#allow").wait_for()
    page.locator("#refuse").click()
    see(page, words("en")["account"]["refused"])
    assert server.get("/api/users/me", token).status == 401
