"""The settings, each with its value and what it does."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from textual.content import Content

from trainer.app.kit.layout import BLANK, hanging, labelled, text
from trainer.app.kit.phrases import said
from trainer.app.kit.row_list import Row

_COLUMN = 20
"""Cells for the name of a setting."""
_BESIDE_FROM = 56
"""From this width on a value stands beside its name."""


class Setting(Struct, frozen=True):
    """A line that can be changed."""

    name: str
    """What it is called in the code: the target of its line."""
    label: str
    value: str
    about: str = ""
    """What there is to know of the value, in a few words."""


def settings_page(
    sections: Sequence[tuple[str, Sequence[Setting]]],
    files: Sequence[tuple[str, Path]],
    width: int,
    *,
    problem: str = "",
) -> list[Row]:
    """Lay out what can be set, section by section, and where files lie if there are any."""
    rows = [BLANK]
    for title, settings in sections:
        rows += text(title, width, "bold $strong")
        for each in settings:
            rows += _setting(each, width)
        rows.append(BLANK)
    if problem:
        rows += [*hanging(Content.styled("! ", "$wrong"), said(problem, "$wrong"), width), BLANK]
    if not files:
        return rows
    rows += text("Where your files are", width, "bold $strong")
    return rows + labelled([(label, str(path)) for label, path in files], width, column=_COLUMN - 2)


def _setting(setting: Setting, width: int) -> list[Row]:
    value = said(setting.value, "bold")
    if setting.about:
        value = Content.assemble(value, "  ", said(setting.about, "$quiet"))
    if width < _BESIDE_FROM:
        rows = text(setting.label, width, "$key", indent=4, target=setting.name)
        return [*rows, *hanging(Content(" " * 6), value, width, target=setting.name)]
    head = Content.assemble("    ", (setting.label.ljust(_COLUMN), "$key"))
    return hanging(head, value, width, target=setting.name)
