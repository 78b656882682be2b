"""How much memory a spreadsheet will take, told before it is laid out: no file may take the whole computer.

Measured, in bytes: a cell of the rectangle, a cell that holds something, a byte of text beyond its tag. A small file
that would grow beyond `BEARABLE` is a bomb or a slip of the pen. A large one may be a province's roster: its cells may
take `MOST`.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import IO

from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.files.tables.grid import Survey
from shuangsuiji.files.unzip import read

BEARABLE, MOST = 950 << 20, 2 << 30
_LARGE_FILE = 40 << 20
_CELL, _HELD, _SIGN = 43, 125, 2.5
_AGAIN_CELL, _AGAIN_HELD = 80, 60
"""Of an xls or ods calamine keeps all sheets and copies the one that is asked for, and is slow."""
_SHARED_TEXT, _SHARED_SIGN = 40, 1.5
_MOST_SHARED = 200 << 20
_CSV_CELL, _CSV_HELD, _CSV_SIGN = 17, 100, 5
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_NAMED = re.compile(rb'\st="s"[^<>]*><v>([0-9]{1,9})</v>')
_CHUNK = 1 << 20
_MANY = 10_000

Reopen = Callable[[], IO[bytes]]


def is_bearable(taken: int, texts: int, file_size: int) -> bool:
    """Whether a file of that many bytes may take so much memory, so much of it for texts."""
    return taken <= (MOST if file_size > _LARGE_FILE else BEARABLE) and texts <= BEARABLE


def weight(survey: Survey, *, is_copied: bool = False) -> int:
    """What one sheet takes, but for texts that its cells only name."""
    taken = survey.cells * _CELL + survey.held * _HELD + survey.size * _SIGN
    return int(taken + (survey.cells * _AGAIN_CELL + survey.held * _AGAIN_HELD if is_copied else 0))


def of_text(cells: int, signs: int, blanks: int) -> int:
    """What a csv takes: its cells, its characters, and those of them that only part cells."""
    return cells * _CSV_CELL + min(cells, signs - blanks) * _CSV_HELD + signs * _CSV_SIGN


class Shared:
    """The texts of an xlsx that its cells name by number: one that a million cells name is there a million times."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo | None):
        claimed = info.file_size if info else 0
        self._texts = read(archive, info) if info and claimed <= _MOST_SHARED else b""
        texts = self._texts.count(b"<si") + self._texts.count(b":si")
        self.alone = texts * _SHARED_TEXT + int(claimed * _SHARED_SIGN)
        """What they take though no cell names them."""
        self.is_bearable = claimed <= _MOST_SHARED and self.alone <= BEARABLE

    def weight(self, held: int, reopen: Iterable[Reopen]) -> int:
        """What they take in `held` cells; `reopen` gives the sheets' XML.

        The cells are looked at one by one only where the longest text in each of them would be too much.
        """
        if not held or not self._is_longer(int((BEARABLE - self.alone) // (held * _SIGN))):
            return self.alone
        return self.alone + int(_named(self._lengths(), reopen) * _SIGN)

    def _is_longer(self, length: int) -> bool:
        """Whether a text may be longer than that: some stretch of half of it in which none begins."""
        half, first = max(length // 2, 1), max(self._texts.find(b"<si"), 0)
        stretches = range(first, len(self._texts) - half, half)
        return any(self._texts.find(b"<si", start, start + half) < 0 for start in stretches)

    def _lengths(self) -> list[int]:
        if b":si" not in self._texts:
            return list(map(len, self._texts.split(b"<si")))[1:]
        starts = [found.start() for found in _STRING.finditer(self._texts)]
        return [after - before for before, after in pairwise([*starts, len(self._texts)])]


def _named(lengths: Sequence[int], reopen: Iterable[Reopen]) -> int:
    """The length of all texts that cells name, or more than there may be."""
    total = 0
    for each in reopen:
        with each() as stream:
            rest = b""
            while chunk := stream.read(_CHUNK):
                block = rest + chunk
                cut = max(0, block.rfind(b"<c ")) or len(block)
                total += _sum(lengths, _NAMED.findall(block, 0, cut))
                rest = block[cut:]
                if total > MOST:
                    return total
            total += _sum(lengths, _NAMED.findall(rest))
    return total


def _sum(lengths: Sequence[int], numbers: Sequence[bytes]) -> int:
    try:
        return sum(map(lengths.__getitem__, map(int, numbers)))
    except IndexError as nowhere:
        raise ValueError("a cell names a text that there is not") from nowhere


def too_heavy(place: Place, cells: int) -> Problem:
    """A file that would take more memory than it may."""
    shown = f"约 {cells // _MANY} 万格" if cells >= _MANY else "有极长的文字"
    what = f"表格内容太多（{shown}），会占满电脑的内存，没有读入。"
    return error("too-big", place, what, "请把名册所在的行复制到新的工作簿，或分成几个文件，再试。")
