"""The keys of the people."""

from trainer.app.kit.keys import EVERYWHERE, digits, key

PEOPLE_KEYS = (
    *digits("people.name", "name", "Name", "Train as the person with this number", listed=False),
    key("people.go", "enter,space", "go", "Switch", "Train as the person who is marked", show=True),
    key("people.new", "n", "new", "Somebody new", "Begin with another name", show=True),
    key("people.rename", "r", "rename", "Rename", "Give the person who is marked another name", show=True),
    key("people.remove", "x,delete", "remove", "Remove", "Remove all of the marked person; asks", show=True),
    *EVERYWHERE,
    key("people.leave", "escape", "back", "Back", "Back to where you came from", show=True),
)

NAME_KEYS = (
    key("rename.save", "enter", "save", "Rename", "Take this name", show=True),
    *EVERYWHERE,
    key("rename.leave", "escape", "back", "Back", "Leave the name as it is", show=True),
)
