"""What a learner is asked at the first question that British and American usage answer differently."""

from trainer.memory.learner import Region

ASKED = "British and American usage differ on the next question. Which do you hire by?"
REGIONS: tuple[tuple[Region, str], ...] = (
    ("UK", "British: ask me for the UK"),
    ("US", "American: ask me for the US"),
    ("both", "Both: ask me for each"),
)
"""What can be answered, with its words."""
