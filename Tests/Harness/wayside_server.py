"""A Wayside server of our own for a test: the built debug binary, a free loopback port, an empty data folder."""
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bucket import ROOT, free_port, fresh_settings

BINARY = Path(os.environ.get("WAYSIDE_BINARY", ROOT / ".build/debug/wayside"))
PATIENCE = 60       # seconds before a wait counts as a failure; never a measure of speed


@dataclass
class Answer:
    """An HTTP answer: status, headers (names in lower case) and body."""

    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class CommandFailed(Exception):
    """A `wayside` command that exited with another status than 0."""


class WaysideServer:
    def __init__(self, folder, settings=None):
        self.folder = Path(folder)
        self.data = self.folder / "data"
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.log = self.folder / "server.log"
        self.port = free_port()
        self.settings = settings or {}
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self):
        """The machine's environment without its own WAYSIDE_ settings, and with ours."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WAYSIDE_")}
        own = {"WAYSIDE_DATA": str(self.data), "WAYSIDE_HOST": "127.0.0.1", "WAYSIDE_PORT": str(self.port)}
        return {**kept, **own, **self.settings}

    # The process

    def start(self):
        """Starts the server and returns when it answers."""
        output = self.log.open("ab")
        self.process = subprocess.Popen(
            [BINARY, "serve"], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        self.wait_until(self.is_live, "the server answers")

    def is_live(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the server ended with {self.process.returncode}\n{self.log_tail()}")
        try:
            return self.request("GET", "/api/live").status == 200
        except OSError:
            return False

    def stop(self):
        """Stops it as an operator would, and insists after a while."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def kill(self):
        """Kill -9, at once."""
        self.process.kill()
        self.process.wait()

    def log_tail(self, lines=40):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    # The command line

    def wayside(self, *arguments, text=None):
        """Runs a `wayside` command beside the server and returns its standard output."""
        done = subprocess.run(
            [BINARY, *map(str, arguments)], cwd=ROOT, env=self.environment, input=text or "", text=True,
            capture_output=True, timeout=600)
        if done.returncode != 0:
            raise CommandFailed(f"wayside {' '.join(map(str, arguments))}: {done.stderr or done.stdout}")
        return done.stdout.strip()

    def create_account(self, name, role, password=None):
        """An account; a password given here has to be changed at its first login on a page."""
        if password is None:
            return self.wayside("account", "create", name, "--role", role)
        return self.wayside("account", "create", name, "--role", role, "--password-stdin", text=password + "\n")

    def create_token(self, name):
        return self.wayside("token", "create", name)

    def create_label(self, label):
        return self.wayside("label", "create", label)

    def grant(self, label, account):
        return self.wayside("label", "grant", label, account)

    def import_folder(self, folder, label):
        return self.wayside("import", folder, "--label", label)

    # HTTP

    def request(self, method, path, token=None, body=None, headers=None):
        """One request; an error status is an answer like any other. A `dict` or `list` goes as JSON."""
        headers = dict(headers or {})
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if isinstance(body, (dict, list)):
            headers.setdefault("Content-Type", "application/json")
            body = json.dumps(body).encode()
        url = path if path.startswith("http") else self.url + path
        request = urllib.request.Request(url, data=body, method=method, headers=headers)
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, lowered(answer.headers), answer.read())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer.code, lowered(answer.headers), answer.read())

    def get(self, path, token=None, **more):
        return self.request("GET", path, token, **more)

    def wait_until(self, condition, what):
        """Asks again until the condition holds and returns what it gave; fails with `what` after a long while."""
        deadline = time.monotonic() + PATIENCE
        while True:
            result = condition()
            if result:
                return result
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain until {what}\n{self.log_tail()}")
            time.sleep(0.05)

    def wait_until_prepared(self, token, number):
        """Waits until `number` pictures can be searched with this token, and returns them as STAC items."""
        def found():
            items, path = [], f"/api/search?limit={min(number + 1, 1000)}"
            while path:
                answer = self.get(path, token)
                if answer.status != 200:
                    return None
                items += answer.json["features"]
                path = next((link["href"].removeprefix(self.url) for link in answer.json["links"] if link["rel"] == "next"), None)
            return items if len(items) >= number else None
        return self.wait_until(found, f"{number} pictures are prepared")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer to look at, not to follow."""

    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


def lowered(headers):
    return {name.lower(): value for name, value in headers.items()}


@contextlib.contextmanager
def running_server(settings=None):
    """A server with an empty data folder, stopped and swept away at the end.

    With WAYSIDE_TEST_STORAGE=s3 its pictures are in a bucket.
    """
    if not BINARY.exists():
        raise AssertionError(f"{BINARY} is missing: run `Scripts/debug-build` first")
    folder = tempfile.mkdtemp(prefix="wayside-test-")
    if os.environ.get("WAYSIDE_TEST_STORAGE") == "s3":
        settings = fresh_settings(Path(folder).name.replace("_", "-").lower()) | (settings or {})
    server = WaysideServer(folder, settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
