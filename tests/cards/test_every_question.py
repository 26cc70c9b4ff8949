"""Every shipped card, asked in every way on every stage, can be answered and teaches."""

import random
import re
from collections.abc import Iterator
from functools import cache
from statistics import fmean

import pytest
from rapidfuzz.distance import OSA

from trainer.cards.answers import PointCard
from trainer.cards.card import Answer, Card, Form, Question
from trainer.cards.flags import FlagCard
from trainer.cards.levels import IndicatorCard, UnclearCard
from trainer.cards.marking import SLIP_FORGIVEN_FROM, mark
from trainer.cards.recall import match_lines
from trainer.cards.typed import fold
from trainer.material.sheet import Sheet
from trainer.memory.state import Rating

from .shipped import ASM, CARDS, LIBRARY, ROLES, every_question, questions, told, words

pytestmark = pytest.mark.slow

OF_THE_STAGE = LIBRARY.sheets["theatre-vocabulary"].same_words

LEVEL_WORDS = re.compile(
    r"\b(junior|mid|middle|senior|entry|experienced|experience|lead|leads|led|leader|leading|head|heads|headed"
    r"|chief|principal|trainee|intern|apprentice|beginner|novice|expert|veteran|seasoned|deputy|assistant|asm"
    r"|manager|years?|supervis\w+|level)\b",
    re.IGNORECASE,
)


a_role = pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)


def ids(card: Card) -> str:
    return card.id


def test_a_card_can_be_asked_on_every_stage_from_the_first() -> None:
    for card in CARDS:
        assert {stage for way in card.ways() for stage in way.stages} == {0, 1, 2, 3}, card.id
        keys = [way.key for way in card.ways()]
        assert len(keys) == len(set(keys)), card.id
        assert all(keys), card.id


def test_one_answer_is_right_where_one_is_chosen_and_a_set_only_where_regions_or_houses_differ() -> None:
    for question in questions(Form.CHOOSE):
        right = len(question.right_options)
        if question.way.key.partition(".")[0] in {"search", "relation"}:
            assert 1 <= right < len(question.options), told(question)
        else:
            assert right == 1, told(question)
        assert 2 <= len(question.options) <= 5, told(question)


def test_something_is_right_in_a_tick_or_the_answer_says_none() -> None:
    for question in questions(Form.TICK):
        assert question.right_options or "None" in question.answer, told(question)
        assert len(question.options) >= 3, told(question)


def test_options_differ_in_text_and_id() -> None:
    for question in every_question():
        for kind in (
            [option.text.casefold() for option in question.options],
            [o.id for o in question.options],
        ):
            assert len(set(kind)) == len(kind), told(question)


def test_a_question_says_what_to_do_and_gives_the_right_answer_in_words() -> None:
    for question in every_question():
        assert len(question.prompt) > 8, told(question)
        assert len(question.answer) > 3, told(question)
        assert all(line.label and line.text for line in question.lines), told(question)
        with_options = {Form.CHOOSE, Form.TICK, Form.RECALL}
        assert bool(question.options) == (question.form in with_options), told(question)
        assert bool(question.points) == (question.form is Form.RECALL), told(question)
        assert bool(question.sample) == (question.form is Form.RATE), told(question)
        assert bool(question.accepted) == (question.form is Form.TYPE), told(question)


def test_a_question_does_not_show_its_own_answer() -> None:
    for question in every_question():
        shown = f"{question.intro}\n{question.text}\n{question.prompt}".casefold()
        right = [option.text for option in question.options if option.right and len(option.text) > 12]
        for text in [*right, *(name for names in question.accepted for name in names[:1])]:
            assert not re.search(rf"\b{re.escape(text.casefold())}\b", shown), told(question)


def test_a_hint_helps_and_does_not_tell() -> None:
    for question in questions(Form.CHOOSE):
        right = next(option for option in question.options if option.right)
        assert question.hint != f"It is not: {right.text}", told(question)
        assert question.answer not in question.hint, told(question)


def test_choosing_the_right_one_is_good_and_any_other_is_again_with_a_reason() -> None:
    for question in questions(Form.CHOOSE):
        for i, option in enumerate(question.options):
            given = mark(question, Answer(chosen=frozenset({i})))
            assert given.right is option.right, told(question)
            assert given.rating is (Rating.GOOD if option.right else Rating.AGAIN), told(question)
            if not option.right:
                first = given.lines[0]
                assert (first.label, first.text) == (f"Why not {i + 1}", option.why), told(question)
                assert len(option.why) > 10, f"{told(question)}: {option.text}"


