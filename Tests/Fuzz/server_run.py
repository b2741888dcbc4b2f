"""One run of a whole server: broken pictures go in, and what became of each is asked for."""
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

SERVER_LIMIT = 200      # MB resident
CHILD_LIMIT = 1_600
PATIENCE = 900          # seconds until everything has come to an end


@dataclass
class Outcome:
    word: str
    reason: str = None
    fault: str = None


class ServerRun:
    def __init__(self, folder):
        os.environ["WAYSIDE_BINARY"] = str(folder / "wayside")
        from wayside_server import running_server
        settings = {"WAYSIDE_LOG_LEVEL": "notice"}
        if port := os.environ.get("FUZZ_PORT"):
            settings["WAYSIDE_PORT"] = port
        self.context = running_server(settings)
        self.answers, self.server_peak, self.child_peak = {}, 0, 0

    def __enter__(self):
        self.server = self.context.__enter__()
        self.server.wayside("label", "create", "fuzz", "--redaction", "fast")
        self.server.create_account("driver", "field")
        self.server.grant("fuzz", "driver")
        self.token = self.server.create_token("driver")
        answer = self.server.request("POST", "/api/upload_sets", self.token, {
            "title": "fuzz", "camera_label": "fuzz", "no_deduplication": True})
        self.set = answer.json["id"]
        return self

    def __exit__(self, *error):
        return self.context.__exit__(*error)

    def send(self, name, picture):
        boundary = uuid.uuid4().hex
        head = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                f"Content-Type: image/jpeg\r\n\r\n").encode()
        self.answers[name] = self.server.request(
            "POST", f"/api/upload_sets/{self.set}/files", self.token, head + picture + f"\r\n--{boundary}--\r\n".encode(),
            {"Content-Type": f"multipart/form-data; boundary={boundary}"})
        self.measure()

    def finish(self):
        self.server.request("POST", f"/api/upload_sets/{self.set}/complete", self.token)
        deadline = time.monotonic() + PATIENCE
        while True:
            self.measure()
            document = self.server.get(f"/api/upload_sets/{self.set}", self.token).json
            if document["ready"] or time.monotonic() > deadline:
                break
            time.sleep(0.2)
        files = {file["file_name"]: file for file in
                 self.server.get(f"/api/upload_sets/{self.set}/files", self.token).json["files"]}
        return files, document["items_status"] | {"ready": document["ready"]}

    def outcome(self, name, files):
        answer, file = self.answers[name], files.get(name)
        if answer.status == 409:
            return Outcome("known already")
        if answer.status >= 500:
            return Outcome("error", fault=f"{answer.status} {answer.body[:200]}")
        if answer.status >= 400:
            return Outcome("refused at once", str(answer.status))
        if file is None:
            return Outcome("forgotten", fault="the server knows nothing of it")
        if rejected := file.get("rejected"):
            wrong = None if rejected["message"].endswith(".") else "refused without a sentence"
            return Outcome("refused", rejected["reason"], wrong)
        return Outcome("prepared")

    def faults(self, status):
        if not self.server.is_live():
            yield "the server has ended"
        if not status["ready"] or status["not_processed"] or status["preparing"]:
            yield f"stuck: {status}"
        if status["broken"]:
            yield f"{status['broken']} broken"
        if self.server_peak > SERVER_LIMIT:
            yield f"the server took {self.server_peak:.0f} MB"
        if self.child_peak > CHILD_LIMIT:
            yield f"a child took {self.child_peak:.0f} MB"
        if lost := self.server.log.read_text(errors="replace").count("A darkroom child was lost"):
            yield f"{lost} children were lost"
        try:
            self.server.wait_until(lambda: not self.left(), "nothing unredacted is left")
        except AssertionError:
            yield f"left over: {self.left()[:5]}"

    def left(self):
        return [str(path) for folder in ("staging", "darkroom") for path in (self.server.data / folder).rglob("*")
                if path.is_file()]

    def measure(self):
        pid = self.server.process.pid
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            except (OSError, ValueError):
                continue
            memory = int(fields.get("VmHWM", "0 kB").split()[0]) / 1_024
            if int(fields["Pid"]) == pid:
                self.server_peak = max(self.server_peak, memory)
            elif int(fields["PPid"]) == pid:
                self.child_peak = max(self.child_peak, memory)
