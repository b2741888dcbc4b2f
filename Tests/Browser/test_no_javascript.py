"""Browsers without scripts: signing in, lists, pictures of a trip, the receipt and forms of administration."""
import pytest

from cards import make_card
from people import LANGUAGES, PASSWORD, locale, words
from uploading import LABEL, prepare


def sign_in(page, name, password):
    page.locator("#name").fill(name)
    page.locator("#password").fill(password)
    page.locator("#sign-in").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_sign_in_and_read_their_lists_without_scripts(server, open_page, tmp_path, language):
    text = words(language)
    prepare(server)
    make_card(tmp_path, 2)
    # What the command imports belongs to nobody: this account sends it over the API.
    token = server.create_token("driver")
    made = server.request("POST", "/api/upload_sets", token, {"title": "card", "camera_label": LABEL}).json
    for path in sorted((tmp_path / "DCIM").rglob("*.JPG")):
        sent = server.request(
            "PUT", f"/api/upload_sets/{made['id']}/files/{path.name}", token, path.read_bytes(), {"Content-Type": "image/jpeg"})
        assert sent.status == 202, sent.body
    server.request("POST", f"/api/upload_sets/{made['id']}/complete", token)
    item = server.wait_until_prepared(token, 2)[0]

    page = open_page(server, "/uploads", locale=locale(language), scripts=False)
    sign_in(page, "driver", "wrong")
    page.get_by_text(text["login"]["wrong"]).wait_for()
    sign_in(page, "driver", "first password")
    page.locator("#current").fill("first password")
    page.locator("#new").fill(PASSWORD)
    page.locator("#again").fill(PASSWORD)
    page.locator("#change-password").click()
    page.goto("/uploads")
    page.get_by_role("link", name="card", exact=True).click()
    assert page.locator("#files tbody tr").count() == 2
    assert page.locator("time").first.inner_text().endswith("UTC")
    page.goto(f"/uploads/{made['id']}/receipt")
    page.get_by_text(text["card"]["verdict_open"]).wait_for()
    page.goto(f"/sequences/{item['collection']}")
    assert page.locator(".thumbs img").count() == 2
    page.locator("#account-menu summary").click()
    page.locator("#sign-out").click()
    page.locator("#sign-in").wait_for()


def test_an_administrator_makes_a_label_without_scripts(server, open_page):
    text = words("en")
    server.create_account("boss", "admin", "first password")
    page = open_page(server, "/admin/labels", scripts=False)
    sign_in(page, "boss", "first password")
    page.locator("#current").fill("first password")
    page.locator("#new").fill(PASSWORD)
    page.locator("#again").fill(PASSWORD)
    page.locator("#change-password").click()
    page.goto("/admin/labels")
    page.locator("#create-label #name").fill("VAN-3")
    page.get_by_role("button", name=text["labels"]["create"]).click()
    page.locator("section[data-label='VAN-3']").wait_for()
    labels = server.get("/api/camera_labels", server.create_token("boss")).json["camera_labels"]
    assert [(label["name"], label["redaction"]) for label in labels] == [("VAN-3", "default")]
