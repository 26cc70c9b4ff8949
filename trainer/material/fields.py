"""Which texts of an item a person may edit, and what to change when some were edited."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from msgspec import Struct, structs

from trainer.clean import UNREAD, clean_line, clean_text
from trainer.errors import EditError
from trainer.material.changes import Change, Put, Way, find, raw_of
from trainer.material.ids import Ids, hash_of
from trainer.material.sheet import ResumeLine, Sheet, as_line
from trainer.material.title_cuts import BETWEEN, join_titles, may_join, parts_of, split_title

LONGEST = 5_000
"""Characters in a text at most; the longest answer that is shipped has a tenth of it."""


class Kind(Enum):
    """How a field is edited, and what its value means."""

    LINE = "a text on one line"
    TEXT = "a text"
    TITLE = "a title, with a sign between two that are one by mistake"
    TICK = "yes or no"
    JOIN = "yes to join a title with the one behind it"


class Field(Struct, frozen=True, kw_only=True):
    """Something in a sheet that a person may edit."""

    way: Way
    label: str
    value: str | bool
    """What stands there: a text, empty for none, or for a tick whether it is set."""
    kind: Kind = Kind.TEXT
    required: bool = False
    offered: bool = False
    """Whether it is only a suggestion: what is typed takes its place."""
    advice: str = ""
    """What is good to know when it is edited."""
    id: str = ""
    """For a résumé line that is there: the id that it keeps, so that a mended line counts as met."""
    taken: frozenset[str] = frozenset()
    """For a résumé line that is new: the ids of the lines beside it."""
    entry: Any = None
    """What the file has there where it is more than the text: a line with its id."""

    def knowing(self, present: Any) -> "Field":
        """Return the field for somebody who was told what stands there by now, and may write over it."""
        entry = present if isinstance(present, Mapping) else None
        return structs.replace(
            self,
            value=(entry["text"] if entry else present) or type(self.value)(),
            entry=entry,
            id=entry["id"] if entry and self.id else self.id,
        )


class FieldError(EditError):
    """What was put into a field can't stand there."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position
        """The position of the field among those that were edited."""


class _Key(Struct, frozen=True):
    """A key of an item that may be edited: a text, or texts in a list, a table or a list of tables."""

    name: str
    label: str
    shape: str = "text"
    required: bool = False
    kind: Kind = Kind.TEXT


_KEYS: Mapping[str, tuple[_Key, ...]] = {
    "terms": (
        _Key("term", "Term", required=True, kind=Kind.LINE),
        _Key("stands_for", "Stands for", kind=Kind.LINE),
        _Key("meaning", "Meaning", required=True),
        _Key("signal", "On a résumé"),
        _Key("fair", "Fair hiring", "given"),
        _Key("aliases", "Also called", "list", kind=Kind.LINE),
        _Key("notes", "Note", "notes"),
    ),
    "contrasts": (
        _Key("word", "Word", required=True, kind=Kind.LINE),
        _Key("sides", "Side", "table"),
        _Key("difference", "Difference", required=True),
        _Key("fair", "Fair hiring", "given"),
    ),
    "lines": (_Key("text", "Line", required=True), _Key("why", "Why", required=True)),
    "titles": (
        _Key("title", "Title", required=True, kind=Kind.TITLE),
        _Key("why", "Why"),
        _Key("fair", "Fair hiring", "given"),
        _Key("notes", "Note", "notes"),
    ),
    "levels": (
        _Key("name", "Level", required=True, kind=Kind.LINE),
        _Key("years", "Years, as the page has them", kind=Kind.LINE),
        _Key("rule", "Rule"),
    ),
    "indicators": (
        _Key("text", "Indicator", required=True),
        _Key("variants", "Résumé line", "lines"),
        _Key("cues", "Cue words", "list"),
        _Key("why", "Why"),
        _Key("why_not", "Why not", "table"),
        _Key("fair", "Fair hiring", "given"),
    ),
    "unclear": (
        _Key("text", "Résumé line", "line", required=True),
        _Key("variants", "Another line", "lines"),
        _Key("why", "Why", required=True),
    ),
    "questions": (_Key("ask", "Question", required=True), _Key("anchors", "Worth", "table")),
    "points": (
        _Key("text", "Point", required=True),
        _Key("shows", "Shown by"),
        _Key("claims", "Only claimed by"),
        _Key("claims_why", "What that says instead", "given"),
        _Key("misses", "Missing in"),
        _Key("misses_why", "What that shows instead"),
        _Key("probe", "Ask next"),
        _Key("fair", "Fair hiring", "given"),
        _Key("draft", "Draft: nobody has confirmed this point yet", "tick"),
    ),
    "answers": (
        _Key("text", "Answer", required=True),
        _Key("words", "Words for", "table"),
        _Key("why", "Why"),
    ),
    "red_flags": (
        _Key("text", "Red flag", required=True),
        _Key("evidence", "Looks like this", "list"),
        _Key("look_alike", "Only looks like it", "texts"),
        _Key("why", "Why"),
        _Key("probe", "What to ask next"),
        _Key("fair", "Fair hiring", "given"),
    ),
    "examples": (
        _Key("text", "Résumé line", required=True),
        _Key("concludes", "You may conclude", "claims"),
        _Key("does_not", "You may not conclude", "claims"),
        _Key("fair", "Fair hiring", "given"),
    ),
}
"""By section, what is shown of an item on its cards and may be edited, in the order of the screen."""


