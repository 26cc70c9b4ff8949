"""A session that ends when the day's minutes are over, and what the time of an answer is."""

from tests.learners import Learner, right, run, wrong
from trainer.memory.state import DayTotals, Review
from trainer.study.session import Session
from trainer.study.turns import Phase, Turn

ENDINGS = ("meanings/cue", "meanings/prop", "meanings/sm", "meanings/tech", "meanings/call")


def session_of(learner: Learner, goal: float | None, *endings: str) -> Session:
    cards = [learner.card(ending) for ending in endings or ENDINGS]
    return Session(
        cards,
        learner.library.cards,
        learner.record,
        learner.schedule,
        learner.clock,
        goal=goal,
        seconds={card.id: 30.0 for card in cards},
    )


def answer(
    learner: Learner, session: Session, seconds: float, *, read: float = 0, known: bool = True
) -> None:
    """Answer after some seconds, and read the feedback for some."""
    question = session.question
    assert question
    learner.clock.forward(seconds=seconds - 1)  # each look at the clock is a second
    session.answer(right(question) if known else wrong(question))
    learner.clock.forward(seconds=read)


def reviews(learner: Learner) -> list[Review]:
    history = learner.record.history()
    return [history[id_] for id_ in sorted(history)]


def test_it_says_enough_with_the_answer_that_reaches_the_goal(learner: Learner) -> None:
    session = session_of(learner, 60)
    said = []
    for seconds in (20, 30, 5):  # a front end that goes on all the same is not stopped
        answer(learner, session, seconds, read=10)
        said.append(session.enough)
        session.next()
        assert not session.enough
    assert said == [False, True, True]


def test_whoever_goes_on_is_not_told_again(learner: Learner) -> None:
    session = session_of(learner, 60)
    answer(learner, session, 90)
    session.go_on()
    assert not session.enough
    session.next()
    answer(learner, session, 90)
    assert not session.enough


def test_the_last_card_needs_no_such_word(learner: Learner) -> None:
    session = session_of(learner, 10, "meanings/cue")
    answer(learner, session, 30)
    assert not session.enough
    session.next()
    assert session.phase is Phase.DONE


def test_a_break_counts_little_towards_the_goal(learner: Learner) -> None:
    session = session_of(learner, 300)
    answer(learner, session, 3600)
    assert not session.enough


def test_without_a_goal_it_goes_on_to_the_end(learner: Learner) -> None:
    session = session_of(learner, None)
    while session.question:
        answer(learner, session, 100, read=50)
        assert not session.enough
        session.next()


def test_the_minutes_left_are_those_of_the_cards_to_go(learner: Learner) -> None:
    """Near the goal there would else be five cards to go in no minutes."""
    session = session_of(learner, 100)
    assert (session.to_go, session.minutes_left) == (5, 2)
    answer(learner, session, 99)
    assert (session.to_go, session.minutes_left) == (4, 2)
    session.next()
    while session.question:
        answer(learner, session, 20)
        session.next()
    assert (session.to_go, session.minutes_left) == (0, 0)


def test_spent_is_the_time_since_the_answer_before_with_its_feedback(learner: Learner) -> None:
    session = session_of(learner, None)
    answer(learner, session, 10, read=20)
    session.next()
    answer(learner, session, 15, read=300)
    session.next()
    answer(learner, session, 15)
    first, second, third = reviews(learner)
    assert first.spent is not None
    assert 0 <= first.spent - first.ms <= 2000, "the first begins with the session"
    assert second.spent is not None
    assert 20_000 <= second.spent - second.ms <= 22_000
    assert third.spent == 120_000, "cut: the learner was called away"
    assert learner.record.totals(learner.day).spent_ms == sum(each.spent_ms for each in reviews(learner))


def test_a_corrected_answer_keeps_its_time_and_the_next_one_tells_the_feedback(learner: Learner) -> None:
    session = session_of(learner, None)
    answer(learner, session, 10, read=30, known=False)
    spent = reviews(learner)[0].spent
    session.count_as(right=True)
    assert reviews(learner)[0].spent == spent
    session.next()
    answer(learner, session, 10)
    last = reviews(learner)[-1]
    assert last.spent is not None
    assert last.spent - last.ms >= 30_000


def test_a_day_is_the_sum_over_its_sessions_and_quizzes(learner: Learner) -> None:
    session = session_of(learner, None, "meanings/cue")
    answer(learner, session, 40)
    learner.clock.forward(hours=2)
    quiz = learner.session([learner.card("meanings/prop")], once=True)
    answer(learner, quiz, 20)
    assert 60_000 <= learner.record.totals(learner.day).spent_ms <= 63_000


def test_totals_of_the_last_version_count_twice_their_time() -> None:
    assert DayTotals(reviews=3, ms=30_000).spent_ms == 60_000
    assert DayTotals(reviews=4, ms=40_000, timed=10_000, spent=35_000).spent_ms == 95_000


def test_cards_left_waiting_come_first_as_repeats_and_move_no_memory(learner: Learner) -> None:
    earlier = session_of(learner, None)
    answer(learner, earlier, 10, known=False)
    card = earlier.question.card if earlier.question else None
    assert card
    before = learner.record.state(card.id)
    session = Session(
        [learner.card("meanings/prop")],
        learner.library.cards,
        learner.record,
        learner.schedule,
        learner.clock,
        waiting=[Turn(card, 1, next(iter(before.seen)) if before else "")],
    )
    assert session.total == 2
    assert session.repeat
    assert not session.first_meeting
    assert run(session, right)[0] == card.id
    after = learner.record.state(card.id)
    assert before
    assert after
    assert (after.reps, after.stability, after.due) == (before.reps, before.stability, before.due)
    assert [each.repeat for each in reviews(learner) if each.card == card.id] == [False, True]
