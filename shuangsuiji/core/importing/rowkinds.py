"""What a row under the headings is, if it is no row of the list.

Most rows are told by how many cells they fill; only the doubtful ones are looked at closely.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from shuangsuiji.core.heading import bare, known_as, plain
from shuangsuiji.core.importing.contents import shapes
from shuangsuiji.core.importing.raw import RawSheet, Reason, Row
from shuangsuiji.core.importing.toprows import Top, known
from shuangsuiji.core.table import Column
from shuangsuiji.core.wording import EDGES, tidy

_TOTAL = re.compile(
    r".{0,10}(?:合计|总计|小计|共计|总数|累计)(?:\(?[共计]*\d+[家户个所条人]?\)?)?|[共总计]+\d+[家户个所条人]"
)
_EXAMPLE = re.compile(r"(?:填写|填表)?(?:示例|样例|范例)|例[:：]|例如")
_FOOTNOTE = re.compile(
    r"(?:备?注|说明|附注|填[表报写]|制[表单]|审[核批]|复核|统计|打印|导出|数据来源|联系人|联系电话|负责人|单位负责人|主管领导|日期|报[出送])"
    r"[\w（）()]{0,8}[:：].*|[※*].+|第\d+页.{0,12}|共\d+页.{0,12}|(?:以上|本表|数据截至|截至|截止).{4,}"
)
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*")
_COUNT = re.compile(r"[（(]?[共计]*\d+[家户个所][)）]?$")
_AREA = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:镇|乡|街道|街道办|街道办事处|办事处|社区|村|区|县|市|旗|苏木|管委会|片|农场|林场|街)"
    r"|县城|[县市]直(?:单位)?"
)
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_CHINESE_ORDINAL = "甲乙丙丁戊己庚辛壬癸"
_DOUBTFUL = frozenset(
    (*EDGES, *"合总小共累计本例填示样范备注说附制审复统打导数联负单主日报※*以截序", *_CHINESE_ORDINAL)
)
_LONG = 20


class RowReader:
    """Tells the rows of one sheet apart."""

    def __init__(self, sheet: RawSheet, heading: Top, name_column: int | None, ways: dict[str, Column]):
        self._ways, self._means = ways, [known(text, ways) for text in heading.texts]
        self._headings = [{plain(part) for part in (text, *text.split("/")) if part} for text in heading.texts]
        self._width = len(heading.texts)
        named = sum(map(bool, heading.texts))
        self._few = min(max(2, named // 3), named - 1)
        self._name = name_column
        self._doubtful = _DOUBTFUL | {text[:1] for text in chain(ways, *self._headings)}
        self._wide = {one.top for one in sheet.merged if one.top == one.bottom and one.right > one.left}
        self._is_first = True

    def reason(self, row: Row) -> tuple[Reason | None, str]:
        """Why `row` is left out and what stands there; None for a row of the list."""
        cells = row[1]
        first = cells[0] or next(filter(None, cells), "")
        is_first, self._is_first = self._is_first, False
        if first and first[0] not in self._doubtful and self._width - cells.count("") > self._few and not is_first:
            return None, ""
        held = [(place, text) for place, cell in enumerate(cells) if cell and (text := tidy(cell))]
        if not held:
            self._is_first = is_first
            return "blank", ""
        reason = self._closely(row[0], held, is_first=is_first)
        if reason in {"area", "section"}:
            return reason, _place_name(held[0][1])
        return reason, " ".join(text for _, text in held) if reason else ""

    def _closely(self, number: int, held: Sequence[tuple[int, str]], *, is_first: bool) -> Reason | None:
        first = plain(held[0][1])
        if _EXAMPLE.match(first):
            return "example"
        if self._is_heading(held) or (is_first and _numbers_columns(held)):
            return "heading-again"
        if any(_TOTAL.fullmatch(plain(text)) for _, text in held[:2]) and not shapes([t for _, t in held]).get("code"):
            return "total"
        if _FOOTNOTE.fullmatch(held[0][1]) and all(place != self._name or place == held[0][0] for place, _ in held):
            return "footnote"
        if len(held) == 1 or (len(held) == 2 and _COUNT.fullmatch(held[1][1])):  # noqa: PLR2004 - a name and its number
            return self._lone(number, *held[0])
        return None

    def _is_heading(self, held: Sequence[tuple[int, str]]) -> bool:
        same = sum(
            not self._headings[place].isdisjoint((plain(text), bare(text)))
            for place, text in held
            if place < self._width
        )
        if same >= max(min(2, self._width), len(held) / 2):
            return True
        named = {column for _, text in held if (column := known_as(text, self._ways))}
        return len(named) >= max(2, len(held) / 2)

    def strange(self, row: Row) -> Iterator[int]:
        """Where headings that are repeated are others than those above: the rows below would be read wrongly."""
        held = [(place, text) for place, cell in enumerate(row[1]) if cell and (text := tidy(cell))]
        for place, text in held if self._is_heading(held) else ():
            column, above = known(text, self._ways), self._means[place]
            if column is not above and self._headings[place].isdisjoint((plain(text), bare(text))):
                yield place

    def _lone(self, number: int, place: int, text: str) -> Reason | None:
        """A row with one text: an area, another group, a footnote, or a row of the list that is all but blank."""
        if self._few < 1:
            return None
        is_wide = number in self._wide
        if len(text) > _LONG or text.endswith("。"):
            return "footnote" if is_wide or place != self._name else None
        name = _place_name(text)
        if _AREA.fullmatch(name):
            return "area"
        if not is_wide and (place == self._name or place > 0):
            return None
        return "area" if _SHORT_NAME.fullmatch(name) and not shapes([name]) else "section"


def _place_name(text: str) -> str:
    """The name in the row of an area or a group, without its number in the list and its count of subjects.

    >>> _place_name("一、东关镇（12家）"), _place_name("东关镇：")
    ('东关镇', '东关镇')
    """
    return _COUNT.sub("", _ORDINAL.sub("", text, count=1).rstrip(":：")).strip(EDGES + ":：")


def _numbers_columns(held: Sequence[tuple[int, str]]) -> bool:
    """Whether a row only counts the columns: 甲 乙 1 2 3."""
    texts = [text.strip("()（）") for _, text in held]
    letters = [text for text in texts if text in _CHINESE_ORDINAL]
    digits = [text for text in texts if text not in letters]
    counted = [str(number) for number in range(1, len(digits) + 1)]
    return len(texts) > 2 and digits == counted and letters == list(_CHINESE_ORDINAL[: len(letters)])  # noqa: PLR2004
