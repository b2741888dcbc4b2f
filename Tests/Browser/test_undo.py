"""What is deleted is gone for everybody, and back when that is taken back."""

import pytest

from people import LANGUAGES, filled, see, words
from test_accessibility import barriers
from test_my_pictures import act, open_mine, street, tick  # noqa: F401


def seen(server, token):
    return {item["id"] for item in server.get("/api/search?limit=10", token).json["features"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_deleted_is_taken_back(server, open_page, street, language):  # noqa: F811
    """The driver deletes two pictures and takes them back at once; then a sequence, and takes it back from the list."""
    text = words(language)
    said = text["removals"]
    ids = [item["id"] for item in street]
    walker = server.create_token("walker")
    page = open_mine(server, open_page, language=language)
    tick(page, ids[0], ids[1])
    act(page, "delete")
    page.locator("#go").click()
    see(page, filled(text["pictures"]["askRemove_other"], n="2"))
    see(page, said["until"])
    page.locator("#confirm").click()
    see(page, filled(text["pictures"]["deleted_other"], n="2"))
    assert seen(server, walker) == set(ids[2:])
    page.locator("#take-back").click()
    see(page, filled(said["restored_other"], n="2"))
    see(page, said["none"])
    assert seen(server, walker) == set(ids)

    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/sequences/{street[0]['collection']}")
    page.locator("#delete-sequence").click()
    page.locator("#deleted tbody tr").wait_for()
    assert page.locator("#deleted tbody tr").count() == 1
    see(page, filled(said["kind_sequence_other"], n="4"))
    assert seen(server, walker) == set()
    assert barriers(page, "/pictures/deleted") == []
    page.get_by_role("button", name=said["restore"]).click()
    see(page, filled(said["restored_other"], n="4"))
    assert seen(server, walker) == set(ids)

    page.goto(f"/sequences/{street[0]['collection']}")
    page.locator("#delete-sequence").click()
    page.get_by_role("button", name=said["finish"]).click()
    see(page, said["finished"])
    assert page.locator("#deleted").count() == 0
