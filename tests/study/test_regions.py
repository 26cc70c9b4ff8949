"""Questions that regions answer differently are asked for one's own, and the claim of the page last."""

import io
import random

import pytest

from tests.learners import Learner, right, wrong
from trainer.cards.card import Card, Question, choose_way, first_question
from trainer.cards.synonyms import TitleCard
from trainer.material.sheet import TRADE_REGIONS
from trainer.memory.learner import Region
from trainer.plain.session import PlainSession
from trainer.study.regions import ASKED
from trainer.study.session import Session

DEPUTY = "assistant-stage-manager/synonyms/deputy-stage-manager"
PSM = "assistant-stage-manager/synonyms/production-stage-manager"
"""British usage would not search it for an ASM, American would, with a filter."""


@pytest.fixture
def learner() -> Learner:
    return Learner()


def session(learner: Learner, *cards: str, region: Region | None = None) -> Session:
    plan = [learner.library.cards[id_] for id_ in cards]
    record, schedule, clock = learner.record, learner.schedule, learner.clock
    return Session(plan, learner.library.cards, record, schedule, clock, region=region)


def wanted(asking: Session) -> bool:
    return asking.wants_region


def titles(learner: Learner) -> list[TitleCard]:
    return [card for card in learner.library.cards.values() if isinstance(card, TitleCard)]


def differing(learner: Learner) -> list[TitleCard]:
    return [card for card in titles(learner) if any(_names_none(way.key) for way in card.ways())]


def _names_none(key: str) -> bool:
    return key.endswith(".any")


def asked_until_learned(card: Card, region: Region | None) -> list[Question]:
    """Ask a card in all its ways, as one would who is right each time."""
    seen: dict[str, bool] = {}
    found = []
    for stage in (0, 1, 2, *[3] * 8):
        way = choose_way(card, stage, seen, region=region)
        found.append(card.ask(way, stage, random.Random(card.id)))
        seen.pop(way.key, None)
        seen[way.key] = True
    return found


@pytest.mark.parametrize("region", TRADE_REGIONS)
def test_who_chose_a_region_is_asked_for_that_one_alone(learner: Learner, region: Region) -> None:
    other = next(each for each in TRADE_REGIONS if each != region)
    assert len(differing(learner)) > 10
    for card in titles(learner):
        for question in asked_until_learned(card, region):
            assert f"In the {other}" not in question.prompt, card.id
            if question.differs_by_region:
                assert f"In the {region}" in question.prompt
                assert not _names_none(question.way.key), card.id


def test_who_chose_none_is_right_with_what_is_right_in_any_region(learner: Learner) -> None:
    question = first_question(learner.library.cards[PSM])
    assert question.differs_by_region
    assert not question.prompt.startswith("In the")
    for card in differing(learner):
        for each in asked_until_learned(card, None):
            claim = each.way.key.startswith("claim")
            assert claim or each.way.key.partition(".")[2] not in TRADE_REGIONS, card.id


def test_the_claim_of_the_page_is_asked_last_and_as_such(learner: Learner) -> None:
    regions: list[Region | None] = ["UK", None]
    for region in regions:
        asked = asked_until_learned(learner.library.cards[DEPUTY], region)
        claims = [at for at, question in enumerate(asked) if question.way.key.startswith("claim")]
        assert claims
        assert claims[0] >= len({question.way.key for question in asked[: claims[0]]})
        assert all("The glossary page calls this" in asked[at].prompt for at in claims)


def test_who_hires_in_both_is_asked_for_each(learner: Learner) -> None:
    for card in differing(learner):
        asked = asked_until_learned(card, "both")
        for question in asked:
            assert not question.differs_by_region or question.prompt.startswith("In the "), card.id
        keys = {question.way.key for question in asked if question.differs_by_region}
        for kind in {key.partition(".")[0] for key in keys}:
            assert {f"{kind}.{region}" for region in TRADE_REGIONS} <= keys, card.id


def test_the_question_that_raised_it_is_asked_for_a_region_by_who_hires_in_both(learner: Learner) -> None:
    asking = session(learner, PSM)
    asking.use_region("both")
    assert asking.question
    assert asking.question.prompt.startswith("In the ")


def test_the_region_is_wanted_at_the_first_question_that_differs_and_once(learner: Learner) -> None:
    asking = session(learner, "theatre-vocabulary/meanings/cue", PSM)
    assert not wanted(asking)
    assert asking.question
    asking.answer(right(asking.question))
    asking.next()
    assert wanted(asking)
    asking.use_region("UK")
    assert not wanted(asking)
    question = asking.question
    assert question is not None
    assert question.prompt.startswith("In the UK, ")
    feedback = asking.answer(right(question))
    assert feedback.mark.right
    assert learner.record.state(PSM)
    assert not session(learner, PSM, region="US").wants_region


def test_who_names_none_is_not_asked_again_in_the_session(learner: Learner) -> None:
    asking = session(learner, PSM)
    standing = asking.question
    asking.use_region(None)
    assert not wanted(asking)
    assert asking.question is standing
    assert standing
    asking.answer(wrong(standing))
    asking.next()
    assert not wanted(asking)


def _typed(asking: Session, *lines: str) -> tuple[str, list[Region]]:
    out, kept = io.StringIO(), list[Region]()
    source = io.StringIO("".join(f"{line}\n" for line in lines))
    PlainSession(asking, source, out, saved=True, set_region=kept.append).run()
    return out.getvalue(), kept


def test_line_by_line_it_is_asked_before_the_question(learner: Learner) -> None:
    said, kept = _typed(session(learner, PSM), "4", "2")
    assert ASKED in " ".join(said.split())
    assert "Give a number from 1 to 3, or nothing." in said
    assert kept == ["US"]
    assert said.index("In the US, hiring an ASM") > said.index("3  Both")


def test_line_by_line_it_can_be_put_off(learner: Learner) -> None:
    said, kept = _typed(session(learner, PSM), "", "0")
    assert kept == []
    assert "Hiring an ASM, would you search for this title?" in said
