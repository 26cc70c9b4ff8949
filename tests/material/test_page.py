"""A page of the glossary is read as a person would read it, in every form it comes in."""

import msgspec
import pytest

from trainer.errors import PageError
from trainer.material.changes import raw_of
from trainer.material.files import read_sheet, sheet_from
from trainer.material.page.found import Found
from trainer.material.page.reading import read_page
from trainer.material.sheet import Sheet
from trainer.material.sheet_files import shipped_decks

from .pages import FLAT, FULL, THING, TITLES, as_html, changed, laid_out


def sheet(found: Found) -> Sheet:
    """Return the sheet of what was found, read as its file will be."""
    read = sheet_from(raw_of(found.sheet), "the page")
    assert read == found.sheet
    return read


def texts(items: tuple[msgspec.Struct, ...], key: str = "text") -> list[str]:
    return [getattr(item, key) for item in items]


def told(found: Found) -> list[tuple[int, str]]:
    return [(each.line, each.text) for each in found.unsure]


def test_the_full_form_gives_every_section_and_nothing_is_missing_or_unsure() -> None:
    found = read_page(FULL)
    assert (found.missing, found.unsure) == ((), ())
    read = sheet(found)
    assert (read.id, read.name, read.industry) == ("skt", "SKT (Scene Kit Technician)", "Performing Arts")
    assert read.job_titles == ("Scene Kit Technicians",)
    [term] = read.terms
    assert (term.term, term.stands_for, term.origin) == ("SKT", "Scene Kit Technician", "page")
    assert term.meaning.startswith("A Scene Kit Technician (SKT) is the person")
    assert term.meaning.endswith("a kit runner.")
    assert texts(read.titles, "title") == TITLES
    assert {title.origin for title in read.titles} == {"page"}
    assert {title.search for title in read.titles} == {None}
    assert [(level.id, level.name, level.years) for level in read.levels] == [
        ("junior", "Junior", "0-2"),
        ("mid", "Mid", "2-5"),
        ("senior", "Senior", "5+"),
    ]
    assert [texts(level.indicators) for level in read.levels] == [
        ["Packing from a list", "Counting pieces", "Tidy shelves"],
        ["Running a kit store", "Ordering supplies", "Training a casual"],
        ["Planning a tour's kits", "Budget of the store", "Leading the team"],
    ]
    assert [question.level for question in read.questions] == ["senior", "senior", "mid", "junior"]
    assert read.questions[2].ask == "How do you keep track of what is used up?"
    assert texts(read.red_flags) == [
        "No idea what a preset is",
        "Poor record keeping",
        "Works without gloves",
    ]
    assert texts(read.examples)[0] == "SKT on three tours, with 40 kits in two trucks"
    assert len(read.examples) == 3


def test_the_facts_on_an_assistant_stage_manager_come_back_from_a_page() -> None:
    known = read_sheet(shipped_decks() / "assistant-stage-manager.toml")
    found = read_page(laid_out(known))
    assert (found.missing, found.unsure) == ((), ())
    read = sheet(found)
    assert (read.id, read.industry, read.job_titles) == (
        "asm",
        "Performing Arts",
        ("Assistant Stage Managers",),
    )
    assert texts(read.titles, "title") == [title.title for title in known.titles if title.origin == "page"]
    assert [(level.name, level.years, texts(level.indicators)) for level in read.levels] == [
        (level.name, level.years, texts(level.indicators)) for level in known.levels
    ]
    assert {(question.ask, question.level) for question in read.questions} == {
        (question.ask, question.level) for question in known.questions
    }
    assert all(len(question.points) >= 3 for question in read.questions)
    assert texts(read.red_flags) == texts(known.red_flags)
    assert texts(read.examples) == texts(known.examples)


