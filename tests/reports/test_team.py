"""How a team stands: what counts, what is told instead, and how it is written."""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from tests.colours import contrast
from tests.sharing.drills import NOW, TODAY, member, published, result
from trainer.errors import DrillError
from trainer.reports.team import TeamReport, team_report
from trainer.reports.team_formats import FORMATS, check_words
from trainer.reports.team_lines import lines_of
from trainer.reports.team_rows import Reached, State
from trainer.sharing.drill import Published
from trainer.sharing.lines import CHECK, Left, Result, TeamLine, decoded, id_of
from trainer.sharing.place import TeamSettings
from trainer.sharing.results import questions_of

SETTINGS = TeamSettings(id="0" * 16, name="Casting")


@pytest.fixture(scope="module")
def drill() -> Published:
    return published(attempts=2, due="28 Nov")


def joined(*numbers: int, **said: Any) -> list[TeamLine]:
    return [decoded(member(number, **said).rstrip()) for number in numbers]


def report(
    drill: Published | Sequence[Published], lines: Sequence[TeamLine], *, days: float = 0, **said: Any
) -> TeamReport:
    drills = [drill] if isinstance(drill, Published) else drill
    by_id = {each.drill.id: each for each in drills}
    told = lines_of((line, "a.jsonl") for line in lines)
    now = NOW + timedelta(days=days)
    return team_report(SETTINGS, drills, told, now=now, whole=by_id.__getitem__, **said)


def reached(found: TeamReport) -> dict[str, Reached]:
    return {row.person.alias: row.reached for row in found.drills[0].rows}


def test_who_came_to_the_same_has_their_own_row(drill: Published) -> None:
    """What one attempt came to is made once for all; when it was passed is each one's own."""
    later = NOW - timedelta(days=2)
    lines = [
        *joined(1, 2, 3, 4),
        *(result(drill, number, wrong=3) for number in (1, 2)),
        result(drill, 3),
        result(drill, 4, started=later, at=later),
    ]
    found = reached(report(drill, lines))
    assert found["Member 1"] == found["Member 2"] != found["Member 3"]
    assert found["Member 3"].passed_on != found["Member 4"].passed_on
    again = reached(report(drill, [*lines, result(drill, 2, wrong=2, attempt=2)]))
    assert [again[f"Member {number}"].tries for number in (1, 2)] == [1, 2]


def test_each_stands_where_what_they_sent_says(drill: Published) -> None:
    lines = [
        *joined(1, 2, 3, 4),
        result(drill, 2, wrong=3),
        result(drill, 3, wrong=4),
        result(drill, 3, wrong=2, attempt=2),
        result(drill, 4, wrong=3),
        result(drill, 4, wrong=1, attempt=2),
    ]
    found = reached(report(drill, lines))
    assert {who: row.state for who, row in found.items()} == {
        "Member 1": State.NOT_STARTED,
        "Member 2": State.UNDER_WAY,
        "Member 3": State.FAILED,
        "Member 4": State.PASSED,
    }
    assert [(row.first, row.best) for row in found.values() if row.tries == 2] == [(33, 66), (50, 83)]
    later = reached(report(drill, lines, days=5))
    assert [later[f"Member {n}"].state for n in (1, 2, 3, 4)] == ["overdue", "overdue", "failed", "passed"]
    assert report(drill, lines).told == []


def test_a_pass_after_the_day_is_late_and_counts(drill: Published) -> None:
    late = result(drill, 1, started=NOW + timedelta(days=5), at=NOW + timedelta(days=5, minutes=5))
    row = reached(report(drill, [*joined(1), late], days=6))["Member 1"]
    assert (row.state, row.late, row.passed_on) == (State.PASSED, True, date(2026, 11, 29))


PASSED = NOW - timedelta(minutes=50)


def checked(
    drill: Published, after: timedelta | None, *, asked: float, wrong: int = 0
) -> tuple[Reached, Sequence[str]]:
    """Return how somebody stands so many days later, who passed and took the check so long after that."""
    lines: list[TeamLine] = [*joined(1), result(drill, 1)]
    if after is not None:
        at = PASSED + after
        lines.append(result(drill, 1, wrong, attempt=CHECK, started=at, at=at))
    found = report(drill, lines, days=asked)
    return found.drills[0].rows[0].reached, found.told