def test_ticking_all_that_is_right_is_good_and_a_slip_among_four_or_more_is_hard_with_a_reason() -> None:
    for question in questions(Form.TICK):
        right = question.right_options
        assert mark(question, Answer(chosen=right)).rating is Rating.GOOD, told(question)
        for i in range(len(question.options)):
            slipped = mark(question, Answer(chosen=right ^ {i}))
            forgiven = len(question.options) >= SLIP_FORGIVEN_FROM and bool(right ^ {i})
            assert slipped.rating is (Rating.HARD if forgiven else Rating.AGAIN), told(question)
            assert [line for line in slipped.lines if len(line.text) > 10], told(question)
        two = [right ^ {i, j} for i in range(len(question.options)) for j in range(i)]
        assert {mark(question, Answer(chosen=chosen)).rating for chosen in two} == {Rating.AGAIN}, told(
            question
        )


@pytest.mark.parametrize(
    ("title", "way", "right"),
    [
        ("deputy-stage-manager", "relation", {"senior"}),
        ("deputy-stage-manager", "claim.UK", {"senior"}),
        ("deputy-stage-manager", "claim.US", {"senior"}),
        ("deputy-stage-manager", "search.any", {"yes", "filter"}),
        ("deputy-stage-manager", "search.UK", {"filter"}),
        ("stage-management-assistant", "relation.any", {"same", "junior"}),
        ("stage-management-assistant", "claim.US", {"junior"}),
        ("production-assistant", "relation.US", {"junior"}),
        ("production-assistant", "relation.Film and TV", {"different"}),
    ],
)
def test_what_is_right_depends_on_the_ground_that_is_named(title: str, way: str, right: set[str]) -> None:
    asked = [
        q for q in questions(Form.CHOOSE) if (q.card.sheet.id, q.card.item, q.way.key) == (ASM.id, title, way)
    ]
    assert asked
    for question in asked:
        assert {option.id for option in question.options if option.right} == right
        kind, _, region = way.partition(".")
        grounds = {"": "", "any": "", "Film and TV": "In film and TV, "}
        ground = grounds.get(region, f"In the {region}, ")
        if kind == "claim":
            assert question.prompt.startswith("The glossary page calls this and an ASM the same job.")
            assert question.prompt.endswith(f"{ground}is it?")
        else:
            assert question.prompt.startswith(ground), question.prompt
            assert ground or "In the" not in question.prompt


def test_feedback_on_a_region_begins_with_that_region_not_with_the_page() -> None:
    for question in questions(Form.CHOOSE):
        region = question.way.key.partition(".")[2]
        if question.card.deck == "synonyms" and region not in {"", "any"}:
            assert question.lines[0].label == region, told(question)


def test_a_hint_by_letters_begins_each_word_with_a_letter() -> None:
    for question in _typed_alone():
        assert re.search(r": (\w… ?)+$", question.hint), f"{told(question)}: {question.hint}"


def test_a_flip_goes_by_what_the_learner_says() -> None:
    for question in questions(Form.FLIP):
        assert mark(question, Answer(knew=True)).rating is Rating.GOOD, told(question)
        assert mark(question, Answer(knew=False)).rating is Rating.AGAIN, told(question)


@cache
def test_naming_every_point_is_good_and_leaving_out_one_of_four_or_more_is_hard_with_an_example() -> None:
    recalls = questions(Form.RECALL)
    assert recalls
    for question in recalls:
        assert [option.id for option in question.options] == [point.id for point in question.points]
        every = frozenset(range(len(question.options)))
        assert mark(question, Answer(chosen=every)).rating is Rating.GOOD, told(question)
        for left_out in every:
            given = mark(question, Answer(chosen=every - {left_out}))
            forgiven = len(every) >= SLIP_FORGIVEN_FROM
            assert given.rating is (Rating.HARD if forgiven else Rating.AGAIN), told(question)
            (line,) = given.lines
            assert question.options[left_out].text in line.text, told(question)
            assert "For example: “" in line.text, told(question)
        assert mark(question, Answer(chosen=frozenset({0}))).rating is Rating.AGAIN, told(question)


def test_the_points_own_words_are_taken_for_them() -> None:
    """The text of a point means it, as it stands; and so do, mostly, the snippets that show or claim it."""
    hits = []
    for points in {question.points for question in questions(Form.RECALL)}:
        own = tuple(range(len(points)))
        same = match_lines([point.text for point in points], points, OF_THE_STAGE)
        assert same == own, [point.text for point in points]
        for snippets in ([point.shows for point in points], [point.claims for point in points]):
            found = [match_lines([snippet or ""], points, OF_THE_STAGE)[0] for snippet in snippets]
            hits += [each == position for position, each in enumerate(found)]
    assert fmean(hits) > 0.95