def test_an_expected_answer_becomes_points_in_the_pages_words_that_are_drafts() -> None:
    read = sheet(read_page(FULL))
    assert texts(read.questions[0].points) == [
        "a packing plan",
        "early talks with every department",
        "ability to train others",
        "keeping the load safe",
    ]
    assert texts(read.questions[3].points) == [
        "counting the pieces",
        "testing the lamps",
        "reporting what is missing",
    ]
    assert {point.draft for question in read.questions for point in question.points} == {True}


def test_each_item_tells_the_line_it_came_from() -> None:
    found = read_page(FULL)
    lines = FULL.split("\n")
    assert found.name
    assert found.meaning
    items = [found.name, found.meaning, *found.job_titles, *found.titles, *found.red_flags, *found.examples]
    items += [question.ask for question in found.questions]
    items += [indicator for level in found.levels for indicator in level.indicators]
    assert [item for item in items if item.text not in lines[item.line - 1]] == []
    assert [level for level in found.levels if level.name not in lines[level.line - 1]] == []


@pytest.mark.parametrize("bullet", ["•", "-", "*", "◦", "–", "·", "", "  •", "\t•", "•\n"])
def test_any_bullet_or_none_marks_an_item(bullet: str) -> None:
    page = changed(FULL, ("  • ", f"{bullet} " if bullet and not bullet.endswith("\n") else bullet))
    assert read_page(page).sheet == read_page(FULL).sheet
    assert read_page(page).unsure == ()


@pytest.mark.parametrize(
    "changes",
    [
        [("Examples in Resumes", "Examples in résumés")],
        [("Example Interview Questions", "Example interview questions")],
        [("Experience Level Indicators", "EXPERIENCE LEVEL INDICATORS:")],
        [("Red Flags to Watch For", "## Red flags")],
        [("Red Flags to Watch For", "Red flags to look out for")],
        [("Senior Level Questions", "Senior-level questions"), ("Mid Level", "Mid-Level")],
        [("Q: ", "Q. "), ("Expected Answer: ", "A. ")],
        [("Q: ", "Question: "), ("Expected Answer: ", "Expected answer:\n")],
        [("Expected Answer: ", "**Expected Answer:** "), ("Q: ", "**Q:** ")],
        [("years)", "yrs)")],
        [("(0-2 years)", "(0-2 years of experience)")],
        [("Junior (0-2 years)", "Junior: 0-2 years")],
        [('"Scene Kit Technicians"', "“Scene Kit Technicians”")],
        [('"Scene Kit Technicians"', "‘Scene Kit Technicians’")],
        [('"Scene Kit Technicians"', "Scene Kit Technicians")],
        [("Term from Performing Arts industry", "Term from the Performing Arts industry")],
        [("Also try searching for:\n\n", "Also try searching for: ")],
        [(" ".join(TITLES), "\n".join(TITLES))],
        [(" ".join(TITLES), ", ".join(TITLES))],
        [(" ".join(TITLES), "\t".join(TITLES))],
        [(" ".join(TITLES), "\n".join(f"  • {title}" for title in TITLES))],
        [("SKT (Scene", "Recruiter's Glossary\nExamples: LIFO SAP POD\n\nSKT (Scene")],
        [("Examples in Resumes", "Where to Find Scene Kit Technicians\n\nExamples in Resumes")],
        [("a packing plan, early", "a packing plan,\nearly")],
        [("Works without gloves\n", "Works without gloves")],
        [("\n", "\r\n")],
        [("\n", "\r")],
        [("\n", "  \n")],
        [(" Kit ", "\xa0Kit ")],
        [("SKT (", "\ufeffSKT (")],
    ],
    ids=lambda changes: f"{changes[-1][1]!r:.40}",
)
def test_a_variation_of_the_full_form_gives_the_same_sheet(changes: list[tuple[str, str]]) -> None:
    found = read_page(changed(FULL, *changes))
    assert found.sheet == read_page(FULL).sheet
    assert (found.missing, found.unsure) == ((), ())


