"""Root folders in which commands run, and the image's program as an engine would start it."""
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import dockerfile
from bucket import ACCESS_KEY, SECRET_KEY

BUILDER = 10002     # somebody who is not root
SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def sh(*arguments, **more):
    return subprocess.run([str(word) for word in arguments], check=True, **more)


class Stage:
    """A root folder in which commands run."""

    def __init__(self, root):
        self.root, self.environment, self.folder = Path(root), {}, "/"

    def enter(self, command, user=0, more=()):
        words = ["/usr/sbin/chroot", self.root, "/usr/bin/setpriv", "--reuid", user, "--regid", user, "--clear-groups", *more, "--", *command]
        return [str(word) for word in words]

    def run(self, command, user):
        print(f"  {'root' if user == 0 else user}: {command}", flush=True)
        home = "/home/builder" if user else "/root"
        environment = {"PATH": f"{SYSTEM}:{Path(shutil.which('swift') or '/usr/bin/swift').parent}", "HOME": home, "LANG": "C.UTF-8",
                       "DEBIAN_FRONTEND": "noninteractive", **proxies(), **self.environment}
        done = subprocess.run(
            self.enter(["bash", "-c", f"cd {self.folder} && {command}"], user), env=environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"FAILED with {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")

    def path(self, inside):
        return self.root / str(inside).lstrip("/")

    def furnish(self, inside):
        """Devices, processes, and copies of some of this machine's files."""
        for folder in ("dev", "proc", "sys"):
            self.path(folder).mkdir(exist_ok=True)
        # As engines make it: a machine's own may be for root alone.
        sh("mount", "-t", "tmpfs", "tmpfs", self.path("dev"))
        for name, number in (("null", 3), ("zero", 5), ("full", 7), ("random", 8), ("urandom", 9)):
            os.mknod(self.path(f"dev/{name}"), 0o20666, os.makedev(1, number))
            self.path(f"dev/{name}").chmod(0o666)
        for name, target in (("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1")):
            os.symlink(target, self.path(f"dev/{name}"))
        self.path("dev/shm").mkdir()
        self.path("dev/shm").chmod(0o1777)
        sh("mount", "-t", "proc", "proc", self.path("proc"))
        sh("mount", "-t", "sysfs", "-o", "ro", "sysfs", self.path("sys"))
        for file in inside:
            if Path(file).exists():
                shutil.copy(file, self.path(file))


def proxies():
    return {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}


class Container:
    """The image's program as an engine would start it."""

    def __init__(self, stage, image, settings, user):
        stage.path("/run/secrets").mkdir(parents=True, exist_ok=True)
        for name, secret in (("access", ACCESS_KEY), ("secret", SECRET_KEY)):
            file = stage.path(f"/run/secrets/{name}")
            file.unlink(missing_ok=True)
            file.write_text(f"{secret}\n")
            os.chown(file, user, user)
            file.chmod(0o400)
        settings = settings | {"WAYSIDE_S3_ACCESS_KEY_FILE": "/run/secrets/access",
                               "WAYSIDE_S3_SECRET_KEY_FILE": "/run/secrets/secret"}
        self.environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", **stage.environment, **settings}
        self.stage, self.user, self.image = stage, user, image
        sh("mount", "--rbind", stage.root, stage.root)
        sh("mount", "--bind", stage.path("/data"), stage.path("/data"))
        sh("mount", "-t", "tmpfs", "tmpfs", stage.path("/tmp"))
        sh("mount", "-o", "remount,bind,ro", stage.root)
        self.process = None

    def command(self, words):
        return self.stage.enter(words, self.user, ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--pdeathsig=KILL"])

    def start(self, log):
        words = dockerfile.exec_form(self.image["ENTRYPOINT"]) + dockerfile.exec_form(self.image["CMD"])
        self.process = subprocess.Popen(
            ["unshare", "--pid", "--fork", "--kill-child", f"--mount-proc={self.stage.path('proc')}", "--",
             *self.command(words)], env=self.environment,
            stdin=subprocess.DEVNULL, stdout=log.open("wb"), stderr=subprocess.STDOUT)

    def call(self, *words, fails=False):
        done = subprocess.run(self.command(["/usr/local/bin/wayside", *words]), env=self.environment, text=True,
                              capture_output=True)
        if done.returncode != 0 and not fails:
            sys.exit(f"FAILED: wayside {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout.strip() + done.stderr.strip() * fails

    def is_healthy(self):
        port = self.environment["WAYSIDE_PORT"]
        words = [word.replace("8080", port) for word in dockerfile.exec_form(self.image["HEALTHCHECK"])]
        return subprocess.run(self.command(words), env=self.environment, capture_output=True).returncode == 0

    def stop(self):
        """SIGTERM to process 1, as `docker stop` sends it; its exit status and the seconds it took."""
        child = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()[0]
        begin = time.monotonic()
        os.kill(int(child), signal.SIGTERM)
        return self.process.wait(60), time.monotonic() - begin
