"""The warm-up: one right role for each title, and nothing kept."""

import random
from pathlib import Path

import pytest

from tests.cards.shipped import LIBRARY
from tests.material.sheets import read
from trainer.material.sheet import Sheet
from trainer.study.pairs import Pairs, new_round

ROLE = """
format = 1
id = "{id}"
name = "{name}"
[[titles]]
id = "own"
title = "{own}"
search = "yes"
relation = "same"
why = "Because."
[[titles]]
id = "shared"
title = "Shared Title"
search = "filter"
relation = "same"
[[titles]]
id = "other"
title = "Other {own}"
search = "no"
relation = "different"
"""


def roles(folder: Path, count: int) -> list[Sheet]:
    return [
        read(folder, ROLE.format(id=f"r{i}", name=f"Role {i}", own=f"Title {i}"), f"{i}.toml")
        for i in range(count)
    ]


def a_round(folder: Path, count: int = 4, seed: int = 1) -> Pairs:
    pairs = new_round(roles(folder, count), random.Random(seed))
    assert pairs
    return pairs


def test_it_needs_four_roles_and_takes_six_at_most(tmp_path: Path) -> None:
    assert new_round(roles(tmp_path, 3), random.Random(1)) is None
    assert len(a_round(tmp_path, 4).roles) == 4
    assert len(a_round(tmp_path, 9).roles) == 6


def test_only_titles_that_one_role_alone_has_are_asked(tmp_path: Path) -> None:
    for seed in range(10):
        pairs = a_round(tmp_path, seed=seed)
        while pair := pairs.pair:
            assert pair.title == pair.role.replace("Role", "Title")
            assert pairs.choose(pairs.roles.index(pair.role))


def test_a_wrong_role_is_a_slip_and_the_title_stays(tmp_path: Path) -> None:
    pairs = a_round(tmp_path)
    pair = pairs.pair
    assert pair
    wrong = next(i for i, role in enumerate(pairs.roles) if role != pair.role)
    assert not pairs.choose(wrong)
    assert (pairs.slips, pairs.tried, pairs.pair) == (1, (pairs.roles[wrong],), pair)
    assert not pairs.choose(wrong)
    assert (pairs.slips, pairs.is_left(wrong)) == (1, False), "it was told already"
    assert pairs.choose(pairs.roles.index(pair.role))
    assert (pairs.slips, pairs.tried, list(pairs.found)) == (1, (), [pair.role])


def test_a_role_that_was_found_is_no_answer_and_no_slip(tmp_path: Path) -> None:
    pairs = a_round(tmp_path)
    assert pairs.pair
    done = pairs.roles.index(pairs.pair.role)
    pairs.choose(done)
    assert not pairs.choose(done)
    assert pairs.slips == 0


@pytest.mark.parametrize("seed", range(20))
def test_the_shipped_roles_give_rounds_without_a_doubt(seed: int) -> None:
    pairs = new_round(LIBRARY.sheets.values(), random.Random(seed))
    assert pairs
    titles = []
    while pair := pairs.pair:
        titles.append(pair.title)
        assert pair.title.casefold() not in pair.role.casefold()
        assert pair.why
        pairs.choose(pairs.roles.index(pair.role))
    assert len(set(titles)) == len(pairs.roles)
