"""What a hand does in a browser and Playwright has no word for."""


def drop_folder(page, selector, folder):
    """Drops a real folder of this machine on an element, as a file manager would (a script could not make such a drop)."""
    box = page.locator(selector).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})
    session.detach()


def wait_ready(page):
    """Waits until the page says that it has drawn what it has to show (`<body data-ready>`)."""
    page.wait_for_selector("body[data-ready]", state="attached")
