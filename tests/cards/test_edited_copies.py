"""What is corrected in a shipped sheet reaches the copies that learners edited."""

import re
import shutil
from pathlib import Path

import pytest
import tomlkit

from tests.app.stage import learn, running
from tests.commands import ran, trainer
from trainer.cards.editing import open_draft
from trainer.cards.library import Library, load_library
from trainer.errors import SheetError
from trainer.home import Home
from trainer.material import sheet_files
from trainer.material.changes import find, raw_of
from trainer.material.copies import upkeep
from trainer.material.copies.known_bases import corrections, shipped_before
from trainer.material.files import read_sheet
from trainer.material.sheet import Sheet

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
SM = "stage-manager"
FLAG = f"{SM}/answers/tells-private-matters"
PREGNANCY = "We had to replace her in week two. Pregnant"
CORRECTED = "I told the producer what she had told me alone, so that he could think about next season."
MY_LINE = "Ask me about the party, and I tell you all of it."


class Shipping:
    """The folder of shipped sheets, as one version after the other ships them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for path in sheet_files.shipped_decks().glob("*.toml"):
            for text in shipped_before(path.stem):  # a sheet that is new has none
                (folder / path.name).write_text(text, encoding="utf-8")

    @property
    def file(self) -> Path:
        return self.folder / f"{SM}.toml"

    @property
    def text(self) -> str:
        return self.file.read_text("utf-8")

    def change(self, old: str, new: str) -> None:
        text, hits = re.subn(old, lambda _: new, self.text, count=1, flags=re.MULTILINE)
        assert hits == 1, old
        self.file.write_text(text, encoding="utf-8")

    def correct(self) -> None:
        """Ship the sheet with the line on the pregnancy replaced."""
        self.change(rf'^    "{PREGNANCY}.*$', f'    "{CORRECTED}",')


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def shipping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shipping:
    found = Shipping(tmp_path / "shipped")
    monkeypatch.setattr(sheet_files, "shipped_decks", lambda: found.folder)
    return found


TERM = "theatre-vocabulary/meanings/crossover"
"""A card of a sheet without titles, at which nothing was corrected."""


def edit(home: Home, card: str = FLAG, **texts: str) -> Library:
    """Edit the texts of a card as the app does."""
    library = load_library(home)
    draft = open_draft(home, library, library.cards[card])
    values = [texts.get(field.label.replace(" ", "_"), field.value) for field in draft.fields]
    assert values != [field.value for field in draft.fields]
    saved = draft.save(values)
    assert saved
    return saved.library


def as_of_the_last_version(home: Home) -> None:
    """Leave of an edit what the last version left: the copy, and no base."""
    shutil.rmtree(home.bases)


def own(home: Home) -> Path:
    return home.decks / f"{SM}.toml"


def evidence(sheet: Sheet) -> tuple[str, ...]:
    return next(flag.evidence for flag in sheet.red_flags if flag.id == "tells-private-matters")


class TestCopyOfTheLastVersion:
    def test_it_loses_the_line_on_a_pregnancy_and_keeps_its_edit(
        self, home: Home, shipping: Shipping
    ) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        as_of_the_last_version(home)
        shipping.correct()
        library = load_library(home)
        assert evidence(library.sheets[SM]) == (CORRECTED, MY_LINE)
        assert library.problems == ()
        text = own(home).read_text("utf-8")
        assert PREGNANCY not in text
        assert text == shipping.text.replace(evidence(read_sheet(shipping.file))[1], MY_LINE)

    def test_even_if_that_line_is_the_one_that_was_edited(self, home: Home, shipping: Shipping) -> None:
        edit(home, Looks_like_this_1=f"{PREGNANCY}, she was, so we had no choice.", Why="Mine.")
        as_of_the_last_version(home)
        shipping.correct()
        library = load_library(home)
        assert evidence(library.sheets[SM])[0] == CORRECTED
        assert find(raw_of(library.sheets[SM]), ("red_flags", "tells-private-matters", "why")) == "Mine."

    def test_it_is_told_once_and_why(self, home: Home, shipping: Shipping) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        as_of_the_last_version(home)
        shipping.correct()
        told = load_library(home).notices
        assert len(told) == 2
        assert str(own(home)) in told[0]
        assert 'red flag "tells-private-matters" › evidence 1: “We had to replace her' in told[1]
        assert f"was replaced by “{CORRECTED}”, corrected on " in told[1]
        assert load_library(home).notices == ()

    def test_corrections_of_what_nobody_had_edited_are_no_wall_of_notices(self, home: Home) -> None:
        home.decks.mkdir(parents=True)
        text = next(shipped_before(SM)).replace('text = "Runs the team by fear"', 'text = "Mine."')
        own(home).write_text(text, encoding="utf-8")
        told = load_library(home).notices
        assert len(told) == 7
        assert "more such lines are in" in told[-1]
        assert (home.bases / f"{SM}.before-1.txt").read_text("utf-8").count("corrected on ") > 5

    def test_the_copy_as_it_was_is_kept_with_all_that_was_told(self, home: Home, shipping: Shipping) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        before = own(home).read_bytes()
        as_of_the_last_version(home)
        shipping.correct()
        told = load_library(home).notices
        kept = home.bases / f"{SM}.before-1.toml"
        assert kept.read_bytes() == before
        assert str(kept) in told[0]
        assert kept.with_suffix(".txt").read_text("utf-8").split("\n\n")[:-1] == list(told)

    def test_one_that_was_put_back_by_hand_is_merged_again(self, home: Home, shipping: Shipping) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        as_of_the_last_version(home)
        shipping.correct()
        load_library(home)
        shutil.copy(home.bases / f"{SM}.before-1.toml", own(home))
        assert evidence(load_library(home).sheets[SM]) == (CORRECTED, MY_LINE)
        assert (home.bases / f"{SM}.before-2.toml").exists()

    def test_a_copied_file_under_another_name_is_one_too(self, home: Home, shipping: Shipping) -> None:
        home.decks.mkdir(parents=True)
        mine = home.decks / "my sheet.toml"
        mine.write_bytes(b"\xef\xbb\xbf# Mine\r\n" + shipping.file.read_bytes().replace(b"\n", b"\r\n"))
        shipping.correct()
        assert evidence(load_library(home).sheets[SM])[0] == CORRECTED
        data = mine.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf# Mine\r\n")
        assert data.count(b"\n") == data.count(b"\r\n")

    @pytest.mark.slow
    @pytest.mark.parametrize("sheet", sorted({each.sheet for each in corrections()}))
    def test_all_corrections_that_are_shipped_reach_it(self, home: Home, tmp_path: Path, sheet: str) -> None:
        new = raw_of(read_sheet(sheet_files.shipped_decks() / f"{sheet}.toml"))
        old = Shipping(tmp_path / "shipped")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sheet_files, "shipped_decks", lambda: old.folder)
            cards = load_library(home).cards
            titles = [id_ for id_ in cards if id_.startswith(f"{sheet}/synonyms/")]
            card, section, key = (titles[0], "titles", "why") if titles else (TERM, "terms", "meaning")
            edit(home, card, **{key.capitalize(): "Mine."})
        as_of_the_last_version(home)
        raw = raw_of(load_library(home).sheets[sheet])
        for each in corrections():
            if each.sheet == sheet:
                assert find(raw, each.steps) == find(new, each.steps)
        assert find(raw, (section, card.rpartition("/")[2], key)) == "Mine."

    def test_one_that_was_laid_out_anew(self, home: Home, shipping: Shipping) -> None:
        home.decks.mkdir(parents=True)
        raw = tomlkit.parse(shipping.text).unwrap()
        own(home).write_text(tomlkit.dumps(raw).replace('why = "', 'why = "Mine: ', 1), encoding="utf-8")
        shipping.correct()
        library = load_library(home)
        assert evidence(library.sheets[SM])[0] == CORRECTED
        assert PREGNANCY not in own(home).read_text("utf-8")
        assert 'why = "Mine: ' in own(home).read_text("utf-8")


class TestLaterVersions:
    def test_a_copy_keeps_what_it_was_made_from(self, home: Home, shipping: Shipping) -> None:
        edit(home, Why="Mine.")
        assert (home.bases / f"{SM}.toml").read_bytes() == shipping.file.read_bytes()

    def test_each_new_sheet_is_merged_in(self, home: Home, shipping: Shipping) -> None:
        shipping.change(r'^name = "Stage Manager"$', 'name = "S.M."')  # no version that is known beforehand
        edit(home, Why="Mine.")
        for name in ("S.M", "SM."):
            shipping.change(r'^name = "S\.?M\.?"$', f'name = "{name}"')
            sheet = load_library(home).sheets[SM]
            assert sheet.name == name
            assert next(flag.why for flag in sheet.red_flags if flag.id == "tells-private-matters") == "Mine."
        assert len(list(home.bases.glob("*.before-*.toml"))) == 2

    def test_new_items_come_and_removed_ones_go(self, home: Home, shipping: Shipping) -> None:
        edit(home, Why="Mine.")
        gone = read_sheet(shipping.file).terms[1].id
        shipping.change(
            rf'\[\[terms\]\]\nid = "{gone}"(.|\n)*?(?=\[\[terms\]\])',
            '# A new one\n[[terms]]\nid = "new-one"\nterm = "New"\nmeaning = "Newly made"\n\n',
        )
        library = load_library(home)
        assert library.sheets[SM].terms == read_sheet(shipping.file).terms
        assert "# A new one" in own(home).read_text("utf-8")

    def test_a_clash_leaves_the_learner_s_text_and_tells_both(self, home: Home, shipping: Shipping) -> None:
        edit(home, Why="Mine.")
        shipping.change(r'^why = "Stage management hears.*$', 'why = "Shipped."')
        library = load_library(home)
        assert 'why = "Mine."' in own(home).read_text("utf-8")
        (told,) = library.notices
        assert told.startswith(f'{own(home)}: red flag "tells-private-matters" › why: ')
        assert told.endswith("“Mine.” is yours and stays; the shipped sheet has “Shipped.”.")
        assert load_library(home).notices == ()

    def test_many_clashes_are_in_the_file_beside(self, home: Home, shipping: Shipping) -> None:
        edit(home, Why="Mine.")
        text = own(home).read_text("utf-8").replace('claims = "', 'claims = "Mine: ')
        own(home).write_text(text, encoding="utf-8")
        shipping.file.write_text(
            shipping.text.replace('claims = "', 'claims = "New: ').replace('signal = "', 'signal = "New: '),
            encoding="utf-8",
        )
        told = load_library(home).notices
        report = (home.bases / f"{SM}.before-1.txt").read_text("utf-8")
        clashes = shipping.text.count('claims = "')
        assert report.count("is yours and stays") == clashes > 5
        assert len(told) == 7
        assert told[-1].endswith(f"{clashes - 5} more such lines are in {home.bases / f'{SM}.before-1.txt'}.")

    def test_comments_of_both_stay(self, home: Home, shipping: Shipping) -> None:
        edit(home, Why="Mine.")
        own(home).write_text(f"# Mine\n{own(home).read_text('utf-8')}\n# Mine too\n", encoding="utf-8")
        shipping.change(r'^name = "Stage Manager"$', 'name = "S.M."  # as some write it')
        load_library(home)
        text = own(home).read_text("utf-8")
        assert text.startswith("# Mine\n")
        assert text.endswith("\n# Mine too\n")
        assert "# as some write it" in text

    def test_a_later_start_does_no_more_than_read_it(
        self, home: Home, shipping: Shipping, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        edit(home, Why="Mine.")
        shipping.correct()
        merged = load_library(home).sheets[SM]
        monkeypatch.delattr(upkeep, "likeliest_base")
        assert load_library(home).sheets[SM] == merged


class TestNoCopy:
    SCRATCH = f"""
