"""The one test in a browser that every run has: from a link to the first answer."""

from tests.web.server import Server
from tests.web.tab import Tabs


def test_a_link_leads_to_a_first_answer(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna")).enter()
    tab.reads("What do you hire for?")
    tab.press("Enter")
    tab.reads("How many minutes")
    tab.press("Enter")
    tab.reads("I don't know")
    tab.press("0")
    tab.reads("The right answer is")
