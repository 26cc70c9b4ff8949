"""Which keys make sense on a card now, and what they are called then."""

from textual.binding import Binding

from trainer.app.study.card_view import Face
from trainer.cards.card import Form
from trainer.study.feedback import has_more


def can(face: Face, action: str, parameters: tuple[object, ...]) -> bool | None:
    """Return whether an action makes sense now; None where the card has no say in it."""
    asking = face.feedback is None
    match action:
        case "more":
            return face.enough
        case "words":
            return not asking
        case "space":
            return asking or (face.feedback is not None and has_more(face.feedback))
        case "option":
            return int(str(parameters[0])) < face.choices
        case "unknown":
            return asking and not face.revealed and (face.draft is None or bool(face.draft.labels[2]))
        case "back":
            return asking and face.draft is not None and face.draft.back() is not None
        case "hint":
            begun = face.revealed or (face.draft is not None and not face.draft.opening)
            return asking and bool(face.question.hint) and not face.hint and not begun
    if action in {"guess", "count", "easy"}:
        return action == "guess" if asking else _can_revise(face, action, parameters)
    return None


def _can_revise(face: Face, action: str, parameters: tuple[object, ...]) -> bool:
    """Say whether another mark can take the place of the one that was given."""
    feedback = face.feedback
    if feedback is None:
        return False
    sure = feedback.mark.right and not feedback.mark.lucky
    if action == "count":
        return feedback.mark.lucky or feedback.mark.right != parameters[0]
    return sure and not (action == "easy" and feedback.repeat)


def label_of(face: Face, binding: Binding) -> str:
    """Return what a key does just now; empty keeps it out of the key bar."""
    asking = face.feedback is None
    match (binding.id or "").split(".")[1]:
        case "option":
            return _option_label(face, binding)
        case "go":
            return _go_label(face) if asking else "Leave for today" if face.enough else "Go on"
        case "space":
            return "" if asking else "Less" if face.whole else "More"
        case "unknown" if face.draft:
            return face.draft.labels[2]
        case "guess" if not asking:
            return "Was a guess"
        case "guess" if face.guess:
            return "Not guessing"
        case "put_away" | "star" | "doubt" | "easy":
            return ""  # in the help: the bar has no room for what is rare
        case "undo" | "bury" if asking:
            return ""
        case "wrong" if face.question.form in {Form.CHOOSE, Form.TICK}:
            return ""  # what was chosen is no matter of judging
    return binding.description


def explanation_of(face: Face, binding: Binding) -> str:
    """Return what the help says of a key just now, beside what it is called."""
    if binding.id == "study.unknown" and face.draft and face.draft.unknown_means:
        return face.draft.unknown_means
    return binding.tooltip


def _option_label(face: Face, binding: Binding) -> str:
    if face.draft:
        return face.draft.labels[0]
    if face.question.form is Form.FLIP:
        return "I missed it" if binding.id == "study.option.1" else "I knew it"
    return "Tick" if face.question.form is Form.TICK else "Choose"


def _go_label(face: Face) -> str:
    if face.draft:
        return face.draft.labels[1]
    if face.question.form is Form.FLIP:
        return "" if face.revealed else "Show the answer"
    return {Form.TICK: "Confirm", Form.TYPE: "Answer"}.get(face.question.form, "")
