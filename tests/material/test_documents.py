"""Documents: Word, PDF, workbooks and packages of Anki, sound, damaged and made to do harm."""

import io
import random
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pytest
import zstandard

from tests.material.pages import FULL
from trainer.errors import PageError
from trainer.material.documents import document
from trainer.material.intake import read_file
from trainer.material.page.found import Found
from trainer.material.page.reading import read_page
from trainer.material.sheet import Sheet
from trainer.material.words.word_list import WordList

NOTES = [
    ("<div>Bar&nbsp;bell</div>", "A weight <b>on</b> a bar"),
    ("Batten", "A pipe[sound:a.mp3] that holds lamps"),
]
WANTED = {"Bar bell": "A weight on a bar", "Batten": "A pipe that holds lamps"}


def zipped(**parts: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def database(notes: list[tuple[str, str]]) -> bytes:
    with sqlite3.connect(":memory:") as made:
        made.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, tags TEXT, flds TEXT)")
        made.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        made.execute("CREATE TABLE notetypes (id INTEGER PRIMARY KEY, name TEXT COLLATE unicase)")
        made.executemany("INSERT INTO notes (flds) VALUES (?)", [("\x1f".join(note),) for note in notes])
    return made.serialize()


def word(paragraphs: str) -> bytes:
    kind = "http://schemas.openxmlformats.org"
    body = (
        f'<w:document xmlns:w="{kind}/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>'
    )
    made = io.BytesIO(
        zipped(
            _xml=f'<Types xmlns="{kind}/package/2006/content-types"/>',
            word__document_xml=body,
        )
    )
    with zipfile.ZipFile(made, "a") as file:
        relation = f"{kind}/officeDocument/2006/relationships/officeDocument"
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{kind}/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
        )
    return made.getvalue()


def paragraph(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<w:p><w:r><w:t xml:space='preserve'>{escaped}</w:t></w:r></w:p>"


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for at, rows in enumerate(sheets):
        sheet = book.active if at == 0 else book.create_sheet(f"More {at}")
        assert sheet is not None
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(lines: list[str]) -> bytes:
    text = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 800 Td {text}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents 4 0 R /Resources 5 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + head + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)


def read(data: bytes, folder: Path, name: str) -> object:
    path = folder / name
    path.write_bytes(data)
    return read_file(path)


def sheet(found: object) -> Sheet:
    assert isinstance(found, list)
    [page] = found
    assert isinstance(page, Found)
    return page.sheet


def pairs(found: object) -> dict[str, str]:
    assert isinstance(found, WordList)
    return {entry.term: entry.meaning for entry in found.entries}


@pytest.mark.parametrize("inside", ["collection.anki2", "collection.anki21", "collection.anki21b"])
def test_packages_of_anki_old_and_new(tmp_path: Path, inside: str) -> None:
    data = database(NOTES)
    packed = zstandard.ZstdCompressor().compress(data) if inside.endswith("b") else data
    stub = {} if inside == "collection.anki2" else {"collection.anki2": database([("Please update", "Anki")])}
    found = read(zipped(**{inside: packed, **stub}), tmp_path, "My deck.apkg")
    assert pairs(found) == WANTED
    assert isinstance(found, WordList)
    assert found.name == "My deck"


def test_a_workbook_is_a_list_and_its_other_sheets_are_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Definition", "Term"], ["A pipe that holds lamps", "Batten"], ["", "Alone"]]
    found = read(workbook(rows, [["a", "b"]]), tmp_path, "x.xlsx")
    assert pairs(found) == {"Batten": "A pipe that holds lamps"}
    assert isinstance(found, WordList)
    assert [each.line for each in found.unplaced] == [3]
    assert "“More 1” is left out" in found.notes[-1]


def test_a_page_in_word_and_in_a_pdf_is_read(tmp_path: Path) -> None:
    docx = read(word("".join(paragraph(line) for line in FULL.split("\n") if line)), tmp_path, "x.docx")
    assert isinstance(docx, list)
    assert docx[0].sheet.levels == read_page(FULL).sheet.levels
    found = read(pdf(["Batten: a pipe", "Boom: a pole", "Gel: a colour", "Gobo: a shape"]), tmp_path, "x.pdf")
    assert pairs(found)["Gobo"] == "a shape"


def test_a_table_in_word_is_a_list(tmp_path: Path) -> None:
    cells = [("Batten", "A pipe"), ("Boom", "A pole"), ("Gel", "A colour")]
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in cells
    )
    assert pairs(read(word(f"<w:tbl>{rows}</w:tbl>"), tmp_path, "x.docx")) == dict(cells)


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY c{i} "{"&b;" * 9}">' for i in range(9))
    + "]><x>&c1;</x>"
)


