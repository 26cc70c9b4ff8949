"""What the minutes until an interview come to, and what helps where they do not suffice."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.clocks import FakeClock
from tests.study.test_interviews import ROLE, asked, new_engine
from trainer.cards.library import Library
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.memory.worth import Cost
from trainer.reports.preparation import Preparation, Vital, in_words, preparation, what_helps
from trainer.study.forecast import Course, Hour, Part


def course(unmet: int, days: int = 3) -> Course:
    hour = Hour(days, days + 0.2)
    part = Part((), unmet, [hour], counted=True, new=Cost(30, 60), review=Cost(20, 45))
    return Course([part], hour, unmet, 0.5)


def test_it_never_promises_all_nor_decimals() -> None:
    told = preparation(course(10, 20), 120)
    assert told.at_best == 9
    assert told.enough
    assert "at best 9 of 10 cards" in in_words(told)
    assert not what_helps(told, "v")
    assert preparation(course(0), 10).at_best == 0


def test_where_time_does_not_suffice_there_are_three_choices() -> None:
    told = preparation(course(80), 5, course(12), level="Senior")
    assert not told.enough
    assert told.at_best < told.at_best_with_eve
    assert told.eve_minutes == 15
    eve, most, brief = what_helps(told, "trainer brief props")
    assert eve == f"A long session on the eve, 15 minutes: at best {told.at_best_with_eve}."
    assert most.startswith(
        "Only what matters most, red flags on safety and the questions for Senior: at best "
    )
    assert brief == "The brief, to take with you: trainer brief props."


@pytest.mark.parametrize("minutes", [5, 30, 170, 400])
def test_where_nine_of_ten_cannot_be_known_hours_a_day_come_to_no_less(minutes: int) -> None:
    told = preparation(course(57, 1), minutes)
    assert told.least is None
    assert told.at_best <= told.at_best_with_eve <= told.most < 0.9 * told.cards
    assert f"with hours a day it would be {told.most} at best." in in_words(told)


def test_the_wordings() -> None:
    told = Preparation(
        cards=80, minutes=1, at_best=5, least=36, eve_minutes=3, at_best_with_eve=9,
        vital=Vital(cards=12, at_best=4, level=""),
    )  # fmt: skip
    assert in_words(told) == (
        "At 1 minute a day you would know at best 5 of 80 cards, before the steps of its day. "
        "Nine of ten take 36 to 72 minutes a day."
    )
    assert in_words(replace(told, others=2)).startswith(
        "At 1 minute a day, shared with 2 other interviews, you would know at best 5 of 80 cards, before"
    )
    assert (
        "red flags on safety and the interview questions: at best 4 of its 12 cards."
        in what_helps(told, "v")[1]
    )
    never = Preparation(cards=80, minutes=1, at_best=5, least=None, eve_minutes=3, at_best_with_eve=9)
    assert in_words(replace(never, most=71)).endswith(
        "Nine of ten can't be known by then: with hours a day it would be 71 at best."
    )
    assert not never.enough
    assert len(what_helps(never, "v")) == 2


class TestEngine:
    """Of a record and the decks."""

    @pytest.fixture
    def engine(self, clock: FakeClock) -> Engine:
        found = new_engine(clock)
        found.add_interview(ROLE, "2026-11-27", "14:00", level="senior", minutes=10)
        return found

    @staticmethod
    def told(engine: Engine) -> Preparation:
        found = engine.preparation(1)
        assert found
        return found

    def test_only_what_matters_most_is_of_the_level_and_safety(self, engine: Engine) -> None:
        told, sheet = self.told(engine), engine.library.sheets[ROLE]
        items = {each.id for each in sheet.questions if each.level == "senior"}
        items |= {each.id for each in sheet.red_flags if each.safety}
        cards = [card for card in engine.library.cards if card.split("/")[:2] == [ROLE, "answers"]]
        wanted = [card for card in cards if card.split("/")[2].split(".")[0] in items]
        assert told.vital
        assert (told.vital.cards, told.vital.level) == (len(wanted), "Senior")
        assert 0 < told.vital.cards < told.cards

    def test_days_that_are_kept_bring_about_what_was_said(self, engine: Engine, clock: FakeClock) -> None:
        said = self.told(engine)
        for _ in range(3):
            asked(engine.session(SessionChoice()), clock, seconds=25)
            clock.forward(hours=24 - 0.2)
        after = self.told(engine)
        assert after.at_best >= said.at_best - 3

    def test_what_is_put_away_is_not_known(self, engine: Engine) -> None:
        before = self.told(engine)
        for card in [card for card in engine.library.cards if card.startswith(f"{ROLE}/")][:-3]:
            engine.put_away(card)
        after = self.told(engine)
        assert after.cards == before.cards
        assert after.at_best <= 3

    def test_the_larger_minutes_count(self, engine: Engine) -> None:
        engine.set_minutes(25)
        assert self.told(engine).minutes == 25

    def test_others_ahead_share_the_minutes(self, engine: Engine) -> None:
        alone = self.told(engine)
        engine.add_interview("stage manager", "2026-11-27", "16:00", level="senior", minutes=10)
        first, second = (engine.preparation(number) for number in (1, 2))
        assert first
        assert second
        assert (alone.others, first.others, second.others) == (0, 1, 1)
        assert alone.least
        assert first.least
        assert first.least > alone.least + 10
        assert first.at_best >= alone.at_best - 2, "the nearest one comes first"
        engine.end_interview(1)
        assert self.told(engine).at_best > second.at_best + 10

    def test_another_one_for_the_same_role_and_level_costs_none(self, engine: Engine) -> None:
        alone = self.told(engine)
        engine.add_interview(ROLE, "2026-11-28", "14:00", level="senior", minutes=10)
        assert abs(self.told(engine).at_best - alone.at_best) <= 1

    def test_one_that_is_over_or_whose_sheet_is_gone_has_none(self, engine: Engine, clock: FakeClock) -> None:
        library = engine.library
        engine.use(Library({id_: each for id_, each in library.sheets.items() if id_ != ROLE}))
        assert engine.preparation(1) is None
        engine.use(library)
        assert engine.preparation(1)
        clock.at += timedelta(days=3, hours=6)
        assert engine.interviews()
        assert engine.preparation(1) is None