def fields_at(sheet: Sheet, way: Way) -> tuple[Field, ...]:
    """Return the fields of the item at a way; none if it is not there."""
    item = find(raw_of(sheet), way)
    if not isinstance(item, Mapping):
        return ()
    keys = _KEYS[str(way[-2])]
    fields = [field for key in keys for field in _SHAPES[key.shape]((*way, key.name), key, item)]
    return (*fields, *_joins(sheet, way))


def changes_of(sheet: Sheet, fields: Sequence[Field], values: Sequence[str | bool]) -> list[Change]:
    """Return the changes that put values, one a field, in the place of what stands there.

    Texts are cleaned; an optional one that is empty is taken out. Raises FieldError if one can't stand.
    """
    changes: list[Change] = []
    joins: list[int] = []
    for position, (field, value) in enumerate(zip(fields, values, strict=True)):
        wanted = _checked(field, value, position) if isinstance(value, str) else value
        if wanted == field.value:
            continue
        if field.kind is Kind.JOIN:
            joins.append(position)
            changes += join_titles(sheet, str(field.way[-1]))
        elif field.kind is Kind.TITLE and isinstance(wanted, str) and BETWEEN in wanted:
            changes += split_title(sheet, str(field.way[-2]), parts_of(wanted))
        else:
            changes.append(Put(field.way, field.entry or field.value or None, _written(field, wanted=wanted)))
    if joins and len(changes) > len(join_titles(sheet, str(fields[joins[0]].way[-1]))):
        raise FieldError(
            "Joining goes alone: join and save first, then edit, or the other way round.", joins[0]
        )
    return changes


def _written(field: Field, *, wanted: str | bool) -> Any:
    """Return what the file is to have for a value; None for nothing."""
    if not isinstance(wanted, str) or not wanted:
        return wanted or None
    if field.id:
        return {"id": field.id, "text": wanted}
    if (id_ := hash_of(wanted)) in field.taken:  # a line that is there had this text once, and has its id
        return {"id": Ids(field.taken).free(id_), "text": wanted}
    return wanted


def _checked(field: Field, value: str, position: int) -> str:
    if value == field.value:
        return value  # as the file has it, also where it would be written otherwise here
    cleaned = clean_text(value).strip() if field.kind is Kind.TEXT else clean_line(value)
    if field.required and not (parts_of(cleaned) if field.kind is Kind.TITLE else cleaned.strip()):
        raise FieldError(f"{field.label}: write something here; a card without it can't be asked.", position)
    if UNREAD in cleaned and UNREAD not in str(field.value):
        told = f"{field.label}: a letter in it could not be read ({UNREAD}); type it again."
        raise FieldError(told, position)
    if len(cleaned) > LONGEST:
        raise FieldError(
            f"{field.label}: {len(cleaned):,} characters are too long for a card. Use at most {LONGEST:,}.",
            position,
        )
    return cleaned


def _text(way: Way, key: _Key, item: Mapping[str, Any]) -> Iterator[Field]:
    advice = f"Two titles in one? Put {BETWEEN} between them." if key.kind is Kind.TITLE else ""
    value = item.get(key.name) or ""
    yield Field(way=way, label=key.label, value=value, kind=key.kind, required=key.required, advice=advice)


def _given(way: Way, key: _Key, item: Mapping[str, Any]) -> Iterator[Field]:
    """Yield a text that few items have, where one stands."""
    if item.get(key.name):
        yield from _text(way, key, item)


