"""No key, click, paste or typed path leads a served person out of what is theirs."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.served_walk import SECRET

_PROJECT = Path(__file__).parent.parent.parent
_LEAST_KEYS = {"": 450, "--lead": 120}
_WATCHING = """
import sys
from pathlib import Path
from tests.served_walk import Watch
root = Path(sys.argv[1])
watch = Watch(root, lead=False)
watch.looks = True
(root / "notes.txt").read_text()
list(root.iterdir())
(root / "decks" / "x.toml").write_text("x")
watch.looks = False
print(len(watch.wrong))
"""


def _run(*arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=_PROJECT, capture_output=True, text=True, check=True, timeout=1200
    )
    return done.stdout.splitlines()


@pytest.mark.slow
def test_what_is_opened_outside_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "notes.txt").write_text(SECRET, encoding="utf-8")
    assert _run("-c", _WATCHING, str(tmp_path)) == ["3"]


@pytest.mark.slow
@pytest.mark.parametrize("lead", ["", "--lead"])
def test_nothing_outside_is_opened_or_shown_on_any_screen(tmp_path: Path, lead: str) -> None:
    *wrong, walked = _run("-m", "tests.served_walk", str(tmp_path / "server"), *([lead] if lead else []))
    assert wrong == []
    assert int(walked.split()[1]) >= _LEAST_KEYS[lead], walked
