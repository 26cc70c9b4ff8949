"""Items of a sheet that give an answer away whatever is known of the trade: by habit, or by shared words."""

import re
from collections import defaultdict
from collections.abc import Iterator

from trainer.cards.proofreading import WEAK, Remark
from trainer.material.questions import InterviewQuestion
from trainer.material.sheet import Sheet

_BEGINNING = 5
"""Letters by which words are compared, so that "checked" is "checks"; shorter words are no matter."""
_RETELLS = 0.4
"""Share of an anchor's words that stand in an answer of its score, from which on it retells it."""
_AT_LEAST = 4
"""… and so many words."""


def giveaways(sheet: Sheet) -> Iterator[Remark]:
    """Yield what a learner may answer by without knowing the trade."""
    yield from _few_lines_that_prove_nothing(sheet)
    yield from _single_look_alikes(sheet)
    yield from _flags_on_low_scores(sheet)
    for question in sheet.questions:
        yield from _retelling_anchors(question)


def _few_lines_that_prove_nothing(sheet: Sheet) -> Iterator[Remark]:
    told = sum(len(indicator.lines) for _, indicator in sheet.indicators())
    nothing = sum(len(unclear.lines) for unclear in sheet.unclear)
    if told and 2 * nothing < told:
        text = f"{nothing} of {told + nothing} lines of a résumé prove nothing; make it a third."
        yield Remark("unclear lines", f"{text} Else who never answers so is mostly right.")


def _single_look_alikes(sheet: Sheet) -> Iterator[Remark]:
    for flag in sheet.red_flags:
        if flag.evidence and len(flag.look_alikes) < 2:
            text = "it has fewer than two look-alikes: a line is then mostly a red flag. Add to look_alike."
            yield Remark(f'red flag "{flag.id}"', text)


def _flags_on_low_scores(sheet: Sheet) -> Iterator[Remark]:
    scores: dict[str, list[int]] = defaultdict(list)
    for question in sheet.questions:
        for answer in question.answers:
            for raised in answer.flags:
                scores[raised].append(answer.score)
    for flag in sheet.red_flags:
        found = scores[flag.id]
        if len(found) > 1 and max(found) <= WEAK and not flag.safety:
            text = f"all {len(found)} answers that raise it are worth {WEAK} or less: it tells the score."
            yield Remark(f'red flag "{flag.id}"', f"{text} Let a better answer have it too.")


def _retelling_anchors(question: InterviewQuestion) -> Iterator[Remark]:
    for score, text in question.anchors.items():
        words = _words(text)
        for answer in question.answers:
            shared = words & _words(answer.text)
            if abs(answer.score - score) > 1 or len(shared) < max(_AT_LEAST, _RETELLS * len(words)):
                continue
            told = f'it shares {len(shared)} of its {len(words)} words with the answer "{answer.id}".'
            told = f"{told} Describe the level of any answer, and retell none."
            yield Remark(f'question "{question.id}" › anchors {score}', told)


def _words(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return {word[:_BEGINNING] for word in words if len(word) >= _BEGINNING - 1}
