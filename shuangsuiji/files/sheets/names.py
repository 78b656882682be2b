"""Names for files and worksheets that every Windows, WPS and Excel takes, from ids and names that may be anything.

- Two names that a case-blind disk or program would confuse are told apart by a number, in the order given.
- Same input, same names: nothing depends on what lies in the folder.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from shuangsuiji.files.sheets.text import clean, cut

LONGEST_FILE, LONGEST_FILE_BYTES = 100, 240
"""A file's name with its ending: in characters (asked for), in bytes of UTF-8 (Linux holds 255)."""

LONGEST_SHEET = 31

_RESERVED = re.compile(r'[<>:"/\\|?*\s]')
_SHEET = str.maketrans("[]:*?/\\", "［］：＊？／＼")
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(\.|$)", re.IGNORECASE)


def file_names(stems: Iterable[str], ending: str) -> list[str]:
    """One safe file name for each of `stems`, all different even where case does not count.

    >>> file_names(["任务单_a01_张三", "任务单_A01_张三", "任务单_a02_李/四. "], ".xlsx")
    ['任务单_a01_张三.xlsx', '任务单_A01_张三_2.xlsx', '任务单_a02_李_四.xlsx']
    """
    taken: set[str] = set()
    return [_untaken(_file_stem(stem), "_{}", ending, taken, _short_file) for stem in stems]


def sheet_names(wanted: Iterable[str], *, taken: Iterable[str]) -> list[str]:
    """One worksheet name for each of `wanted`, at most 31 characters, different from each other and from `taken`.

    >>> sheet_names(["公共场所", "公共场所", "A/B", ""], taken=["全部任务"])
    ['公共场所', '公共场所(2)', 'A／B', '未命名']
    """
    used = {_key(name) for name in (*taken, "History")}  # Excel keeps History for itself
    return [_untaken(_sheet_stem(name), "({})", "", used, _short_sheet) for name in wanted]


def _untaken(stem: str, number: str, ending: str, taken: set[str], short: Callable[[str, str], str]) -> str:
    count, name = 1, short(stem, ending)
    while _key(name) in taken:
        count += 1
        name = short(stem, number.format(count) + ending)
    taken.add(_key(name))
    return name


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _file_stem(text: str) -> str:
    text = unicodedata.normalize("NFC", clean(text))
    text = "".join(mark for mark in text if unicodedata.category(mark) not in {"Cc", "Cf"} or mark == "\n")
    text = _RESERVED.sub("_", text.strip(" ."))
    return f"_{text}" if _DEVICES.match(text) else text or "_"


def _short_file(stem: str, rest: str) -> str:
    stem = stem[: LONGEST_FILE - len(rest)].encode()[: LONGEST_FILE_BYTES - len(rest.encode())].decode(errors="ignore")
    return stem.rstrip(" .") + rest


def _sheet_stem(text: str) -> str:
    return clean(text).replace("\n", " ").translate(_SHEET).strip().strip("'").strip() or "未命名"


def _short_sheet(stem: str, rest: str) -> str:
    return cut(stem, LONGEST_SHEET - len(rest), "…") + rest
