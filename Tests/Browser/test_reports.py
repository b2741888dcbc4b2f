import pytest

from people import LANGUAGES, SLOW, locale, see, sign_in, words
from gestures import wait_ready
from cards import make_card
from test_explore import open_explore, place, shown


@pytest.fixture
def street(server, tmp_path):
    """Three pictures that a driver sent and a walker may look at."""
    server.create_label("DASHCAM-07")
    server.create_account("walker", "viewer", "first password")
    server.grant("DASHCAM-07", "walker")
    server.create_account("driver", "field", "first password")
    server.grant("DASHCAM-07", "driver")
    make_card(tmp_path / "card", 3)
    server.wayside("import", tmp_path / "card", "--label", "DASHCAM-07", "--account", "driver")
    items = server.wait_until_prepared(server.create_token("walker"), 3)
    return sorted(items, key=lambda item: item["properties"]["datetime"])


def open_as_driver(server, open_page, path, language="en"):
    page = open_page(server, "/login", locale=locale(language))
    sign_in(page, "driver", "first password", "a password of my own")
    page.goto(path)
    wait_ready(page)
    return page


def report(page, issue, comment, said):
    page.locator("#do-report").click()
    page.locator("#report-issue").select_option(issue)
    page.locator("#report-comment").fill(comment)
    page.locator("#report-send").click()
    page.get_by_text(said["report"]["thanks"]).wait_for(timeout=SLOW)
    page.locator("#report-close").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reported_picture_is_gone_and_its_owner_shows_it_again(server, open_page, street, language):
    """Who sees a face reports it, sees it gone at once, and the owner finds it in the queue and decides."""
    said = words(language)
    page = open_explore(server, open_page, f"#pic={street[1]['id']}&{place(street[1])}", language)
    shown(page, street[1])
    report(page, "blur_missing", "behind the window", said)
    see(page, said["explore"]["pictureGone"])
    token = server.create_token("walker")
    assert server.get(f"/api/pictures/{street[1]['id']}/hd.jpg", token).status == 404
    page.goto(f"/#pic={street[0]['id']}")
    page.reload()
    shown(page, street[0])
    page.keyboard.press("ArrowRight")
    shown(page, street[2])

    owner = open_as_driver(server, open_page, "/", language)
    owner.locator(".top-bar .count").wait_for()
    owner.goto("/reports")
    card = owner.locator(".report")
    assert card.get_by_text(said["reports"]["issue_blur_missing"]).is_visible()
    assert card.get_by_text("behind the window").is_visible()
    thumb = card.locator("img")
    owner.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=thumb.element_handle())
    card.locator("input[name=answer]").fill("a poster")
    card.get_by_role("button", name=said["reports"]["send"]).click()
    see(owner, said["reports"]["answered"])
    owner.on("dialog", lambda dialog: dialog.accept())
    owner.locator(".report").get_by_role("button", name=said["reports"]["ignored"]).click()
    see(owner, said["reports"]["restored"])
    see(owner, said["reports"]["none_open"])
    assert owner.locator(".top-bar .count").count() == 0
    assert server.get(f"/api/pictures/{street[1]['id']}/hd.jpg", token).status == 200

    page.goto("/reports?show=made")
    see(page, "a poster")


def test_a_trip_is_reported_on_its_page_and_its_owner_redacts_first(server, open_page, street):
    """A report about privacy hides the whole trip; the owner is told to redact before it is shown again."""
    said = words("en")
    page = open_explore(server, open_page, f"#{place(street[0])}")
    page.goto(f"/sequences/{street[0]['collection']}")
    wait_ready(page)
    report(page, "privacy", "our garden", said)
    see(page, said["problem"]["text404"])

    owner = open_as_driver(server, open_page, "/reports")
    owner.on("dialog", lambda dialog: dialog.accept())
    owner.get_by_role("button", name=said["reports"]["solved"]).click()
    see(owner, said["reports"]["redactFirst"])
    owner.goto(f"/sequences/{street[0]['collection']}")
    see(owner, said["sequence"]["hidden"])
    owner.goto("/reports")
    owner.get_by_role("button", name=said["reports"]["delete"]).click()
    see(owner, said["reports"]["deleted"])
    assert server.get(f"/api/collections/{street[0]['collection']}", server.create_token("driver")).status == 404
