"""Ten trades in sixty layouts: no fact in a wrong place untold, hardly a lead-in, hardly a needless flag."""

import pytest

from tests.material.layouts import LAYOUTS
from tests.material.measured import measured


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout(layout: str) -> None:
    result = measured([layout])
    assert result.wrong == []
    assert len(result.lead_ins) * 50 <= result.points, result.lead_ins
    assert len(result.missed) * 50 <= result.stated, result.missed
    assert len(result.flagged) * 15 <= result.lines, result.flagged


@pytest.mark.slow
def test_all_layouts() -> None:
    result = measured(LAYOUTS)
    assert (result.wrong, result.lead_ins) == ([], [])
    assert len(result.flagged) * 50 <= result.lines
    assert result.found * 200 >= result.stated * 199
