"""Folders that can't be written."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nothing be written in a folder meanwhile; root is stopped by a mount alone."""
    if os.geteuid():
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
        return
    if _run("mount", "--bind", str(folder), str(folder)):
        pytest.skip("root may write anywhere here, and nothing can be mounted")
    try:
        assert not _run("mount", "-o", "remount,bind,ro", str(folder))
        yield
    finally:
        assert not _run("umount", "--lazy", str(folder))


def _run(*command: str) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode
