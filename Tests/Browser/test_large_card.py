"""A card of twenty thousand files: how much memory the page takes, and whether it still answers."""
import json
import os
import re

from gestures import drop_folder
from uploading import open_upload, prepare

FILES = int(os.environ.get("WAYSIDE_BROWSER_FILES", "20000"))
SENT = 300                      # files after which it is enough
MOST_HEAP = 300_000_000         # bytes
LONGEST_TASK = 200              # milliseconds


def heap(session):
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize")


def test_twenty_thousand_files_leave_the_page_small_and_quick(server, chromium, open_page, tmp_path):
    """While the card is written down, read and sent."""
    folder = tmp_path / "DCIM"
    for number in range(FILES):
        path = folder / f"{100 + number // 1000}GOPRO/G{number:07d}.JPG"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xd8%d" % number)
    prepare(server)
    page = open_upload(server, open_page)
    # What the server does with them is another test: each file is answered at once.
    taken = json.dumps({"status": "accepted"})
    page.route(re.compile("/files$"), lambda route: route.fulfill(status=202, content_type="application/json", body=taken))
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    chromium.start_tracing(page=page, categories=["-*", "disabled-by-default-devtools.timeline"])
    drop_folder(page, "#drop-zone", folder)
    largest = 0
    while sent(page) < SENT:
        largest = max(largest, heap(session))
        page.evaluate("new Promise(requestAnimationFrame)")
    tasks = longest_tasks(chromium.stop_tracing())
    print(f"\nheap {largest / 1e6:.0f} MB, longest tasks {tasks} ms")
    assert largest < MOST_HEAP
    assert tasks and all(task < LONGEST_TASK for task in tasks)


def sent(page):
    return page.evaluate("Number(document.querySelector('#filter-done .count').textContent.replace(/\\D/g, ''))")


def longest_tasks(trace):
    """Milliseconds that tasks of the page's thread took of the processor, which is what they take when it has nothing else to do."""
    events = json.loads(trace)["traceEvents"]
    threads = {(event["pid"], event["tid"]) for event in events
               if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"}
    tasks = [event.get("tdur", 0) // 1000 for event in events
             if event["name"] == "RunTask" and (event["pid"], event["tid"]) in threads]
    return sorted(tasks, reverse=True)[:5]
