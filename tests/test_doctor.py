"""`trainer doctor` on what is neither a record nor a sheet."""

from pathlib import Path

import pytest

from tests.commands import ran
from trainer.home import Home
from trainer.web.folder import WebFolder


@pytest.mark.parametrize("content", ["", "[]", '{"people":[{}]}', '{"port":-1}', '{"port":99999}', "\0"])
def test_what_a_server_could_not_read_is_told(tmp_path: Path, content: str) -> None:
    folder = WebFolder(Home(tmp_path))
    folder.make()
    for path in (folder.people, folder.settings_file):
        path.write_text(content, encoding="utf-8")
    done = ran("doctor", "--home", tmp_path)
    assert done.status == 1
    named = folder.settings_file if "port" in content else folder.people
    assert f"{named} can't be read" in " ".join(done.out.split())


def test_a_damaged_version_of_a_sheet_is_told(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.imports.mkdir(mode=0o700)
    (home.imports / "skt.000001.json").write_text("{", encoding="utf-8")
    done = ran("doctor", "--home", tmp_path)
    assert done.status == 1
    assert "damaged" in done.out
    assert "skt.000001.json" in done.out
