"""Workbooks (.xlsx): the rows of their sheets as a list of words."""

import io
import warnings

from trainer.errors import PageError
from trainer.material.words.cells import Row, list_of_rows
from trainer.material.words.word_list import WordList

_MOST_ROWS = 200_000
_MOST_COLUMNS = 20


def list_in_workbook(data: bytes, name: str, called: str) -> WordList:
    """Return the list in the first worksheet with two columns; others are told to be left out.

    Raises PageError, naming the workbook as `called`, for what can't be read or has no such worksheet.
    """
    import openpyxl  # noqa: PLC0415 — few lists come so

    lists: list[tuple[str, WordList]] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook has besides, such as charts
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets[:50]:
                sheet.reset_dimensions()  # they may say anything
                cells = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
                rows = [Row(at, [_text(cell) for cell in row]) for at, row in enumerate(cells, start=1)]
                lists.append((sheet.title, list_of_rows((row for row in rows if any(row.cells)), name)))
            book.close()
    except Exception as error:  # it raises whatever a broken workbook makes it
        raise PageError(
            f"{called}: can't be read as a workbook ({str(error)[:80]}). Save it as CSV, and use that."
        ) from error
    chosen = next(((title, words) for title, words in lists if words.entries), None)
    if chosen is None:
        raise PageError(f"{called}: no worksheet has terms in one column and their meanings in the next.")
    others = [title for title, words in lists if title != chosen[0] and (words.entries or words.unplaced)]
    notes = [f"The worksheet “{title[:40]}” is left out: “{chosen[0][:40]}” was read." for title in others]
    found = chosen[1]
    return WordList(found.entries, found.unplaced, found.name, found.doubles, (*found.notes, *notes))


def _text(value: object) -> str:
    return "" if value is None else str(value)