def test_a_saved_web_page_gives_the_same_sheet() -> None:
    found = read_page(as_html(FULL))
    assert found.sheet == read_page(FULL).sheet
    assert (found.missing, found.unsure) == ((), ())
    assert "<" not in found.text
    lines = found.text.split("\n")
    assert [title for item in found.titles if (title := item.text) not in lines[item.line - 1]] == []


def test_a_page_on_a_thing_with_other_levels_and_words() -> None:
    found = read_page(THING)
    read = sheet(found)
    assert (found.missing, found.unsure) == ((), ())
    assert (read.id, read.name) == ("stage-managers-prompt-book", "Stage Manager's Prompt Book")
    assert (read.terms[0].term, read.terms[0].stands_for) == ("Stage Manager's Prompt Book", None)
    assert read.industry == "Live Events"
    assert read.job_titles == ("Stage Managers", "Show Callers")
    assert texts(read.titles, "title") == ["Stage Manager", "Show Caller"]
    assert [(level.name, level.years) for level in read.levels] == [
        ("Beginner", "0–1"),
        ("Experienced", "1–4"),
    ]
    assert read.questions[0].level == "experienced"
    assert texts(read.questions[0].points) == ["cues", "blocking", "calls"]
    assert texts(read.red_flags) == ["Keeps it all in the head"]


@pytest.mark.parametrize(
    ("title", "term", "stands_for", "id_"),
    [
        ("Prompt Book", "Prompt Book", None, "prompt-book"),
        ("FOH (Front of House)", "FOH", "Front of House", "foh"),
        ("Scene Kit Technician (SKT)", "SKT", "Scene Kit Technician", "skt"),
        ("Fly System (Counterweight)", "Fly System (Counterweight)", None, "fly-system-counterweight"),
        ("The Book (UK)", "The Book (UK)", None, "the-book-uk"),
        ("Director's Notes", "Director's Notes", None, "directors-notes"),
        ("Café-Théâtre", "Café-Théâtre", None, "cafe-theatre"),
    ],
)
def test_the_title_gives_the_term_and_the_id(title: str, term: str, stands_for: str | None, id_: str) -> None:
    read = sheet(read_page(changed(FULL, ("SKT (Scene Kit Technician)", title))))
    assert (read.name, read.terms[0].term, read.terms[0].stands_for, read.id) == (
        title,
        term,
        stands_for,
        id_,
    )


@pytest.mark.parametrize("title", ["במאי", "🎭🎪", "導演"])
def test_a_title_in_another_script_has_an_id_all_the_same(title: str) -> None:
    page = changed(FULL, ("SKT (Scene Kit Technician)", title))
    read = sheet(read_page(page))
    assert read.name == title
    assert read.id == sheet(read_page(page)).id


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ('"Production Managers and Technical Directors"', ["Production Managers", "Technical Directors"]),
        ('"Props Masters" and "Props Mistresses"', ["Props Masters", "Props Mistresses"]),
        ('"Health and Safety Officers"', ["Health and Safety Officers"]),
        ("“Directors' Assistants”", ["Directors' Assistants"]),
        ("'Stage Managers'", ["Stage Managers"]),
        ("Stage Managers, Show Callers", ["Stage Managers", "Show Callers"]),
    ],
)
def test_the_typical_job_title_may_be_two(text: str, titles: list[str]) -> None:
    found = read_page(changed(FULL, ('"Scene Kit Technicians"', text)))
    assert [item.text for item in found.job_titles] == titles


@pytest.mark.parametrize("examples", [0, 1, 4])
def test_there_may_be_more_examples_or_none(examples: int) -> None:
    lines = [f"Line {i} of a résumé" for i in range(examples)]
    head, _, rest = FULL.partition("SKT on three tours")
    page = head + "\n\n".join(lines) + "\n\nTypical" + rest.partition("Typical")[2]
    found = read_page(page)
    assert [item.text for item in found.examples] == lines
    assert found.missing == (() if examples else ("examples in resumes",))


