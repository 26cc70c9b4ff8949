"""What can be chosen on a card, by the names that its lines bear."""

UNKNOWN, REVEAL, MISSED, KNEW = "unknown", "reveal", "missed", "knew"

PROBLEM = "problem"
"""The place of the lines that say what was not saved."""

REMARK = "remark"
"""The place of the hint, and of the sentence on what to do next."""

STEP = "step"
"""The place where the step begins that comes next."""


def option_target(position: int) -> str:
    """Return the target of an option."""
    return f"option.{position}"
