"""A page comes from anywhere: any file is plain text, or a clear message."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.clean import clean_text
from trainer.errors import PageError
from trainer.material.intake import read_file
from trainer.material.page.source import LARGEST_PAGE, LONGEST_TEXT, plain_text, text_of

RELAXED = settings(max_examples=150)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=["plain", "mark", "UTF-16", "Windows"]
)
def test_the_encodings_that_editors_save_are_read(encoding: str) -> None:
    text = "Typical job title: “Stage Managers” – and a long line of plain English beside it\n"
    assert plain_text(text_of(text.encode(encoding), "x")) == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04\x00\x00binary", "x.txt: not a text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)), "x.txt: line 1 is not UTF-8 text"),
        ("ж".encode("koi8-r") * 50, "x.txt: line 1 is not UTF-8 text"),
        (b"one\ntwo \x81 of plain English and more of it here\n", "x.txt: line 2 is not UTF-8 text"),
        (b"x" * (LARGEST_PAGE + 1), "x.txt: too large"),
        (b"x" * (LONGEST_TEXT + 1), "more than 1,000,000 characters"),
    ],
    ids=["zip", "picture", "another alphabet", "no letter", "50 MB", "a megabyte"],
)
def test_what_is_no_text_of_a_page_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(PageError, match=said):
        plain_text(text_of(data, "x.txt"))


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(PageError, match="too large"):
        read_file(path)


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.txt"):
        with pytest.raises(PageError, match=r"can't be read \("):
            read_file(path)


def test_spaces_and_line_ends_of_every_kind_become_plain() -> None:
    assert plain_text("a\xa0b\u2003c\td\re\x0bf\u2028g\r\nh") == "a b c  d\ne\nf\ng\nh"


def test_html_is_told_from_text_by_its_look() -> None:
    assert plain_text("<p>one</p><p>two</p>").split() == ["one", "two"]
    assert plain_text("a < b and <p> is a tag\n") == "a < b and <p> is a tag\n"
    assert plain_text("<ASM> is no tag\n") == "<ASM> is no tag\n"


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ul><li>one<li>two &amp; three</ul>", ["• one", "• two & three"]),
        ("<p>a<br>b</p>", ["a", "b"]),
        ("<p>a\n   b</p>", ["a b"]),
        ("<p><a>Stage Manager</a><a>Rigger</a></p>", ["Stage Manager    Rigger"]),
        ("<p>a</p><script>x < y</script><style>p{}</style><!-- <p>b</p> --><p>c</p>", ["a", "c"]),
        ("<p>a</p><script>never closed <p>b</p>", ["a"]),
        ("<p>5 < 6 and 7 > 6</p>", ["5 < 6 and 7 > 6"]),
        ("<p>a</p><nav><p>menu</p></nav><p>b</p>", ["a", "b"]),
        ("<table><tr><td>a</td><td>b</td></tr></table></p>", ["a", "b"]),
        ("<p>&lt;b&gt; &eacute;&#233;&#x1f3ad;</p>", ["<b> éé🎭"]),
        ("<p title='a > b'>c</p>", ["c"]),
    ],
)
def test_html_becomes_lines(html: str, lines: list[str]) -> None:
    assert [line for line in plain_text(html).split("\n") if line] == lines


@RELAXED
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_message(data: bytes) -> None:
    try:
        text = plain_text(text_of(data, "x.txt"))
    except PageError:
        return
    assert clean_text(text) == text


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<li>",
        "<",
        ">",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "&amp;",
        "&",
        "</",
        "<a href='",
        "text",
    ]
)


@RELAXED
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_markup_is_read_without_an_error(html: str) -> None:
    text = plain_text(f"<html></p>{html}")
    assert "<script>" not in text.replace("&lt;script>", "")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&#65;&#0000000066;&#x43;&#x00000000044;", "ABCD"),
        (f"&#{'9' * 4301};", "\ufffd"),
        (f"&#{'0' * 5000}65; &#x{'0' * 5000}41;", "A A"),
        (f"&#x{'f' * 5000};", "\ufffd"),
        (f'<b title="&#{"9" * 5000};">B</b>', "B"),
        ("a <![if gt IE 9]>b<![endif]> c", "a b c"),
        ("a <![foo[x]]> c", "a c"),
        ("a <![> c", "a c"),
        ("a <!foo> c", "a c"),
        ("a <?php x ?> c", "a c"),
    ],
    ids=range(10),
)
def test_signs_and_sections_that_browsers_pass_over_are_passed_over(html: str, text: str) -> None:
    found = plain_text(f"<html><body><p>{html}</p></body></html>")
    assert " ".join(found.split()) == text


@given(st.text(alphabet="<>!?-[]&#;x09aA/='\" \n", max_size=60))
@RELAXED
def test_no_markup_is_an_error(text: str) -> None:
    plain_text(f"<html><p>{text}</p></html>")
