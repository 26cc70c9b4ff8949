"""`trainer serve` as a process, and who is invited there."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.commands import ran


class Server:
    """Runs on a home of its own until it is closed."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.url = ""
        self.start()

    def start(self) -> None:
        """Start, at the same address as before."""
        port = self.url.rpartition(":")[2] or "0"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "trainer", "--home", self._home, "serve", "--port", port],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout
        said = self._process.stdout.readline()
        found = re.search(r"http://\S+", said)
        assert found, said
        self.url = found[0]

    def stop(self) -> None:
        """Stop as whoever runs it does."""
        with self._process:
            self._process.terminate()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Have it stand still for a while, as a line does that was cut without a word."""
        self._process.send_signal(signal.SIGSTOP)
        yield
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Take it away in the middle of whatever it does."""
        with self._process:
            self._process.kill()

    def health(self) -> dict[str, Any]:
        """Return what it tells of itself."""
        with urlopen(f"{self.url}/healthz", timeout=5) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def invite(self, name: str, *more: str) -> str:
        """Return the link of somebody."""
        done = ran("--home", self._home, "serve", "invite", name, *more)
        assert done.status == 0, done.err
        return done.out.rsplit(maxsplit=1)[1]

    def revoke(self, name: str) -> None:
        assert ran("--home", self._home, "serve", "revoke", name).status == 0
