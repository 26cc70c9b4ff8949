"""Every shipped card, in every form that it allows, on a small screen: the question is seen whole."""

import random

import pytest

from tests.cards.shipped import CARDS
from trainer.app.kit.layout import fit
from trainer.app.study.card_view import Face, card_page
from trainer.app.study.drafts import draft_of
from trainer.cards.card import Card, Form
from trainer.cards.proofreading import PAGE_LINES, PAGE_WIDTH

TALL = {Form.RATE, Form.RECALL}
"""Forms whose pages are scrolled on a small screen: an answer in full, with all that may be marked in it."""


@pytest.mark.slow
@pytest.mark.parametrize("deck", ["meanings", "synonyms", "levels", "answers"])
def test_every_question_fits_60_by_20(deck: str) -> None:
    too_high = {
        f"{card.id} {way}: {lines}"
        for card in CARDS
        if card.deck == deck
        for way, lines in heights(card)
        if lines > PAGE_LINES
    }
    assert not too_high


def heights(card: Card) -> list[tuple[str, int]]:
    """Return the lines of a card's page, for each way and stage."""
    found = []
    for way in card.ways():
        for stage in way.stages if way.form not in TALL else ():
            question = card.ask(way, stage, random.Random(f"{card.id} {stage}"))
            face = Face(question=question, first_meeting=False, repeat=False, draft=draft_of(question))
            rows = fit(card_page(face, PAGE_WIDTH), PAGE_LINES)
            assert all(row.content.cell_length <= PAGE_WIDTH for row in rows), card.id
            found.append((way.key, len(rows)))
    return found


@pytest.mark.parametrize("form", sorted(TALL))
def test_what_is_scrolled_keeps_within_the_width(form: Form) -> None:
    seen = 0
    for card in CARDS:
        for way in card.ways():
            if way.form is form:
                question = card.ask(way, way.stages[0], random.Random(1))
                face = Face(question=question, first_meeting=True, repeat=False, draft=draft_of(question))
                rows = card_page(face, PAGE_WIDTH)
                assert all(row.content.cell_length <= PAGE_WIDTH for row in rows), card.id
                seen += 1
    assert seen > 20
