"""The keys of a session, and of the summary after it."""

from trainer.app.kit.keys import EVERYWHERE, digits, key

STUDY_KEYS = (
    *digits("study.option", "option", "Option", "The line with this number", show=True, listed=False),
    key("study.go", "enter", "go", "Go on", "Show the answer, confirm, go on", show=True),
    key("study.more", "m", "more", "Go on", "Go on beyond the minutes of the day", show=True),
    key(
        "study.space",
        "space",
        "space",
        "More",
        "With the feedback, more of it or less; on a list, tick the marked line; elsewhere as Enter",
        show=True,
    ),
    key("study.back", "left,backspace", "back", "Back", "Back to the evidence, nothing is lost", show=True),
    key("study.unknown", "0", "unknown", "Don't know", "Show me the answer", show=True),
    key("study.hint", "h", "hint", "Hint", "Right with a hint counts a little less", show=True),
    key(
        "study.right", "r", "count(True)", "Count as right", "I was right, whatever the mark says", show=True
    ),
    key(
        "study.wrong", "w", "count(False)", "Count as wrong", "I was wrong, whatever the mark says", show=True
    ),
    key("study.undo", "u", "undo", "Undo", "Take the last step back and ask again", show=True),
    key("study.guess", "g", "guess", "Guessing", "Right by a guess comes back soon", show=True),
    key("study.words", "l", "words", "Look up", "Look up a word of this card and come back"),
    key("study.easy", "y", "easy", "Too easy", "It comes back much later", show=True),
    key("study.bury", "b", "bury", "Not today", "Put this card off until tomorrow", show=True),
    key("study.put_away", "x", "put_away", "Put away", "Ask this card no more, until it is brought back"),
    key("study.star", "asterisk", "star", "Star", "Worth coming back to; once more takes it back"),
    key("study.doubt", "exclamation_mark", "doubt", "Doubtful", "Say that this card is not right, and why"),
    key("study.edit", "e", "edit", "Edit", "Mend a typo or a wrong cut in this card's text"),
    *EVERYWHERE,
    key("study.leave", "escape", "leave", "Leave", "Every answer is saved", show=True),
)

WORKED_KEYS = (
    key("worked.go", "enter,space", "go", "Go on", "On to the summary", show=True),
    *EVERYWHERE,
    key("worked.leave", "escape", "go", "Go on", "On to the summary"),
)

SUMMARY_KEYS = (
    key("summary.today", "enter,space", "go", "Today", "Back to Today", show=True),
    key("summary.again", "o", "again", "One more round", "Go on with another session", show=True),
    key("summary.brief", "v", "brief", "Brief", "What to take into the interview", show=True),
    key("summary.undo", "u", "undo", "Undo", "Take the last answer back and ask again", show=True),
    *EVERYWHERE,
    key("summary.leave", "escape", "back", "Today", "Back to Today"),
)
