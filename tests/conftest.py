"""What all tests share."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.postgres import Server

_SLOW = HealthCheck.too_slow  # a machine that is busy is no fault of a test
settings.register_profile("fixed", deadline=None, derandomize=True, suppress_health_check=[_SLOW])
settings.register_profile("random", settings.get_profile("fixed"), derandomize=False, print_blob=True)
settings.register_profile(  # mutmut runs a test again and again in one process, a method on new objects
    "mutants", settings.get_profile("fixed"), suppress_health_check=[_SLOW, HealthCheck.differing_executors]
)
settings.register_profile("quick", settings.get_profile("fixed"), max_examples=40)
settings.load_profile(
    "quick"
)  # .ci/run tries more cases: "fixed". New ones in every run: pytest --hypothesis-profile=random


@pytest.fixture(scope="session")
def server() -> "Iterator[Server]":
    """A PostgreSQL for all tests of a process; each makes a database of its own."""
    from tests.postgres import Server

    found = Server()
    yield found
    found.remove()
