"""What an attack tried, and what it found."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """One line of the table."""

    what: str
    tried: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def expect(self, holds: bool, otherwise: str) -> None:
        """Count what went wrong unless it holds."""
        if not holds:
            self.wrong[otherwise] += 1

    def __str__(self) -> str:
        found = ", ".join(f"{number} {what}" for what, number in self.wrong.items()) or "nothing wrong"
        return f"{self.what:<58} {self.tried:>7,}  {found}"
