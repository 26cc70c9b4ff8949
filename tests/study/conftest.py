import pytest

from tests.learners import Learner


@pytest.fixture
def learner() -> Learner:
    return Learner()