@pytest.mark.parametrize(
    ("days", "asked", "wrong", "told"),
    [
        (None, 0, 0, "from Sun 29 Nov on"),
        (None, 4, 0, "from Sun 29 Nov on"),
        (None, 5, 0, "due, until Tue 1 Dec"),
        (None, 7, 0, "due, until Tue 1 Dec"),
        (None, 8, 0, "not taken in time"),
        (5, 5, 0, "stayed, 100 %"),
        (7, 7, 1, "stayed, 83 %"),
        (7, 20, 3, "did not stay, 50 %"),
        (9, 9, 0, "stayed, 100 %, late"),
        (30, 30, 3, "did not stay, 50 %, late"),
        (3, 4, 0, "from Sun 29 Nov on"),
        (3, 6, 0, "due, until Tue 1 Dec"),
        (3, 20, 0, "not taken in time"),
    ],
)
def test_what_is_told_of_the_delayed_check(
    drill: Published, days: int | None, asked: int, wrong: int, told: str
) -> None:
    row, to_look_at = checked(drill, None if days is None else timedelta(days=days), asked=asked, wrong=wrong)
    assert (row.state, row.passed_on) == (State.PASSED, date(2026, 11, 24))
    assert check_words(row, TODAY) == told
    assert [words.partition(": ")[2] for words in to_look_at] == (
        ["came too soon after the pass. It is not counted."] if days == 3 else []
    )


def test_a_check_is_on_its_days_wherever_it_was_taken(drill: Published) -> None:
    """In some zone a day ended just after the pass, in another just before it."""
    first, last = timedelta(days=4, minutes=5), timedelta(days=7, hours=23, minutes=55)
    assert check_words(checked(drill, first, asked=9)[0], TODAY) == "stayed, 100 %"
    assert check_words(checked(drill, last, asked=9)[0], TODAY) == "stayed, 100 %"


def test_the_days_of_a_check_follow_the_attempt_that_passed(drill: Published) -> None:
    second = NOW + timedelta(days=2)
    lines = [*joined(1), result(drill, 1, wrong=3), result(drill, 1, attempt=2, started=second, at=second)]
    row = reached(report(drill, lines, days=3))["Member 1"]
    assert (row.first, row.best, row.passed_on, row.check_on) == (
        50,
        100,
        date(2026, 11, 26),
        date(2026, 12, 1),
    )


def test_a_check_without_a_pass_is_told(drill: Published) -> None:
    at = NOW + timedelta(days=6)
    lines = [*joined(1), result(drill, 1, wrong=4), result(drill, 1, attempt=CHECK, started=at, at=at)]
    found = report(drill, lines, days=6)
    assert (reached(found)["Member 1"].state, reached(found)["Member 1"].check) == (State.OVERDUE, None)
    assert "delayed check: there is no pass before it" in found.told[0]


@pytest.mark.slow
def test_a_drill_without_a_check_has_none(drill: Published) -> None:
    plain = published(no_check=True)
    at = NOW + timedelta(days=6)
    check = result(plain, 1, attempt=CHECK, started=at, at=at)
    found = report(plain, [*joined(1), result(plain, 1), check], days=6)
    assert check_words(found.drills[0].rows[0].reached, found.day) == ""
    assert "does not allow this attempt" in found.told[0]


def test_who_set_the_drills_is_not_waited_for(drill: Published) -> None:
    found = reached(report(drill, [*joined(1), *joined(2, lead=True)]))
    assert list(found) == ["Member 1"]


def test_who_left_is_gone_with_all_that_copies_still_hold(drill: Published) -> None:
    who = f"{1:016x}"
    left = Left(id=id_of("left", who), member=who, at=NOW)
    found = report(drill, [*joined(1, 2), result(drill, 1), left])
    assert list(reached(found)) == ["Member 2"]
    assert found.told == []


_UNSOUND: dict[str, tuple[Callable[[Result], Result], str]] = {
    "fingerprint": (lambda sent: replace(sent, fingerprint="0" * 32), "as it was before it was changed"),
    "drill": (lambda sent: replace(sent, drill="other"), "no such drill"),
    "future": (
        lambda sent: replace(sent, at=NOW + timedelta(days=400)),
        "dated Wed 29 Dec 2027, which is ahead",
    ),
    "order": (lambda sent: replace(sent, started=NOW), "ended before it began"),
    "attempt": (lambda sent: replace(sent, attempt=3), "does not allow this attempt"),
    "score": (lambda sent: replace(sent, right=6), "do not fit"),
    "more than all": (
        lambda sent: replace(sent, right=7, decks={"levels": (7, 6)}, items=(True,) * 6),
        "do not fit",
    ),
    "decks": (lambda sent: replace(sent, decks={"levels": (6, 6)}), "do not fit"),
    "items": (lambda sent: replace(sent, items=(True,) * 6), "do not fit"),
    "fewer items": (lambda sent: replace(sent, items=(True,) * 3), "do not fit"),
    "no items": (lambda sent: replace(sent, items=UNSET), "do not fit"),
}


