"""A list of words as it was read, laid out."""

from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, text
from trainer.app.kit.phrases import count, said
from trainer.app.kit.row_list import Row
from trainer.material.sheet import Sheet
from trainer.material.words.word_list import WordList

_SHOWN = 300
"""Terms that are shown of a long list."""


def words_rows(words: WordList, name: str, there: Sheet | None, width: int) -> list[Row]:
    """Lay out into which sheet the words go, the lines without a place, and the terms."""
    told = f"They become a vocabulary, “{name}”." if name else "Say what the list is called."
    if there:
        told = f"They go into “{there.name}”, which is there. What it says stays."
    rows = text(told, width, "bold $strong")
    for note in words.notes:
        rows += text(note, width, "$quiet")
    if words.doubles:
        rows += text(f"{count(words.doubles, 'line stands', 'lines stand')} there twice.", width, "$quiet")
    if words.unplaced:
        lines = count(len(words.unplaced), "line has", "lines have")
        rows += [BLANK, *text(f"? {lines} no place, and will be in no sheet", width, "bold $strong")]
        for line in words.unplaced[:_SHOWN]:
            what = said(f"line {line.line}: {line.why}: {line.text}")
            rows += hanging(Content("  · "), what, width)
    rows += [BLANK, *text(count(len(words.entries), "term"), width, "bold $strong")]
    for entry in words.entries[:_SHOWN]:
        rows += hanging(Content("  "), said(f"{entry.term} – {entry.meaning}"), width)
    if len(words.entries) > _SHOWN:
        rows += text(f"… and {len(words.entries) - _SHOWN:,} more", width, "$quiet")
    return rows
