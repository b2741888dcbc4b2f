"""A real S3 server of our own with buckets, and a look into them past Wayside."""
import atexit
import functools
import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ACCESS_KEY, SECRET_KEY, NAME = "faults-key", "faults-secret", "pictures"
OWNER = ".wayside-owner"


class Bucket:
    """SeaweedFS in a folder; a process, and the credentials to it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.port = free_port()
        self.process = None

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.folder.mkdir(exist_ok=True)
        keys = {"identities": [{"name": "faults", "actions": ["Admin"], "credentials": [
            {"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]}]}
        (self.folder / "keys.json").write_text(json.dumps(keys))
        names = ["s3.port.grpc", "master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port",
                 "filer.port.grpc"]
        self.process = subprocess.Popen(
            [ROOT / ".deps/buckets/weed", "-logtostderr=true", "server", f"-dir={self.folder}", "-s3",
             f"-s3.config={self.folder}/keys.json", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-s3.port={self.port}",
             "-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false", "-volume.max=200",
             "-master.electionTimeout=1s", *[f"-{name}={free_port()}" for name in names]],
            stdin=subprocess.DEVNULL, stdout=(self.folder / "log").open("ab"), stderr=subprocess.STDOUT)
        for _ in range(300):
            if self.rclone("mkdir", f"B:{NAME}").returncode == 0:
                return
            time.sleep(0.2)
        raise AssertionError(f"the S3 server did not come up; see {self.folder}/log")

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    def rclone(self, *arguments):
        own = {"TYPE": "s3", "PROVIDER": "SeaweedFS", "ENDPOINT": self.endpoint, "ACCESS_KEY_ID": ACCESS_KEY,
               "SECRET_ACCESS_KEY": SECRET_KEY}
        environment = os.environ | {f"RCLONE_CONFIG_B_{name}": value for name, value in own.items()}
        environment["RCLONE_CONFIG"] = os.devnull
        return subprocess.run(
            [ROOT / ".deps/buckets/rclone", "--transfers", "16", "--retries", "1", *arguments], env=environment,
            capture_output=True, text=True)

    def settings(self, port, bucket=NAME):
        """Wayside's, with the bucket at another port of this machine."""
        return {"WAYSIDE_STORAGE": "s3", "WAYSIDE_S3_ENDPOINT": f"http://127.0.0.1:{port}", "WAYSIDE_S3_BUCKET": bucket,
                "WAYSIDE_S3_ACCESS_KEY": ACCESS_KEY, "WAYSIDE_S3_SECRET_KEY": SECRET_KEY}

    def objects(self, bucket=NAME):
        """Name and SHA-256 of every object, read back byte by byte."""
        with tempfile.TemporaryDirectory(dir=self.folder) as copy:
            done = self.rclone("copy", f"B:{bucket}", copy)
            if done.returncode != 0:
                raise AssertionError(f"the bucket cannot be read: {done.stderr[-500:]}")
            paths = [path for path in Path(copy).rglob("*") if path.is_file()]
            return {str(path.relative_to(copy)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    def unfinished(self):
        """Uploads in parts that were never put together."""
        done = self.rclone("backend", "list-multipart-uploads", f"B:{NAME}")
        if done.returncode != 0:
            raise AssertionError(f"unfinished uploads cannot be listed: {done.stderr[-500:]}")
        return sum(len(uploads or []) for uploads in json.loads(done.stdout or "{}").values())


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@functools.cache
def shared():
    """The one server of a run of tests; it goes with it."""
    folder = tempfile.mkdtemp(prefix="wayside-s3-")
    server = Bucket(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.stop)
    server.start()
    return server


def fresh_settings(name):
    """Of a server with an empty bucket of that name."""
    server = shared()
    made = server.rclone("mkdir", f"B:{name}")
    if made.returncode != 0:
        raise AssertionError(f"no bucket could be made: {made.stderr}")
    return server.settings(server.port, name)
