"""RawSheets for tests, written as people write tables."""

from shuangsuiji.core.importing.headings import match
from shuangsuiji.core.importing.layout import lay_out
from shuangsuiji.core.importing.normalise import normalise
from shuangsuiji.core.importing.raw import Merged, RawSheet
from shuangsuiji.files.tables.grid import column_index


def raw(*rows, merged=(), file="名单.xlsx", **more):
    """A sheet of rows from 1; `merged` as Excel says it: ``A3:C3``."""
    width = max(map(len, rows), default=0)
    cells = [(number, (*row, *[""] * (width - len(row)))) for number, row in enumerate(rows, 1)]
    return RawSheet(file, "一", cells, [_range(text) for text in merged], **more)


def _range(text):
    (left, top), (right, bottom) = map(_cell, text.split(":"))
    return Merged(top, left, bottom, right)


def _cell(text):
    letters = text.rstrip("0123456789")
    return column_index(letters), int(text[len(letters) :])


def mapped(*sheets, kind="subjects", given=None):
    """The Mapping of some sheets."""
    return match([lay_out(sheet, kind) for sheet in sheets], kind, given)


def targets(*rows, kind="subjects", given=None, **more):
    """What each column of one sheet is read as, by its letter's place; what is left behind is missing."""
    return mapped(raw(*rows, **more), kind=kind, given=given).targets(0)


def imported(sheet, kind="subjects", given=None):
    """One sheet, normalised."""
    layout = lay_out(sheet, kind)
    return normalise(layout, 0, match([layout], kind, given))
