"""The glossary; and the cards that a learner marked: starred, put away, put off, doubtful."""

from typing import TYPE_CHECKING

from trainer.app.kit.feature import Feature, Line
from trainer.app.kit.phrases import count
from trainer.app.kit.places import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainer.app.kit.host import Host
    from trainer.app.kit.keys import KeyTable
    from trainer.engine.engine import Engine


def _open_glossary(app: "Host", engine: "Engine") -> None:
    def show(_: object) -> None:
        from trainer.app.words.glossary_screen import GlossaryScreen

        app.show(GlossaryScreen(engine))

    app.prepare(lambda: engine.glossary, show)


def _glossary_keys() -> "Iterable[KeyTable]":
    from trainer.app.kit.keys import ROW_KEYS
    from trainer.app.words.keys import FIND_KEYS, GLOSSARY_KEYS, WORD_KEYS

    return (*ROW_KEYS, *GLOSSARY_KEYS), (*ROW_KEYS, *WORD_KEYS), FIND_KEYS


def _open(app: "Host", engine: "Engine") -> None:
    def show(_: object) -> None:
        from trainer.app.words.screen import MarkedScreen

        app.show(MarkedScreen(engine))

    app.prepare(lambda: engine.library, show)  # what the cards ask is read from all sheets


def _counts(engine: "Engine") -> "Sequence[Line]":
    marks = engine.progress.marked.values()
    counts = (
        ("Starred", sum(each.star for each in marks)),
        ("Put away", sum(each.suspended for each in marks)),
        ("Not today", sum(each.buried == engine.day for each in marks)),
        ("Doubtful", sum(each.doubtful for each in marks)),
    )
    return [Line(words, count(number, "card")) for words, number in counts if number]


def _keys() -> "Iterable[KeyTable]":
    from trainer.app.kit.keys import ROW_KEYS
    from trainer.app.words.keys import ENTRY_KEYS, MARKED_KEYS

    return (*ROW_KEYS, *MARKED_KEYS), ENTRY_KEYS


GLOSSARY = Feature(
    name="glossary",
    place=WORDS,
    key="W",
    label="Glossary",
    tooltip="Every word, title and role, by letter or by role",
    line="Look up every word, title and role; / finds one from anywhere",
    open=_open_glossary,
    keys=_glossary_keys,
)
MARKED = Feature(
    name="marked",
    place=WORDS,
    key="c",
    label="Marked cards",
    tooltip="What you starred, put away or doubted, to read it or bring it back",
    line="Read what you starred, put away or doubted",
    open=_open,
    keys=_keys,
    there=lambda engine: engine.has_marks,
    lines=_counts,
)
