"""What the benchmarks share: a release server to measure, its processes' CPU and memory, and a small upload client."""
import os
import re
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "Tests/Harness"), str(ROOT / "Scripts")]
os.environ.setdefault("WAYSIDE_BINARY", str(ROOT / ".build/release/wayside"))

from wayside_server import running_server  # noqa: E402  (reads WAYSIDE_BINARY when imported)

TICKS = os.sysconf("SC_CLK_TCK")
LABEL = "bench"
NO_REDACTION = ["--redaction", "none", "--confirm"]     # what an administrator types to switch redaction off


def processor():
    """The processor's name, and those of its flags that decide how fast networks run."""
    text = Path("/proc/cpuinfo").read_text()
    name = re.search(r"^model name\s*: (.*)$", text, re.M)
    flags = set(re.search(r"^flags\s*: (.*)$", text, re.M).group(1).split())
    notable = [flag for flag in ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "amx_bf16") if flag in flags]
    return (name.group(1) if name else "unknown processor"), notable


def prepared_server(redaction=True):
    """A running server with one label and one account that uploads to it; a context manager like `running_server`."""
    return _Prepared(redaction)


class _Prepared:
    def __init__(self, redaction):
        self.redaction = redaction
        self.context = running_server()

    def __enter__(self):
        server = self.context.__enter__()
        server.wayside("label", "create", LABEL, *([] if self.redaction else NO_REDACTION))
        server.create_account("bench-driver", "field")
        server.grant(LABEL, "bench-driver")
        server.token = server.create_token("bench-driver")
        return server

    def __exit__(self, *error):
        return self.context.__exit__(*error)


def tree(pid):
    """The process and all its descendants: {pid: command name}."""
    parents, names = {}, {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path(f"/proc/{entry}/stat").read_text()
            except OSError:
                continue
            names[int(entry)] = stat[stat.index("(") + 1:stat.rindex(")")]
            parents[int(entry)] = int(stat[stat.rindex(")") + 2:].split()[1])
    found, grown = {pid}, True
    while grown:
        more = {child for child, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return {each: names[each] for each in found if each in names}


def cpu_seconds(pid):
    """CPU of a process and its descendants, ended children included."""
    total = 0.0
    for each in tree(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15])) / TICKS     # user and system, own and of children waited for
    return total


def memory_mb(pid):
    """(resident, proportional) memory in MB; proportional counts shared pages in parts."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return tuple(int(re.search(rf"^{field}:\s+(\d+)", text, re.M).group(1)) / 1024 for field in ("Rss", "Pss"))


def upload(server, pictures, parallel=4, title=LABEL):
    """Uploads (name, bytes) pairs as one upload set by `parallel` threads; returns its id. Any refusal is an error."""
    answer = server.request("POST", "/api/upload_sets", server.token, {"title": title, "camera_label": LABEL})
    if answer.status >= 300:
        raise SystemExit(f"upload set: {answer.status} {answer.body[:300]}")
    identifier, lock, failures = answer.json["id"], threading.Lock(), []
    pending = iter(pictures)

    def work():
        while not failures:
            with lock:
                picture = next(pending, None)
            if picture is None:
                return
            answer = send(server, identifier, *picture)
            if answer.status not in (200, 201, 202):
                failures.append(f"{picture[0]}: {answer.status} {answer.body[:300]}")

    threads = [threading.Thread(target=work) for _ in range(parallel)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(failures[0])
    server.request("POST", f"/api/upload_sets/{identifier}/complete", server.token)
    return identifier


def send(server, upload_set, name, jpeg):
    boundary = "wayside-bench-boundary"
    head = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: image/jpeg\r\n\r\n").encode()
    body = head + jpeg + f"\r\n--{boundary}--\r\n".encode()
    return server.request(
        "POST", f"/api/upload_sets/{upload_set}/files", server.token, body,
        {"Content-Type": f"multipart/form-data; boundary={boundary}"})


def progress(server, upload_set):
    """How many pictures of the set are in each state."""
    return server.get(f"/api/upload_sets/{upload_set}", server.token).json["items_status"]
