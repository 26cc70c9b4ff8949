"""Articles by the sound of what follows."""

import pytest

from trainer.humanize import with_article

AN = ["Assistant", "ASM", "usher", "hour", "Hourly hand", "honest answer", "heir", "FOH manager", "LX op"]
AN += [
    "understudy",
    "unimportant",
    "upright",
    "8th",
    "11",
    "MD",
    "umbrella",
    "uninvited guest",
    "Urban planner",
    *(
        "11th",
        "18-year run",
        "1800s house",
        "11,000",
        "R&D manager",
        "L2",
        "F.O.H. manager",
        "X-ray operator",
    ),
    *("Électricien", "E\u0301tage hand", "“Assistant” Hand", "(acting) ASM", "MAs"),
    *("unidentified Prop", "Œuvre Manager"),
]
A = [
    "DSM",
    "University",
    "European",
    "unit",
    "user",
    "usual",
    "UK tour",
    "one-hander",
    "union card",
    "Producer",
]
A += [
    "uniform",
    "universal",
    "hotel",
    "house",
    "Stage Manager",
    "eulogy",
    "utility",
    "unanimous",
    "110",
    "once",
    *(
        "1st AD",
        "180",
        "1,100",
        "Ukrainian",
        "ouija",
        "FLOOR Manager",
        "U.S. tour",
        "NATO tour",
        "STAR vehicle",
        "“Stage” Hand",
        "PAs",
        "…",
    ),
]


@pytest.mark.parametrize(("article", "names"), [("an", AN), ("a", A)])
def test_an_article_goes_by_the_sound(article: str, names: list[str]) -> None:
    assert [with_article(name) for name in names] == [f"{article} {name}" for name in names]
