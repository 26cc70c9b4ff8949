"""A team's place in PostgreSQL: for teams that a folder does not serve, with walls between members."""
