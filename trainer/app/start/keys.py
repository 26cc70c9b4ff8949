"""The keys of the first screens: a name is given, or chosen."""

from dataclasses import replace

from trainer.app.kit.keys import EVERYWHERE, HELP, digits, key

WELCOME_KEYS = (
    key("welcome.begin", "enter", "begin", "Go on", "Take this name, and go on", show=True),
    key("welcome.practice", "p", "practice", "Practise", "Train without saving anything", show=True),
    *EVERYWHERE,
    key("welcome.leave", "escape", "back", "Quit", "Leave; nothing is kept", show=True),
)

HIRE_KEYS = (
    key("hire.go", "enter", "go", "Go on", "Take what is ticked, else the line that is marked", show=True),
    key("hire.tick", "space", "tick", "Tick", "Tick the marked role, or untick it", show=True),
    *digits("hire.role", "role", "Tick", "Tick the role with this number, or untick it", listed=False),
    *EVERYWHERE,
    key("hire.leave", "escape", "back", "Back", "Back to what was asked before, or out", show=True),
)

MINUTES_KEYS = (
    key("minutes.go", "enter", "go", "Begin", "Take the number, and read the first question", show=True),
    key("minutes.less", "up", "step(-1)", "Less", "The number above, of those that are offered"),
    key("minutes.more", "down", "step(1)", "More", "The next number of those that are offered"),
    *(replace(each, priority=True) if each is HELP else each for each in EVERYWHERE),
    key("minutes.leave", "escape", "back", "Back", "Back to the roles", show=True),
)

REFUSED_KEYS = (
    key("refused.go", "enter,space", "go", "Go on", "Take the line that is marked", show=True),
    key("refused.again", "r", "again", "Try again", "Open the record, if that can be done now", show=True),
    key("refused.practice", "p", "practice", "Practise", "Train without saving anything", show=True),
    *EVERYWHERE,
    key("refused.leave", "q,escape", "app.quit", "Quit", "Leave; nothing is changed", show=True),
)

WHO_KEYS = (
    *digits("who.name", "name", "Name", "Train with this name", listed=False),
    key("who.go", "enter,space", "go", "Take this name", "Train with the name that is marked", show=True),
    key("who.new", "n", "new", "Somebody new", "Begin with another name", show=True),
    key("who.practice", "p", "practice", "Practise", "Train without saving anything", show=True),
    *EVERYWHERE,
    key("who.leave", "q,escape", "app.quit", "Quit", "Leave; nothing is changed", show=True),
)
