"""Sheets to edit, in several layouts, and texts that nobody would type on purpose."""

from collections.abc import Sequence
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from trainer.material.changes import Change, Put, Way, apply, raw_of
from trainer.material.files import sheet_from
from trainer.material.sheet import Sheet

from .sheets import HEAD

RELAXED = settings(max_examples=40)
ODD = (
    HEAD
    + """
# a "comment" with 'quotes'
unclear = [ {id="u",text='lit',why="w"}, # behind
  { "id" = 'v', text = \'\'\'
three 'single' ones\'\'\', why = "w\\u00e9" } ]

  [[terms]] # indented
  id     =     'a'
\tterm\t=\t"A"\t# tabs
  meaning = \"\"\"
      several # no comment
      lines "quoted" \\
      [[terms]]\"\"\"   # behind
  aliases = ["x",'y' , "z",]
  notes = [{region="UK", text="n"}]

[[levels]]
id = "l"
name = "L"
indicators = [{ id = "i", text = "t", why_not.l = "never", variants = [
   "one"
 , "two" ] }]
"""
)


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\"'\\\n\r\t#=[]{}|,. xé"),
        st.sampled_from("😀🎭\u200f\u202e\u2066\x00\x1b\x7f\x85\u2028\ufeff"),
        st.characters(),
    ),
    max_size=60,
) | st.sampled_from(
    [
        '"""',
        "'''",
        'a"""b',
        '\\"""\\',
        "[@click=app.quit]x[/]",
        "[/x]",
        "x\n# no comment\n[[terms]]",
        "\x1b[31mred",
    ]
)


LISTS = (
    HEAD
    + """
[[levels]]
id = "junior"
name = "Junior"

[[levels.indicators]]
id = "props"
text = "Props"   # as the page has it
variants = [
    "one",  # first
    "two",
    # the last one
    "three",
]

# Said of seniors

[[levels]]
id = "senior"
name = "Senior"
"""
)
PROPS: Way = ("levels", "junior", "indicators", "props")


TITLES = (
    HEAD
    + """
[[titles]]   # cut wrongly
id = "deputy"
title = "Deputy Stage Manager Stage Management Assistant"
search = "filter"
relation = "same"
why = "why"

[[titles.notes]]
region = "UK"
text = "n"  # a note

# The next two are one

[[titles]]
id = "technical"
title = "Technical"
search = "yes"
relation = "same"

[[titles]]
id = "theater-professional"
title = "Theater Professional"
search = "yes"
relation = "same"

# ------
# Levels

[[levels]]
id = "junior"
name = "Junior"
"""
)


def written(folder: Path, text: str | bytes, name: str = "sheet.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def put(way: Way, before: object, after: object) -> list[Change]:
    return [Put(way, before, after)]


def with_changes(sheet: Sheet, changes: Sequence[Change]) -> Sheet:
    """Return a sheet with changes made. Raises SheetError if it would be none any more."""
    return sheet_from(apply(raw_of(sheet), changes), f'sheet "{sheet.id}"')
