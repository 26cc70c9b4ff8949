"""trainer: flashcards in the terminal for recruiters who hire for theatre."""

__version__ = "0.1.0"
