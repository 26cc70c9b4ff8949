"""What an edited copy of a shipped sheet was made from, and what was corrected in shipped sheets since.

`bases/sheets.zip` holds the sheets of the version whose copies kept no base, as `DATE/ID.toml`;
`bases/corrections.toml` the ways that were corrected for law or safety.
"""

import datetime
import io
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec
import tomli

from trainer.material.changes import Way
from trainer.material.copies.line_matching import TELLING, texts_in
from trainer.material.differences import Raw

FOLDER = Path(__file__).resolve().parent / "bases"

_ENOUGH = 0.5
"""The share of a copy's texts that stand in its base, at least; who edits more has written a sheet anew."""


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a shipped sheet that was corrected for law or safety."""

    sheet: str
    way: str
    """Keys and ids from the top of the sheet, joined by dots."""
    since: datetime.date
    reason: str

    @property
    def steps(self) -> Way:
        """The way, step by step."""
        return tuple(self.way.split("."))


class _Corrections(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    corrections: tuple[Correction, ...] = ()


def correction_list() -> bytes:
    """Return the list of corrections as its file has it."""
    return (FOLDER / "corrections.toml").read_bytes()


@cache
def corrections() -> tuple[Correction, ...]:
    """Return what was corrected in all shipped sheets."""
    raw = tomli.loads(correction_list().decode())
    return msgspec.convert(raw, _Corrections).corrections


def corrected_in(sheet: str) -> Mapping[Way, str]:
    """Return the ways that were corrected in a sheet, each with the reason and the day."""
    return {
        each.steps: f"corrected on {each.since:%Y-%m-%d}: {each.reason}"
        for each in corrections()
        if each.sheet == sheet
    }


def shipped_before(sheet: str) -> Iterator[str]:
    """Yield the texts of a sheet as earlier versions shipped it."""
    import zipfile  # noqa: PLC0415 — few starts look at a copy

    with zipfile.ZipFile(io.BytesIO((FOLDER / "sheets.zip").read_bytes())) as archive:
        for name in archive.namelist():
            if name.endswith(f"/{sheet}.toml"):
                yield archive.read(name).decode()


def likeliest_base(copy: Raw, texts: list[str]) -> str | None:
    """Return which of several sheets a copy was made from: the first of those that share most texts with it.

    None if it was made from none of them: less than half of its longer texts stand in any, letter by letter.
    """
    own = set(texts_in(copy))
    shared = [own & set(texts_in(tomli.loads(text))) for text in texts]
    most = max(shared, key=len, default=own)
    telling = len(_telling(most))
    return texts[shared.index(most)] if telling and telling >= _ENOUGH * len(_telling(own)) else None


def _telling(texts: set[str]) -> list[str]:
    return [text for text in texts if len(text) >= TELLING]
