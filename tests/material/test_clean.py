"""What comes in is plain text when it is in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.clean import clean_line, clean_text

ANY_TEXT = st.text(st.characters(exclude_categories=[]) | st.sampled_from("\x1b\x9b[]m;0\x07\r\n\t\u202e"))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;a new window title\x07text", "text"),
        ("\x1b[?1049hscreen", "screen"),
        ("a\x1b", "a"),
        ("bell\x07 back\x08 null\x00 delete\x7f", "bell back null delete"),
        ("abc\u202edef\u2066g\ufeff", "abcdefg"),
        ("one\r\ntwo\rthree", "one\ntwothree"),
        ("tab\there", "tab here"),
        ("[red]stays[/x]", "[red]stays[/x]"),
        ("e\u0301", "é"),
        ("שלום 🎭 née", "שלום 🎭 née"),
    ],
)
def test_only_what_could_steer_the_terminal_goes(text: str, clean: str) -> None:
    assert clean_text(text) == clean


@given(ANY_TEXT)
def test_cleaned_text_holds_no_control_and_can_be_stored(text: str) -> None:
    cleaned = clean_text(text)
    assert all(sign == "\n" or unicodedata.category(sign) not in {"Cc", "Zl", "Zp"} for sign in cleaned)
    cleaned.encode()  # half a surrogate pair would raise
    assert clean_text(cleaned) == cleaned


@given(ANY_TEXT)
def test_a_cleaned_line_is_one_line_with_single_spaces(text: str) -> None:
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert "  " not in line
    assert clean_line(line) == line
