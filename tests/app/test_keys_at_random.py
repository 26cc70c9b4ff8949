"""The attack of `python -m tests.attack.keys`, in short: the long form has the same, oftener."""

import sys
from pathlib import Path

import pytest

from tests.attack import keys
from tests.attack.slices import in_slices

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")


@pytest.mark.slow
def test_no_key_ends_the_app_or_acts_unseen(tmp_path: Path) -> None:
    outcomes = keys.attack(tmp_path, count=60, terminals=5, seed=1)
    assert sum(outcome.tried for outcome in outcomes) > 60
    assert [str(outcome) for outcome in outcomes if outcome.wrong] == []


def test_a_slice_that_dies_is_found_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "victim.py").write_text(
        "import sys, pathlib\n"
        "options = dict(zip(sys.argv[1::2], sys.argv[2::2]))\n"
        "if options['--from'] == '2000': sys.exit(9)\n"
        "found = '[[\"keys\", ' + options['--count'] + ', {\"lost\": 1}]]'\n"
        "pathlib.Path(options['--within']).write_text(found)\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    keys_tried, died = in_slices("victim", 0, 4_500, processes=2, seed=1)
    assert (keys_tried.tried, keys_tried.wrong) == (2_500, {"lost": 2})
    assert (died.tried, list(died.wrong)) == (3, ["died with status 9: slice 2000 (seed 1)"])
