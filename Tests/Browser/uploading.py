"""What somebody does on the upload page."""
import re

from people import PASSWORD, SLOW, locale, sign_in

LABEL = "DASHCAM-07"


def prepare(server):
    """A camera label whose pictures go through quickly, since nothing is looked for in them, and a driver who has it."""
    server.wayside("label", "create", LABEL, "--redaction", "none", "--confirm")
    server.create_account("driver", "field", "first password")
    server.grant(LABEL, "driver")


def open_upload(server, open_page, language="en", **more):
    page = open_page(server, "/upload", locale=locale(language), **more)
    sign_in(page, "driver", "first password", PASSWORD)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def choose(page, folder):
    page.locator("#folder-input").set_input_files(str(folder))


def wait_done(page, patience=SLOW):
    page.locator("#upload[data-state=done]").wait_for(timeout=patience)


def figure(page, name):
    return int(re.sub(r"\D", "", page.locator(f"#result-{name}").inner_text()))
