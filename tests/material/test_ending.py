"""A copy that was cut off within its last line is told; a whole one is not."""

import pytest

from trainer.material.page.reading import read_page

from .layouts import LAYOUTS, TRADES, Style
from .pages import FULL


def ends(last: str) -> list[str]:
    page = FULL.replace("Works without gloves", f"Works without {last}")
    return [each.text for each in read_page(page).doubts if "seems to end early" in each.what]


@pytest.mark.parametrize(
    "last",
    [
        *("torque valu", "any experienc", "a schedul", "clear communicati", "manageme", "safety procedur"),
        *(
            "gloves and",
            "the",
            "gloves (or",
            "gloves,",
            "their",
            "a responsibilit",
            "gloves, mask and equipme",
        ),
    ],
)
def test_a_copy_that_ends_within_a_line(last: str) -> None:
    assert ends(last) == [f"Works without {last}"]


@pytest.mark.parametrize(
    "last",
    [
        *(
            "torque values",
            "gloves",
            "PPE",
            "a sprue",
            "a nocturne",
            "gloves (ever)",
            "gloves.",
            "care",
            "a rivet",
        ),
        *("experience", "schedules", "management", "a license", "an audit trail", "what it is for", "CAD"),
    ],
)
def test_a_copy_that_ends_with_a_whole_line(last: str) -> None:
    assert ends(last) == []


def test_a_flag_without_the_full_stop_of_the_others_was_cut_off() -> None:
    flags = ("No idea what a preset is", "Poor record keeping", "Works without gloves")
    page = FULL
    for flag in flags[:2]:
        page = page.replace(flag, f"{flag}.")
    assert [each.text for each in read_page(page).doubts] == [flags[2]]


@pytest.mark.slow
def test_whole_pages_of_other_trades_are_not_doubted() -> None:
    pages = [layout(trade, Style(first=3)) for layout in LAYOUTS.values() for trade in TRADES]
    told = [page for page in pages if any("end early" in each.what for each in read_page(page).doubts)]
    assert len(told) * 100 <= len(pages)
