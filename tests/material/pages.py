"""Pages laid out as those of the glossary, in our own words: a full one, and what becomes of it."""

import re
from pathlib import Path

from trainer.material.sheet import Sheet

_TEXTS = Path(__file__).with_name("pages_text")
FULL = (_TEXTS / "full.txt").read_text(encoding="utf-8")
THING = (_TEXTS / "thing.txt").read_text(encoding="utf-8")
"""A page on a thing, not a job, with other levels, bullets and words."""

TITLES = ["Kit Runner", "Props Technician", "Assistant Props Master", "Stage Hand", "Head of Props"]
HEADINGS = (
    "SKT (Scene Kit Technician)",
    "Term from Performing Arts industry explained for recruiters",
    "Examples in Resumes",
    "Kit Runner Props Technician Assistant Props Master Stage Hand Head of Props",
    "Example Interview Questions",
    "Senior Level Questions",
    "Mid Level Questions",
    "Junior Level Questions",
    "Experience Level Indicators",
    "Red Flags to Watch For",
)
"""What a careless copy loses."""

FLAT = "".join(f"{line}\n" for line in FULL.split("\n") if line.strip() and line not in HEADINGS)
"""The same page in the flat form: no title, no headings, no blank lines, an empty line of titles."""


def changed(page: str, *changes: tuple[str, str]) -> str:
    """Return a page with passages changed; each must be there."""
    for old, new in changes:
        assert old in page, old
        page = page.replace(old, new)
    return page


def as_html(page: str) -> str:
    """Return a page as a browser saves it: menus, scripts, a list for bullets, a chip for each title."""
    blocks = []
    for block in page.replace("\n  • ", "\n\n• ").split("\n\n"):
        text = block.strip().replace("&", "&amp;").replace("<", "&lt;")
        if text == " ".join(TITLES):
            blocks.append("<div>" + "".join(f'<a href="/t">{title}</a>' for title in TITLES) + "</div>")
        elif text.startswith("• "):
            blocks.append(f"<ul><li>{text[2:]}</li></ul>")
        elif re.match(r"(?:Q|Expected Answer|Typical job title):", text):
            label, _, rest = text.partition(":")
            blocks.append(f"<p><strong>{label}:</strong> {rest}</p>")
        else:
            blocks.append(f"<h2>{text}</h2>" if len(text) < 60 else f"<p>{text}</p>")
    body = "\n".join(blocks)
    return (
        "<!DOCTYPE html>\n<html><head><title>SKT | Glossary</title><style>p { color: red }</style>"
        "<script>if (a < b) document.write('<p>Q: no</p>')</script></head>\n<body>"
        f"<nav><a>Home</a></nav><!-- <p>Red Flags to Watch For</p> -->"
        f"<main>{body}</main><footer>© the glossary</footer></body></html>"
    )


def laid_out(sheet: Sheet) -> str:
    """Return a sheet's facts laid out as a page of the glossary in its full form."""
    [term] = sheet.terms
    levels = {level.id: level for level in sheet.levels}
    parts = [
        f"{term.term} ({term.stands_for})",
        f"Term from {sheet.industry} industry explained for recruiters",
        f"An {term.stands_for} ({term.term}) is a person who {term.meaning[0].lower()}{term.meaning[1:]}",
        "Examples in Resumes",
        *(example.text for example in sheet.examples),
        f'Typical job title: "{sheet.job_titles[0]}"',
        "Also try searching for:",
        " ".join(title.title for title in sheet.titles if title.origin == "page"),
        "Example Interview Questions",
    ]
    for level in reversed(sheet.levels):
        parts.append(f"{level.name} Level Questions")
        for question in sheet.questions:
            if question.level and levels[question.level] is level:
                points = [f"{point.text[0].lower()}{point.text[1:]}" for point in question.points]
                answer = f"Should show that one {'; '.join(points)}."
                parts += [f"Q: {question.ask}", f"Expected Answer: {answer}"]
    parts.append("Experience Level Indicators")
    for level in sheet.levels:
        parts.append(f"{level.name} ({level.years} years)")
        parts.append("\n".join(f"  • {indicator.text}" for indicator in level.indicators))
    parts += ["Red Flags to Watch For", "\n".join(f"  • {flag.text}" for flag in sheet.red_flags)]
    return "\n\n".join(parts)