def _typed_alone() -> list[Question]:
    """Return each typed question once: what is accepted hangs on no dice."""
    typed = {question.card.id: question for question in questions(Form.TYPE) if len(question.accepted) == 1}
    return list(typed.values())


def test_what_is_accepted_hangs_on_no_dice() -> None:
    once = {question.card.id: question for question in _typed_alone()}
    for question in questions(Form.TYPE):
        if len(question.accepted) == 1:
            same = once[question.card.id]
            assert (question.way, question.accepted, question.rivals) == (
                same.way,
                same.accepted,
                same.rivals,
            ), told(question)


def test_every_accepted_name_is_right_in_any_usual_spelling() -> None:
    assert _typed_alone()
    for question in _typed_alone():
        for name in question.accepted[0]:
            spelled = (
                name,
                name.upper(),
                name.lower(),
                f"the {name}",
                f" {name}. ",
                f"An {name}",
                swapped(name),
            )
            for typed in spelled:
                assert mark(question, Answer(typed=typed)).rating is Rating.GOOD, f"{told(question)}: {typed}"


def swapped(name: str) -> str:
    """Spell a name as the other side of the ocean does."""
    for here, there in (
        ("theatre", "theater"),
        ("Theater", "Theatre"),
        ("our", "or"),
    ):
        name = name.replace(here, there)
    return re.sub(r"programme\b", "program", name)


def slips(name: str) -> Iterator[str]:
    """Yield a name with one letter left out, one doubled, and two swapped."""
    for i in range(1, len(name) - 1, 2):
        if name[i - 1 : i + 2].isalpha():
            yield name[:i] + name[i + 1 :]
            yield name[:i] + name[i] + name[i:]
            yield name[:i] + name[i + 1] + name[i] + name[i + 2 :]


def test_one_slip_in_a_long_name_is_close_and_never_wrong() -> None:
    for question in _typed_alone():
        for name in question.accepted[0]:
            if len(fold(name).replace(" ", "")) <= 7:
                continue
            for typed in slips(name):
                given = mark(question, Answer(typed=typed))
                assert given.right, f"{told(question)}: {typed}"
                assert given.rating in {Rating.HARD, Rating.GOOD}, f"{told(question)}: {typed}"
            close = mark(question, Answer(typed=f"{name[:2]}xq{name[4:]}"[: len(name)]))
            assert close.rating is not Rating.GOOD, f"{told(question)}: {name}"


def test_the_name_of_a_rival_is_wrong() -> None:
    for question in _typed_alone():
        own = {name.casefold() for name in question.accepted[0]}
        for rival in question.rivals:
            if rival.casefold() in own:
                continue  # "PA" is right for either
            given = mark(question, Answer(typed=rival))
            assert given.rating is Rating.AGAIN, f"{told(question)}: {rival}"
            assert given.lines, told(question)


def test_a_slip_in_the_name_of_a_rival_does_not_become_right() -> None:
    for question in _typed_alone():
        own = [name.casefold() for name in question.accepted[0]]
        for rival in question.rivals:
            if any(OSA.distance(rival.casefold(), name) <= 2 for name in own):
                continue
            for typed in [*slips(rival)][3:5]:
                assert not mark(question, Answer(typed=typed)).right, f"{told(question)}: {typed}"


def test_a_list_is_typed_in_any_order_and_one_left_out_of_four_is_hard() -> None:
    lists = [question for question in questions(Form.TYPE) if len(question.accepted) > 1]
    assert lists
    for question in lists:
        names = [accepted[0] for accepted in question.accepted]
        for typed in (", ".join(names), ";".join(reversed(names)), "\n".join(names).upper()):
            assert mark(question, Answer(typed=typed)).rating is Rating.GOOD, told(question)
        one_less = mark(question, Answer(typed=", ".join(names[1:])))
        assert one_less.rating is (Rating.HARD if len(names) >= SLIP_FORGIVEN_FROM else Rating.AGAIN)
        assert names[0] in one_less.lines[0].text
        assert mark(question, Answer(typed=names[0])).rating is Rating.AGAIN
        assert mark(question, Answer(typed=names[0])).lines
        assert mark(question, Answer(typed="")).rating is Rating.AGAIN


def test_a_list_with_a_title_that_is_to_be_left_out_is_not_flawless() -> None:
    for question in [question for question in questions(Form.TYPE) if len(question.accepted) > 1]:
        names = [accepted[0] for accepted in question.accepted]
        assert question.rivals
        for rival in question.rivals:
            given = mark(question, Answer(typed=", ".join([*names, rival])))
            assert given.rating is not Rating.GOOD, f"{told(question)}: {rival}"


