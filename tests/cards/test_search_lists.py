"""All titles to search for: what competes with them comes from the roles that are judged, too."""

from pathlib import Path

from tests.material.sheets import read
from trainer.cards.card import Form
from trainer.cards.library import Library, library_of
from trainer.cards.synonyms import SearchListCard

from .shipped import asked

TITLE = '[[titles]]\nid = "{0}"\ntitle = "{1}"\nsearch = "{2}"\nrelation = "{3}"\nwhy = "Because."\n'
HEAD = 'format = 1\nid = "{0}"\nname = "{1}"\n'


def library(folder: Path) -> Library:
    caller = HEAD.format("caller", "Caller") + "".join(
        TITLE.format(*title)
        for title in (
            ("show-caller", "Show Caller", "yes", "same"),
            ("cue-caller", "Cue Caller", "yes", "same"),
            ("dresser", "Dresser", "no", "different"),
        )
    )
    dresser = HEAD.format("dresser", "Dresser") + "".join(
        TITLE.format(*title)
        for title in (
            ("wardrobe-hand", "Wardrobe Hand", "yes", "same"),
            ("costumes", "Costume Person", "filter", "search-word"),
            ("caller", "Show Caller", "yes", "same"),
        )
    )
    rigger = HEAD.format("rigger", "Rigger") + TITLE.format("rope-hand", "Rope Hand", "yes", "same")
    for name, text in (("a", caller), ("b", dresser), ("c", rigger)):
        read(folder, text, f"{name}.toml")
    return library_of(sorted(folder.glob("*.toml")))


def test_other_names_of_a_role_that_is_not_to_be_searched_compete(tmp_path: Path) -> None:
    card = library(tmp_path).cards["caller/synonyms/all.search"]
    assert isinstance(card, SearchListCard)
    assert [other.text for other in card.others] == ["Wardrobe Hand"]
    questions = list(asked(card))
    ticked = [question for question in questions if question.form is Form.TICK]
    shown = {option.text for question in ticked for option in question.options if not option.right}
    assert shown == {"Dresser", "Wardrobe Hand"}
    assert "Another name for a Dresser. Because." in {
        option.why for question in ticked for option in question.options
    }
    [typed] = [question for question in questions if question.form is Form.TYPE][:1]
    assert set(typed.rivals) == {"Dresser", "Wardrobe Hand"}


def test_of_a_role_that_is_not_judged_nothing_is_taken(tmp_path: Path) -> None:
    card = library(tmp_path).cards["dresser/synonyms/all.search"]
    assert isinstance(card, SearchListCard)
    assert card.others == ()
