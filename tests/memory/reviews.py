"""Reviews as a session makes them, and random histories of them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from trainer.memory.schedule import Schedule
from trainer.memory.state import CardState, Degree, Rated, Rating, Review

SCHEDULE = Schedule()
DAY = date(2026, 3, 4)
CARDS = ("s/levels/a", "s/levels/b", "s/meanings/c")


def review(
    state: CardState | None = None,
    rating: Rating = Rating.GOOD,
    day: date = DAY,
    *,
    card: str = CARDS[0],
    repeat: bool = False,
    guess: bool = False,
    variant: str = "",
    ms: int = 1000,
    rated: Rated | None = None,
) -> Review:
    """Return the review that an answer leads to, with the interval that was told."""
    return Review(
        card=card,
        day=day,
        rating=Rating.AGAIN if guess else rating,
        given=SCHEDULE.interval(card, state, day, rating),
        form="choose",
        ms=ms,
        repeat=repeat,
        guess=guess,
        variant=variant,
        unseen=state is not None and bool(variant) and variant not in state.seen,
        rated=rated,
    )


def ratings() -> st.SearchStrategy[Rated]:
    """Give ratings of whole answers, of any kind."""
    degrees = st.sampled_from(Degree)
    return st.builds(
        Rated,
        score=st.integers(1, 5),
        reference=st.integers(1, 5),
        points=st.dictionaries(st.sampled_from("abcd"), st.tuples(degrees, degrees)),
        flags=st.dictionaries(st.sampled_from("xyz"), st.tuples(st.booleans(), st.booleans())),
        raters=st.integers(0, 9),
        first=st.booleans(),
    )


def after(*ratings: Rating, every: int = 1) -> CardState:
    """Return the state after a review each `every` days from DAY."""
    state: CardState | None = None
    for i, rating in enumerate(ratings):
        state = SCHEDULE.advance(state, review(state, rating, DAY + timedelta(days=i * every)))
    assert state
    return state


@st.composite
def histories(draw: st.DrawFn) -> list[Review]:
    """Give answers of several cards over days that go on, stand still, or go back."""
    states: dict[str, CardState] = {}
    day, history = DAY, []
    for _ in range(draw(st.integers(1, 25))):
        day += timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 1, 2, 5, 30, 400, -1, -3])))
        card = draw(st.sampled_from(CARDS))
        before = states.get(card)
        answer = review(
            before,
            draw(st.sampled_from(Rating)),
            day,
            card=card,
            repeat=before is not None and before.last == day and draw(st.booleans()),
            guess=draw(st.integers(0, 4)) == 0,
            variant=draw(st.sampled_from(["", "v1", "v2", "v3"])),
            ms=draw(st.integers(0, 60_000)),
            rated=draw(st.none() | ratings()),
        )
        history.append(answer)
        if now := SCHEDULE.advance(before, answer):
            states[card] = now
    return history
