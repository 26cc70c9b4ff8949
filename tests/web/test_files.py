import re
from html.parser import HTMLParser

import pytest

from trainer.errors import TrainerError, to_install
from trainer.web import files
from trainer.web.files import page, page_files, terminal_of


class _Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str, str]] = []
        self.inline: list[str] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self._tag in {"script", "style"} and data.strip():
            self.inline.append(data)


def test_the_page_holds_no_script_and_no_style_and_names_what_is_served() -> None:
    parts = _Parts()
    parts.feed(page().body.decode())
    assert not parts.inline
    assert not [name for _, name, _ in parts.attributes if name == "style" or name.startswith("on")]
    named = [value for _, name, value in parts.attributes if name in {"src", "href"}]
    named += re.findall(r'url\("([^"]+)"\)', page_files()["style.css"].body.decode())
    for name, file in page_files().items():
        if name.endswith(".js") and name != "xterm.js":
            named += [f"/static/{path}" for path in re.findall(r'from "\./([^"]+)"', file.body.decode())]
    served = {f"/static/{name}?v={files.version()}" for name in page_files()}
    assert set(named) == served


def test_what_is_taken_of_textual_serve_opens_no_page_of_its_own() -> None:
    terminal = page_files()["xterm.js"].body.decode()
    assert "window.onload=" not in terminal
    assert 'createElement("style")' not in terminal
    assert "window.xterm={Terminal:" in terminal
    assert terminal == terminal_of(files._theirs("js/textual.js").decode())


def test_a_textual_serve_that_is_not_known_is_told() -> None:
    with pytest.raises(TrainerError, match="textual-serve"):
        terminal_of("(()=>{window.onload=()=>{}})()})();")


def test_a_missing_textual_serve_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "resources", lambda name: (_ for _ in ()).throw(ModuleNotFoundError(name)))
    with pytest.raises(TrainerError, match=re.escape(to_install("web"))):
        files._theirs("js/textual.js")