def opendocument(body: str) -> bytes:
    kind = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{kind}:{name}:1.0"' for name in ("office", "text", "table"))
    text = f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
    return zipped(
        mimetype="application/vnd.oasis.opendocument.text", content_xml=f"{text}</office:document-content>"
    )


def test_a_text_of_libreoffice(tmp_path: Path) -> None:
    lines = "".join(
        f"<text:list><text:list-item><text:p>{line.strip(' •')}</text:p></text:list-item></text:list>"
        if line.startswith("  •")
        else f"<text:p>{line}</text:p>"
        for line in FULL.split("\n")
    )
    head = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
    assert sheet(read(opendocument(head + lines), tmp_path, "page.odt")) == read_page(FULL).sheet


def test_a_table_of_libreoffice_is_a_list_of_words(tmp_path: Path) -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in (("Term", "Meaning"), ("Iris", "blades"), ("Gobo", "a <text:span>plate</text:span>"))
    )
    found = read(opendocument(f"<table:table>{rows}</table:table>"), tmp_path, "words.odt")
    assert pairs(found) == {"Iris": "blades", "Gobo": "a plate"}


@pytest.mark.parametrize(
    "bullet", [r"{\listtext\bullet\tab}", r"\'95\tab ", r"{\listtext\u8226 ?\tab}", "- "]
)
def test_rich_text(tmp_path: Path, bullet: str) -> None:
    lines = [
        f"{bullet}{line[4:]}" if line.startswith("  •") else line
        for line in FULL.replace("’", r"\'92").split("\n")
    ]
    data = r"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}{\info{\title x}}\f0 " + "\\par\n".join(lines) + "}"
    assert sheet(read(data.encode(), tmp_path, "page.rtf")) == read_page(FULL).sheet


def test_a_packed_file_that_is_called_a_document(tmp_path: Path) -> None:
    with pytest.raises(PageError, match=r"packed file \(zip\), though it is called \.docx(.|\n)*Unpack it"):
        read(zipped(other="x"), tmp_path, "page.docx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped(word__document_xml=b" " * 61_000_000), "too large once it is unpacked"),
        (zipped(word__document_xml=ENTITIES), "made to do harm"),
        (zipped(word__document_xml=ENTITIES.encode("utf-16")), "made to do harm"),
        (zipped(xl__workbook_xml=ENTITIES), "made to do harm"),
        (zipped(word__document_xml="<broken"), "damaged"),
        (
            zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>"),
            "xlsx or CSV",
        ),
        (zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml=ENTITIES), "made to do harm"),
        (zipped(ppt__presentation_xml="<x/>"), "slides"),
        (b"{\\rtf1 " + b" " * 5_000_000, "too large"),
        (zipped(other="x"), "a packed file"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "old document"),
        (b"%PDF-1.7 and no more", "select all"),
        (pdf([]), "without a text"),
        (zipped(**{"collection.anki2": b"no database"}), "notes can't be read"),
        (zipped(**{"collection.anki21b": b"no zstd"}), "damaged"),
        (zipped(xl__workbook_xml="<x/>"), "workbook"),
    ],
)
def test_what_can_not_be_read_ends_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(PageError, match=said) as error:
        document(data, "x.doc", "x")
    assert str(error.value).startswith("x.doc: ")


def test_a_database_that_would_go_on_for_ever_is_stopped() -> None:
    with sqlite3.connect(":memory:") as made:
        made.execute(
            "CREATE VIEW notes AS WITH r(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM r) "
            "SELECT id, 1 flds FROM r"
        )
    with pytest.raises(PageError, match="can't be read"):
        document(zipped(**{"collection.anki2": made.serialize()}), "x.apkg", "x")


@pytest.mark.slow
def test_no_damage_of_a_document_ends_in_anything_but_a_sentence(tmp_path: Path) -> None:
    rng = random.Random(3)
    sound = [
        word(paragraph("Batten: a pipe")),
        workbook([["Term", "Meaning"], ["Batten", "A pipe"]]),
        zipped(**{"collection.anki2": database(NOTES)}),
        pdf(["Batten: a pipe"]),
    ]
    for turn in range(400):
        data = bytearray(sound[turn % len(sound)])
        for _ in range(rng.randrange(1, 9)):
            at = rng.randrange(len(data))
            data[at : at + rng.randrange(3)] = rng.randbytes(rng.randrange(3))
        try:
            read(bytes(data), tmp_path, "damaged")
        except PageError:
            continue