format = 1
id = "{SM}"
name = "Stage Manager"

[[terms]]
id = "sm"
term = "SM"
meaning = "Whoever runs the show in our house, written by ourselves"

[[red_flags]]
id = "tells-private-matters"
text = "Passes on private matters"
evidence = ["Our own line, which nobody else has written before us"]
"""

    def test_a_sheet_that_was_written_from_scratch_is_left_alone(
        self, home: Home, shipping: Shipping
    ) -> None:
        home.decks.mkdir(parents=True)
        own(home).write_text(self.SCRATCH, encoding="utf-8")
        shipping.correct()
        library = load_library(home)
        assert library.sheets[SM] == read_sheet(own(home))
        assert library.notices == ()
        assert own(home).read_text("utf-8") == self.SCRATCH
        assert not home.bases.exists()

    def test_one_with_another_id_is_left_alone(self, home: Home, shipping: Shipping) -> None:
        home.decks.mkdir(parents=True)
        own(home).write_text(self.SCRATCH.replace(f'"{SM}"', '"ours"'), encoding="utf-8")
        assert load_library(home).sheets["ours"] == read_sheet(own(home))

    def test_a_broken_copy_is_told_as_ever_and_the_shipped_sheet_is_asked(
        self, home: Home, shipping: Shipping
    ) -> None:
        edit(home, Why="Mine.")
        own(home).write_text(own(home).read_text("utf-8") + "\n[broken", encoding="utf-8")
        shipping.correct()
        library = load_library(home)
        assert len(library.problems) == 1
        assert evidence(library.sheets[SM])[0] == CORRECTED


class TestFileThatStays:
    """Where the copy can't be brought up to date on the disk, its cards are all the same."""

    def check(self, home: Home, why: str) -> None:
        before = own(home).read_bytes()
        for _ in range(2):
            library = load_library(home)
            assert evidence(library.sheets[SM]) == (CORRECTED, MY_LINE)
            assert library.notices[0].startswith(f"{own(home)}: your copy of a shipped sheet could not be")
            assert why in library.notices[0]
            assert PREGNANCY in library.notices[1]
        assert own(home).read_bytes() == before

    def test_a_folder_that_can_t_be_written(self, home: Home, shipping: Shipping) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        as_of_the_last_version(home)
        home.bases.write_text("a file is in the way", encoding="utf-8")
        shipping.correct()
        self.check(home, str(home.bases))

    def test_a_copy_that_can_t_be_written(
        self, home: Home, shipping: Shipping, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        shipping.correct()

        def refuse(*_: object, **__: object) -> None:
            raise SheetError("a full disk")

        monkeypatch.setattr(upkeep, "put_in_place", refuse)
        self.check(home, "a full disk")

    def test_a_layout_that_has_no_place_for_it(
        self, home: Home, shipping: Shipping, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        shipping.correct()
        monkeypatch.setattr(upkeep, "written", lambda *_: None)
        self.check(home, "the layout of the file")

    def test_the_cards_stay_corrected_after_another_edit(
        self, home: Home, shipping: Shipping, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        shipping.correct()
        home.bases.joinpath(f"{SM}.toml").unlink()
        home.bases.rmdir()
        home.bases.write_text("a file is in the way", encoding="utf-8")
        library = edit(home, f"{SM}/meanings/sm", Term="S-M")
        assert evidence(library.sheets[SM]) == (CORRECTED, MY_LINE)
        assert library.sheets[SM].terms[0].term == "S-M"


class TestMergeThatDoesNotFit:
    def test_what_speaks_of_a_removed_item_is_left_out(self, home: Home, shipping: Shipping) -> None:
        edit(home, Why="Mine.")
        text = own(home).read_text("utf-8")
        text = re.sub(r'\n\[\[red_flags\]\]\nid = "rules-by-fear"(.|\n)*?(?=\n\n\n# ---)', "", text)
        text = re.sub(r'(, )?"rules-by-fear"', "", text).replace("[, ", "[")
        text = re.sub(r"^words\.rules-by-fear.*\n", "", text, flags=re.MULTILINE)
        own(home).write_text(text, encoding="utf-8")
        load_library(home)
        shipping.correct()
        assert "rules-by-fear" not in text
        shipping.change(
            r'^flags = \["leaves-out-of-report", ', 'flags = ["rules-by-fear", "leaves-out-of-report", '
        )
        library = load_library(home)
        assert library.problems == ()
        sheet = library.sheets[SM]
        assert evidence(sheet)[0] == CORRECTED
        assert "rules-by-fear" not in {flag.id for flag in sheet.red_flags}
        assert read_sheet(own(home)) == sheet

    OWN = """
[[questions]]
id = "x-new"
ask = "What would you ask?"
"""
    NEW = """
[[red_flags]]
id = "x-new"
text = "New"
from = "trade"
"""

    def clashing(self, home: Home, shipping: Shipping) -> None:
        """Have the learner and the shipped sheet give one id to two things, which no sheet may."""
        edit(home, Why="Mine.")
        first = "\n[[red_flags]]\n"
        text = own(home).read_text("utf-8").replace(first, self.OWN + first, 1)
        own(home).write_text(text, encoding="utf-8")
        load_library(home)
        shipping.correct()
        shipping.file.write_text(shipping.text.replace(first, self.NEW + first, 1), encoding="utf-8")

    def test_where_the_whole_does_not_fit_what_was_corrected_is_taken_alone(
        self, home: Home, shipping: Shipping
    ) -> None:
        self.clashing(home, shipping)
        library = load_library(home)
        assert library.problems == ()
        assert library.sheets[SM] == read_sheet(own(home))
        assert evidence(library.sheets[SM])[0] == CORRECTED
        assert self.OWN in own(home).read_text("utf-8")
        assert any("does not fit your edits" in told for told in library.notices)

    def test_where_that_does_not_fit_either_the_item_is_not_asked(
        self, home: Home, shipping: Shipping, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(upkeep, "corrected_in", lambda _: {("red_flags",): "corrected"})
        self.clashing(home, shipping)
        library = load_library(home)
        assert library.problems == ()
        assert FLAG not in library.cards
        assert any(PREGNANCY in told for told in library.notices)
        assert find(raw_of(library.sheets[SM]), ("questions", "x-new"))
        assert (home.bases / f"{SM}.before-1.toml").exists()


class TestStarts:
    def test_a_command_tells_it_on_stderr_once(self, home: Home, shipping: Shipping) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        shipping.correct()
        done = ran("decks", "show", FLAG.rpartition("/")[0], "--home", home.root)
        shown = " ".join(done.out.split())
        assert CORRECTED in shown
        assert PREGNANCY not in shown
        assert "corrected on" in done.err
        assert ran("decks", "--home", home.root, "--recruiter", "anna").err == ""

    def test_doctor_changes_nothing_and_tells(self, home: Home, shipping: Shipping) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        shipping.correct()
        before = {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file()}
        done = ran("doctor", "--home", home.root)
        assert "the shipped sheet has changed" in " ".join(done.out.split())
        assert done.status == 0
        assert {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file()} == before

    async def test_the_app_tells_it_on_today_once(self, home: Home, shipping: Shipping) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        clock = learn(home, 1, f"{SM}/meanings")
        shipping.correct()
        async with running(home, "anna", size=(100, 60), clock=clock) as stage:
            assert "corrected on" in stage.text
            assert "Pregnant" in stage.text, "what was replaced is named"
        async with running(home, "anna", size=(100, 60), clock=clock) as stage:
            assert "corrected on" not in stage.text

    @pytest.mark.slow
    def test_a_process_of_its_own_with_a_copy_of_the_last_version(
        self, home: Home, tmp_path: Path, shipping: Shipping, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        edit(home, Looks_like_this_2=MY_LINE)
        as_of_the_last_version(home)
        shipping.correct()
        installed = tmp_path / "installed"
        shutil.copytree(ROOT / "trainer", installed / "trainer", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(shipping.folder, installed / "trainer" / "_decks")
        monkeypatch.chdir(installed)
        done = trainer("decks", "show", f"{SM}/answers", "--home", home.root)
        shown = " ".join(done.stdout.split())
        assert done.returncode == 0, done.stderr
        assert CORRECTED in shown
        assert MY_LINE in shown
        assert PREGNANCY not in shown
        assert "corrected on" in done.stderr
