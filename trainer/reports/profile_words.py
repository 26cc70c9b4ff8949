"""A rater's profile in words, for the screen and for the command."""

from trainer.reports.profile import (
    FOR_AGREEMENT,
    FOR_LENIENCY,
    FOR_POINTS,
    FOR_RANKING,
    FOR_SIDE,
    Profile,
    Side,
    Spotted,
)

NOTHING = (
    "No whole answer has been rated yet. The deck Answer quality brings them, once the points of a "
    "question were met."
)
_EVEN = 0.25
"""A mean difference up to this, in scores, is neither lenient nor strict."""
_KAPPAS = ((0.8, "very close"), (0.6, "good"), (0.4, "fair"), (-1.0, "weak"))
"""From which value on agreement is called so; the bounds of Landis & Koch (1977), Biometrics 33."""


def profile_lines(profile: Profile) -> list[tuple[str, str]]:
    """Return the figures with their names, each in a sentence; empty without a rating."""
    if not profile.ratings:
        return []
    return [
        ("Answers rated", _count(profile)),
        ("How far off", _distance(profile)),
        ("Lenient or strict", _leniency(profile)),
        ("Weak answers", _side(profile.weak)),
        ("Strong answers", _side(profile.strong)),
        ("Best and worst", _ranking(profile)),
        ("Points", _spotted(profile, profile.points)),
        ("Red flags", _spotted(profile, profile.flags)),
        ("Agreement", _agreement(profile)),
        ("Over time", _over_time(profile)),
    ]


def _count(profile: Profile) -> str:
    counted = f"{profile.ratings}, each counted the first time."
    if profile.proposed:
        counted += f" {profile.proposed} beside a reference that its author proposes."
    return counted


def _distance(profile: Profile) -> str:
    distance = profile.distance or 0.0
    return f"{distance:.1f} on average, on the scale from 1 to 5 (0 is exact)."


def _leniency(profile: Profile) -> str:
    if profile.leniency is None:
        return _from(FOR_LENIENCY, profile)
    return f"{_leaning(profile.leniency)}: {profile.leniency:+.1f} on average."


def _leaning(leniency: float) -> str:
    if abs(leniency) <= _EVEN:
        return "Neither"
    return "Lenient" if leniency > 0 else "Strict"


def _side(side: Side) -> str:
    if side.distance is None or side.leniency is None:
        return f"from {FOR_SIDE} ratings of such on; {FOR_SIDE - side.ratings} to go."
    lean = _leaning(side.leniency)
    word = "neither lenient nor strict" if lean == "Neither" else lean.lower()
    return f"{side.ratings}, {side.distance:.1f} off on average; {word}: {side.leniency:+.1f}."


def _ranking(profile: Profile) -> str:
    if profile.ratings < FOR_RANKING:
        return _from(FOR_RANKING, profile)
    if profile.ranking is None:
        return "Can't be told: all scores are the same."
    return f"Better answers get better scores: {profile.ranking:.2f} (1 always, 0 by chance)."


def _spotted(profile: Profile, found: Spotted | None) -> str:
    if found is None:
        return _from(FOR_POINTS, profile)
    return f"{found.spotted} of {found.there} spotted; {found.imagined} of {found.absent} imagined."


def _agreement(profile: Profile) -> str:
    if profile.ratings < FOR_AGREEMENT:
        return _from(FOR_AGREEMENT, profile)
    if profile.agreement is None:
        return "Can't be told: all scores are the same."
    word = next(word for least, word in _KAPPAS if profile.agreement >= least)
    return f"{profile.agreement:.2f}, {word} (1 is full, 0 is chance)."


def _over_time(profile: Profile) -> str:
    if profile.change is None:
        return _from(FOR_AGREEMENT, profile)
    steps = " → ".join(f"{distance:.1f}" for distance in profile.over_time)
    word = "nearer" if profile.change > 0 else "farther off" if profile.change < 0 else "the same"
    return f"{steps} off, ten ratings each: {word}."


def _from(least: int, profile: Profile) -> str:
    return f"from {least} ratings on; {least - profile.ratings} to go."
