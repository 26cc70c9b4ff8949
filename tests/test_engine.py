"""The engine is made of parts: what one leaves open another has to fill."""

import inspect

import pytest

from trainer.engine.engine import Engine

NAMES = [name for name, _ in inspect.getmembers(Engine, inspect.isfunction)]


@pytest.mark.parametrize("name", NAMES)
def test_no_part_leaves_open_what_another_one_fills(name: str) -> None:
    """Which part comes first depends on all the others: an open one must not hide the filled one."""
    assert "raise NotImplementedError" not in inspect.getsource(getattr(Engine, name))
