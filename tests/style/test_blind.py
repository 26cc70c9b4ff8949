"""What is given to who answers a sheet blind tells nothing, and the key tells all."""

from pathlib import Path

import pytest

from tests.cards.shipped import ASM
from trainer.material.sheet_files import shipped_decks

from .blind import items, main, page, shuffled


def test_the_page_has_every_text_and_no_key() -> None:
    found = shuffled(ASM)
    told = page(ASM, found)
    assert len(found) == len(list(items(ASM)))
    assert all(item.text in told for item in found)
    assert not any(item.place in told for item in found if item.kind in {"line", "snippet", "answer"})
    for kind in ("line", "snippet", "flag"):
        rights = [item.right for item in found if item.kind == kind]
        assert rights != sorted(rights)


def test_answers_are_compared_with_the_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(shipped_decks() / "assistant-stage-manager.toml"), "--into", str(tmp_path)]) == 0
    key = tmp_path / "assistant-stage-manager.key.tsv"
    rows = [line.split("\t") for line in key.read_text("utf-8").splitlines()]
    answers = tmp_path / "answers.tsv"
    answers.write_text("".join(f"{row[0]}\t{row[2]}\n" for row in rows), encoding="utf-8")
    main(["--score", str(answers), str(key)])
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"1.00  {len(rows)} of {len(rows)}  all"
    assert all(line.startswith("1.00") for line in said)
    answers.write_text("".join(f"{row[0]}\tnothing\n" for row in rows), encoding="utf-8")
    main(["--score", str(answers), str(key)])
    said = capsys.readouterr().out.splitlines()
    assert next(line for line in said if line.endswith("line: nothing")).startswith("1.00")
    assert next(line for line in said if line.endswith("line: junior")).startswith("0.00")
    assert "right: junior\tsaid: nothing" in said[-1] or "said: nothing" in said[-1]
