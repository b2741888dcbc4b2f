"""One darkroom child of our own, spoken to by its line protocol."""
import json
import os
import select
import signal
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Lost(Exception):
    """The child died, or did not answer in time."""


class DarkroomChild:
    def __init__(self, binary, folder):
        self.folder = Path(folder)
        self.staging, self.working = self.folder / "staging", self.folder / "working"
        for path in (self.staging, self.working):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        dependencies = ROOT / ".deps"
        self.command = [
            str(binary), "--models", str(dependencies / "models"), "--tables", str(dependencies / "tables"), "--staging",
            str(self.staging), "--working", str(self.working)]
        self.process, self.requests, self.pending = None, 0, b""

    def treat(self, picture, work, policy, limit):
        """The outcome as (word, content); raises `Lost`."""
        source, output = self.staging / "picture.jpg", self.working / "one"
        source.write_bytes(picture)
        output.mkdir(mode=0o700, exist_ok=True)
        for left in output.iterdir():
            left.unlink()
        if self.process is None:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={},
                cwd=self.working)
            self.pending = b""
        self.requests += 1
        request = {
            "id": self.requests, "work": work, "source": str(source), "outputFolder": str(output),
            "policy": policy, "maximumPixels": 150_000_000, "corrections": {"wrong": [], "regions": []}, "models": [],
            "drawings": {}, "file": "rendition"}
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise self.lost("died before the request") from None
        reply = json.loads(self.line(limit))
        if reply["id"] != self.requests:
            raise self.lost("answered something else")
        (word, content), = reply["outcome"].items()
        return word, content["_0"]

    def line(self, limit):
        while b"\n" not in self.pending:
            ready, _, _ = select.select([self.process.stdout], [], [], limit)
            if not ready:
                raise self.lost(f"did not answer within {limit} s")
            part = os.read(self.process.stdout.fileno(), 1 << 16)
            if not part:
                raise self.lost("died")
            self.pending += part
        line, self.pending = self.pending.split(b"\n", 1)
        return line

    def lost(self, how):
        self.process.kill() if how.startswith("did not") else None
        status = self.process.wait()
        self.process = None
        return Lost(f"{how} ({signal.Signals(-status).name if status < 0 else status})")

    def peak(self):
        """The most resident memory since the last call, megabytes."""
        if self.process is None:
            return 0
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1_024

    def stop(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
