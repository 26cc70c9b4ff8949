import pytest

from .samples import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()
