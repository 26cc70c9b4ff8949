"""What was found on a page, in the hands of a person: what can be mended where, and what comes of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from trainer.app.kit.keys import DIGITS
from trainer.material.page import mend
from trainer.material.page.found import Found, FoundPoint, FoundText
from trainer.material.page.mend import LISTS, SINGLE, UNPLACED

DOUBTS, INDICATORS, LEVELS, QUESTIONS, TITLES = (
    "doubts",
    "indicators",
    "levels",
    "questions",
    "titles",
)
_NEEDED = {"name": "the page has no title, and needs one to be saved"}
"""Why a single part that is not there must be given."""

_LEVELS_MOST = DIGITS - len(LISTS)

SIGNS = {",": "At commas", ";": "At semicolons", "/": "At slashes", "|": "At bars", "·": "At dots"}
"""Where many lines can be cut at once."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing that was found, as a line to look at."""

    part: str
    place: int = 0
    level: int = 0
    """The place of its level, for an indicator."""
    text: str
    line: int
    doubt: str = ""
    points: tuple[FoundPoint, ...] = ()
    """Of the answer to a question."""
    answered: int = 0
    """The line of that answer."""
    note: str = ""
    """What stands beside it: the years of a level, the level of a question."""

    @property
    def target(self) -> str:
        """The name of its line on the screen."""
        if self.part == INDICATORS:
            return f"{self.part}.{self.level}.{self.place}"
        return f"{self.part}.{self.place}"

    @property
    def is_draft(self) -> bool:
        """Whether points were cut by the import that nobody has confirmed."""
        return any(point.draft for point in self.points)

    @property
    def waits(self) -> bool:
        """Whether a person should look at it."""
        return bool(self.doubt) or self.is_draft


