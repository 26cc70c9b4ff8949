"""What is mixed up, the cards that are hard, and the cards by which to practise them."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.learners import Learner
from trainer.cards.card import Form, chance_of
from trainer.memory.state import Marks, Rating, Review
from trainer.reports.statistics.contrast import MOST, Contrasts, HardCard, MixUp
from trainer.reports.statistics.measured import measured
from trainer.study.turns import LEECH_LAPSES

ASM = "assistant-stage-manager/meanings/asm"
PROP = "theatre-vocabulary/meanings/prop"


class Confused(Learner):
    """Answers cards wrong, and looks at what comes of it."""

    def answer(self, card: str, chosen: str, rating: Rating = Rating.AGAIN, *, way: str = "meaning") -> None:
        """Answer a card once, a day after the answer before."""
        self.clock.forward(days=1)
        review = Review(
            card=card,
            day=self.day,
            rating=rating,
            given=1,
            form="choose",
            ms=1,
            variant=way,
            chosen=(chosen,),
        )
        self.record.record(review, self.clock())

    def meet(self, *cards: str) -> None:
        for card in cards:
            self.answer(card, "any", Rating.GOOD)

    @property
    def _contrasts(self) -> Contrasts:
        found = measured(self.record.history(), self.schedule, self.day)
        return Contrasts(found, self.library.cards, self.record)

    def mixed(self) -> tuple[MixUp, ...]:
        return self._contrasts.mix_ups()

    def hard(self) -> tuple[HardCard, ...]:
        return self._contrasts.hard_cards()


def rivals(learner: Learner, card: str) -> list[str]:
    """Return the ids of what the card is confused with, as its question has them."""
    asked = learner.library.cards[card]
    return [each.id for each in getattr(asked, "rivals", ())]


def test_nothing_is_mixed_up_or_hard_before_the_first_answer() -> None:
    assert (Confused().mixed(), Confused().hard()) == ((), ())


def test_a_first_meeting_is_no_mix_up() -> None:
    learner = Confused()
    learner.answer(ASM, "psm")
    assert learner.mixed() == ()
    learner.answer(ASM, "psm")
    (found,) = learner.mixed()
    assert (found.words, found.times, found.last) == ("took an ASM for a PSM", 1, learner.day)


def test_four_times_and_once_stand_in_their_order() -> None:
    learner = Confused()
    learner.meet(ASM, PROP)
    learner.answer(PROP, rivals(learner, PROP)[0])
    for _ in range(4):
        learner.answer(ASM, "psm")
    assert [each.times for each in learner.mixed()] == [4, 1]


def test_the_practice_has_the_card_and_what_it_was_taken_for() -> None:
    learner = Confused()
    learner.meet(ASM)
    learner.answer(ASM, "psm")
    practice = learner.mixed()[0].practice
    assert practice[0] == ASM
    assert {card.rpartition("/")[2].partition(".")[0] for card in practice[1:]} == {"psm"}
    learner.record.mark(practice[1], Marks(suspended=True))
    assert practice[1] not in learner.mixed()[0].practice


def test_lines_of_a_level_are_practised_with_lines_of_the_other() -> None:
    learner = Confused()
    cards = learner.library.cards
    missed = next(id_ for id_, card in cards.items() if card.deck == "levels" and card.right_ids == ("mid",))
    learner.meet(missed)
    learner.answer(missed, "senior")
    own, *others = learner.mixed()[0].practice
    assert own == missed
    assert others
    assert {cards[id_].right_ids for id_ in others} == {("senior",)}
    assert {cards[id_].sheet.id for id_ in others} == {cards[missed].sheet.id}


def test_what_is_known_or_put_away_is_mixed_up_no_more() -> None:
    learner = Confused()
    learner.meet(ASM)
    learner.answer(ASM, "psm")
    before = learner.record.marks(ASM)
    learner.record.mark(ASM, replace(before, suspended=True))
    assert learner.mixed() == ()
    learner.record.mark(ASM, before)
    assert learner.mixed()
    for _ in range(3):
        learner.answer(ASM, "asm", Rating.GOOD)
    assert learner.mixed() == ()


def test_a_card_is_hard_after_four_misses_until_it_is_known() -> None:
    learner = Confused()
    learner.answer(ASM, "psm")  # a first meeting
    for _ in range(LEECH_LAPSES - 1):
        learner.answer(ASM, "psm")
    assert learner.hard() == ()
    learner.answer(ASM, "csm")
    (found,) = learner.hard()
    assert (found.card, found.misses, found.tries) == (ASM, LEECH_LAPSES, LEECH_LAPSES + 1)
    assert found.mistake == "took an ASM for a PSM"
    assert found.practice[0] == ASM
    for days in range(3):
        assert learner.hard(), days
        learner.answer(ASM, "asm", Rating.GOOD)
    assert learner.hard() == ()


def test_a_card_that_was_never_known_has_itself_to_practise() -> None:
    learner = Confused()
    for _ in range(LEECH_LAPSES + 1):
        learner.clock.forward(days=1)
        review = Review(card=PROP, day=learner.day, rating=Rating.AGAIN, given=1, form=Form.FLIP, ms=1)
        learner.record.record(review, learner.clock())
    assert [(each.practice, each.mistake) for each in learner.hard()] == [((PROP,), "")]


def test_cards_that_are_gone_do_no_harm() -> None:
    learner = Confused()
    for _ in range(LEECH_LAPSES + 1):
        learner.answer("gone/meanings/word", "other")
    assert (learner.mixed(), learner.hard()) == ((), ())


def test_the_lists_end_somewhere() -> None:
    learner = Confused()
    some = [id_ for id_, card in learner.library.cards.items() if card.deck == "meanings"][: MOST + 5]
    for id_ in some:
        for _ in range(LEECH_LAPSES + 1):
            learner.answer(id_, "prop")
    assert len(learner.hard()) == MOST
    assert len(learner.mixed()) <= MOST


def test_old_mistakes_are_forgotten() -> None:
    learner = Confused()
    learner.meet(ASM)
    learner.answer(ASM, "psm")
    learner.clock.forward(days=89)
    assert learner.mixed()
    learner.clock.forward(days=1)
    assert learner.mixed() == ()


@pytest.mark.slow
def test_what_was_chosen_leads_to_a_card_that_teaches_it() -> None:
    cards = Learner().library.cards.values()
    taught = {(card.deck, id_) for card in cards for id_ in card.right_ids}
    chosen = {
        (card.deck, option.id)
        for card in cards
        if card.right_ids and card.sheet.id != "theatre-vocabulary"
        for way in card.ways()
        if way.form is Form.CHOOSE
        for option in card.ask(way, 3, chance_of(card.id)).options
        if not option.right and card.mistake(way.key, option.id)
    }
    assert chosen - taught == {("answers", "none")}, (
        "lines that raise no flag are asked by the flag's own card"
    )


def test_the_last_day_is_that_of_the_last_mistake() -> None:
    learner = Confused()
    learner.meet(ASM)
    learner.answer(ASM, "psm")
    assert learner.mixed()[0].last == learner.day
    learner.clock.forward(days=2)
    assert learner.mixed()[0].last == learner.day - timedelta(days=2)
