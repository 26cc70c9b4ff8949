"""The keys of the first screens: a name is given, or chosen."""

from trainer.app.kit.keys import EVERYWHERE, digits, key

WELCOME_KEYS = (
    key("welcome.begin", "enter", "begin", "Begin", "Take this name and begin", show=True),
    key("welcome.practice", "p", "practice", "Practise", "Train without saving anything", show=True),
    *EVERYWHERE,
    key("welcome.leave", "escape", "back", "Quit", "Leave; nothing is kept", show=True),
)

WHO_KEYS = (
    *digits("who.name", "name", "Name", "Train with this name", listed=False),
    key("who.go", "enter,space", "go", "Take this name", "Train with the name that is marked", show=True),
    key("who.new", "n", "new", "Somebody new", "Begin with another name", show=True),
    key("who.practice", "p", "practice", "Practise", "Train without saving anything", show=True),
    *EVERYWHERE,
    key("who.leave", "q,escape", "app.quit", "Quit", "Leave; nothing is changed", show=True),
)
