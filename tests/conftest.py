"""What all tests share."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.postgres import Server
from tests.clocks import FakeClock
from tests.sheets_once import sheets_once

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell has it for what runs in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)

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


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Import another part of the modules first in each worker, so that pytest rewrites each of them once.

    What one has rewritten lies in the cache of Python, where the others find it.
    """
    config = session.config
    worker = getattr(config, "workerinput", None)
    if worker and config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        place, workers = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
        here = Path(__file__).parent
        for path in sorted(here.rglob("test_*.py"))[place::workers]:
            with suppress(Exception):  # what is wrong with it is told when it is collected
                import_module(".".join(path.relative_to(here.parent).with_suffix("").parts))


@pytest.fixture(autouse=True, scope="session")
def _sheets_once() -> Iterator[None]:
    with sheets_once():
        yield


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()
