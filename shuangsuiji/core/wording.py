"""Texts as people type them: without what cannot be seen, and with traditional characters as simplified ones.

`tidy` is what every cell gets; `simplified` is for words that the tool knows (headings, 专业, 状态), never for names.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches

_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BLANKS = "\t\n\v\f\r \x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
EDGES = _BLANKS + _INVISIBLE
"""What `tidy` takes from the ends of a text: all that shows as nothing."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""With what a text begins that a spreadsheet takes for a formula."""

_LONGEST_WORD = 100
"""Beyond that a comparison would take longer with each character."""

_PAIRS = (
    "單单監监對对編编號号碼码統统會会類类別别經经營营業业專专屬属冊册詳详細细產产區区鄉乡鎮镇轄辖劃划負负責责"
    "聯联係系繫系電电話话機机許许證证衛卫衞卫風风險险級级檢检時时間间記记發发檔档狀状態态備备說说執执門门長长"
    "辦办務务擔担項项據据內内頻频測测驗验稱称總总計计體体現现況况場场學学醫医療疗婦妇兒儿園园傳传職职設设診诊"
    "構构輻辐飲饮館馆廳厅護护範范圍围員员處处實实應应與与關关閉闭無无為为種种註注銷销廢废開开續续暫暂遷迁復复"
    "點点條条規规質质藥药報报審审書书歷历臺台"
)
_TO_SIMPLIFIED = str.maketrans(_PAIRS[::2], _PAIRS[1::2])


def tidy(text: str) -> str:
    r"""`text` without invisible characters at its ends, its line breaks and tabs one space each.

    >>> tidy("\u3000某某\n美容店\u200b ")
    '某某 美容店'
    """
    return " ".join(filter(None, (part.strip(EDGES) for part in _BREAKS.split(text))))


def simplified(text: str) -> str:
    """The tool's own words in simplified characters, as far as they occur in headings and in lists of words.

    >>> simplified("統一社會信用代碼"), simplified("公共場所衛生")
    ('统一社会信用代码', '公共场所卫生')
    """
    return text.translate(_TO_SIMPLIFIED)


def near(word: str, among: Iterable[str], most: int = 1, cutoff: float = 0.5) -> list[str]:
    """At most so many of `among` for which `word` could be a slip of the pen; none for what is longer than any word.

    >>> near("公共场所卫", ["学校卫生", "公共场所卫生"]), near("公" * 1000, ["公共场所"])
    (['公共场所卫生'], [])
    """
    return get_close_matches(word, list(among), most, cutoff) if len(word) <= _LONGEST_WORD else []