def test_a_question_of_a_level_without_indicators_keeps_its_level_and_says_so() -> None:
    found = read_page(changed(FULL, ("Mid Level Questions", "Expert Level Questions")))
    read = sheet(found)
    assert [question.level for question in read.questions] == ["senior", "senior", "expert", "junior"]
    assert [level.name for level in read.levels if level.indicators] == ["Junior", "Mid", "Senior"]
    assert [text for _, text in told(found)] == ["Expert"]


def test_the_flat_form_keeps_what_is_there_and_says_what_is_not() -> None:
    found = read_page(FLAT)
    read = sheet(found)
    assert found.missing == (
        "title",
        "industry",
        "also try searching for",
        "question levels",
        "red flags",
    )
    assert (read.id, read.terms[0].term, read.terms[0].stands_for) == ("skt", "SKT", "Scene Kit Technician")
    assert read.terms[0].meaning == sheet(read_page(FULL)).terms[0].meaning
    assert (read.titles, read.red_flags, read.industry) == ((), (), None)
    assert read.job_titles == ("Scene Kit Technicians",)
    assert [question.level for question in read.questions] == [None] * 4
    assert texts(read.questions[0].points)[0] == "a packing plan"
    assert [level.years for level in read.levels] == ["0-2", "2-5", "5+"]
    assert [texts(level.indicators) for level in read.levels] == [
        texts(level.indicators) for level in sheet(read_page(FULL)).levels
    ]


def test_the_flat_form_guesses_no_red_flag_but_leaves_the_last_bullets_to_a_person() -> None:
    found = read_page(FLAT)
    lines = FLAT.split("\n")
    assert [line.text for line in found.unplaced] == [
        "No idea what a preset is",
        "Poor record keeping",
        "Works without gloves",
    ]
    assert all(line.bullet and line.text in lines[line.line - 1] for line in found.unplaced)
    doubted = [text for _, text in told(found)]
    assert doubted[0] == "Scene Kit Technician (SKT)", "the name is taken from the first sentence"
    assert doubted[1:4] == [item.text for item in found.examples], "résumé lines without their heading"
    assert doubted[4:] == [line.text for line in found.unplaced]


@pytest.mark.parametrize(
    "flags",
    [
        ["Arrives late and leaves early", "Talks over others", "Works without gloves"],
        ["Poor record keeping"],
        ["Arrives late and leaves early"],
    ],
    ids=["no word of warning", "one", "one without a word of warning"],
)
def test_bullets_beyond_those_of_the_other_levels_are_in_doubt(flags: list[str]) -> None:
    head = FLAT.partition("  • No idea")[0]
    found = read_page(head + "".join(f"  • {flag}\n" for flag in flags))
    assert [line.text for line in found.unplaced] == flags
    assert [len(level.indicators) for level in found.levels] == [3, 3, 3]


def test_a_blank_line_parts_the_last_bullets_too() -> None:
    head = FLAT.partition("  • Leading")[0]
    found = read_page(head + "\n  • Arrives late\n")
    assert [line.text for line in found.unplaced] == ["Arrives late"]


def test_the_flat_form_without_red_flags_leaves_nothing_in_doubt() -> None:
    found = read_page(FLAT.partition("  • No idea")[0])
    assert found.unplaced == ()
    assert [len(level.indicators) for level in found.levels] == [3, 3, 3]


def test_a_title_without_its_subtitle_is_taken_when_the_definition_names_it() -> None:
    page = changed(FULL, ("Term from Performing Arts industry explained for recruiters\n\n", ""))
    found = read_page(page)
    assert (found.missing, found.unsure) == (("industry",), ())
    assert found.term == "SKT"
    other = read_page(changed(page, ("SKT (Scene Kit Technician)\n\nA", "Something Else\n\nA")))
    assert [text for _, text in told(other)] == ["Something Else"]


