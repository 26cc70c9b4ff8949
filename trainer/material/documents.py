"""Documents that are no plain text: Word, OpenDocument, RTF, PDF, workbooks, packages of Anki.

Libraries read them, imported late. Nothing in them is executed, no link is followed, and what would grow
without end is refused before it is unpacked.
"""

import io
import logging
import zlib
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from trainer.errors import PageError
from trainer.material.page.fragments import text_of_rich
from trainer.material.words.word_list import WordList

_LARGEST_PART = 60_000_000
"""Bytes of the XML in a document at most, and …"""
_LARGEST_UNPACKED = 250_000_000
"""… of all that is in it, pictures included, as its directory says; no more is ever unpacked."""
_LARGEST_RTF = 5_000_000
_MOST_PARTS = 5_000
_MOST_PAGES = 300
_MOST_TEXT = 1_000_000
"""Pages of a PDF, and characters of its text, that are read."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def document(data: bytes, called: str, name: str) -> str | WordList | None:
    """Return what a document comes to: a text or HTML, or a list called `name`; None for what is none.

    Raises PageError, which says what to do, for a document that can't be read or is none of those known.
    """
    if data.startswith(b"%PDF-"):
        return _text_of_pdf(data, called)
    if data.startswith(_OLD_OFFICE):
        raise PageError(
            f"{called}: an old document of Word or Excel, a mail of Outlook, or a document with a password. "
            "Save it as .docx, .xlsx or plain text, without a password, and use that."
        )
    if data.lstrip().startswith(b"{\\rtf"):
        return _text_of_rtf(data, called)
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    try:
        with ZipFile(io.BytesIO(data)) as zipped:
            return _in_zip(zipped, data, called, name)
    except (BadZipFile, EOFError, LookupError, OSError, RuntimeError, ValueError, zlib.error) as error:
        raise PageError(f"{called}: damaged, or locked by a password ({str(error)[:80]}).") from error


def _in_zip(zipped: ZipFile, data: bytes, called: str, name: str) -> str | WordList:
    _check(zipped, called)
    parts = set(zipped.namelist())
    from trainer.material.words.anki import is_package, list_in_package  # noqa: PLC0415 — few lists come so

    if is_package(zipped):
        return list_in_package(zipped, name, called)
    if "word/document.xml" in parts:
        _check_xml(zipped, called)
        return _html_of_word(data, called)
    if "xl/workbook.xml" in parts:
        _check_xml(zipped, called)
        from trainer.material.words.workbook import list_in_workbook  # noqa: PLC0415 — the same

        return list_in_workbook(data, name, called)
    if {"mimetype", "content.xml"} <= parts:
        return _html_of_opendocument(zipped, called)
    if any(part.startswith("ppt/") for part in parts):
        raise PageError(
            f"{called}: slides, which trainer does not read. Copy their text, and paste or save it."
        )
    raise PageError(
        f"{called}: a packed file (zip){_in_spite_of(called)}, and trainer knows nothing of what is in it. "
        "Unpack it, and import that; or save the document once more."
    )


def _in_spite_of(called: str) -> str:
    """Return that a file is called otherwise than it is, if it is."""
    end = PurePath(called).suffix.lower()
    return f", though it is called {end}" if end in {".docx", ".xlsx", ".odt", ".apkg", ".colpkg"} else ""


def _html_of_opendocument(zipped: ZipFile, called: str) -> str:
    if not zipped.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
        raise PageError(
            f"{called}: an OpenDocument file that is no text. Save it as .xlsx or CSV, and use that."
        )
    _check_xml(zipped, called)
    from trainer.material.opendocument import html_of_text  # noqa: PLC0415 — few pages come so

    try:
        return html_of_text(zipped.read("content.xml"))
    except RecursionError as error:
        raise PageError(f"{called}: nested too deeply. Save it as plain text, and use that.") from error


def _check(zipped: ZipFile, called: str) -> None:
    """Raise PageError for a zip with more in it than a document has."""
    parts = zipped.infolist()
    xml = sum(part.file_size for part in parts if _is_xml(part.filename))
    if (
        len(parts) > _MOST_PARTS
        or sum(part.file_size for part in parts) > _LARGEST_UNPACKED
        or xml > _LARGEST_PART
    ):
        raise PageError(
            f"{called}: too large once it is unpacked. Save the one page or list alone, as plain text."
        )


def _is_xml(part: str) -> bool:
    return PurePath(part).suffix.lower() in {".xml", ".rels"}


def _check_xml(zipped: ZipFile, called: str) -> None:
    """Raise PageError for XML that defines entities of its own, or is none: no office writes such."""
    from xml.sax import ContentHandler, SAXParseException  # noqa: PLC0415 — the handler does nothing

    from defusedxml import DefusedXmlException  # noqa: PLC0415 — with the documents alone
    from defusedxml.sax import parseString  # noqa: PLC0415 — the same

    for part in zipped.infolist():
        if not _is_xml(part.filename):
            continue
        try:
            parseString(zipped.read(part), ContentHandler(), forbid_dtd=True)
        except (DefusedXmlException, SAXParseException) as error:
            raise PageError(
                f"{called}: “{part.filename[:80]}” in it is damaged, or made to do harm. Nothing was read."
            ) from error


def _html_of_word(data: bytes, called: str) -> str:
    import mammoth  # noqa: PLC0415 — few pages come so

    try:
        without_pictures = mammoth.images.img_element(lambda _: {})
        return str(mammoth.convert_to_html(io.BytesIO(data), convert_image=without_pictures).value)
    except Exception as error:
        raise PageError(
            f"{called}: can't be read as a Word document. Save it as plain text, and use that."
        ) from error


def _text_of_rtf(data: bytes, called: str) -> str:
    if len(data) > _LARGEST_RTF:
        raise PageError(f"{called}: too large. Save its text as plain text, and use that.")
    return text_of_rich(data.decode("latin-1"), called)


def _text_of_pdf(data: bytes, called: str) -> str:
    import pypdf  # noqa: PLC0415 — few pages come so

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each small fault of a file
    texts: list[str] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        for page, _ in zip(reader.pages, range(_MOST_PAGES), strict=False) if not locked else ():
            texts.append(page.extract_text())
            if sum(map(len, texts)) > _MOST_TEXT:
                break
    except Exception as error:
        raise PageError(
            f"{called}: can't be read as a PDF. Open it, select all, copy, and paste that."
        ) from error
    if locked:
        raise PageError(f"{called}: a PDF with a password. Open it, select all, copy, and paste that.")
    if not any(map(str.strip, texts)):
        raise PageError(
            f"{called}: a PDF without a text, perhaps a scan. Open it, select all, copy, and paste that."
        )
    return "\n".join(texts)
