"""The brief: what it holds of a role, for a level and a learner, and how it is printed."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from tests.clocks import FakeClock
from tests.learners import right, shipped
from trainer.engine.engine import Engine
from trainer.errors import TrainerError
from trainer.home import Home
from trainer.material.questions import RedFlag
from trainer.material.sheet import Search, Sheet, Title
from trainer.reports.brief import NEVER, RULES, Brief, Searched, brief_of
from trainer.reports.brief_formats import FORMATS, as_html, as_markdown, as_text
from trainer.reports.brief_page import brief_page

ROLES = [sheet for sheet in shipped().sheets.values() if sheet.is_role]
PROPS = shipped().sheets["props"]
HOSTILE = '<script>alert("1")</script> *bold* [red] # `x` | & \\'


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in {"src", "href", "action"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("sheet", ROLES, ids=lambda sheet: sheet.id)
def test_every_shipped_role_has_all_of_it(sheet: Sheet) -> None:
    for level in ("", *(level.id for level in sheet.levels)):
        brief = brief_of(sheet, level=level)
        text = " ".join(as_text(brief_page(brief)).split())
        hired = [question for question in sheet.questions if not level or question.level == level]
        for question in hired:
            assert question.ask in text
            for point in question.points:
                assert f"{point.text} Only claimed? Ask: {point.probe}" in text
            assert all(f"{score}: {question.anchors[score]}" in text for score in (5, 3, 1))
        assert len(brief.questions) == len(hired)
        assert all(flag.text in text for flag in sheet.red_flags)
        assert all(rule in text for rule in (*RULES, NEVER))


def test_a_level_is_named_by_its_id_or_its_name() -> None:
    assert brief_of(PROPS, level=" SENIOR ").level == PROPS.levels[2]
    with pytest.raises(TrainerError, match="There are: Junior, Mid, Senior"):
        brief_of(PROPS, level="boss\x1b[31m")


def test_a_level_without_questions_of_its_own_has_all_of_them() -> None:
    sheet = replace(PROPS, questions=tuple(each for each in PROPS.questions if each.level != "junior"))
    assert brief_of(sheet, level="junior").questions == sheet.questions


def test_safety_comes_first() -> None:
    flags = (RedFlag(id="late", text="Late"), RedFlag(id="fire", text="Fire", safety=True))
    assert [flag.id for flag in brief_of(replace(PROPS, red_flags=flags)).flags] == ["fire", "late"]


class TestSearch:
    """What is searched for, as job boards take it."""

    def test_each_title_once_and_none_that_ends_the_quote(self) -> None:
        titles = (
            Title(id="a", title='Prop "Master"', search=Search.YES),
            Title(id="b", title="props masters", search=Search.YES),
            Title(id="c", title="Props Maker", search=Search.FILTER),
            Title(id="d", title="Painter", search=Search.NO),
        )
        sheet = Sheet(format=1, id="p", name="Props Master / Head of Props", titles=titles)
        brief = brief_of(sheet)
        assert brief.search == '"Props Master" OR "Head of Props" OR "Prop Master" OR "props masters"'
        assert brief.wide_search == f'{brief.search} OR "Props Maker"'

    def test_by_the_region_if_there_is_one(self) -> None:
        british, american = (brief_of(PROPS, region=region).wide_search for region in ("UK", "US"))
        assert ("Assistant Stage Manager" in british, "Assistant Stage Manager" in american) == (True, False)
        assert ("Production Props" in british, "Production Props" in american) == (False, True)
        both = brief_of(PROPS, region="both").wide_search
        assert "Assistant Stage Manager" in both
        assert "Production Props" in both


class TestFormats:
    """Whatever a sheet says is shown letter by letter."""

    @pytest.fixture
    def brief(self) -> Brief:
        hostile = replace(PROPS.questions[0], ask=HOSTILE)
        made = brief_of(replace(PROPS, name=HOSTILE, questions=(hostile,)))
        return replace(made, searched=(Searched("A", HOSTILE),), filtered=(Searched(HOSTILE, HOSTILE),))

    def test_html_is_whole_and_asks_nothing_of_elsewhere(self, brief: Brief) -> None:
        html = as_html(brief_page(brief))
        page = Page(html)
        assert page.open == ["html"] or not page.open
        assert not page.fetched
        assert "script" not in page.tags
        assert HOSTILE in page.words
        assert "url(" not in html
        assert "http" not in html.replace("http-equiv", "")

    def test_markdown_is_no_markup_but_ours(self, brief: Brief) -> None:
        tokens = MarkdownIt().parse(as_markdown(brief_page(brief)))
        inline = [child for token in tokens for child in token.children or ()]
        assert {child.type for child in inline} <= {
            "text",
            "softbreak",
            "hardbreak",
            "strong_open",
            "strong_close",
        }
        headings = [tokens[i + 1] for i, token in enumerate(tokens) if token.type == "heading_open"]
        words = ["".join(child.content for child in token.children or ()) for token in headings]
        assert f"Interview: {HOSTILE}" in words
        assert f"1. {HOSTILE}" in words

    def test_text_keeps_its_width_but_for_what_is_copied(self, brief: Brief) -> None:
        lines = as_text(brief_page(brief)).splitlines()
        assert all(len(line) <= 90 for line in lines if " OR " not in line)

    @pytest.mark.parametrize("form", FORMATS)
    def test_a_sheet_with_nothing_but_a_name_has_the_rules(self, form: str) -> None:
        page = FORMATS[form](brief_page(brief_of(Sheet(format=1, id="x", name="X"))))
        assert "same questions" in page
        assert "Red flags" not in page


class TestMissed:
    """What the learner would miss."""

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Engine:
        return Engine.open(Home(tmp_path), "anna", clock=FakeClock(), library=shipped())

    def test_a_newcomer_has_the_first_things_to_learn_of_the_role_alone(self, engine: Engine) -> None:
        missed = engine.brief("props").missed
        assert len(missed) == 8
        assert not any(each.met for each in missed)
        assert missed[0].asks.startswith("Props Master")

    def test_what_is_forgotten_comes_first_and_what_is_known_is_left_out(self, tmp_path: Path) -> None:
        clock = FakeClock()
        with Engine.open(Home(tmp_path), "anna", clock=clock, library=shipped()) as engine:
            old, new = (engine.library.cards[f"props/meanings/{id_}"] for id_ in ("consumables", "breakaway"))
            for card, days in ((old, 60), (new, 0)):
                session = engine.again([card], 1)
                assert session.question
                session.answer(right(session.question))
                clock.forward(days=days)
            first, *others = engine.brief("props").missed
            assert (first.met, "Consumables" in first.asks or "Consumables" in first.answer) == (True, True)
            assert not any(each.met for each in others)
            engine.put_away(old.id)
            assert not engine.brief("props").missed[0].met


def test_it_is_saved_for_the_user_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with Engine.open(home, "anna", saving=False, library=shipped()) as engine:
        path = engine.save_brief(engine.brief("prop master", "senior"))
    assert path == home.briefs / "props-senior.html"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert "Props" in path.read_text(encoding="utf-8")