def test_half_a_page_gives_its_half() -> None:
    top = read_page(FULL.partition("Example Interview Questions")[0])
    assert top.missing == ("interview questions", "experience level indicators", "red flags")
    assert len(top.titles) == 5
    bottom = read_page(FULL[FULL.index("Expected Answer: Should mention") :])
    assert set(bottom.missing) >= {"title", "industry", "definition", "also try searching for"}
    assert len(bottom.red_flags) == 3
    assert bottom.name is None


def test_a_line_that_has_no_place_is_told_with_its_number() -> None:
    page = changed(FULL, ("Red Flags to Watch For\n", "Red Flags to Watch For\n\nA word on these\n"))
    found = read_page(page)
    [line] = found.unplaced
    assert (line.text, line.bullet) == ("A word on these", False)
    assert page.split("\n")[line.line - 1] == "A word on these"
    found = read_page(
        changed(FULL, ("Examples in Resumes", "Where to Find Kits\n\nIn a store\n\nExamples in Resumes"))
    )
    assert [(line.text, "Where to Find Kits" in line.why) for line in found.unplaced] == [
        ("In a store", True)
    ]


def test_a_question_without_an_answer_and_an_answer_without_a_question_are_told() -> None:
    answer = "Expected Answer: Should describe a running list, regular counts, and orders in good time.\n\n"
    found = read_page(changed(FULL, (answer, "")))
    assert [text for _, text in told(found)] == ["How do you keep track of what is used up?"]
    found = read_page(changed(FULL, ("Q: How do you keep track of what is used up?\n\n", "")))
    assert [line.why for line in found.unplaced] == ["an answer without a question"]
    assert len(found.questions) == 3


def test_a_second_page_below_the_first_is_not_mixed_into_it() -> None:
    found = read_page(f"{FULL}\n{THING}")
    assert found.industry
    assert (found.industry.text, found.term) == ("Performing Arts", "SKT")
    assert found.unsure


def test_what_stands_twice_is_taken_once() -> None:
    page = changed(
        FULL, ("Kit Runner Props", "Kit Runner Kit Runner Props"), ("Tidy shelves", "Counting pieces")
    )
    read = sheet(read_page(page))
    assert texts(read.titles, "title") == TITLES
    assert texts(read.levels[0].indicators) == ["Packing from a list", "Counting pieces"]


def test_the_same_words_on_two_levels_are_two_indicators() -> None:
    read = sheet(read_page(changed(FULL, ("Budget of the store", "Counting pieces"))))
    ids = [indicator.id for _, indicator in read.indicators()]
    assert len(set(ids)) == len(ids) == 9


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n  \n",
        "Just a line.",
        "Dear all,\n\nplease find the minutes attached.\n\nBest\n",
        "Q: What is the capital of France?\nA: Paris.\n\nQ: And of Spain?\nA: Madrid.\n",
        "# A readme\n\n- one\n- two\n\n## Usage\n\nRun it.\n",
        "<html><body><h1>News</h1><p>Nothing here.</p></body></html>",
        "def main():\n    return {'Q': 1}\n",
        "🎭 " * 100,
    ],
)
def test_another_kind_of_text_is_refused_saying_what_was_looked_for(text: str) -> None:
    with pytest.raises(PageError, match=r"Red Flags to Watch For|whole glossary page"):
        read_page(text)


def test_escape_sequences_go_and_markup_stays_text() -> None:
    page = changed(FULL, ("Tidy shelves", "\x1b[31mTidy\x1b[0m [@click=quit]shelves[/] \x07\u202e"))
    read = sheet(read_page(page))
    assert texts(read.levels[0].indicators)[2] == "Tidy [@click=quit]shelves[/]"


def test_right_to_left_text_and_emoji_are_text() -> None:
    page = changed(FULL, ("Tidy shelves", "מדפים מסודרים 🎭"), ("Poor record keeping", "🚩 رديء"))
    read = sheet(read_page(page))
    assert texts(read.levels[0].indicators)[2] == "מדפים מסודרים 🎭"
    assert texts(read.red_flags)[1] == "🚩 رديء"
