"""A card on the screen: the question, its options, and below them the feedback."""

from dataclasses import dataclass

from textual.content import Content

from trainer.app.kit.keys import DIGITS
from trainer.app.kit.layout import BLANK, apart, block, hanging, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row
from trainer.app.study import rating_view, recall_view
from trainer.app.study.drafts import Draft, RatingDraft, RecallDraft
from trainer.app.study.feedback_view import feedback_rows, leech_rows
from trainer.app.study.targets import KNEW, MISSED, PROBLEM, REMARK, REVEAL, UNKNOWN, option_target
from trainer.cards.card import Form, Question
from trainer.cards.cues import places
from trainer.study.feedback import comes_as, cues_told
from trainer.study.turns import Feedback

NOTE_BESIDE = 24
"""A note stands beside its option where the options have at most so many cells."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """All that is to be seen of a card."""

    question: Question
    first_meeting: bool
    repeat: bool
    ticked: frozenset[int] = frozenset()
    revealed: bool = False
    hint: bool = False
    guess: bool = False
    remark: str = ""
    """A sentence on what to do next, below the options."""
    problem: str = ""
    """Why the answer was not saved."""
    airy: bool = False
    """Whether there is room for an empty line between options."""
    draft: Draft | None = None
    """What was entered so far, for a form that takes more than one step."""
    feedback: Feedback | None = None
    whole: bool = False
    """Whether all of the feedback is shown, not only what it says at once."""
    enough: bool = False
    """Whether the day's goal is reached, and one may leave or go on."""
    glosses: tuple[str, ...] = ()
    """The words that a card which does not stick uses, each with what it means."""
    can_edit: bool = True
    """Whether the texts behind the card can be changed."""

    @property
    def choices(self) -> int:
        """How many lines the digits choose from just now."""
        if self.feedback:
            return 0
        if self.draft:
            return self.draft.choices
        if self.question.form is Form.FLIP:
            return 2 if self.revealed else 0
        return len(self.question.options)

    @property
    def typing(self) -> bool:
        """Whether the letters are text just now."""
        if self.draft:
            return self.draft.typing
        return self.question.form is Form.TYPE and not self.feedback


def card_page(face: Face, width: int) -> list[Row]:
    """Lay out a card."""
    rows = [*_question(face, width), *_answering(face, width)]
    if face.hint and face.question.hint and not face.feedback:
        told = hanging(_head("Hint"), said(face.question.hint), width)
        rows += [BLANK, *(Row(row.content, place=REMARK) for row in told)]
    if face.guess and not face.feedback:
        rows += [
            BLANK,
            *text("You are guessing: if it is right, it still comes back soon.", width, "$fresh"),
        ]
    if face.remark:
        rows += [BLANK, *(Row(row.content, place=REMARK) for row in text(face.remark, width, "$key"))]
    if face.feedback:
        rows += [BLANK, *feedback_rows(face.feedback, width, whole=face.whole, enough=face.enough)]
        rows += leech_rows(face.glosses, width, can_edit=face.can_edit) if face.feedback.leech else []
    if face.problem:
        told = hanging(Content.styled("! ", "$wrong"), said(face.problem, "$wrong"), width)
        rows += [BLANK, *(Row(row.content, place=PROBLEM) for row in told)]
    return rows


def _head(word: str) -> Content:
    return Content.assemble("  ", (word, "$key"), "  ")


def _question(face: Face, width: int) -> list[Row]:
    question = face.question
    tag = Content("")
    if face.first_meeting:
        tag = Content.assemble(("NEW", "$fresh"), (" · take a guess", "$quiet"))
    elif face.repeat:
        another = comes_as(question)
        again = f"again, as another {another}" if another else "again"
        tag = Content.styled(again, "$fresh")
    intro = block(said(question.intro, "$quiet"), width) if question.intro else []
    rows: list[Row] = []
    if tag.plain and intro:
        rows += [*intro[:-1], *apart(intro[-1].content, tag, width)]
    elif tag.plain:
        rows += apart(Content("  "), tag, width)
    else:
        rows += intro
    if question.text:
        rows += [BLANK] if rows else []
        spoken = question.form is Form.RATE
        words = _marked(face, said(question.text, "" if spoken else "bold $strong"))
        rows += rating_view.spoken_rows(words, width) if spoken else block(words, width, indent=4)
    if rows:
        rows.append(BLANK)
    if face.draft or question.sample:
        return rows
    return [*rows, *text(question.prompt, width), BLANK]


def _marked(face: Face, words: Content) -> Content:
    """Return the text of an answered card with its cues marked: not by colour alone."""
    if face.feedback:
        for start, end in places(cues_told(face.feedback, whole=face.whole), words.plain):
            words = words.stylize("underline $key", start, end)
    return words


