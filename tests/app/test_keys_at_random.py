"""The attack of `python -m tests.attack.keys`, in short: the long form has the same, oftener."""

import sys
from pathlib import Path

import pytest

from tests.attack import keys

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")


@pytest.mark.slow
def test_no_key_ends_the_app_or_acts_unseen(tmp_path: Path) -> None:
    outcomes = keys.attack(tmp_path, count=60, terminals=5, seed=1)
    assert sum(outcome.tried for outcome in outcomes) > 60
    assert [str(outcome) for outcome in outcomes if outcome.wrong] == []
