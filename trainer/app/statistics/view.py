"""Statistics: how near a learner's ratings of answers come to the references."""

from trainer.app.kit.layout import BLANK, labelled, text
from trainer.app.kit.row_list import Row
from trainer.reports.profile import Profile
from trainer.reports.profile_words import NOTHING, profile_lines


def statistics_page(profile: Profile, width: int) -> list[Row]:
    """Lay a rater's profile out."""
    rows = [BLANK, *text("How you rate answers", width, "bold $strong"), BLANK]
    lines = profile_lines(profile)
    if not lines:
        return [*rows, *text(NOTHING, width)]
    for line in lines:
        rows += labelled([line], width, indent=2, column=_COLUMN)
    return rows


_COLUMN = 17
"""Cells for the name of a figure."""
