"""What can be told of the decks by their style alone; see `__main__`."""