def _tick(way: Way, key: _Key, item: Mapping[str, Any]) -> Iterator[Field]:
    if item.get(key.name):
        yield Field(way=way, label=key.label, value=True, kind=Kind.TICK)


def _list(way: Way, key: _Key, item: Mapping[str, Any]) -> Iterator[Field]:
    """Yield a field for each entry, and an empty one to add another."""
    entries = item.get(key.name) or []
    for place, entry in enumerate(entries):
        yield Field(
            way=(*way, place),
            label=f"{key.label} {place + 1}",
            value=entry,
            kind=key.kind,
            advice="Empty takes it out.",
        )
    another = "one more" if entries else "none yet"
    yield Field(way=(*way, len(entries)), label=f"{key.label}, {another}", value="", kind=key.kind)


def _line(way: Way, key: _Key, item: Mapping[str, Any]) -> Iterator[Field]:
    """Yield a résumé line, which keeps its id."""
    for field in _text(way, key, {key.name: _line_of(item[key.name]).text}):
        yield _with_id(field, item[key.name])


def _lines(way: Way, key: _Key, item: Mapping[str, Any]) -> Iterator[Field]:
    """Yield a field for each résumé line, and an empty one to add another."""
    entries = item.get(key.name) or []
    lines = [_line_of(entry) for entry in entries]
    *there, new = _list(way, key, {key.name: [line.text for line in lines]})
    yield from map(_with_id, there, entries)
    beside = [_line_of(item["text"])] if way[-3] == "unclear" else []
    yield structs.replace(new, taken=frozenset(line.id for line in (*beside, *lines)))


def _with_id(field: Field, entry: Any) -> Field:
    return structs.replace(field, id=_line_of(entry).id, entry=None if isinstance(entry, str) else entry)


def _line_of(entry: str | Mapping[str, str]) -> ResumeLine:
    return as_line(entry if isinstance(entry, str) else ResumeLine(id=entry["id"], text=entry["text"]))


def _texts(way: Way, key: _Key, item: Mapping[str, Any]) -> Iterator[Field]:
    """Yield the fields of a key that holds a text or a list of texts."""
    return (_list if isinstance(item.get(key.name), list) else _text)(way, key, item)


def _table(way: Way, key: _Key, item: Mapping[str, Any]) -> Iterator[Field]:
    for name, text in (item.get(key.name) or {}).items():
        yield Field(way=(*way, name), label=f"{key.label} {name}", value=text, required=True)


def _notes(way: Way, key: _Key, item: Mapping[str, Any]) -> Iterator[Field]:
    for place, note in enumerate(item.get(key.name) or []):
        yield Field(
            way=(*way, place, "text"),
            label=f"{key.label}, {note['region']}",
            value=note["text"],
            required=True,
        )


def _claims(way: Way, key: _Key, item: Mapping[str, Any]) -> Iterator[Field]:
    """Yield a field for each conclusion and for its reason, and an empty one to add another."""
    claims = item.get(key.name) or []
    for place, claim in enumerate(claims):
        label = f"{key.label} {place + 1}"
        if isinstance(claim, str):
            yield Field(way=(*way, place), label=label, value=claim, advice="Empty takes it out.")
            continue
        yield Field(way=(*way, place, "text"), label=label, value=claim["text"], required=True)
        yield Field(way=(*way, place, "why"), label=f"Why {place + 1}", value=claim["why"], required=True)
    another = "one more" if claims else "none yet"
    yield Field(way=(*way, len(claims)), label=f"{key.label}, {another}", value="")


_SHAPES = {
    "text": _text,
    "given": _given,
    "tick": _tick,
    "list": _list,
    "line": _line,
    "lines": _lines,
    "texts": _texts,
    "table": _table,
    "notes": _notes,
    "claims": _claims,
}


def _joins(sheet: Sheet, way: Way) -> Iterator[Field]:
    """Yield a tick for each neighbour that a title can be joined with."""
    if way[-2] != "titles":
        return
    ids = [title.id for title in sheet.titles]
    place = ids.index(str(way[-1]))
    for first in (place - 1, place):
        if may_join(sheet, first):
            other = sheet.titles[first if first < place else first + 1]
            label = f"Join with the title {'before' if first < place else 'behind'}: {other.title}"
            yield Field(way=("titles", ids[first]), label=label, value=False, kind=Kind.JOIN)
