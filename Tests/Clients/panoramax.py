"""panoramax_cli as a person at a shell uses it: a home of its own, and what it prints."""
import os
import re
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "panoramax_cli"


class Panoramax:
    """One person's client; what it remembers (its login) lies in `home`."""

    def __init__(self, home):
        self.home = Path(home)
        self.home.mkdir(parents=True, exist_ok=True)
        self.environment = {**os.environ, "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config"),
                            "COLUMNS": "200"}

    def start(self, command, *arguments):
        return subprocess.Popen(
            [PROGRAM, command, *map(str, arguments)], env=self.environment, cwd=self.home, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def attempt(self, command, *arguments):
        """Exit status and everything that was printed."""
        with self.start(command, *arguments) as process:
            said, _ = process.communicate(timeout=600)
        return process.returncode, said

    def run(self, command, *arguments):
        """What a command that succeeds prints."""
        status, said = self.attempt(command, *arguments)
        assert status == 0, said
        return said


def claim_address(said):
    """The address that the client asks a person to open."""
    return re.search(r"http://\S+/claim\b", said)[0]
