"""Any file is a sheet, or a clear message that names the file."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trainer.errors import SheetError
from trainer.material.files import LARGEST_SHEET, read_sheet
from trainer.material.references import dangling
from trainer.material.sheet import Search, Sheet

from .sheets import DESIGN, HEAD, changed, complaint, read

RELAXED = settings(max_examples=150)


def test_the_sheet_of_the_design_is_read_with_all_its_sections(tmp_path: Path) -> None:
    sheet = read(tmp_path, DESIGN)
    assert (sheet.id, sheet.industry) == ("assistant-stage-manager", "Performing Arts")
    assert sheet.terms[0].confuse_with == ("theatre-vocabulary#dsm",)
    assert (sheet.titles[0].origin, sheet.titles[0].search) == ("page", Search.FILTER)
    assert [level.id for level in sheet.levels] == ["junior", "senior"]
    assert [indicator.id for _, indicator in sheet.indicators()] == ["basic-prop-management"]
    assert sorted(sheet.questions[0].anchors) == [1, 3, 5]
    assert sheet.questions[0].answers[0].points == {"calm": "partly"}
    assert len(sheet.red_flags[0].evidence) == 2
    assert sheet.examples[0].does_not == ("…",)


def test_a_sheet_with_no_section_is_a_sheet(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD).name == "Small"


@pytest.mark.parametrize(
    "text",
    [b"\xef\xbb\xbf" + DESIGN.encode(), DESIGN.replace("\n", "\r\n").encode()],
    ids=["byte order mark", "Windows line ends"],
)
def test_what_an_editor_on_windows_adds_changes_nothing(tmp_path: Path, text: bytes) -> None:
    assert read(tmp_path, text) == read(tmp_path, DESIGN)


def test_a_line_break_in_a_text_is_the_same_on_every_system(tmp_path: Path) -> None:
    text = HEAD + '[[terms]]\nid = "a"\nterm = "A"\nmeaning = """one\ntwo"""\n'
    assert read(tmp_path, text.replace("\n", "\r\n")).terms[0].meaning == "one\ntwo"


@pytest.mark.parametrize(
    ("text", "line"),
    [(HEAD + "[[terms]\n", 4), (HEAD + 'source = "no end\n', 4), ("format = \n", 1), (HEAD + HEAD, 4)],
    ids=["bracket", "quote", "no value", "key twice"],
)
def test_a_syntax_error_names_the_line(tmp_path: Path, text: str, line: int) -> None:
    said = complaint(tmp_path, text)
    assert "not valid TOML" in said
    assert f"line {line}" in said


def test_an_unfinished_last_line_is_told(tmp_path: Path) -> None:
    assert "not valid TOML" in complaint(tmp_path, HEAD + "source")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + 'industri = "x"\n', 'unknown key "industri". Did you mean "industry"?'),
        (
            changed("look_alike", "lookalike"),
            'red flag "no-live-performance": unknown key "lookalike". Did you mean "look_alike"?',
        ),
        (
            changed("probe =", "prob ="),
            'question "conflicting-requests" › point "calm": unknown key "prob". Did you mean "probe"?',
        ),
        (HEAD + "zzzzzz = 1\n", 'unknown key "zzzzzz". Remove it.'),
    ],
)
def test_an_unknown_key_is_named_with_the_one_that_was_meant(tmp_path: Path, text: str, said: str) -> None:
    assert complaint(tmp_path, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            changed("score = 1", "score = 9"),
            'question "conflicting-requests" › answer "weak" › score: 9 is above 5.',
        ),
        (
            changed("score = 1", "score = 0"),
            'question "conflicting-requests" › answer "weak" › score: 0 is below 1.',
        ),
        (changed("1 =", "7 ="), 'question "conflicting-requests" › anchors: one of its keys is above 5.'),
        (
            changed('"filter"', '"maybe"'),
            'title "deputy-stage-manager" › search: "maybe": use one of yes, filter, no.',
        ),
        (
            changed('from = "page"', 'from = "me"'),
            'title "deputy-stage-manager" › from: "me": use one of page, trade.',
        ),
        (changed('term = "ASM"\n', ""), 'term "asm": the key "term" is missing. Add it.'),
        (changed('id = "asm"\n', ""), 'term 1: the key "id" is missing. Add it.'),
        (changed('text = "No live performance experience"', "text = 5"), "Expected text"),
        (changed('name = "Junior"', 'name = ""'), 'level "junior" › name:'),
        (changed('id = "junior"', 'id = "Junior!"'), "an id has lower-case letters"),
        (HEAD + "terms = 5\n", "terms:"),
        (HEAD.replace("format = 1", "format = 2"), "format:"),
        ("", 'the key "format" is missing'),
    ],
)
def test_a_wrong_value_is_named_by_its_way(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text)


_TERM = '[[terms]]\nid = "x"\nterm = "{0}"\nmeaning = "{0}"\n'
_EXAMPLE = '[[examples]]\nid = "x"\ntext = "t"\n'
_TITLE = '[[titles]]\nid = "x"\ntitle = "{0}"\nsearch = "no"\nrelation = "same"\n'
_LEVEL = '[[levels]]\nid = "{0}"\nname = "{0}"\n'
_INDICATOR = '[[levels.indicators]]\nid = "x"\ntext = "t"\n'
_UNCLEAR = '[[unclear]]\nid = "x"\ntext = "t"\nwhy = "w"\n'
_LINES = '{ id = "v", text = "a" }, { id = "v", text = "b" }'
_QUESTION = '[[questions]]\nid = "x"\nask = "a"\n'
_POINT = '[[questions.points]]\nid = "p"\ntext = "t"\n'
_ANSWER = '[[questions.answers]]\nid = "n"\ntext = "t"\nscore = 1\n'
_CONTRAST = '[[contrasts]]\nid = "x"\nword = "w"\nsides = {a = "A", b = "B"}\ndifference = "d"\n'
_LINE = '[[contrasts.lines]]\nid = "l"\ntext = "t"\nmeans = "{0}"\nwhy = "w"\n'
_FLAG = '[[red_flags]]\nid = "x"\ntext = "t"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_TERM.format("a") + _TERM.format("b"), 'term, contrast or example "x"'),
        (_TERM.format("a") + _EXAMPLE, 'term, contrast or example "x"'),
        (_EXAMPLE + _EXAMPLE, 'term, contrast or example "x"'),
        (_TERM.format("a") + _CONTRAST, 'term, contrast or example "x"'),
        (_CONTRAST + _LINE.format("a") + _LINE.format("b"), 'contrast "x" › line "l"'),
        (_TITLE.format("a") + _TITLE.format("b"), 'title "x"'),
        (_LEVEL.format("x") + _LEVEL.format("x"), 'level "x"'),
        (_LEVEL.format("a") + _INDICATOR + _LEVEL.format("b") + _INDICATOR, 'indicator "x"'),
        (_LEVEL.format("a") + _INDICATOR + _UNCLEAR, 'indicator "x"'),
        (_UNCLEAR + f"variants = [{_LINES}]\n", 'unclear line "x" › variant "v"'),
        (_QUESTION + _QUESTION, 'question or red flag "x"'),
        (_QUESTION + _FLAG, 'question or red flag "x"'),
        (_QUESTION + _POINT + _POINT, 'question "x" › point "p"'),
        (_QUESTION + _ANSWER + _ANSWER, 'question "x" › answer "n"'),
    ],
)
def test_an_id_that_stands_twice_where_cards_would_share_it_is_told(
    tmp_path: Path, text: str, said: str
) -> None:
    assert complaint(tmp_path, HEAD + text) == f"{said}: the id stands 2 times. Give each its own."


def test_ids_of_different_decks_may_be_alike(tmp_path: Path) -> None:
    text = _TERM.format("a") + _TITLE.format("a") + _LEVEL.format("x") + _INDICATOR + _FLAG
    assert read(tmp_path, HEAD + text).terms[0].id == "x"


def test_every_fault_of_references_is_told_at_once(tmp_path: Path) -> None:
    twice = HEAD + _TERM.format("a") + _TERM.format("b") + _FLAG + _FLAG
    assert len(complaint(tmp_path, twice).splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (changed("theatre-vocabulary#dsm", "dsm"), 'term "asm" › confuse_with:'),
        (
            changed("theatre-vocabulary#dsm", "assistant-stage-manager#dsm"),
            'sheet "assistant-stage-manager" has no term "dsm"',
        ),
        (changed('level = "senior"', 'level = "chief"'), 'question "conflicting-requests" › level:'),
        (
            changed('why = "…"  ', 'twins = ["no-such"]\nwhy = "…"  '),
            'level "junior" › indicator "basic-prop-management" › twins:',
        ),
        (
            changed('why = "…"  ', 'why_not.chief = "…"\nwhy = "…"  '),
            'level "junior" › indicator "basic-prop-management" › why_not:',
        ),
        (
            changed('["no-live-performance"]', '["other"]'),
            'question "conflicting-requests" › answer "weak" › flags:',
        ),
        (changed("{ calm =", "{ other ="), 'there is no point "other" in this question'),
        (
            changed('level = "senior"', 'level = "senior"\nflags = ["other"]'),
            'question "conflicting-requests" › flags: ',
        ),
        (
            changed("raters = 0", 'words = { calm = "not there" }\nraters = 0'),
            'question "conflicting-requests" › answer "weak" › words › calm: "not there" does not stand',
        ),
        (
            changed("raters = 0", 'words = { other = "…" }\nraters = 0'),
            '"other" is neither a point nor a flag of this answer',
        ),
        (HEAD + _CONTRAST + _LINE.format("c"), 'contrast "x" › line "l" › means: there is no side "c"'),
    ],
)
def test_a_reference_within_the_sheet_that_leads_nowhere_is_told(
    tmp_path: Path, text: str, said: str
) -> None:
    assert said in complaint(tmp_path, text)


def test_a_reference_to_another_sheet_is_followed_when_all_sheets_are_known(tmp_path: Path) -> None:
    sheet = read(tmp_path, DESIGN)
    other = (
        'format = 1\nid = "theatre-vocabulary"\nname = "V"\n[[terms]]\nid = "{}"\nterm = "T"\nmeaning = "M"\n'
    )
    with_it = read(tmp_path, other.format("dsm"), "with.toml")
    without = read(tmp_path, other.format("sm"), "without.toml")
    assert list(dangling(sheet, {sheet.id: sheet, with_it.id: with_it})) == []
    [no_term] = dangling(sheet, {sheet.id: sheet, without.id: without})
    assert 'sheet "theatre-vocabulary" has no term "dsm"' in no_term
    [no_sheet] = dangling(sheet, {sheet.id: sheet})
    assert 'there is no sheet "theatre-vocabulary"' in no_sheet


def test_a_file_in_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    assert complaint(tmp_path, (HEAD + 'source = "café"\n').encode("latin-1")).startswith("line 4 ")
    assert "UTF-8" in complaint(tmp_path, HEAD.encode("utf-16"))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    assert "too large" in complaint(tmp_path, b"#" * (LARGEST_SHEET + 1))


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.toml"):
        with pytest.raises(SheetError, match=re.escape(f"{path}: can't be read")):
            read_sheet(path)


def test_escape_sequences_and_control_codes_are_removed_from_every_text(tmp_path: Path) -> None:
    meaning = "\\u001b[31mred\\u001b[0m \\u0007bell \\u202eback \\u009b1mC1\\tend"
    sheet = read(
        tmp_path, HEAD + f'[[terms]]\nid = "a"\nterm = "\\u001b]0;title\\u0007A"\nmeaning = "{meaning}"\n'
    )
    assert sheet.terms[0].term == "A"
    assert sheet.terms[0].meaning == "red bell back 1mC1 end"


def test_a_message_on_a_hostile_key_holds_no_escape(tmp_path: Path) -> None:
    said = complaint(tmp_path, HEAD + '"zz\\u001b[31mzz" = 1\n')
    assert "\x1b" not in said
    assert "zzzz" in said


def test_what_looks_like_markup_stays_as_it_is(tmp_path: Path) -> None:
    text = "[red]x[/x] [@click=quit]y[/] {z} <b> $HOME"
    sheet = read(tmp_path, HEAD + f'[[terms]]\nid = "a"\nterm = "A"\nmeaning = "{text}"\n')
    assert sheet.terms[0].meaning == text


@pytest.mark.parametrize(
    "value",
    [
        "[" * 5000 + "]" * 5000,
        "[" * 200 + "]" * 200,
        "{a=" * 2000 + "1" + "}" * 2000,
        "9" * 5000,
        "0x" + "f" * 5000,
        "nan",
        "-9223372036854775809",
        "1979-05-27T07:32:00Z",
        '["\\u0000"]',
    ],
    ids=["5000 brackets", "200 brackets", "tables", "digits", "hex", "nan", "below int64", "date", "NUL"],
)
@pytest.mark.parametrize("key", ["job_titles", "format", "terms", "source", "zzz"])
def test_a_value_that_no_parser_expects_gives_a_message_or_a_sheet(
    tmp_path: Path, key: str, value: str
) -> None:
    lines = [line for line in HEAD.splitlines() if not line.startswith(f"{key} ")]
    only_a_sheet_or_a_message(tmp_path, "\n".join([*lines, f"{key} = {value}"]).encode())


def only_a_sheet_or_a_message(folder: Path, data: bytes) -> None:
    path = folder / "any.toml"
    path.write_bytes(data)
    try:
        assert isinstance(read_sheet(path), Sheet)
    except SheetError as error:
        said = str(error)
        assert all(line.startswith(str(path)) for line in said.splitlines())
        assert "\x1b" not in said
        assert len(said) > len(str(path)) + 10


@RELAXED
@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b"a = " + b"1" * 4301)
def test_random_bytes_give_a_message_or_a_sheet(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        only_a_sheet_or_a_message(Path(folder), data)


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    data = DESIGN.encode()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.integers(0, 12))
        data = (
            data[:at]
            + draw(st.binary(max_size=6) | st.text("[]{}\"'=.,\n\\#-19a", max_size=6).map(str.encode))
            + data[at + cut :]
        )
    return data


@RELAXED
@given(_mutated())
def test_a_damaged_sheet_gives_a_message_or_a_sheet(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        only_a_sheet_or_a_message(Path(folder), data)


_VALUES = st.recursive(
    st.sampled_from(
        ['"x"', '""', "0", "6", "true", "1.5", '"page"', '"junior"', "2026-01-01", '"\\u001b[2J"']
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(
            st.sampled_from(["id", "text", "region", "why", "7", "calm"]), inner, max_size=3
        ).map(lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}")
    ),
    max_leaves=4,
)


@RELAXED
@given(st.data())
def test_any_value_at_any_key_gives_a_message_or_a_sheet(data: st.DataObject) -> None:
    lines = DESIGN.splitlines()
    at = data.draw(st.sampled_from([i for i, line in enumerate(lines) if " = " in line]))
    lines[at] = f"{lines[at].partition(' = ')[0]} = {data.draw(_VALUES)}"
    with TemporaryDirectory() as folder:
        only_a_sheet_or_a_message(Path(folder), "\n".join(lines).encode())