@dataclass(frozen=True)
class Mending:
    """What was found on a page, being mended; a correction gives another, which knows the one before."""

    found: Found
    before: "Mending | None" = None

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """All that was found, what has no place first."""
        return tuple(_pieces(self.found))

    @cached_property
    def _by_target(self) -> dict[str, Piece]:
        return {piece.target: piece for piece in self.pieces}

    @property
    def changed(self) -> bool:
        """Whether something was mended."""
        return self.before is not None

    @cached_property
    def doubtful(self) -> int:
        """How many pieces are in doubt, or without a place."""
        return sum(bool(piece.doubt) for piece in self.pieces)

    @cached_property
    def drafts(self) -> int:
        """How many points nobody has confirmed yet."""
        return sum(point.draft for piece in self.pieces for point in piece.points)

    @cached_property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Where a line may belong, one a digit: the target of `place_line`, and its name."""
        names = dict.fromkeys(level.name for level in self.found.levels)
        levels = [name for name in names if name not in LISTS]
        return (
            ("red_flags", "Red flag"),
            *((name, name) for name in levels[:_LEVELS_MOST]),
            ("examples", "Example"),
            (TITLES, "Title"),
            ("job_titles", "Typical title"),
        )

    def piece(self, target: str) -> Piece | None:
        """Return the piece of a line."""
        return self._by_target.get(target)

    def at_line(self, line: int) -> Piece | None:
        """Return the first piece that a line of the page gave."""
        return next((each for each in self.pieces if line in {each.line, each.answered}), None)

    @cached_property
    def lines(self) -> frozenset[int]:
        """The lines of the page that gave something."""
        return frozenset(line for each in self.pieces for line in (each.line, each.answered) if line)

    def next_waiting(self, target: str) -> str:
        """Return the next line that a person should look at, around the end; the same if there is none."""
        targets = [piece.target for piece in self.pieces]
        start = targets.index(target) + 1 if target in targets else 0
        around = (*self.pieces[start:], *self.pieces[:start])
        return next((piece.target for piece in around if piece.waits), target)

    def near(self, target: str) -> str:
        """Return a line by its name before the last correction; the one beside it when it is gone."""
        if target in self._by_target or not self.pieces:
            return target
        gone = self.before.piece(target) if self.before else None
        same = [each for each in self.pieces if gone and (each.part, each.level) == (gone.part, gone.level)]
        if gone and same:
            return same[min(gone.place, len(same) - 1)].target
        waiting = self.next_waiting("")
        return waiting or self.pieces[0].target

    def can(self, deed: str, target: str) -> bool:
        """Say whether something can be done to a line: one of the names of the methods below."""
        piece = self.piece(target)
        if piece is None:
            return False
        part, listed = piece.part, self._list_of(piece)
        is_line = part == UNPLACED or bool(listed)
        match deed:
            case "merge":
                return is_line and self.piece(_below(piece)) is not None
            case "split":
                return is_line and len(piece.text.split()) > 1
            case "accept":
                return piece.waits and part != UNPLACED and bool(piece.text)
            case "drop" | "place":
                return is_line
            case "edit":
                return part in SINGLE or bool(listed) or part == QUESTIONS
        raise ValueError(deed)

    def merge(self, target: str) -> "Mending":
        """Join a line to the one after it."""
        return self._do("merge", target, lambda at: mend.join(self.found, self._lines_of(at), at.place))

    def split(self, target: str, words: int) -> "Mending":
        """Split a line after so many words."""
        return self._do(
            "split", target, lambda at: mend.split(self.found, self._lines_of(at), at.place, words)
        )

    def split_at(self, target: str, sign: str) -> "Mending":
        """Split a line wherever a sign stands."""
        return self._do(
            "split", target, lambda at: mend.split_at(self.found, self._lines_of(at), at.place, sign)
        )

    def accept(self, target: str) -> "Mending":
        """Say that a line is right as it is, with all points of a question."""
        return self._do(
            "accept", target, lambda at: mend.confirm(self.found, self._list_of(at) or at.part, at.place)
        )

    def drop(self, target: str) -> "Mending":
        """Leave a title or a line without a place out; take anything else out of its section."""
        return self._do("drop", target, self._dropped)

    def place(self, target: str, position: int) -> "Mending":
        """Put a line where a digit says."""
        if position >= len(self.places):
            return self
        where, _ = self.places[position]

        def placed(at: Piece) -> Found:
            if at.part == UNPLACED:
                return mend.place_line(self.found, at.place, where)
            return mend.move(self.found, self._list_of(at), at.place, where)

        return self._do("place", target, placed)

    def each(self, targets: Iterable[str], deed: "Callable[[Mending, str], Mending]") -> "Mending":
        """Do something to many lines, from the last to the first, so that each is where it was: one step."""
        pieces = [piece for target in targets if (piece := self.piece(target))]
        mending = self
        # Those without a place come first: what is taken out of its section is put among them.
        for piece in sorted(pieces, key=lambda at: (at.part != UNPLACED, -at.level, -at.place)):
            mending = deed(mending, piece.target)
        return self._then(mending.found)

    def joined(self, targets: Collection[str]) -> "Mending":
        """Join lines that stand one below the other, wherever some of these do."""
        heads = [target for target in targets if (piece := self.piece(target)) and _below(piece) in targets]
        return self.each(heads, Mending.merge)

    def signs_in(self, targets: Iterable[str]) -> list[str]:
        """Return the signs at which one of these lines can be cut at least."""
        texts = [piece.text for target in targets if (piece := self.piece(target))]
        return [sign for sign in SIGNS if any(sign in text.strip(sign) for text in texts)]

    def edit(self, target: str, texts: Sequence[str]) -> "Mending":
        """Give a line another text, or a question other points."""
        return self._do("edit", target, lambda at: self._edited(at, texts))

    def accept_all(self) -> "Mending":
        """Say that all is right, the points of answers too; what has no place stays without."""
        found = mend.accept(self.found)
        for place in range(len(found.questions)):
            found = mend.confirm_points(found, place)
        return self._then(found)

    def undo(self) -> "Mending":
        """Take the last correction back."""
        return self.before or self

    def _do(self, deed: str, target: str, change: Callable[[Piece], Found]) -> "Mending":
        piece = self.piece(target)
        return self._then(change(piece)) if piece and self.can(deed, target) else self

    def _then(self, found: Found) -> "Mending":
        return self if found == self.found else Mending(found, self)

    def _dropped(self, at: Piece) -> Found:
        if at.part == UNPLACED:
            return mend.drop_line(self.found, at.place)
        if at.part == TITLES:
            return mend.drop_title(self.found, at.place)
        return mend.take_back(self.found, self._list_of(at), at.place)

    def _edited(self, at: Piece, texts: Sequence[str]) -> Found:
        match at.part:
            case "questions":
                return mend.set_points(self.found, at.place, texts)
            case "name":
                return mend.rename(self.found, texts[0]) if texts[0].strip() else self.found
            case "industry" | "meaning" | "signal":
                return mend.set_single(self.found, at.part, texts[0])
        return mend.set_text(self.found, self._list_of(at), at.place, texts[0])

    def _lines_of(self, at: Piece) -> str:
        return UNPLACED if at.part == UNPLACED else self._list_of(at)

    def _list_of(self, at: Piece) -> str:
        """Return the list that a piece stands in, by its name for `mend`; empty if in none.

        A level is known there by its name: of two with one name only the first can be mended.
        """
        if at.part in LISTS:
            return at.part
        if at.part != INDICATORS:
            return ""
        name = self.found.levels[at.level].name
        first = next(i for i, level in enumerate(self.found.levels) if level.name == name)
        return name if first == at.level and name not in LISTS else ""


def _below(piece: Piece) -> str:
    """Return the target of the line below a piece in its list."""
    return replace(piece, place=piece.place + 1).target


def _pieces(found: Found) -> Iterator[Piece]:
    for place, line in enumerate(found.unplaced):
        yield Piece(part=UNPLACED, place=place, text=line.text, line=line.line, doubt=line.why)
    for place, unsure in enumerate(found.doubts):
        yield Piece(part=DOUBTS, place=place, text=unsure.text, line=unsure.line, doubt=unsure.what)
    for part in SINGLE if found.signal else SINGLE[:-1]:
        yield _of_item(getattr(found, part) or FoundText("", 0, _NEEDED.get(part, "")), part)
    for part in LISTS[:2]:
        yield from _listed(found, part)
    for place, level in enumerate(found.levels):
        note = f"{level.years} years on the page; don't screen by it" if level.years else ""
        yield Piece(part=LEVELS, place=place, text=level.name, line=level.line, doubt=level.doubt, note=note)
        for position, item in enumerate(level.indicators):
            yield replace(_of_item(item, INDICATORS, position), level=place)
    for place, question in enumerate(found.questions):
        asked = _of_item(question.ask, QUESTIONS, place)
        answered = question.answer.line if question.answer else 0
        yield replace(asked, points=question.points, answered=answered, note=question.level)
    for part in LISTS[2:]:
        yield from _listed(found, part)


def _listed(found: Found, part: str) -> Iterator[Piece]:
    for place, item in enumerate(getattr(found, part)):
        yield _of_item(item, part, place)


def _of_item(item: FoundText, part: str, place: int = 0) -> Piece:
    return Piece(part=part, place=place, text=item.text, line=item.line, doubt=item.doubt)