def _answering(face: Face, width: int) -> list[Row]:
    form = face.question.form
    match face.draft:
        case RatingDraft():
            return rating_view.draft_rows(face.draft, face.question.prompt, width)
        case RecallDraft():
            return recall_view.draft_rows(face.draft, face.question.prompt, width)
    if form is Form.RATE:
        return []
    if form in {Form.CHOOSE, Form.TICK, Form.RECALL}:
        rows: list[Row] = []
        for position in _options_shown(face):
            rows += [*_option(face, position, width), *([BLANK] if face.airy else [])]
        return [*rows, *_unknown(face)]
    if form is Form.FLIP:
        return _flip(face, width)
    return _typed(face, width)


def _options_shown(face: Face) -> list[int]:
    """Return the positions of the options to show: of a recall at first only what was left out."""
    every = range(len(face.question.options))
    if face.question.form is not Form.RECALL or not face.feedback or face.whole:
        return list(every)
    return [position for position in every if position not in face.feedback.answer.chosen]


def _unknown(face: Face) -> list[Row]:
    if face.feedback and not face.feedback.answer.gave_up:
        return []
    row = Content.assemble("  ", ("0", "$key"), "  ", ("I don't know", "$quiet"))
    return [Row(row, "" if face.feedback else UNKNOWN)]


def _flip(face: Face, width: int) -> list[Row]:
    if face.feedback:
        return []
    if not face.revealed:
        show = Content.assemble("  ", ("Enter", "$key"), "  Show the answer")
        return [Row(show, REVEAL), *_unknown(face)]
    head = Content.styled("  = ", "$right")
    return [
        *hanging(head, said(face.question.answer, "bold $strong"), width),
        BLANK,
        Row(Content.assemble("  ", ("1", "$key"), "  I missed it"), MISSED),
        Row(Content.assemble("  ", ("2", "$key"), "  I knew it"), KNEW),
    ]


def _typed(face: Face, width: int) -> list[Row]:
    if not face.feedback or face.feedback.answer.gave_up:
        return []
    return hanging(
        Content.styled("  You typed  ", "$quiet"),
        said(face.feedback.answer.typed, "bold $strong"),
        width,
    )


def _option(face: Face, position: int, width: int) -> list[Row]:
    option = face.question.options[position]
    sign, word, style = _verdict(face, position)
    digit = str(position + 1) if position < DIGITS else " "
    if face.question.form is Form.RECALL:
        digit = ""
    box = ""
    if face.question.form is Form.TICK:
        ticked = face.feedback.answer.chosen if face.feedback else face.ticked
        box = "[x] " if position in ticked else "[ ] "
    head = Content.assemble((f"{sign} ", style), (box, style), (digit, "$key"), "  ")
    body = said(option.text, style)
    beside = _note_column(face.question, width - head.cell_length - len(word) - 2)
    rows: list[Row] = []
    if option.note and beside:
        gap = " " * (beside - body.cell_length)
        body = Content.assemble(body, gap, said(option.note, "$quiet"))
    rows = hanging(head, body, width)
    if word:
        last = rows.pop().content
        rows += apart(last, Content.styled(word, style), width)
    if option.note and not beside and (face.whole or not face.feedback):
        rows += text(option.note, width, "$quiet", indent=head.cell_length)
    target = "" if face.feedback else option_target(position)
    return [Row(row.content, target) for row in rows]


def _note_column(question: Question, room: int) -> int:
    """Return where notes begin beside the options, 0 if they don't fit there."""
    texts = (
        max(said(option.text).cell_length for option in question.options if option.note)
        if any(option.note for option in question.options)
        else 0
    )
    notes = max((said(option.note).cell_length for option in question.options), default=0)
    return texts + 2 if 0 < texts <= NOTE_BESIDE and texts + 2 + notes <= room else 0


def _verdict(face: Face, position: int) -> tuple[str, str, str]:
    """Return sign, words and style of an option once it was answered."""
    if not face.feedback:
        return " ", "", ""
    answer, mark = face.feedback.answer, face.feedback.mark
    right = face.question.options[position].right
    chosen = position in answer.chosen and not answer.gave_up
    if face.question.form is Form.RECALL:
        return ("✓", "named", "$right") if chosen else ("+", "left out", "$fresh")
    if face.question.form is Form.TICK:
        return _ticked(right=right, chosen=chosen, new=face.feedback.first_meeting)
    if right:
        word = "your answer" if chosen else "right answer"
        if not chosen and mark.right and not mark.claimed:
            word = "also right"
        return "✓", word, "$right"
    if not chosen:
        return " ", "", "$quiet"
    if face.feedback.first_meeting:
        return "○", "your guess", "$fresh"
    return ("○", "your answer", "$fresh") if mark.right else ("✗", "your answer", "$wrong")


def _ticked(*, right: bool, chosen: bool, new: bool) -> tuple[str, str, str]:
    if right and chosen:
        return "✓", "right", "$right"
    if right:
        return "+", "belongs to it", "$right"
    if chosen:
        return ("○", "does not belong", "$fresh") if new else ("✗", "does not belong", "$wrong")
    return " ", "", "$quiet"