@pytest.mark.parametrize("kind", _UNSOUND)
def test_what_cant_be_is_told_and_not_counted(drill: Published, kind: str) -> None:
    change, told = _UNSOUND[kind]
    found = report(drill, [*joined(1), change(result(drill, 1, wrong=2))])
    assert reached(found)["Member 1"].state is State.NOT_STARTED
    assert len(found.told) == 1
    assert told in found.told[0]
    assert "Member 1" in found.told[0]


def test_an_attempt_that_took_longer_than_its_limit_is_not_counted() -> None:
    drill = published(time_limit=15)
    fast = result(drill, 1, started=NOW - timedelta(minutes=16), at=NOW)
    slow = result(drill, 2, started=NOW - timedelta(minutes=30), at=NOW)
    found = report(drill, [*joined(1, 2), fast, slow])
    assert sorted(reached(found)) == ["Member 1", "Member 2"]
    assert reached(found)["Member 2"].state is State.NOT_STARTED
    assert "took longer than its time limit" in found.told[0]


def test_a_result_that_was_sent_twice_counts_once(drill: Published) -> None:
    found = report(drill, [*joined(1), *[result(drill, 1, wrong=2)] * 3])
    assert reached(found)["Member 1"].tries == 1
    assert found.told == []


def test_two_results_of_one_attempt_that_differ_do_not_count(drill: Published) -> None:
    found = report(drill, [*joined(1), result(drill, 1, wrong=2), result(drill, 1)])
    assert reached(found)["Member 1"].state is State.NOT_STARTED
    assert "was sent twice, and the two differ" in found.told[0]
    other = report(drill, [*joined(1), result(drill, 1, wrong=2), result(drill, 1, id="other")])
    assert reached(other)["Member 1"].state is State.NOT_STARTED
    assert len(other.told) == 1


@pytest.mark.parametrize("id_", ["", "other"])
def test_of_two_attempts_of_one_number_the_earlier_counts(drill: Published, id_: str) -> None:
    first = result(drill, 1, wrong=2)
    later = replace(result(drill, 1, at=NOW), id=id_ or first.id)
    for lines in ([first, later], [later, first], [later, first, later]):
        found = report(drill, [*joined(1), *lines])
        assert reached(found)["Member 1"].best == 66
        (told,) = found.told
        assert "attempt 1: was made twice, on two computers or with a copy of a home" in told


def test_of_two_that_differ_the_one_that_can_be_counts(drill: Published) -> None:
    good = result(drill, 1, wrong=2)
    for lines in ([good, replace(good, right=6)], [replace(good, right=6), good]):
        found = report(drill, [*joined(1), *lines])
        assert reached(found)["Member 1"].best == 66
        assert "do not fit" in found.told[0]


def test_what_is_told_of_clocks_aliases_and_drills(drill: Published) -> None:
    lines = [*joined(1, alias="Anna"), *joined(2, alias="ANNA"), result(drill, 1, alias="Anna", clock=True)]
    found = report(drill, lines, published={"red-flags": "0" * 32}, problems=["a problem"])
    assert [told.partition(" ")[0] for told in found.told] == ["a", "2", "The", "Anna,"]
    assert "was changed since you published it" in found.told[2]
    assert "clock" in found.told[3]
    assert sorted(row.reached.state for row in found.drills[0].rows) == [State.NOT_STARTED, State.PASSED]


def test_what_is_older_than_the_team_keeps_is_passed_over(drill: Published) -> None:
    found = report(drill, [*joined(1), result(drill, 1)], days=370)
    assert reached(found)["Member 1"].state is State.OVERDUE


def test_a_check_is_passed_over_with_the_pass_that_it_checks(drill: Published) -> None:
    at = NOW + timedelta(days=5)
    lines = [*joined(1), result(drill, 1), result(drill, 1, attempt=CHECK, started=at, at=at)]
    found = report(drill, lines, days=367)
    assert (reached(found)["Member 1"].state, found.told) == (State.OVERDUE, [])
    again = [*lines, result(drill, 1, attempt=2, started=at, at=at)]
    assert "came too soon after the pass" in report(drill, again, days=367).told[0]


