"""`trainer serve`: the command, as a process of its own, and what it says."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import click
import pexpect
import pytest

from tests.commands import ran
from tests.web.serving import started
from trainer.errors import to_install
from trainer.home import Home
from trainer.web.folder import Settings, WebFolder
from trainer.web.people import People


def people_of(home: Path) -> People:
    return People(WebFolder(Home(home)).people)


def test_invite_prints_a_link_for_each(tmp_path: Path) -> None:
    done = ran("serve", "invite", "anna", "Ben O'Hara", "--home", tmp_path)
    links = re.findall(r"^(.+): http://127\.0\.0\.1:8000/#([\w-]{43})$", done.out, re.MULTILINE)
    assert [name for name, _ in links] == ["anna", "Ben O'Hara"]
    people = people_of(tmp_path)
    assert all(people.known(people.enter(secret)) for _, secret in links)
    assert "It works once, within 14 days" in done.err


def test_who_is_named_twice_gets_one_link(tmp_path: Path) -> None:
    done = ran("serve", "invite", "anna", "ben", "anna", "Anna", "--home", tmp_path)
    (secret,) = re.findall(r"^anna: \S+/#([\w-]{43})$", done.out, re.MULTILINE)
    assert len(done.out.splitlines()) == 2
    people = people_of(tmp_path)
    assert people.known(people.enter(secret))


def test_before_the_first_start_it_is_said_where_a_link_leads(tmp_path: Path) -> None:
    done = ran("serve", "invite", "anna", "--home", tmp_path)
    assert "was not started yet: a link leads to http://127.0.0.1:8000" in done.err
    done = ran("serve", "invite", "anna", "--public-url", "https://trainer.example.org", "--home", tmp_path)
    assert done.out.startswith("anna: https://trainer.example.org/#")
    assert "was not started" not in done.err
    unsafe = ran("serve", "invite", "anna", "--public-url", "http://trainer.example.org", "--home", tmp_path)
    assert (unsafe.status, unsafe.out) == (2, "")
    folder = WebFolder(Home(tmp_path))
    folder.keep(folder.settings())
    done = ran("serve", "invite", "anna", "--home", tmp_path)
    assert done.out.startswith("anna: http://127.0.0.1:8000/#")
    assert "was not started" not in done.err


def test_what_is_said_at_a_start_is_not_passed_over_before_another_command(tmp_path: Path) -> None:
    url = "https://trainer.example.org"
    done = ran("serve", "--public-url", url, "--port", "1", "invite", "anna", "--home", tmp_path)
    assert (done.status, done.out) == (2, "")
    assert "Say --port and --public-url where the server is started" in " ".join(done.err.split())


def test_a_title_that_was_asked_for_is_cleaned_and_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["Anna", "x\x1b[31m" + "T" * 500, ""])
    served: list[Settings] = []
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr(
        "trainer.commands.serve._run", lambda _folder, settings, _first: served.append(settings)
    )
    monkeypatch.setattr("trainer.commands.serve._can_ask", lambda: True)
    assert ran("serve", "--home", tmp_path).status == 0
    assert served[0].title == ("x" + "T" * 500)[:60]


def test_a_lead_is_marked_as_such(tmp_path: Path) -> None:
    assert ran("serve", "invite", "cleo", "--lead", "--home", tmp_path).out.startswith("cleo, lead: http")
    assert ran("serve", "list", "--home", tmp_path).out == "cleo, lead: a link that was not opened yet\n"


def test_list_tells_how_far_each_has_come(tmp_path: Path) -> None:
    assert "Nobody is invited yet" in ran("serve", "list", "--home", tmp_path).out
    people = people_of(tmp_path)
    people.enter(people.invite("anna"))
    people.invite("anna")
    people.invite("ben")
    people.revoke("ben")
    listed = ran("serve", "list", "--home", tmp_path).out.splitlines()
    assert re.fullmatch(
        r"anna: 1 browser, last used \w{3} \d+ \w{3}; a link that was not opened yet", listed[0]
    )
    assert listed[1] == "ben: let in no longer"


def test_revoke_says_where_the_record_stays(tmp_path: Path) -> None:
    people_of(tmp_path).invite("anna")
    done = ran("serve", "revoke", "Anna", "--home", tmp_path)
    assert done.out.startswith("anna is let in no longer. The record stays in ")
    unknown = ran("serve", "revoke", "ben", "--home", tmp_path)
    assert (unknown.status, 'Nobody called "ben" was invited' in unknown.err) == (2, True)


@pytest.mark.parametrize(
    "options",
    [
        ("--host", "0.0.0.0"),
        ("--host", "::"),
        ("--host", "192.168.1.2", "--public-url", "http://trainer.example.org"),
        ("--public-url", "http://trainer.example.org"),
    ],
)
def test_others_are_let_in_by_https_alone(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = ran("serve", *options, "--home", tmp_path)
    assert done.status == 2
    assert "https" in done.err
    assert "docs/serving.md" in done.err
    assert not (tmp_path / "web").exists()


def test_what_is_not_installed_is_told_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    done = ran("serve", "--home", tmp_path)
    assert done.status == 2
    assert to_install("web") in done.err
    assert ran("serve", "invite", "anna", "--home", tmp_path).status == 0


def test_the_command_loads_no_server_until_it_serves() -> None:
    loaded = (
        "import sys; from trainer.cli import cli; print(sorted({'aiohttp', 'textual'} & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


@pytest.mark.slow
def test_a_server_is_started_again_as_it_was(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with started(home, "--port", "0") as running:
        assert running.health()["sessions"] == 0
        link = ran("serve", "invite", "anna", "--home", home).out
        assert f"http://127.0.0.1:{running.port}/#" in link
        assert running.stop() == 0
    with started(home, "--title", "Casting") as again:
        assert again.port == running.port
        assert again.stop(signal.SIGINT) == 0
    kept = home / "web" / "server.json"
    assert json.loads(kept.read_text()) == {
        "host": "127.0.0.1", "port": running.port, "public_url": "", "title": "Casting"
    }  # fmt: skip
    assert all(stat.S_IMODE(each.stat().st_mode) & 0o077 == 0 for each in (home / "web").iterdir())
    assert "anna" not in running.log.read_text()


@pytest.mark.slow
def test_a_second_server_on_one_home_is_refused_in_a_sentence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with started(home, "--port", "0"):
        second = ran("serve", "--port", "0", "--home", home)
        assert second.status == 2
        assert "runs with" in second.err
        assert "--home DIR" in second.err


@pytest.mark.slow
def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = ran("serve", "--port", str(taken.getsockname()[1]), "--home", tmp_path)
    assert done.status == 2
    assert "--port NUMBER" in done.err


@pytest.mark.slow
def test_a_first_start_asks_three_questions_and_prints_a_link(tmp_path: Path) -> None:
    home = tmp_path / "home"
    child = pexpect.spawn(
        sys.executable,
        ["-m", "trainer", "serve", "--home", str(home), "--port", "0"],
        encoding="utf-8",
        timeout=20,
        env={**os.environ, "LOGNAME": "cleo"},
    )
    child.expect("Your name")
    child.sendline("Cleo")
    child.expect("What is your team called")
    child.sendline("Casting")
    child.expect("At which https address")
    child.sendline("")
    child.expect(r"Your link: http://127\.0\.0\.1:\d+/#([\w-]{43})")
    assert child.match is not None
    secret = child.match[1]
    child.expect("trainer serve invite NAME")
    people = people_of(home)
    known = people.known(people.enter(secret))
    assert known is not None
    assert (known.person.name, known.person.lead) == ("Cleo", True)
    child.sendintr()
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0
