"""The entry of a word as a page: parts in their order, which print and the app lay out."""

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from trainer.cards.style import sentence
from trainer.cards.word_entry import Judged, RegionNote, Sense, WordEntry
from trainer.humanize import count

KINDS = {"word": "a word of the trade", "title": "a title", "role": "a role"}
"""What an entry is, in words."""


class WordPart(Struct, frozen=True, kw_only=True):
    """A part of the page."""

    kind: Literal["head", "line", "item"]
    """A head over what follows; a text with a short label; a text that begins with its name."""
    label: str = ""
    """What stands before the text: "UK", "Also called", the name of a word or a role."""
    text: str = ""
    under: bool = False
    """Whether it belongs to the item above it."""
    opens: Literal["", "word", "card"] = ""
    """What can be opened from here."""
    id: str = ""
    """The id of that."""


def word_page(entry: WordEntry, search: str = "") -> Iterator[WordPart]:
    """Yield the parts of an entry, with a search string if it names a role; fairness is said once each."""
    told: set[str] = set()
    for sense in entry.senses[:1]:
        yield from _sense(sense, told)
    yield from _line("Also called", ", ".join(entry.names))
    yield from _line("Search", search)
    for sense in entry.senses[1:]:
        yield WordPart(kind="head", text=f"In {sense.sheet}")
        yield from _sense(sense, told)
    for each in entry.two_meanings:
        yield WordPart(kind="head", text="It may mean")
        yield from (WordPart(kind="item", text=meaning) for meaning in each.meanings)
        yield from _line("Tell apart", each.difference)
        yield from _fair(each.fair, told)
    if entry.judged:
        yield WordPart(kind="head", text="As a title, seen from a role")
        for judged in entry.judged:
            yield from _judged(judged, told)
    yield from _linked(entry)
    sources = dict.fromkeys(sense.source for sense in entry.senses if sense.source)
    yield from _line("Checked in", "; ".join(sources))


def _sense(sense: Sense, told: set[str]) -> Iterator[WordPart]:
    yield from _line("Means", sense.meaning)
    yield from _line("On a résumé", sense.concludes)
    yield from _line("At home in", f"the {sense.region}" if sense.region else "")
    yield from _notes(sense.notes)
    yield from _fair(sense.fair, told)


def _judged(judged: Judged, told: set[str]) -> Iterator[WordPart]:
    search = f"Search for it? {judged.search}" if judged.search else ""
    parts = [sentence(part) for part in (judged.relation, search, judged.why) if part]
    yield WordPart(kind="item", label=judged.role, text=" ".join(parts))
    for part in (*_notes(judged.notes), *_fair(judged.fair, told)):
        yield replace(part, under=True)


def _linked(entry: WordEntry) -> Iterator[WordPart]:
    if entry.confused_with:
        yield WordPart(kind="head", text="Easily confused with")
    for other in entry.confused_with:
        yield WordPart(kind="item", label=other.word, text=other.meaning, opens="word", id=other.id)
    if entry.asked:
        yield WordPart(kind="head", text="Where it is asked")
    for asking in entry.asked:
        yield WordPart(kind="item", text=f"{asking.asks}  {asking.topic}", opens="card", id=asking.card)
    if entry.comes_up:
        yield WordPart(kind="item", text=f"It comes up in {count(entry.comes_up, 'more question')}.")


def _notes(notes: Iterable[RegionNote]) -> Iterator[WordPart]:
    for note in notes:
        yield from _line(note.region, note.text)


def _fair(text: str, told: set[str]) -> Iterator[WordPart]:
    if text not in told:
        told.add(text)
        yield from _line("Fair hiring", text)


def _line(label: str, text: str) -> Iterator[WordPart]:
    if text:
        yield WordPart(kind="line", label=label, text=text)
