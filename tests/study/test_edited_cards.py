"""A session that goes on with an edited sheet."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest

from tests.learners import Learner, right, run, shipped, wrong
from tests.material.edits import with_changes
from trainer.cards.card import Answer, Card, Form, Question
from trainer.cards.editing import open_draft
from trainer.cards.library import Library, load_library
from trainer.home import Home
from trainer.material.changes import Change, Drop, Put, Way, find, raw_of
from trainer.material.ids import hash_of
from trainer.material.sheet import Sheet
from trainer.memory.state import Rating
from trainer.study.session import Session
from trainer.study.turns import Phase

ASM = "assistant-stage-manager"
RUNNING: Way = ("levels", "senior", "indicators", "show-running")
LINE: Way = (*RUNNING, "variants", 0)


def edited(*changes: Change, library: Library | None = None, sheet: str = ASM) -> Library:
    library = library or shipped()
    return library.with_sheet(with_changes(library.sheets[sheet], changes), library.files[sheet])


def put(way: Way, after: object) -> Change:
    return Put(way, find(raw_of(shipped().sheets[ASM]), way), after)


def question_of(session: Session) -> Question:
    assert session.question
    return session.question


@cache
def all_changed() -> Library:
    """Return the library with every text of the sheets changed, all in the same way."""

    def marked(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: marked(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [marked(each, key) for each in value]
        said = {"meaning", "signal", "text", "variants", "why", "shows", "claims", "misses", "evidence"}
        return (
            f"{value} Edited." if isinstance(value, str) and key in {*said, "look_alike", "title"} else value
        )

    library = shipped()
    for sheet in library.sheets.values():
        changed = msgspec.convert(marked(raw_of(sheet)), Sheet, str_keys=True)
        library = library.with_sheet(changed, library.files[sheet.id])
    return library


class TestAQuestionThatStands:
    def test_the_edited_line_is_asked_in_the_same_way(self, learner: Learner) -> None:
        session = learner.study("levels/show-running")
        before = question_of(session)
        session.replace_cards(edited(put(LINE, "Called it off")).cards)
        now = question_of(session)
        assert now.text == "“Called it off”"
        assert [option.id for option in now.options] == [option.id for option in before.options]
        session.answer(right(now))
        assert learner.record.history()[min(learner.record.history())].variant == now.way.key

    def test_another_text_of_the_card_leaves_the_line(self, learner: Learner) -> None:
        session = learner.study("levels/show-running")
        before = question_of(session)
        session.replace_cards(edited(put((*RUNNING, "why"), "Because.")).cards)
        assert question_of(session).text == before.text
        assert "Because." in " ".join(line.text for line in question_of(session).lines)

    @pytest.mark.slow
    def test_what_waits_and_the_rivals_of_other_sheets_are_edited_too(self, learner: Learner) -> None:
        session = learner.study("meanings/cue", "levels/show-running")
        session.replace_cards(all_changed().cards)
        assert all(option.text.endswith("Edited.") for option in question_of(session).options)
        session.answer(right(question_of(session)))
        session.next()
        assert question_of(session).text.endswith("Edited.”")

    def test_a_line_that_is_gone_gives_way_to_another(self, learner: Learner) -> None:
        session = learner.study("levels/show-running")
        before = question_of(session)
        session.replace_cards(edited(put(LINE, None)).cards)
        assert question_of(session).text != before.text
        assert question_of(session).card.id == before.card.id

    def test_a_card_that_is_gone_is_passed_over(self, learner: Learner) -> None:
        session = learner.study("meanings/asm.signal", "meanings/cue", "meanings/prop")
        session.replace_cards(edited(put(("terms", "asm", "signal"), None)).cards)
        assert question_of(session).card.id.endswith("meanings/cue")
        assert session.total == 2
        assert [id_.rpartition("/")[2] for id_ in run(session, right)] == ["cue", "prop"]
        assert session.done == 2

    def test_the_last_one_that_is_gone_ends_the_session(self, learner: Learner) -> None:
        session = learner.study("meanings/asm.signal")
        session.replace_cards(edited(put(("terms", "asm", "signal"), None)).cards)
        assert session.phase is Phase.DONE


class TestUnderFeedback:
    @pytest.mark.slow
    @pytest.mark.parametrize("judge", [right, wrong])
    @pytest.mark.parametrize("stage", [0, 1, 2, 3])
    def test_every_card_is_told_anew_and_its_mark_stays(
        self, stage: int, judge: Callable[[Question], Answer]
    ) -> None:
        learner = Learner()
        cards = list(shipped().cards.values())[stage::4]
        for _ in range(stage):
            run(learner.session(cards), right)
            learner.clock.forward(days=2000)
        session = learner.session(cards, once=True)
        while session.question:
            before = session.answer(judge(question_of(session)))
            reviews = learner.record.history()
            session.replace_cards(all_changed().cards)
            now = session.feedback
            assert now
            assert now.question.text.count("Edited.") or now.question.text == before.question.text
            assert [option.right for option in now.question.options] == [
                option.right for option in before.question.options
            ]
            assert now.answer.chosen == before.answer.chosen
            assert (now.mark.right, now.mark.rating, now.days) == (
                before.mark.right,
                before.mark.rating,
                before.days,
            )
            assert learner.record.history() == reviews
            session.replace_cards(shipped().cards)
            assert session.feedback
            assert session.feedback.question == before.question, "and back again it is the same"
            assert session.feedback.mark == before.mark
            session.next()

    def test_why_not_is_told_in_the_new_words(self, learner: Learner) -> None:
        session = learner.study("levels/show-running")
        session.answer(Answer(chosen=frozenset({0})))
        session.replace_cards(edited(put((*RUNNING, "why_not", "junior"), "New reason.")).cards)
        assert session.feedback
        assert "New reason." in [line.text for line in session.feedback.mark.lines]

    def test_what_was_counted_as_right_is_not_told_why_not(self, learner: Learner) -> None:
        session = learner.study("levels/show-running")
        session.answer(Answer(chosen=frozenset({0})))
        session.count_as(right=True)
        session.replace_cards(all_changed().cards)
        assert session.feedback
        assert session.feedback.mark.right
        assert session.feedback.mark.lines == ()

    def test_it_can_be_counted_otherwise_afterwards(self, learner: Learner) -> None:
        session = learner.study("levels/show-running", "meanings/cue")
        session.answer(wrong(question_of(session)))
        session.replace_cards(all_changed().cards)
        feedback = session.count_as(right=True)
        assert feedback
        assert feedback.question.text.endswith("Edited.”")
        assert [review.rating for review in learner.record.history().values()] == [Rating.GOOD]

    def test_a_missed_card_comes_back_edited(self, learner: Learner) -> None:
        session = learner.study("levels/show-running", "meanings/cue")
        session.answer(wrong(question_of(session)))
        session.replace_cards(all_changed().cards)
        session.next()
        session.answer(right(question_of(session)))
        session.next()
        assert session.repeat
        assert question_of(session).text.endswith("Edited.”")

    def test_what_was_chosen_stays_chosen_when_another_option_is_gone(self, learner: Learner) -> None:
        example = shipped().sheets[ASM].examples[0]
        gone = ("examples", example.id, "does_not", 2)
        card = learner.card(f"meanings/{example.id}")
        run(learner.session([card]), right)
        learner.clock.forward(days=2000)
        session = learner.session([card])
        question = question_of(session)
        assert question.form is Form.TICK
        session.answer(right(question))
        chosen = {question.options[place].id for place in question.right_options}
        session.replace_cards(edited(put(gone, None)).cards)
        assert session.feedback
        now = session.feedback.question
        assert len(now.options) == len(question.options) - 1
        assert {now.options[place].id for place in session.feedback.answer.chosen} == chosen

    def test_a_card_that_is_gone_stays_on_the_screen_and_does_not_come_back(self, learner: Learner) -> None:
        session = learner.study("meanings/asm.signal", "meanings/cue")
        before = session.answer(wrong(question_of(session)))
        session.replace_cards(edited(put(("terms", "asm", "signal"), None)).cards)
        assert session.feedback == before
        assert session.total == 2, "it was answered, so it counts"
        session.next()
        assert [id_.rpartition("/")[2] for id_ in run(session, right)] == ["cue"]

    def test_a_line_that_is_gone_leaves_the_feedback(self, learner: Learner) -> None:
        session = learner.study("levels/show-running")
        before = session.answer(wrong(question_of(session)))
        session.replace_cards(edited(put(LINE, None)).cards)
        assert session.feedback == before


class TestUndo:
    def test_it_asks_again_with_the_new_text(self, learner: Learner) -> None:
        session = learner.study("levels/show-running", "meanings/cue")
        session.answer(wrong(question_of(session)))
        session.next()
        session.replace_cards(all_changed().cards)
        assert session.undo()
        assert question_of(session).text.endswith("Edited.”")
        assert session.phase is Phase.QUESTION
        session.answer(right(question_of(session)))
        session.next()
        assert question_of(session).options[0].text.endswith("Edited.")

    def test_put_away_and_back_under_feedback(self, learner: Learner) -> None:
        session = learner.study("levels/show-running", "meanings/cue")
        session.answer(wrong(question_of(session)))
        session.bury()
        session.replace_cards(all_changed().cards)
        assert session.undo()
        assert session.feedback
        assert session.feedback.question.text.endswith("Edited.”")
        session.next()
        assert question_of(session).card.deck == "meanings"

    def test_of_a_card_that_is_gone(self, learner: Learner) -> None:
        session = learner.study("meanings/asm.signal", "meanings/cue", "meanings/prop")
        before = question_of(session)
        session.answer(right(before))
        session.next()
        session.replace_cards(edited(put(("terms", "asm", "signal"), None)).cards)
        assert session.undo()
        assert session.question == before, "what was answered can be answered once more, as it was"

    def test_a_title_that_was_joined_away_is_not_asked(self, learner: Learner) -> None:
        title = shipped().sheets[ASM].titles[1]
        session = learner.study(f"synonyms/{title.id}", "meanings/cue")
        session.replace_cards(edited(Drop(("titles", title.id), raw_of(title))).cards)
        assert question_of(session).card.deck == "meanings"


class TestAMendedLine:
    """The honest figure counts lines that were never seen; one with a typo less was seen."""

    def edit(self, learner: Learner, home: Home, ending: str, **texts: str) -> None:
        """Edit a card as the app does, and go on with the library as it is then."""
        draft = open_draft(home, learner.library, learner.card(ending))
        values = [texts.get(field.label.replace(" ", "_"), field.value) for field in draft.fields]
        saved = draft.save(values)
        assert saved
        assert len(saved.library.cards) == len(learner.library.cards)
        learner.library = saved.library

    @pytest.mark.slow
    def test_is_not_counted_as_one_that_nobody_saw(self, learner: Learner, tmp_path: Path) -> None:
        home, card = Home(tmp_path / "home"), "levels/show-running"
        learner.library = load_library(home)
        lines = learner.card(card).ways()
        for _ in lines:
            run(learner.study(card), right)
            learner.clock.forward(days=60)
        unseen = [review.unseen for review in learner.record.history().values()]
        assert unseen == [False, *[True] * (len(lines) - 1)]
        for time in range(2):
            every = {f"Résumé_line_{place + 1}": f"Mended {place} {time}" for place in range(len(lines))}
            self.edit(learner, home, card, **every)
        assert learner.card(card).ways() == lines
        learner.library = load_library(home)
        session = learner.study(card)
        assert question_of(session).text.startswith("“Mended ")
        run(session, right)
        assert [review.unseen for review in learner.record.history().values()] == [*unseen, False]

    def test_that_tells_no_level_is_the_same_line_too(self, learner: Learner, tmp_path: Path) -> None:
        home = Home(tmp_path / "home")
        learner.library = load_library(home)
        card = f"{ASM}/levels/{shipped().sheets[ASM].unclear[0].id}"
        for _ in learner.card(card).ways():
            run(learner.study(card), right)
            learner.clock.forward(days=60)
        self.edit(learner, home, card, Résumé_line="Was there, mended")
        session = learner.study(card)
        assert question_of(session).text == "“Was there, mended”"
        run(session, right)
        *_, last = learner.record.history().values()
        assert not last.unseen

    def test_and_one_that_was_added_is_one_that_nobody_saw(self, learner: Learner, tmp_path: Path) -> None:
        home, card = Home(tmp_path / "home"), "levels/show-running"
        learner.library = load_library(home)
        ways = learner.card(card).ways()
        self.edit(learner, home, card, **{"Résumé_line,_one_more": "Ran a show alone"})
        assert {way.key for way in learner.card(card).ways()} - {way.key for way in ways} == {
            hash_of("Ran a show alone")
        }


def test_an_edit_that_changes_nothing_changes_nothing(learner: Learner) -> None:
    session = learner.study("levels/show-running", "meanings/cue")
    before = question_of(session)
    session.replace_cards(learner.library.cards)
    assert session.question is before


def test_cards_are_the_librarys_own(learner: Learner) -> None:
    session = learner.study("levels/show-running", "meanings/cue")
    cards: dict[str, Card] = dict(all_changed().cards)
    session.replace_cards(cards)
    assert question_of(session).card is cards[question_of(session).card.id]
