"""A picture of ours within a page of another site."""
import http.server
import threading
from contextlib import contextmanager

import pytest

from cards import PANORAMA
from gestures import wait_ready
from people import SLOW, see, words
from test_explore import import_drive, open_explore, shown


@contextmanager
def site(html):
    """A site of somebody else's with one page: its origin. `html()` is asked for at each visit."""
    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = html().encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def make_frame(page, text, origin):
    """What the dialog gives for the picture on screen."""
    page.get_by_role("button", name=text["embed"]["make"]).click()
    page.get_by_label(text["embed"]["sites"]).fill(origin)
    page.get_by_role("button", name=text["embed"]["create"]).click()
    see(page, text["embed"]["done"])
    return page.locator("#embed-html").inner_text()


@pytest.mark.parametrize("language, photo, kind", [("en", None, "flat"), ("fr", PANORAMA, "sphere")])
def test_a_picture_is_shown_on_the_named_site_and_nowhere_else(
        server, open_page, chromium, tmp_path, language, photo, kind):
    """A guest of another site looks around; a site that was not named shows nothing; taken back, it is dark."""
    text = words(language)
    item, = import_drive(server, tmp_path, 1, role="manager", **({"photo": photo} if photo else {}))
    page = open_explore(server, open_page, f"#pic={item['id']}", language)
    shown(page, item)
    html = {"frame": ""}
    with site(lambda: html["frame"]) as named, site(lambda: html["frame"]) as other:
        html["frame"] = make_frame(page, text, named)
        context = chromium.new_context(viewport={"width": 700, "height": 500})
        guest = context.new_page()
        asked = []
        guest.on("request", lambda request: asked.append(request.url))
        guest.goto(named)
        frame = guest.frame_locator("iframe")
        frame.locator(f".stage[data-kind={kind}]").wait_for(state="attached", timeout=SLOW)
        before = frame.locator(".stage").evaluate(look)
        frame.get_by_role("button", name=words("en")["explore"]["zoomIn"]).click()
        stage = guest.locator("iframe").bounding_box()
        guest.mouse.move(stage["x"] + 300, stage["y"] + 200)
        guest.mouse.down()
        guest.mouse.move(stage["x"] + 200, stage["y"] + 220, steps=4)
        guest.mouse.up()
        frame.locator("body[data-ready]").wait_for(state="attached")
        assert frame.locator(".stage").evaluate(look) != before
        ours = [url.removeprefix(server.url) for url in asked if url.startswith(server.url)]
        assert ours and all(url.startswith((named, server.url)) for url in asked)
        assert not [url for url in ours if url.startswith("/api")]
        assert [url for url in ours if url.startswith(f"/embed/{item['id']}/") and "key=" in url]

        guest.goto(other)
        refused = guest.frames[1] if len(guest.frames) > 1 else None
        assert refused is None or "embed" not in refused.url or refused.locator(".stage").count() == 0

        page.goto("/account/embeds")
        wait_ready(page)
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name=text["embeds"]["end"]).click()
        see(page, text["embeds"]["ended"])
        guest.goto(named)
        frame.get_by_text(words("en")["embed"]["goneTitle"]).wait_for(timeout=SLOW)
        assert frame.locator(".stage").count() == 0
        context.close()


# What one sees of the picture: where a flat one lies, or which way one looks.
look = "stage => stage.querySelector('img')?.style.transform ?? stage.dataset.yaw"


def test_a_site_that_is_none_is_refused_with_a_reason(server, open_page, tmp_path):
    text = words("en")
    item, = import_drive(server, tmp_path, 1, role="manager")
    page = open_explore(server, open_page, f"#pic={item['id']}")
    shown(page, item)
    page.get_by_role("button", name=text["embed"]["make"]).click()
    page.get_by_label(text["embed"]["sites"]).fill("*")
    page.get_by_role("button", name=text["embed"]["create"]).click()
    see(page, "This is not the address of a site")
    page.get_by_role("button", name=text["report"]["cancel"]).click()
    assert not page.locator("#embed").is_visible()
