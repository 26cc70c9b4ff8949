"""Who may use the server: secrets that are kept as hashes, and a file that several processes change."""

import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.clocks import FakeClock
from trainer.errors import RecruiterNameError, TrainerError
from trainer.web.people import (
    BROWSER_LASTS,
    INVITATION_LASTS,
    MOST_BROWSERS,
    NotInvitedError,
    People,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "web" / "people.json"


def test_a_link_is_exchanged_once_for_a_cookie(file: Path) -> None:
    people = People(file)
    secret = people.invite("Anna", lead=True)
    cookie = people.enter(secret)
    known = people.known(cookie)
    assert known is not None
    assert (known.person.name, known.person.lead) == ("Anna", True)
    with pytest.raises(NotInvitedError, match="was opened before"):
        people.enter(secret)


@pytest.mark.parametrize("guess", ["", "x", "a" * 43, "\ud800", "x" * 100_000, "Anna"])
def test_a_guess_is_no_link_and_no_cookie(file: Path, guess: str) -> None:
    people = People(file)
    people.enter(people.invite("Anna"))
    people.invite("Anna")
    assert people.known(guess) is None
    with pytest.raises(NotInvitedError):
        people.enter(guess)


def test_a_secret_has_256_bits_and_stands_nowhere(file: Path) -> None:
    people = People(file)
    first = people.invite("Anna")
    cookie = people.enter(first)
    second = people.invite("Anna")
    assert all(re.fullmatch(r"[\w-]{43}", each) for each in (first, cookie, second))
    kept = file.read_text()
    assert not any(each in kept for each in (first, cookie, second))
    assert "Anna" in kept
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_hash_of_a_secret_is_no_secret(file: Path) -> None:
    people = People(file)
    people.enter(people.invite("Anna"))
    people.invite("Ben")
    for each in re.findall(r"[0-9a-f]{64}", file.read_text()):
        assert people.known(each) is None
        with pytest.raises(NotInvitedError):
            people.enter(each)


def test_a_new_link_takes_the_place_of_one_that_was_not_opened(file: Path) -> None:
    people = People(file)
    old, new = people.invite("Anna"), people.invite("anna ")
    with pytest.raises(NotInvitedError):
        people.enter(old)
    assert people.known(people.enter(new)) is not None
    assert len(people.roster().people) == 1


def test_a_second_device_comes_by_another_link_and_is_the_same_person(file: Path) -> None:
    people = People(file)
    phone, laptop = people.enter(people.invite("Anna")), people.enter(people.invite("Anna"))
    one, other = people.known(phone), people.known(laptop)
    assert one is not None
    assert other is not None
    assert one.person.id == other.person.id
    assert one.browser != other.browser


def test_links_and_browsers_run_out(file: Path) -> None:
    clock = FakeClock()
    people = People(file, clock)
    late, cookie = people.invite("Ben"), people.enter(people.invite("Anna"))
    clock.at += INVITATION_LASTS
    with pytest.raises(NotInvitedError):
        people.enter(late)
    known = people.known(cookie)
    assert known is not None
    assert people.note_seen(known)
    assert not people.note_seen(known), "it is written once a day"
    clock.at += BROWSER_LASTS - timedelta(days=1)
    assert people.known(cookie) is not None
    clock.at += timedelta(days=1)
    assert people.known(cookie) is None


def test_the_browser_that_was_longest_unused_makes_room(file: Path) -> None:
    clock = FakeClock()
    people = People(file, clock)
    cookies = []
    for _ in range(MOST_BROWSERS + 1):
        cookies.append(people.enter(people.invite("Anna")))
        clock.at += timedelta(hours=1)
    assert [people.known(each) is not None for each in cookies] == [False] + [True] * MOST_BROWSERS


def test_who_is_revoked_has_no_link_and_no_browser_until_invited_again(file: Path) -> None:
    people = People(file)
    cookie, link = people.enter(people.invite("Anna", lead=True)), people.invite("Anna")
    before = people.roster().people[0].id
    assert people.revoke("ANNA").name == "Anna"
    assert people.known(cookie) is None
    assert not people.is_in(before)
    with pytest.raises(NotInvitedError):
        people.enter(link)
    again = people.known(people.enter(people.invite("Anna")))
    assert again is not None
    assert (again.person.id, again.person.lead) == (before, False)
    assert people.known(cookie) is None


def test_a_browser_that_signs_out_is_forgotten_and_no_other(file: Path) -> None:
    people = People(file)
    gone, stays = people.enter(people.invite("Anna")), people.enter(people.invite("Anna"))
    people.leave(gone)
    people.leave("never known")
    assert people.known(gone) is None
    assert people.known(stays) is not None


def test_names_are_checked(file: Path) -> None:
    people = People(file)
    people.invite("Anna")
    with pytest.raises(RecruiterNameError):
        people.invite("../etc")
    with pytest.raises(TrainerError, match="looks the same"):
        people.invite("Аnna")
    with pytest.raises(TrainerError, match="Nobody called"):
        people.revoke("Ben")
    assert len(people.roster().people) == 1


@pytest.mark.parametrize("damaged", [b"", b"{", b"[" * 100_000, b'{"people": [{}]}', b'{"format": 2}'])
def test_a_file_that_can_t_be_read_is_told_and_left_as_it_is(file: Path, damaged: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(damaged)
    with pytest.raises(TrainerError, match=r"people\.json can't be read"):
        People(file).roster()
    with pytest.raises(TrainerError):
        People(file).invite("Anna")
    assert file.read_bytes() == damaged


def test_of_twenty_who_open_one_link_at_once_one_comes_in(file: Path) -> None:
    secret = People(file).invite("Anna")

    def enter(_number: int) -> str | None:
        try:
            return People(file).enter(secret)
        except NotInvitedError:
            return None

    with ThreadPoolExecutor(20) as pool:
        cookies = [each for each in pool.map(enter, range(20)) if each]
    assert len(cookies) == 1
    assert People(file).known(cookies[0]) is not None


@pytest.mark.slow
def test_processes_that_invite_at_once_lose_nobody(file: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from trainer.web.people import People\n"
        "for number in range(10): People(Path(sys.argv[1])).invite(f'{sys.argv[2]}-{number}')"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(file), f"person{number}"]) for number in range(5)
    ]
    assert [each.wait(60) for each in running] == [0] * 5
    assert len(People(file).roster().people) == 50


def test_what_another_process_changed_is_seen(file: Path) -> None:
    serving, command = People(file), People(file)
    cookie = serving.enter(command.invite("Anna"))
    assert command.known(cookie) is not None
    command.revoke("Anna")
    assert serving.known(cookie) is None