@a_role
def test_no_line_of_a_resume_names_its_level(role: Sheet) -> None:
    lines = [(i.id, line.text) for _, i in role.indicators() for line in i.lines]
    lines += [(unclear.id, line.text) for unclear in role.unclear for line in unclear.lines]
    level_names = [level.name for level in role.levels]
    for id_, line in lines:
        assert not LEVEL_WORDS.search(line), f"{id_}: {line}"
        assert not any(re.search(rf"\b{name}\b", line, re.IGNORECASE) for name in level_names)


def test_no_two_indicators_of_any_role_share_a_line() -> None:
    every_line = [
        line.text for role in ROLES for _, indicator in role.indicators() for line in indicator.lines
    ]
    assert len(set(every_line)) == len(every_line)


@a_role
def test_every_indicator_has_four_lines_that_each_hold_a_cue_and_a_reason(role: Sheet) -> None:
    for level, indicator in role.indicators():
        assert len(indicator.variants) >= 4, indicator.id
        assert indicator.why, indicator.id
        assert {each.id for each in role.levels} - {level.id} == set(indicator.why_not), indicator.id
        for line in [line.text for line in indicator.lines]:
            assert any(cue in line for cue in indicator.cues), line
        for cue in indicator.cues:
            assert any(cue in line.text for line in indicator.lines), cue


@a_role
def test_a_near_twin_of_each_level_stands_beside_its_own(role: Sheet) -> None:
    levels = {indicator.id: level.id for level, indicator in role.indicators()}
    for level, indicator in role.indicators():
        assert {levels[twin] for twin in indicator.twins} == set(levels.values()) - {level.id}, indicator.id


def test_a_line_has_its_cue_words_and_its_feedback_quotes_a_line_of_the_level_chosen() -> None:
    for card in CARDS:
        if not isinstance(card, IndicatorCard):
            continue
        for way in card.ways():
            question = card.ask(way, 1, random.Random(1))
            assert question.cues, told(question)
            assert all(cue in question.text for cue in question.cues), told(question)
            for option in question.options[:-1]:
                assert bool(option.compare) is not option.right, told(question)
            for level in card.sheet.levels:
                assert f"{level.name} {level.rule}" in words(question), told(question)


def test_a_line_is_asked_word_for_word_and_one_that_proves_nothing_is_of_its_own_card() -> None:
    lines = {line.text for role in ROLES for _, indicator in role.indicators() for line in indicator.lines}
    lines |= {line.text for role in ROLES for unclear in role.unclear for line in unclear.lines}
    shown = [q for q in questions(Form.CHOOSE) if isinstance(q.card, IndicatorCard | UnclearCard)]
    assert {question.text.strip("“”") for question in shown} == lines
    for question in shown:
        right = next(option.id for option in question.options if option.right)
        assert (right == "unclear") is isinstance(question.card, UnclearCard), told(question)


def test_every_point_is_shown_claimed_missed_and_probed() -> None:
    points = [point for role in ROLES for question in role.questions for point in question.points]
    cards = [card for card in CARDS if isinstance(card, PointCard)]
    assert len(cards) == len(points) >= 16 * len(ROLES)
    for point in points:
        snippets = [point.shows, point.claims, point.misses]
        assert all(snippets), point.id
        assert len(set(snippets)) == 3, point.id
        assert point.probe, point.id
        assert point.probe.endswith(("?", ".")), point.id
    for card in cards:
        assert {way.key for way in card.ways()} == {"shows", "claims", "misses"}


def test_what_to_ask_next_is_said_when_a_point_is_not_shown() -> None:
    for question in questions(Form.CHOOSE):
        if isinstance(question.card, PointCard):
            probes = [line.text for line in question.lines if line.label == "Ask next"]
            assert bool(probes) is (question.way.key != "shows"), told(question)


def test_every_flag_has_two_lines_of_evidence_and_a_look_alike() -> None:
    flags = [flag for role in ROLES for flag in role.red_flags]
    cards = [card for card in CARDS if isinstance(card, FlagCard)]
    assert len(cards) == len(flags) >= 4 * len(ROLES)
    for flag in flags:
        assert len(flag.evidence) >= 2, flag.id
        assert flag.look_alike, flag.id
        assert flag.why, flag.id


def test_distractors_grow_in_number_with_the_stage() -> None:
    for card in CARDS:
        for way in card.ways():
            counts = [len(card.ask(way, stage, random.Random(3)).options) for stage in way.stages]
            assert counts == sorted(counts), card.id