def test_figures_on_questions_need_five_people(drill: Published) -> None:
    four = [result(drill, number, wrong=1) for number in range(1, 5)]
    assert not report(drill, four).drills[0].items
    five = report(drill, [*four, result(drill, 5, wrong=2)]).drills[0]
    assert [(item.number, item.wrong, item.of) for item in five.items] == [(1, 5, 5), (2, 1, 5)]


@pytest.mark.slow
def test_the_card_or_a_gap_explains_what_was_missed(drill: Published) -> None:
    def why(wrong: Sequence[int], **said: Any) -> list[str]:
        results = [result(drill, n, missed, **said) for n, missed in enumerate(wrong, 1)]
        return [item.why for item in report(drill, results).drills[0].items]

    assert why([1, 1, 1, 1, 2, 2]) == ["look at the card: nearly all missed it, the best too", ""]
    assert why([0, 0, 0, 2, 2, 3])[0] == "a gap: the best know it"
    shared = published(share=("items", "doubtful"))
    results = [result(shared, n, 0, doubtful=(4,) if n < 3 else ()) for n in range(1, 6)]
    (item,) = report(shared, results).drills[0].items
    assert (item.number, item.why) == (4, "look at the card: 2 called it doubtful")


def test_confusions_are_told_only_where_what_was_chosen_is_shared() -> None:
    drill = published(share=("chosen",))
    first = questions_of(drill, 1, "")[0].question
    wrong = next(option for option in first.options if not option.right)
    chosen = ((wrong.id,), *[("x",)] * 5)
    lines = [result(drill, n, wrong=1, chosen=chosen) for n in range(1, 6)]
    (confused,) = report(drill, lines).drills[0].confusions
    assert (confused.number, confused.chose, confused.by) == (1, wrong.text, 5)
    assert not report(drill, lines[:4]).drills[0].confusions


def test_what_nobody_can_choose_or_names_twice_counts_once() -> None:
    drill = published(share=("chosen",))
    forged = "x\n- all is well\x1b[31m"
    chosen = ((forged,) * 50, *[("x",)] * 5)
    lines = [result(drill, n, wrong=1, chosen=chosen) for n in range(1, 6)]
    (confused,) = report(drill, lines).drills[0].confusions
    assert (confused.by, confused.chose) == (5, "x - all is well")


def test_what_is_called_doubtful_counts_only_where_that_is_shared(drill: Published) -> None:
    results = [result(drill, n, 1, doubtful=(4,)) for n in range(1, 6)]
    assert [item.number for item in report(drill, results).drills[0].items] == [1]


def asked_one(drill: Published, number: int, place: int, *, right: bool) -> Result:
    """Return the result of somebody who was asked one question of a drill alone."""
    items = tuple(right if at == place else None for at in range(len(drill.drill.questions)))
    said: dict[str, Any] = {
        "items": items,
        "right": int(right),
        "of": 1,
        "decks": {"levels": (int(right), 1)},
    }
    if "chosen" in drill.drill.shares:
        said["chosen"] = tuple(("x",) if at == place else None for at in range(len(items)))
    return result(drill, number, **said)


@pytest.fixture(scope="module")
def drawn() -> Published:
    """A drill of which each is asked one question of six."""
    made = published(share=("chosen",), drawn=True)
    return Published(replace(made.drill, count=1), made.fingerprint, made.data)


