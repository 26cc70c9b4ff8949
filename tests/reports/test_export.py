"""Reviews as a table."""

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.memory.calendar import microseconds
from trainer.memory.state import Rating, Review
from trainer.reports.export import as_csv, harmless

AT = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
CARD = "assistant-stage-manager/levels/basic-prop-management"


def review(**changed: object) -> Review:
    parts = {"card": CARD, "day": date(2026, 3, 4), "rating": Rating.GOOD, "given": 3, "form": "choose"}
    return Review(**{**parts, "ms": 4250, "chosen": ("junior",), **changed})  # type: ignore[arg-type]  # by name


def rows(history: dict[int, Review], hours_east: int = 1) -> list[dict[str, str]]:
    zone = timezone(timedelta(hours=hours_east))
    return list(csv.DictReader(io.StringIO(as_csv(history, zone), newline="")))


def test_an_answer_is_a_row_in_words() -> None:
    assert rows({microseconds(AT): review(variant="v1", hint=True)}) == [
        {
            "when": "2026-03-05 00:30:00",
            "study day": "2026-03-04",
            "sheet": "assistant-stage-manager",
            "deck": "Level indicators",
            "card": CARD,
            "form": "choose",
            "asked as": "v1",
            "chosen": "junior",
            "right": "yes",
            "rating": "good",
            "hint": "yes",
            "guess": "no",
            "asked again": "no",
            "line never seen before": "no",
            "seconds": "4.2",
            "seconds since the answer before": "",
            "comes back in days": "3",
            "in a drill": "no",
            "begun anew": "no",
        }
    ]


def test_the_time_since_the_answer_before_is_told_where_it_was_kept() -> None:
    (row,) = rows({1: review(spent=31_440)})
    assert row["seconds since the answer before"] == "31.4"


def test_rows_are_in_the_order_of_the_answers() -> None:
    found = rows(
        {3: review(rating=Rating.AGAIN), 1: review(rating=Rating.EASY), 2: review(rating=Rating.HARD)}
    )
    assert [row["rating"] for row in found] == ["easy", "hard", "again"]
    assert [row["right"] for row in found] == ["yes", "yes", "no"]


def test_a_moved_answer_tells_the_clocks_own_time() -> None:
    assert (
        rows({microseconds(AT) + 10**9: review(at=microseconds(AT))}, 0)[0]["when"] == "2026-03-04 23:30:00"
    )


def test_nothing_answered_is_a_table_without_rows() -> None:
    assert as_csv({}).splitlines()[0].startswith("when,study day,")
    assert rows({}) == []


texts = st.text(st.sampled_from("=+-@\t\r\n'\",;|a1 "), max_size=6)


@given(texts, texts, texts, st.lists(texts, max_size=3))
def test_no_cell_is_a_formula_and_nothing_else_is_changed(
    card: str, form: str, variant: str, chosen: list[str]
) -> None:
    written = as_csv({1: review(card=card, form=form, variant=variant, chosen=tuple(chosen))})
    (found,) = csv.DictReader(io.StringIO(written, newline=""))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in found.values())
    assert found["card"].replace("'", "") == card.replace("'", "")
    assert found["form"].replace("'", "") == form.replace("'", "")


@pytest.mark.parametrize("hidden", ["", " ", "\t", "\xa0", "\u200b", "\ufeff", "\u2060", "\u3000", "\xad "])
@pytest.mark.parametrize("sign", ["=", "＝", "+", "＋", "-", "－", "@", "＠", "﹢"])
def test_a_formula_is_seen_in_any_width_and_behind_what_is_not_seen(hidden: str, sign: str) -> None:
    told = f"'{hidden}'{sign}1+1" if hidden == "\t" else f"'{hidden}{sign}1+1"
    assert harmless(f"{hidden}{sign}1+1") == told
    assert harmless(f"{hidden}a{sign}") == f"{hidden}a{sign}" or hidden == "\t"


@pytest.mark.parametrize("before", ["x;", "x\t", "x\n", "x;;", 'x"; "', "x;\u200b"])
def test_a_part_that_some_spreadsheets_take_for_a_cell_is_no_formula(before: str) -> None:
    for row in csv.reader(io.StringIO(as_csv({1: review(chosen=(f"{before}=1+1",))})), delimiter=";"):
        assert not any(cell.lstrip(' "\u200b').startswith("=") for cell in row)
    assert harmless(f"{before}a=1; b - c") == f"{before}a=1; b - c"


def test_a_card_of_a_deck_that_is_unknown_keeps_its_name() -> None:
    assert rows({1: review(card="s/titles/x")})[0]["deck"] == "titles"
    assert rows({1: review(card="odd")})[0] | {"deck": "", "sheet": "odd"} == rows({1: review(card="odd")})[0]
