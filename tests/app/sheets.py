"""A small sheet with everything on it that a screen could trip over."""

from pathlib import Path

from trainer.home import Home

SHEET = """
format = 1
id = "sample"
name = "Sample [red]room[/x]"
industry = "Performing Arts"
source = "made up"

[[terms]]
id = "cue"
term = "[bold]Cue"
meaning = "A signal [/x] to do a thing \\u001b[31mnow."
signal = "Ask who [@click=app.quit]gave[/] it."

[[terms]]
id = "prop"
term = "Prop"
meaning = "An object that an actor handles."
signal = "Ask who set it."

[[terms]]
id = "call"
term = "Call"
meaning = "The hour at which one has to be there."
signal = "Ask for whom."

[[terms]]
id = "wing"
term = "Wing"
meaning = "The side of the stage that is not seen."

[[levels]]
id = "junior"
name = "Junior"
years = "0-2"
rule = "carries out a task"
[[levels.indicators]]
id = "props"
text = "Sets props"
variants = ["Set 40 props from the list", "Put the props out as told", "Set the tables by the photos"]
cues = ["from the list", "as told", "by the photos"]
why = "Somebody else made the list."

[[levels]]
id = "senior"
name = "Senior"
years = "5+"
rule = "answers for the show"
[[levels.indicators]]
id = "show"
text = "Answers for the show"
variants = ["Called 60 shows", "Stopped the show twice and took it up again", "Headed a team of nine"]
why = "The show is theirs."

[[examples]]
id = "crew"
text = "Managed 30 crew"
concludes = [{ text = "Coordinated people", why = "That is what it says." }]
does_not = [
    { text = "Was their boss", why = "Each has a head of their own." },
    { text = "Called the show", why = "Not said." },
]
"""


def home_with_sheet(root: Path) -> Home:
    """Return a home whose own sheet is the one above."""
    (root / "decks").mkdir(parents=True)
    (root / "decks" / "sample.toml").write_text(SHEET, encoding="utf-8")
    return Home(root)
