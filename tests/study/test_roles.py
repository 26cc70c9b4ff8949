"""The roles that a learner learns: chosen, ordered, paused, and what speaks of them alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from tests.learners import right, run, shipped, wrong
from trainer.engine.choice import SessionChoice
from trainer.engine.engine import Engine
from trainer.errors import TrainerError, UnknownDeckError
from trainer.home import Home
from trainer.study.session import Session

ASM, SM, PROPS, WARDROBE = "assistant-stage-manager", "stage-manager", "props", "wardrobe-supervisor"
VOCABULARY = "theatre-vocabulary"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def opened(home: Home, clock: FakeClock, *, saving: bool = True) -> Engine:
    return Engine.open(home, "anna", clock=clock, saving=saving, library=shipped())


@pytest.fixture
def engine(home: Home, clock: FakeClock) -> Iterator[Engine]:
    with opened(home, clock) as found:
        yield found


def learned(engine: Engine) -> list[str]:
    return [role.id for role in engine.roles() if role.state == "learned"]


def states(engine: Engine) -> dict[str, str]:
    return {role.id: role.state for role in engine.roles()}


def sheets_of(session: Session) -> set[str]:
    return {card.sheet.id for card in session._waiting.cards.values()}


def answer(engine: Engine, deck: str, count: int = 3) -> None:
    run(engine.study([deck], new=count), right)


# Which roles are learned


def test_a_newcomer_learns_all_until_they_choose(engine: Engine) -> None:
    assert not engine.roles_chosen
    assert learned(engine) == [sheet.id for sheet in shipped().sheets.values() if sheet.is_role]
    assert engine.roles()[-1].state == "vocabulary"


def test_in_a_record_from_before_the_roles_that_were_met_are_learned(engine: Engine) -> None:
    answer(engine, VOCABULARY)
    assert learned(engine) == [sheet.id for sheet in shipped().sheets.values() if sheet.is_role]
    answer(engine, PROPS)
    answer(engine, ASM)
    assert learned(engine) == [ASM, PROPS]
    assert not engine.roles_chosen
    assert states(engine)[SM] == "library"
    engine.add_roles(["Stage Manager"])
    assert learned(engine) == [ASM, PROPS, SM]


def test_roles_are_chosen_in_an_order_as_people_write_them_and_kept_at_once(
    home: Home, clock: FakeClock
) -> None:
    with opened(home, clock) as engine:
        told = engine.choose_roles(["Prop Master", "ASM", "props"])
        assert [(role.id, role.position) for role in told[:2]] == [(PROPS, 1), (ASM, 2)]
        with opened(home, clock, saving=False) as other:
            assert learned(other) == [PROPS, ASM], "in the journal"
    with opened(home, clock) as engine:
        assert engine.roles_chosen
        assert learned(engine) == [PROPS, ASM]
        assert engine.settings.roles == (PROPS, ASM)


def test_a_first_choice_is_the_only_one(engine: Engine) -> None:
    engine.add_roles(["wardrobe"])
    assert learned(engine) == [WARDROBE]


def test_roles_are_added_removed_and_put_in_another_order(engine: Engine) -> None:
    engine.choose_roles([ASM])
    engine.add_roles([SM, PROPS])
    assert learned(engine) == [ASM, SM, PROPS]
    engine.add_roles([WARDROBE], first=True)
    assert learned(engine) == [WARDROBE, ASM, SM, PROPS]
    engine.order_roles(["Props", "ASM"])
    assert learned(engine) == [PROPS, ASM, WARDROBE, SM]
    engine.remove_roles(["SM", "wardrobe"])
    assert learned(engine) == [PROPS, ASM]
    engine.add_roles([ASM])
    assert learned(engine) == [PROPS, ASM], "it is there already"


def test_a_paused_role_keeps_its_place_and_its_progress_and_is_not_asked(
    engine: Engine, clock: FakeClock
) -> None:
    engine.choose_roles([ASM, PROPS])
    answer(engine, PROPS, 5)
    before = dict(engine.progress.states)
    clock.forward(days=100)
    assert engine.overview().due == 5
    [_, props, *_] = engine.roles()
    assert props.due == 5
    engine.pause_roles(["Props"])
    assert learned(engine) == [ASM]
    assert states(engine)[PROPS] == "paused"
    assert engine.overview().due == 0
    assert sheets_of(engine.study(new=30)) <= {ASM, VOCABULARY}
    [_, props, *_] = engine.roles()
    assert (props.position, props.due, props.counts.soon) == (2, 0, 5)
    engine.add_roles([SM])
    engine.resume_roles(["props"])
    assert learned(engine) == [ASM, PROPS, SM]
    assert engine.overview().due == 5
    assert engine.progress.states == before


def test_choosing_says_what_is_paused_too(engine: Engine) -> None:
    engine.choose_roles([ASM, SM, PROPS], paused=[SM])
    assert [(role.id, role.state) for role in engine.roles()[:3]] == [
        (ASM, "learned"),
        (SM, "paused"),
        (PROPS, "learned"),
    ]
    engine.choose_roles([ASM, SM])
    assert states(engine)[SM] == "learned"
    engine.pause_roles([SM])
    engine.remove_roles([SM])
    engine.add_roles([SM])
    assert states(engine)[SM] == "learned", "a removed role does not stay paused"


def test_one_role_at_least_stays(engine: Engine) -> None:
    engine.choose_roles([ASM])
    changes: list[Callable[[], object]] = [
        lambda: engine.remove_roles([ASM]),
        lambda: engine.pause_roles([ASM]),
        lambda: engine.choose_roles([]),
        lambda: engine.choose_roles([ASM], paused=[ASM]),
    ]
    for change in changes:
        with pytest.raises(TrainerError, match="One role at least"):
            change()
        assert learned(engine) == [ASM]


def test_what_is_no_role_or_not_learned_is_told_and_changes_nothing(engine: Engine) -> None:
    engine.choose_roles([ASM])
    changes: list[tuple[Callable[[], object], str]] = [
        (lambda: engine.add_roles(["lion tamer", PROPS]), "no role"),
        (lambda: engine.add_roles(["theatre vocabulary"]), "goes with every role"),
        (lambda: engine.choose_roles([SM, "manager"]), "may mean"),
        (lambda: engine.pause_roles(["props"]), "trainer roles add props"),
        (lambda: engine.remove_roles([PROPS]), "don't learn"),
        (lambda: engine.order_roles([PROPS]), "don't learn"),
    ]
    for change, told in changes:
        with pytest.raises(TrainerError, match=told):
            change()
        assert learned(engine) == [ASM]


# A sheet that is not there


ROLE = """
format = 1
id = "{0}"
name = "{0}"
[[terms]]
id = "t"
term = "{0} term"
meaning = "What {0} does."
[[levels]]
id = "junior"
name = "Junior"
[[red_flags]]
id = "flag"
text = "No {0}"
"""


@pytest.fixture
def own(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setattr("trainer.material.sheet_files.shipped_decks", lambda: home.root / "none")
    home.decks.mkdir(parents=True)
    for name in ("fly", "sound"):
        (home.decks / f"{name}.toml").write_text(ROLE.format(name), encoding="utf-8")
    return home


@pytest.mark.parametrize("how", ["gone", "broken"])
def test_a_role_whose_sheet_cannot_be_used_is_told_kept_and_left_out(
    own: Home, clock: FakeClock, how: str
) -> None:
    sheet = own.decks / "fly.toml"
    before = sheet.read_text(encoding="utf-8")
    with Engine.open(own, "anna", clock=clock) as engine:
        engine.choose_roles(["fly", "sound"])
        run(engine.study(["fly"], new=9), right)
        met = dict(engine.progress.states)
    if how == "gone":
        sheet.unlink()
    else:
        sheet.write_text("format = 1", encoding="utf-8")
    clock.forward(days=50)
    with Engine.open(own, "anna", clock=clock) as engine:
        assert engine.library.sheets
        assert learned(engine) == ["sound"]
        [missing] = [role for role in engine.roles() if role.state == "missing"]
        assert (missing.id, missing.position, missing.counts.cards > 0) == (
            "fly",
            1,
            how not in {"gone", "broken"},
        )
        told = [notice for notice in engine.standing().notices if '"fly"' in notice]
        assert len(told) == 1
        assert "trainer roles remove fly" in told[0]
        assert engine.progress.states == met
        engine.choose_roles(["sound"])
        assert engine.settings.roles == ("sound", "fly"), "kept until it is taken out"
        with pytest.raises(TrainerError, match="One role at least"):
            engine.remove_roles(["sound"])
    sheet.write_text(before, encoding="utf-8")
    with Engine.open(own, "anna", clock=clock) as engine:
        assert learned(engine) == ["sound", "fly"]
        assert engine.progress.states == met
        sheet.unlink()
    with Engine.open(own, "anna", clock=clock) as engine:
        engine.remove_roles(["fly"])
        assert engine.settings.roles == ("sound",)
        assert not [notice for notice in engine.standing().notices if '"fly"' in notice]


def test_a_role_of_which_only_the_terms_are_left_goes_on_as_a_vocabulary(own: Home, clock: FakeClock) -> None:
    with Engine.open(own, "anna", clock=clock) as engine:
        engine.choose_roles(["fly", "sound"])
    sheet = own.decks / "fly.toml"
    sheet.write_text(sheet.read_text(encoding="utf-8").partition("[[levels]]")[0], encoding="utf-8")
    with Engine.open(own, "anna", clock=clock) as engine:
        assert states(engine) == {"sound": "learned", "fly": "vocabulary"}
        assert sheets_of(engine.study(new=50)) == {"sound", "fly"}
        assert not engine.standing().notices


def test_with_all_roles_missing_only_the_vocabularies_are_asked(own: Home, clock: FakeClock) -> None:
    words = ROLE.format("words").partition("[[levels]]")[0]
    (own.decks / "words.toml").write_text(words, encoding="utf-8")
    with Engine.open(own, "anna", clock=clock) as engine:
        engine.choose_roles(["fly"])
    (own.decks / "fly.toml").unlink()
    with Engine.open(own, "anna", clock=clock) as engine:
        assert engine.standing().role is None
        assert sheets_of(engine.study(new=50)) == {"words"}
        engine.add_roles(["sound"])
        assert learned(engine) == ["sound"]


def test_the_last_role_can_be_removed_once_its_sheet_is_gone(own: Home, clock: FakeClock) -> None:
    with Engine.open(own, "anna", clock=clock) as engine:
        engine.choose_roles(["fly"])
    (own.decks / "fly.toml").unlink()
    with Engine.open(own, "anna", clock=clock) as engine:
        engine.remove_roles(["fly"])
        assert not engine.roles_chosen
        assert learned(engine) == ["sound"]


def test_a_library_of_words_alone_has_no_role_and_asks_them(own: Home, clock: FakeClock) -> None:
    for sheet in own.decks.glob("*.toml"):
        sheet.write_text(sheet.read_text(encoding="utf-8").partition("[[levels]]")[0], encoding="utf-8")
    with Engine.open(own, "anna", clock=clock) as engine:
        standing = engine.standing()
        assert (standing.role, standing.learned) == (None, ())
        assert standing.overview.new == 2
        assert sheets_of(engine.study()) == {"fly", "sound"}


# What speaks of the chosen roles


def test_sessions_counts_and_decks_are_those_of_the_chosen_roles(engine: Engine) -> None:
    everything = engine.overview()
    engine.choose_roles([PROPS])
    seen = engine.overview()
    assert seen.decks["levels"].cards < everything.decks["levels"].cards
    for choice in (SessionChoice(new=200), SessionChoice("quiz", count=100)):
        session = engine.session(choice)
        assert session
        assert sheets_of(session) == {PROPS, VOCABULARY}
    assert sheets_of(engine.study(["levels"], new=200)) == {PROPS}
    assert sheets_of(engine.quiz(["meanings"], count=300)) == {PROPS, VOCABULARY}


def test_a_role_that_is_named_is_trained_though_it_was_not_chosen(engine: Engine, clock: FakeClock) -> None:
    engine.choose_roles([PROPS])
    assert sheets_of(engine.quiz(["wardrobe"])) == {WARDROBE}
    run(engine.study(["Wardrobe Mistress/levels"], new=5), right)
    assert learned(engine) == [PROPS]
    session = engine.study(["wardrobe"], new=0)
    clock.forward(days=300)
    assert engine.overview().due == 0
    assert not session.summary().coming, "what comes back is what is learned"
    assert len(engine.study(["wardrobe"], new=0)._waiting.cards) == 5
    with pytest.raises(UnknownDeckError, match="may mean"):
        engine.quiz(["manager"])


def test_the_overview_and_the_roles_are_the_same_before_the_sheets_are_read(home: Home) -> None:
    with Engine.open(home, "anna") as engine:
        engine.choose_roles(["props", "asm"])
    with Engine.open(home, "anna") as engine:
        before = engine.overview(), engine.roles(), engine.role_standing()
        assert engine.problems == ()
        assert engine._library is None, "read from the outlines"
        assert engine.library.cards
        assert (engine.overview(), engine.roles(), engine.role_standing()) == before


def test_the_sheets_are_listed_with_what_is_learned_first(engine: Engine) -> None:
    engine.choose_roles([PROPS])
    whole = [(row.choice, row.asked) for row in engine.sheets() if row.whole]
    assert whole[:3] == [(PROPS, True), (VOCABULARY, True), (ASM, False)]
    assert len(whole) == len(shipped().sheets)


def test_the_warm_up_has_the_chosen_roles_in_it(engine: Engine) -> None:
    engine.choose_roles([WARDROBE])
    for _ in range(20):
        pairs = engine.pairs()
        assert pairs
        assert "Wardrobe Supervisor" in pairs.roles
        assert len(pairs.roles) >= 4


def test_yesterdays_confusion_is_told_of_what_is_learned(engine: Engine, clock: FakeClock) -> None:
    engine.choose_roles([PROPS, ASM])
    session = engine.study([f"{ASM}/levels"], new=3)
    while session.question:
        session.answer(wrong(session.question))
        session.next()
    clock.forward(days=1)
    engine.pause_roles([ASM])
    assert engine.confusion() == ""


# Counts by role


def test_the_first_role_is_counted_deck_by_deck(engine: Engine, clock: FakeClock) -> None:
    engine.choose_roles([PROPS, ASM])
    standing = engine.role_standing()
    assert standing
    assert (standing.id, standing.name) == (PROPS, "Props Supervisor / Props Master")
    assert [deck.name for deck in standing.decks] == ["Words", "Titles", "Levels", "Answers"]
    words, _, levels, _ = standing.decks
    assert levels.counts.to_come == levels.counts.cards == len(shipped().select(["props/levels"]))
    assert words.counts.cards == len(shipped().select(["props/meanings", VOCABULARY]))
    for _ in range(3):
        run(engine.study(["props/levels"], new=2), right)
        clock.forward(days=3000)
    standing = engine.standing().role
    assert standing
    counts = standing.decks[2].counts
    assert (counts.know, counts.soon) == (2, 4)
    assert counts.to_come == levels.counts.cards - 6
    other = engine.role_standing(ASM)
    assert other
    assert other.decks[2].counts.know == 0
    assert engine.role_standing("gone") is None


def test_a_card_that_was_put_away_is_counted_nowhere(engine: Engine) -> None:
    engine.choose_roles([PROPS])
    cards = engine.overview().decks["levels"].cards
    session = engine.study(["props/levels"], new=1)
    assert session.suspend()
    assert engine.overview().decks["levels"].cards == cards - 1
    standing = engine.role_standing()
    assert standing
    assert standing.decks[2].counts.cards == cards - 1


# Other choices


def test_minutes_region_and_retention_are_kept_at_once(home: Home, clock: FakeClock) -> None:
    with opened(home, clock) as engine:
        engine.set_minutes(15)
        engine.set_region("UK")
        engine.set_retention(0.85)
        with opened(home, clock, saving=False) as other:
            assert (other.settings.minutes, other.settings.region, other.settings.retention) == (
                15,
                "UK",
                0.85,
            )
        with pytest.raises(TrainerError, match="Nothing was changed"):
            engine.set_minutes(0)
        with pytest.raises(TrainerError, match="Nothing was changed"):
            engine.set_retention(0.5)
        engine.set_region(None)
        assert engine.settings.region is None


def test_a_higher_retention_costs_more_and_nothing_can_be_said_before_the_first_card(
    engine: Engine, clock: FakeClock
) -> None:
    assert engine.retention_cost(0.9).cards == 0
    assert engine.retention_cost(0.9).minutes == 0
    engine.choose_roles([ASM])
    run(engine.study(new=40), right)
    costs = [engine.retention_cost(each).minutes for each in (0.70, 0.80, 0.90, 0.95, 0.97)]
    assert costs == sorted(costs)
    assert costs[0] < costs[2] / 1.3
    assert costs[-1] > costs[2] * 1.5
    assert engine.retention_cost(0.9).cards == 40
    clock.forward(days=1)
    assert 0 < engine.retention_cost(0.9).reviews < 40


def test_what_the_present_retention_costs_is_what_the_plan_of_the_week_says(
    engine: Engine, clock: FakeClock
) -> None:
    """Settings and Today reckon with the same minutes of reviews."""
    engine.choose_roles([ASM])
    run(engine.study(new=30), right)
    clock.forward(days=1)
    planned = engine._planner().review_minutes(engine._asked()[2])
    assert planned > 0
    assert engine.retention_cost(engine.settings.retention).minutes == pytest.approx(planned)
