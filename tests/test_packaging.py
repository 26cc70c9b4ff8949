"""What is shipped, as a stranger gets it."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from trainer.errors import to_install

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_wheel_lists_its_decks_from_a_foreign_folder(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    elsewhere = tmp_path / "elsewhere"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(elsewhere)
    assert {path.name for path in (elsewhere / "trainer" / "_decks").iterdir()} == {
        path.name for path in (ROOT / "decks").glob("*.toml")
    }
    kinds = ("*.py", "*.tcss", "*.sql")
    shipped, here = (
        {path.relative_to(root) for kind in kinds for path in (root / "trainer").rglob(kind)}
        for root in (elsewhere, ROOT)
    )
    assert shipped == here, "every module, style sheet and step of a database"
    assert {path.name for path in (elsewhere / "trainer" / "material" / "copies" / "bases").iterdir()} == {
        "corrections.toml",
        "sheets.zip",
    }
    listed = subprocess.run(
        [sys.executable, "-m", "trainer", "decks", "--home", tmp_path / "home"],
        cwd=elsewhere,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "assistant-stage-manager/levels" in listed.stdout
    used = subprocess.run(
        [
            sys.executable,
            "-c",
            "import trainer.errors as it; print(it.__file__); print(it.to_install('web'))",
        ],
        cwd=elsewhere,
        check=True,
        capture_output=True,
        text=True,
    )
    file, install = used.stdout.splitlines()
    assert Path(file).is_relative_to(elsewhere), "the wheel's own code ran"
    assert install == 'pip install "recruiter-trainer[web]"'
    assert to_install("web") == f'pip install -e ".[web]" (in {ROOT})', "of a checkout"


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    for requirement in project["dependencies"]:
        (line,) = (line for line in text.splitlines() if f'"{requirement}"' in line)
        assert "# " in line, requirement


def test_the_readme_has_both_commands_each_complete() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line for line in readme.splitlines() if line.startswith("python3 -m venv ")]
    assert [command.rsplit("/", 1)[-1] for command in commands] == ["trainer", "pytest"]


def test_the_readme_has_each_heading_once_and_every_block_whole() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.split(r"^```.*$", readme, flags=re.MULTILINE)
    assert len(blocks) % 2, "a block of code is not closed"
    prose = "\n".join(blocks[::2])
    assert not re.findall(r"[a-z]{2}\.[A-Z][a-z]", prose), "two paragraphs run together"
    headings = re.findall(r"^#+ (.+)$", prose, flags=re.MULTILINE)
    assert len(headings) == len(set(headings)), headings
    anchors = {re.sub(r"[^\w -]", "", heading.casefold()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", prose)) <= anchors
