"""Sheets that the tests read: the one of the design, and small ones with a fault."""

import re
from pathlib import Path

from trainer.errors import SheetError
from trainer.material.files import read_sheet
from trainer.material.sheet import Sheet

DESIGN = """\
format = 1
id = "assistant-stage-manager"
name = "Assistant Stage Manager"
industry = "Performing Arts"
job_titles = ["Assistant Stage Managers"]
source = "where the facts come from, and when"

[[terms]]                              # term meanings
id = "asm"
term = "ASM"
stands_for = "Assistant Stage Manager"
meaning = "…"                          # plain English; uses no trade word that is not itself a card
signal = "…"                           # what to conclude when it stands on a résumé
confuse_with = ["theatre-vocabulary#dsm"]
notes = [{ region = "UK", text = "…" }]

[[titles]]                             # synonym matching
id = "deputy-stage-manager"
title = "Deputy Stage Manager"
from = "page"                          # page | trade: what the source says, or what we add
search = "filter"                      # yes | filter | no: would you search it for this role?
relation = "same"                      # same | senior | junior | different | search-word
notes = [{ region = "UK", relation = "senior", text = "on the book: calls the show, and ranks above an ASM" }]

[[levels]]                             # level indicators
id = "junior"
name = "Junior"
years = "0-2"
[[levels.indicators]]
id = "basic-prop-management"
text = "Basic prop management"         # shown in feedback only: it gives its level away
variants = ["…1", "…2", "…3", "…4"]
why = "…"                              # the cue in them that tells the level

[[levels]]
id = "senior"
name = "Senior"

[[questions]]                          # answer quality
id = "conflicting-requests"
level = "senior"
ask = "…"
[questions.anchors]
5 = "…"
3 = "…"
1 = "…"
[[questions.points]]
id = "calm"
text = "Says what comes first, and why"
shows = "…"                            # one or two spoken sentences that show it
claims = "…"                           # … that only claim it
probe = "…"                            # what to ask next when it is only claimed
[[questions.answers]]                  # whole answers to rate (a later issue fills them)
id = "weak"
text = "…"
score = 1                              # the reference, 1 to 5
points = { calm = "partly" }           # shown | partly; a point not named is absent
flags = ["no-live-performance"]
why = "…"
raters = 0                             # experts behind the reference

[[red_flags]]
id = "no-live-performance"
text = "No live performance experience"
evidence = ["…", "…"]                  # what it looks like in an answer or a résumé
look_alike = "…"                       # what only seems to be it

[[examples]]                           # résumé lines: what may you conclude?
id = "six-musicals"
text = "…"
concludes = ["…"]
does_not = ["…"]
"""
"""The example of the design, in every section; the answer and what it refers to share their ids."""

HEAD = 'format = 1\nid = "small"\nname = "Small"\n'


def read(folder: Path, text: str | bytes, name: str = "sheet.toml") -> Sheet:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_sheet(path)


def complaint(folder: Path, text: str | bytes) -> str:
    """Return what is said of a sheet that can't be read, without the file that every line names."""
    path = folder / "sheet.toml"
    try:
        sheet = read(folder, text)
    except SheetError as error:
        lines = str(error).splitlines()
        assert all(line.startswith(f"{path}: ") for line in lines)
        return "\n".join(line.removeprefix(f"{path}: ") for line in lines)
    raise AssertionError(f"it was read: {sheet.id}")


def changed(old: str, new: str) -> str:
    """Return the sheet of the design with one passage changed; spaces before a comment may differ."""
    text, hits = re.subn(re.escape(old), lambda _: new, DESIGN, count=1)
    assert hits == 1, old
    return text
