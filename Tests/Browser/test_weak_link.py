"""Links that break in the middle of a file, pages that are closed, logins that end: nothing is lost, little is sent twice."""
import contextlib
import re

import pytest

from cards import PANORAMA, make_card
from cutting_proxy import CuttingProxy
from gestures import wait_ready
from people import PASSWORD, SLOW, see, sign_in, words
from uploading import choose, figure, open_upload, prepare, wait_done

LONG = 3 * SLOW


@contextlib.contextmanager
def weak_link(server, rate=None):
    proxy = CuttingProxy(server.port, rate)
    try:
        yield proxy
    finally:
        proxy.stop()


def offsets(page):
    """Where the parts began that the page sent, as it goes on sending."""
    begun = []
    page.on("request", lambda request: begun.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None)
    return begun


def test_a_file_that_was_cut_goes_on_where_it_was(server, open_page, tmp_path):
    """A large file is not sent again from its start when the connection breaks within it."""
    make_card(tmp_path, 2, PANORAMA)
    size = sum(path.stat().st_size for path in tmp_path.rglob("*.JPG"))
    prepare(server)
    with weak_link(server, rate=1_000_000) as proxy:
        page = open_upload(proxy, open_page)
        begun = offsets(page)
        before = proxy.sent
        proxy.cut(after=2_500_000)
        choose(page, tmp_path / "DCIM")
        wait_done(page, LONG)
        assert proxy.cuts == 1
        assert max(begun) > 0
        # Browsers send a request again by themselves, until they read that the server has come further.
        assert proxy.sent - before < 1.5 * size
        assert (figure(page, "arrived"), figure(page, "refused")) == (2, 0)


def test_a_file_goes_on_where_it_was_after_a_reload(server, open_page, tmp_path):
    """The page is closed while the link is dead; with the folder chosen again the file goes on within."""
    make_card(tmp_path, 1, PANORAMA)
    prepare(server)
    with weak_link(server) as proxy:
        page = open_upload(proxy, open_page)
        begun = offsets(page)
        proxy.cut(after=2_000_000, then_down=True)
        choose(page, tmp_path / "DCIM")
        see(page, words("en")["upload"]["linkLost"])
        proxy.is_down = False
        page.reload()
        wait_ready(page)
        begun.clear()
        choose(page, tmp_path / "DCIM")
        wait_done(page, LONG)
        assert begun and begun[0] > 0
        assert figure(page, "arrived") == 1


def test_the_upload_waits_while_there_is_no_network(server, open_page, tmp_path):
    make_card(tmp_path, 6)
    prepare(server)
    page = open_upload(server, open_page)
    page.route(re.compile("/files$"), lambda route: route.abort())
    choose(page, tmp_path / "DCIM")
    see(page, words("en")["upload"]["linkLost"])
    page.context.set_offline(True)
    page.unroute_all()
    page.locator("#trouble").wait_for()
    page.context.set_offline(False)
    wait_done(page, LONG)
    assert page.locator("#trouble").is_hidden()
    assert figure(page, "arrived") == 6


@pytest.mark.parametrize("moment", ["sending", "listing"])
def test_an_upload_goes_on_after_signing_in_again_in_another_tab(server, open_page, tmp_path, moment):
    """A login that ends in the middle loses nothing: the page says so and goes on by itself."""
    make_card(tmp_path, 5)
    prepare(server)
    page = open_upload(server, open_page)
    page.route(re.compile("/files$|/card$") if moment == "listing" else re.compile("/files$"), lambda route: route.abort())
    choose(page, tmp_path / "DCIM")
    see(page, words("en")["upload"]["linkLost"])
    page.context.clear_cookies()
    page.unroute_all()
    see(page, words("en")["upload"]["signedOut"])
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=words("en")["upload"]["signInAgain"]).click()
    sign_in(opened.value, "driver", PASSWORD)
    opened.value.close()
    wait_done(page, LONG)
    assert (figure(page, "arrived"), figure(page, "refused")) == (5, 0)