def test_a_question_that_few_were_asked_is_told_of_nobody(drawn: Published) -> None:
    """Five took the drill and all were wrong, two at the same question."""
    sent = [asked_one(drawn, number, number // 2, right=False) for number in range(1, 6)]
    found = report(drawn, [*joined(*range(1, 6)), *sent])
    (drill,) = found.drills
    assert (drill.tried_by, drill.items, drill.confusions) == (5, [], [])
    for form in ("table", "html"):
        told = FORMATS[form](found)
        assert "Figures on single questions need 5 people; none was asked of more than 2." in told
        assert "Nobody missed" not in told
        assert "Often chosen" not in told


def test_a_question_is_told_beside_how_many_were_asked_it(drawn: Published) -> None:
    sent = [asked_one(drawn, number, min(number // 6, 1), right=number > 3) for number in range(1, 9)]
    found = report(drawn, sent)
    (item,) = found.drills[0].items
    assert (item.number, item.wrong, item.of, item.why) == (1, 3, 5, "a gap: the best know it")
    (confused,) = found.drills[0].confusions
    assert (confused.number, confused.by, confused.of) == (1, 3, 5)
    assert "3 of 5 on 1" in FORMATS["table"](found)


def test_nobody_missed_a_question_is_said_only_of_those_that_enough_were_asked(drawn: Published) -> None:
    sent = [asked_one(drawn, number, min(number // 6, 1), right=number < 6) for number in range(1, 9)]
    assert "Nobody missed a question that 5 people or more were asked." in FORMATS["table"](
        report(drawn, sent)
    )
    plain = published(attempts=2)
    assert "Nobody missed a question.\n" in FORMATS["table"](
        report(plain, [result(plain, number) for number in range(5)])
    )


@pytest.mark.slow
def test_what_was_chosen_is_told_in_words_where_each_attempt_draws() -> None:
    drill = published(share=("chosen",), drawn=True, count=8)
    seen = {
        (each.card.id, option.id) for each in questions_of(drill, 1, "") for option in each.question.options
    }
    places = {asked.card: place for place, asked in enumerate(drill.drill.questions)}
    place, wrong = next(
        (places[each.card.id], option)
        for each in questions_of(drill, 1, f"{1:016x}")
        for option in each.question.options
        if not option.right and (each.card.id, option.id) not in seen
    )
    items = tuple(number != place for number in places.values())
    decks = {"levels": (items.count(True), len(items))}
    chosen = tuple((wrong.id,) if number == place else ("x",) for number in places.values())
    said: dict[str, Any] = {"items": items, "right": items.count(True), "decks": decks, "chosen": chosen}
    found = report(drill, [result(drill, number, **said) for number in range(1, 6)])
    assert [(each.number, each.chose) for each in found.drills[0].confusions] == [(place + 1, wrong.text)]


def test_one_drill_is_reported_by_its_title(drill: Published) -> None:
    other = published(title="Other")
    assert len(report([drill, other], []).drills) == 2
    assert [each.drill.id for each in report([drill, other], [], only="RED flags").drills] == ["red-flags"]
    with pytest.raises(DrillError, match="no drill"):
        report([drill, other], [], only="none")


@pytest.mark.parametrize(
    "name", ["=1+1", "@sum(a1)", "<script>alert(1)</script>", "&amp;", '"x", y', "[b]x[/b]"]
)
def test_names_are_neither_formulas_nor_markup(name: str) -> None:
    drill = published(title=name)
    found = report(drill, [*joined(1, alias=name), result(drill, 1, alias=name)])
    (row,) = list(csv.DictReader(io.StringIO(FORMATS["csv"](found))))
    assert row["who"].lstrip("'") == name
    assert row["who"][0] not in "=@+-"
    page = FORMATS["html"](found)
    assert "<script>alert" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert json.loads(FORMATS["json"](found))["drills"][0]["people"][0]["who"] == name
    assert name in FORMATS["table"](found)


def test_no_line_of_a_report_is_written_by_a_result(drill: Published) -> None:
    """Nor does it steer a terminal: what a result says of its drill is any text."""
    odd = "x\n  - All is well\x1b[31m\u202e"
    found = report(drill, [*joined(1), replace(result(drill, 1), drill=odd)])
    (told,) = found.told
    assert told.startswith("Member 1, x - All is well, attempt 1: the team has no such drill.")


def test_members_ids_are_in_no_report(drill: Published) -> None:
    found = report(drill, [*joined(1, 2), result(drill, 1, wrong=1)])
    for write in FORMATS.values():
        assert f"{1:016x}" not in write(found)


def test_a_team_without_drills_says_so() -> None:
    assert "The team has no drill yet." in FORMATS["table"](report([], joined(1)))


def test_the_page_can_be_read_on_light_and_on_dark(drill: Published) -> None:
    five = [*joined(*range(1, 6)), *(result(drill, number, wrong=number % 3) for number in range(1, 6))]
    page = FORMATS["html"](report(drill, five))
    style, body = page.split("</style>")
    assert not re.search(r"#[0-9a-f]{3}|fill=|stroke=", body)  # no picture has a colour of its own
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", part)) for part in style.split("@media", 1))
    assert light.keys() == dark.keys()
    assert {*re.findall(r"var\(--([a-z-]+)\)", style)} <= light.keys()
    for colours in (light, dark):
        for name in ("text", "quiet"):
            assert contrast(colours[name], colours["back"]) >= 4.5
        for name in ("passed", "under-way", "not-started", "failed", "overdue"):
            assert contrast(colours[name], colours["back"]) >= 3, name
    assert '<td class="figure">1<td>' in page  # its digits stay together in a narrow column
