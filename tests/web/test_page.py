"""The page in a real Chromium, from the link to the tenth answer, and what happens on the way."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.web.server import Server
from tests.web.tab import SECONDS, Tab, Tabs, question_of

pytestmark = pytest.mark.slow

UPRIGHT = ViewportSize(width=390, height=844)
SIDEWAYS = ViewportSize(width=844, height=390)


def _begin(tab: Tab) -> None:
    """Go the way of a newcomer to the first question."""
    tab.enter()
    for told in ("What do you hire for?", "How many minutes"):
        tab.reads(told)
        tab.press("Enter")
    tab.reads("I don't know")


def _answer(tab: Tab) -> None:
    """Say that one does not know, and go on."""
    tab.press("0")
    tab.press("Enter")


def _go(tab: Tab, **ways: str) -> None:
    """Press keys, each of which leads to where some words stand."""
    for key, words in ways.items():
        tab.press(key)
        tab.reads(words)


def test_a_link_leads_to_ten_answers_and_a_reload_goes_on(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    assert "Whoever runs this server can read your record." in tab.page.inner_text("#enter")
    assert "#" not in tab.page.url
    _begin(tab)
    for _ in range(10):
        _answer(tab)
    before = question_of(tab.text)
    tab.page.reload()
    tab.shows("app")
    tab.until(lambda text: question_of(text) == before)
    tab.press("0")


def test_a_reload_before_the_button_keeps_the_link(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    tab.shows("enter")
    tab.page.reload()
    tab.enter()


def test_a_spent_link_opens_the_app_where_it_was_spent_and_nothing_elsewhere(
    server: Server, tabs: Tabs
) -> None:
    link = server.invite("Anna")
    tab = tabs.open(link).enter()
    again = tabs.open(link, beside=tab)
    again.shows("app")
    elsewhere = tabs.open(link)
    sockets: list[str] = []
    elsewhere.page.on("websocket", lambda socket: sockets.append(socket.url))
    elsewhere.page.get_by_role("button", name="Open trainer").click()
    elsewhere.shows("without")
    assert "Ask whoever invited you for a new link" in elsewhere.page.inner_text("#without")
    elsewhere.page.reload()
    elsewhere.shows("without")
    assert not sockets


@pytest.mark.parametrize("size", [UPRIGHT, SIDEWAYS], ids=["upright", "sideways"])
def test_a_phone_is_played_by_touch_and_the_row_of_keys(
    server: Server, tabs: Tabs, size: ViewportSize
) -> None:
    tab = tabs.open(server.invite("Anna"), viewport=size, has_touch=True, is_mobile=True)
    tab.page.get_by_role("button", name="Open trainer").tap()
    tab.reads("What do you hire for?")
    for _ in range(2):
        tab.press_in_row("Enter")
    first = tab.reads("I don't know")
    columns, rows = tab.size
    assert columns >= 46
    assert rows >= 18
    option = next(line for line in first.splitlines() if re.match(r"\s*2  ", line))
    tab.tap(option.split("2  ", 1)[1][:12])
    tab.press_in_row("Enter")
    tab.reads("I don't know")
    tab.press_in_row("1")
    tab.press_in_row("Enter")
    for _ in range(3):
        tab.tap("I don't know")
        tab.press_in_row("Enter")
    tab.press_in_row("Help")
    tab.reads("Esc Close")
    tab.press_in_row("Esc")
    tab.reads("I don't know")


def test_a_phone_brings_its_keyboard_up_by_the_key_alone(server: Server, tabs: Tabs) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    tab = tabs.open(
        server.invite("Anna"), viewport=UPRIGHT, has_touch=True, is_mobile=True, permissions=allowed
    ).enter()
    textarea = tab.page.locator(".xterm-helper-textarea")
    tab.reads("What do you hire for?")
    assert tab.page.get_by_role("button", name="Paste").is_visible(), "before any keyboard is up"
    tab.press_in_row("Enter")
    tab.reads("How many minutes")
    tab.page.touchscreen.tap(*tab.place("How many minutes"))
    assert textarea.get_attribute("inputmode") == "none"
    tab.page.get_by_role("button", name="Keyboard").tap()
    assert textarea.get_attribute("inputmode") == "text"
    tab.page.keyboard.type("37")
    tab.reads("37")
    tab.page.evaluate("() => navigator.clipboard.writeText('5')")
    tab.page.get_by_role("button", name="Paste").tap()
    tab.reads("375")
    tab.page.set_viewport_size({"width": 390, "height": 500})
    tab.until(lambda text: text.count("\n") < 25)
    assert tab.page.get_by_role("toolbar").bounding_box()["y"] < 500  # type: ignore[index] # it is shown
    tab.page.set_viewport_size(UPRIGHT)
    tab.until(lambda text: text.count("\n") > 35)
    assert textarea.get_attribute("inputmode") == "none"


def test_a_finger_scrolls(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"), viewport=SIDEWAYS, has_touch=True, is_mobile=True)
    _begin(tab)
    tab.press_in_row("Help")
    before = tab.text
    touch = tab.page.context.new_cdp_session(tab.page)
    for kind, y in (("Start", 250), ("Move", 200), ("Move", 140), ("Move", 80)):
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": [{"x": 400, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    tab.until(lambda text: text != before)


def test_a_turned_phone_shows_the_same_question(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"), viewport=UPRIGHT, has_touch=True, is_mobile=True)
    _begin(tab)
    tab.page.set_viewport_size(SIDEWAYS)
    tab.until(lambda _: tab.size[0] > 90)
    tab.reads("I don't know")


def test_a_phone_that_developer_tools_pretend_is_drawn_whole(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(
        server.invite("Anna"), viewport=UPRIGHT, has_touch=True, is_mobile=True, device_scale_factor=3
    )
    _begin(tab)
    drawn = tab.page.evaluate(
        "() => { const at = document.querySelector('canvas'); return [at.width, at.clientWidth]; }"
    )
    assert abs(drawn[0] - 3 * drawn[1]) <= 3


@pytest.mark.parametrize(
    ("width", "height", "pixels"),
    [
        (360, 550, 13),
        (390, 750, 13),
        (640, 180, 11),
        (640, 100, 10),
        (844, 346, 13),
        (1280, 800, 17),
        (1920, 1080, 21),
        (2560, 1440, 24),
    ],
)
def test_the_type_grows_with_the_window(
    server: Server, tabs: Tabs, width: int, height: int, pixels: int
) -> None:
    tab = tabs.open()
    source = tab.page.evaluate("() => document.querySelector('script[type=module]').src")
    module = source.replace("start.js", "screen.js")
    size = tab.page.evaluate(
        "([module, ...size]) => import(module).then(({ typeSize }) => typeSize(...size))",
        [module, width, height],
    )
    assert size == pixels


def test_a_brief_opens_as_a_page_of_its_own(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"), permissions=["clipboard-read", "clipboard-write"])
    _begin(tab)
    _go(tab, Escape="Start", **{"4": "A brief to take", "v": "What tells the levels apart"})
    with tab.page.context.expect_page() as opening:
        tab.page.keyboard.press("p")
    brief = opening.value
    brief.wait_for_load_state()
    assert brief.title() == "Interview: Assistant Stage Manager"
    assert "What tells the levels apart" in brief.inner_text("body")
    assert brief.evaluate("() => [window.opener, window.origin]") == [None, "null"]
    brief.close()
    tab.page.keyboard.press("c")
    tab.reads("The search string is copied")
    assert "stage manager" in tab.page.evaluate("() => navigator.clipboard.readText()").lower()
    tab.press("Escape")
    tab.reads("A brief to take")


def test_a_page_that_the_browser_holds_back_is_a_link(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    _begin(tab)
    _go(tab, Escape="Start", **{"4": "A brief to take", "v": "What tells the levels apart"})
    tab.page.evaluate("() => { window.open = () => null; }")
    tab.page.keyboard.press("p")
    with tab.page.context.expect_page() as opening:
        tab.page.get_by_role("link", name="Open it").click()
    opening.value.wait_for_load_state()
    assert opening.value.title() == "Interview: Assistant Stage Manager"
    tab.press("Escape")


def test_answers_are_downloaded(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    _begin(tab)
    _answer(tab)
    _go(tab, Escape="Summary", Enter="Start", **{"6": "Settings:", "f": "Your answers"})
    x, y = tab.place("Your answers")
    with tab.page.expect_download() as downloading:
        tab.page.mouse.click(x, y)
    assert downloading.value.suggested_filename == "trainer-answers.csv"
    assert len(downloading.value.path().read_text().splitlines()) == 2
    tab.press("Escape")


def test_a_second_tab_takes_over_and_the_first_can_take_it_back(server: Server, tabs: Tabs) -> None:
    first = tabs.open(server.invite("Anna"))
    _begin(first)
    question = question_of(first.text)
    second = tabs.open(beside=first)
    second.until(lambda text: question_of(text) == question)
    first.shows("taken")
    first.page.get_by_role("button", name="Use it here").click()
    first.shows("app")
    first.until(lambda text: question_of(text) == question)
    second.shows("taken")


def test_a_lost_line_comes_back_to_the_same_question(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    _begin(tab)
    _answer(tab)
    question = question_of(tab.text)
    tab.page.context.set_offline(True)
    lost = tab.page.get_by_text("Connection lost.")
    lost.wait_for()
    tab.page.keyboard.press("0")  # meant for what can't be seen: it goes nowhere
    tab.page.context.set_offline(False)
    lost.wait_for(state="hidden")
    tab.until(lambda text: question_of(text) == question)
    _answer(tab)


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_the_page_waits_for_a_server_that_starts_again(server: Server, tabs: Tabs, end: str) -> None:
    tab = tabs.open(server.invite("Anna"))
    _begin(tab)
    _answer(tab)
    getattr(server, end)()
    tab.page.get_by_text("Connection lost.").wait_for()
    server.start()
    tab.reads("1 to see again")


def test_a_server_that_is_not_there_yet_is_told_and_the_link_stays_good(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    tab.shows("enter")
    server.stop()
    tab.page.get_by_role("button", name="Open trainer").click()
    tab.shows("broken")
    server.start()
    tab.page.get_by_role("button", name="Try again").click()
    tab.enter()


def test_a_server_that_says_nothing_any_more_is_given_up(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    tab.page.clock.install()
    tab.enter()
    tab.reads("What do you hire for?")
    with server.stopped():
        tab.page.clock.run_for(30_000)
        tab.page.get_by_text("Connection lost.").wait_for()
    tab.page.clock.run_for(30_000)
    tab.page.get_by_text("Connection lost.").wait_for(state="hidden")


def test_the_browser_keeps_the_keys_that_load_a_page_again(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna")).enter()
    tab.page.evaluate("""() => {
      window.taken = [];
      const look = (event) => setTimeout(() => event.defaultPrevented && taken.push(event.key));
      addEventListener("keydown", look, { capture: true });
    }""")
    for key in ("F5", "Control+r", "F11", "Control+p"):
        tab.page.keyboard.press(key)
    tab.page.wait_for_function("() => taken.length")
    assert tab.page.evaluate("() => taken") == ["p"]


def test_a_closed_tab_closes_its_line(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    _begin(tab)
    other = tabs.open()
    assert server.health()["watched"] == 1
    tab.page.close()
    for _ in range(SECONDS * 10):
        if server.health()["watched"] == 0:
            return
        other.page.wait_for_timeout(100)
    raise AssertionError(server.health())


def test_what_stands_around_the_app_has_its_colours(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(
        server.invite("Anna"), viewport=UPRIGHT, has_touch=True, is_mobile=True, color_scheme="light"
    )
    _begin(tab)
    app = tab.page.locator("#app")
    expect(app).not_to_have_class("-light")
    tab.page.keyboard.press("F2")
    expect(app).to_have_class("-light")


def test_a_screen_reader_finds_the_question(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    _begin(tab)
    read = tab.page.locator(".xterm-accessibility")
    expect(read).to_have_count(0)
    tab.page.get_by_role("button", name="For screen readers").press("Enter")
    expect(read).to_contain_text("I don't know")
    tab.page.reload()
    expect(read).to_contain_text("I don't know")
    tab.press("0")
    expect(read).to_contain_text("The right answer is")


def test_a_phone_held_sideways_keeps_rows_enough_above_its_keyboard(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"), viewport=SIDEWAYS, has_touch=True, is_mobile=True)
    _begin(tab)
    tab.page.get_by_role("button", name="Keyboard").tap()
    tab.page.set_viewport_size({"width": 844, "height": 185})
    expect(tab.page.get_by_role("toolbar")).to_be_hidden()
    tab.until(lambda _: 12 <= tab.size[1] < 16)
    tab.reads("Stage Manager")


def test_who_is_revoked_is_told_so(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    _begin(tab)
    server.revoke("Anna")
    tab.shows("revoked")
    tab.page.reload()
    tab.shows("without")


def test_an_app_that_was_left_can_be_opened_again_or_signed_out_of(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna")).enter()
    tab.reads("What do you hire for?")
    tab.page.keyboard.press("Escape")
    tab.shows("ended")
    tab.page.get_by_role("button", name="Open again").click()
    tab.shows("app")
    tab.reads("What do you hire for?")
    tab.page.keyboard.press("Escape")
    tab.shows("ended")
    tab.page.get_by_role("button", name="Sign out in this browser").click()
    tab.page.get_by_role("button", name="Stay").click()
    tab.shows("app")
    tab.reads("What do you hire for?")
    tab.page.keyboard.press("Escape")
    tab.page.get_by_role("button", name="Sign out in this browser").click()
    tab.page.get_by_role("button", name="Sign out", exact=True).click()
    tab.shows("without")


def test_text_is_pasted_and_copied(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"), permissions=["clipboard-read", "clipboard-write"]).enter()
    tab.reads("What do you hire for?")
    tab.press("Enter")
    tab.reads("How many minutes")
    tab.page.evaluate("() => navigator.clipboard.writeText('37')")
    tab.press("Control+v")
    tab.reads("37")
    x, y = tab.place("How many minutes")
    tab.page.keyboard.down("Shift")
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    tab.page.mouse.move(x + 300, y)
    tab.page.mouse.up()
    tab.page.keyboard.up("Shift")
    tab.page.keyboard.press("Control+c")
    copied = tab.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("How many minutes")


def test_lines_that_a_keyboard_inserts_stay_lines(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna"))
    _begin(tab)
    tab.press("Escape")
    tab.press("3")
    tab.press("L")
    tab.reads("Paste it here")
    tab.page.keyboard.insert_text("Deputy\nStage Manager\nWings")
    tab.reads("Wings")
    assert "DeputyStage" not in tab.text.replace(" ", "")


def test_the_tab_is_named_and_typed_into_at_once(server: Server, tabs: Tabs) -> None:
    tab = tabs.open(server.invite("Anna")).enter()
    tab.reads("What do you hire for?")
    assert tab.page.title() == "trainer · Anna"
    tab.press("Enter")
    tab.reads("How many minutes")
