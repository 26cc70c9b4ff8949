"""Where the bullets of the last level end, on a page that lost the heading of its red flags."""

import re
from collections.abc import Sequence

from trainer.material.page.lines import PageLine

_WARNS = re.compile(
    r"(?:no|not|none|never|poor|lack|lacks|lacking|little|limited|inability|unable|cannot|can't|weak"
    r"|unwilling|unfamiliar|missing|inconsistent|insufficient|difficulty|failure|fails|vague|avoids?|doesn't"
    r"|does not|unclear|absence|resistance|resistant|disorgani[sz]ed|negative|excessive|frequent|unexplained"
    r"|over-?reliance|only|minimal|inadequate|unprofessional|unreliable|job[ -]hopping|gaps?|blames?"
    r"|reluctant|reluctance|dismissive|overly|confuses?|incomplete|outdated|unrealistic)\b",
    re.IGNORECASE,
)


def doubtful_from(levels: Sequence[Sequence[PageLine]]) -> int:
    """Return the place in the last level from which on its lines may be red flags.

    They warn, a blank line parts them, or there are more than on any other level. Without such a
    sign it is the end.
    """
    last = levels[-1]
    others = levels[:-1]
    places = [len(last)]
    warning = [bool(_WARNS.match(line.text)) for line in last]
    places += [i for i in range(1, len(last)) if warning[i] and sum(warning[i:]) * 2 >= len(last) - i][:1]
    if others:
        places.append(max(len(level) for level in others))
    if not any(line.gap for level in others for line in level[1:]):
        places += [i for i in range(1, len(last)) if last[i].gap][:1]
    return min(places)
