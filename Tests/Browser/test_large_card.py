"""A card of twenty thousand files: how much memory the page takes, and whether it still answers."""
import json
import os
import re

from uploading import choose, open_upload, prepare

FILES = int(os.environ.get("WAYSIDE_BROWSER_FILES", "20000"))
MOST_HEAP = 300_000_000         # bytes
LONGEST_TASK = 200              # milliseconds
WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => { for (const task of list.getEntries()) window.longTasks.push(Math.round(task.duration)); })
    .observe({ type: 'longtask', buffered: true });
"""


def heap(session):
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize")


def test_twenty_thousand_files_leave_the_page_small_and_quick(server, open_page, tmp_path):
    """While the card is written down, read and sent."""
    folder = tmp_path / "DCIM"
    for number in range(FILES):
        path = folder / f"{100 + number // 1000}GOPRO/G{number:07d}.JPG"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xd8%d" % number)
    prepare(server)
    page = open_upload(server, open_page)
    page.add_init_script(WATCH)
    page.reload()
    # What the server does with them is another test: each file is answered at once.
    taken = json.dumps({"status": "accepted"})
    page.route(re.compile("/files$"), lambda route: route.fulfill(status=202, content_type="application/json", body=taken))
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    choose(page, folder)
    largest = 0
    while page.evaluate("+document.querySelector('#overall-bar').getAttribute('aria-valuenow')") < 3:
        largest = max(largest, heap(session))
        page.evaluate("new Promise(requestAnimationFrame)")
    tasks = sorted(page.evaluate("window.longTasks"), reverse=True)[:5]
    print(f"\nheap {largest / 1e6:.0f} MB, longest tasks {tasks} ms")
    assert largest < MOST_HEAP
    assert all(task < LONGEST_TASK for task in tasks)
