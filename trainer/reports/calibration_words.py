"""Where ratings of whole answers split the team, in words."""

from collections.abc import Iterator
from html import escape

from trainer.cards.sample import SCORES as SCORE_SCALE
from trainer.humanize import count, listed
from trainer.reports.calibration import AGREED, Calibration, EvidenceSplit, Leaning, ScoreSplit
from trainer.reports.team_items import LEAST_PEOPLE

SCORES = "What split the team: scores"
EVIDENCE = "What split the team: evidence"
_LONGEST = 90
_ALIKE = 0.25
"""Nearer to the others than this is like them."""


def notes_of(found: Calibration) -> Iterator[str]:
    """Yield why there are no figures, or how one rates oneself, and how far the team spreads."""
    if found.blind:
        yield "All rate blind: you see where the team is split once you sent your own ratings."
        return
    if not found.scores:
        few = found.rated_by < LEAST_PEOPLE
        there = f"{found.rated_by} sent ratings" if few else "no answer was rated by so many"
        yield f"Where the team is split is told from {LEAST_PEOPLE} people on; {there}."
        return
    answers = count(len(found.scores), "answer")
    yield (
        f"On {found.agreed} of {answers} the team agrees: scores are at most {AGREED:.1f} from their middle "
        "on average."
    )
    if found.own:
        yield _leaning(found.own)
    if found.lowest is not None and found.highest is not None:
        yield (
            f"The {count(found.rated_by, 'rater')}, each beside the others: from {_signed(found.lowest)} to "
            f"{_signed(found.highest)} in scores."
        )
    if not found.evidence:
        yield "The team saw the evidence alike."


def _leaning(own: Leaning) -> str:
    score = "as the others do" if abs(own.score) < _ALIKE else _more(own.score, "higher", "lower")
    seen = "as much of the points" if abs(own.evidence) < _ALIKE else _more(own.evidence, "more", "less")
    than = "" if abs(own.evidence) < _ALIKE else " of the points in them"
    return f"Told to you alone: you score {score}, and see {seen}{than}."


def _more(value: float, above: str, below: str) -> str:
    return f"{abs(value):.1f} {above if value > 0 else below}"


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def score_head(each: ScoreSplit) -> str:
    """Return how an answer was scored: "3 gave 2 and 2 gave 4"."""
    given = listed(f"{number} gave {score}" for score, number in each.scores.items())
    return f"{given}; reference {each.reference}"


def score_words(each: ScoreSplit) -> Iterator[str]:
    """Yield which answer it is, and between which scores the team parts."""
    yield f"Answer {each.number}: {_short(each.says)}"
    if each.between is None:
        yield "All gave the same score."
        return
    yield f"The team parts between {each.between[0]} and {each.between[1]}."
    for score, text in each.anchors.items():
        yield f"{score} looks like: {text}"


def evidence_head(each: EvidenceSplit) -> str:
    """Return how a point was seen: "3 not, 2 shown; reference shown"."""
    return f"{listed(f'{number} {word}' for word, number in each.saw.items())}; reference {each.reference}"


def evidence_words(each: EvidenceSplit) -> str:
    """Return which point of which answer it is."""
    return f"Answer {each.number}: {each.says}"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def calibration_html(found: Calibration) -> Iterator[str]:
    """Yield all of it for a page."""
    yield from (f'<p class="note">{escape(words)}</p>' for words in notes_of(found))
    if found.scores:
        yield f"<h3>{SCORES}</h3><table>"
        for each in found.scores:
            first, *rest = map(escape, score_words(each))
            told = "<br>".join([f"<b>{first}</b>", *rest])
            yield f'<tr><td class="figure">{_columns(each)}<td>{escape(score_head(each))}<td>{told}</tr>'
        yield "</table>"
    if found.evidence:
        yield f"<h3>{EVIDENCE}</h3><table>"
        for split in found.evidence:
            yield f"<tr><td>{escape(evidence_head(split))}<td>{escape(evidence_words(split))}</tr>"
        yield "</table>"


def _columns(each: ScoreSplit) -> str:
    """Return how often each score was given as columns, the reference's darker."""
    parts = []
    for score in SCORE_SCALE:
        height = 28 * each.scores.get(score, 0) / each.of
        kind = "reference" if score == each.reference else "given"
        left = 16 * (score - 1)
        parts.append(f'<path class="{kind}" d="M{left} 30h14v-{height:.1f}h-14z"/>')
        parts.append(f'<text x="{left + 4}" y="40" font-size="10">{score}</text>')
    return f'<svg width="80" height="42" role="img" aria-hidden="true">{"".join(parts)}</svg>'


def calibration_lines(found: Calibration) -> Iterator[str]:
    """Yield all of it in lines of text."""
    yield from notes_of(found)
    if found.scores:
        yield f"{SCORES}:"
    for each in found.scores:
        first, *rest = score_words(each)
        yield f"  {score_head(each)}: {first}"
        yield from (f"      {words}" for words in rest)
    if found.evidence:
        yield f"{EVIDENCE}:"
    for split in found.evidence:
        yield f"  {evidence_head(split)}: {evidence_words(split)}"
