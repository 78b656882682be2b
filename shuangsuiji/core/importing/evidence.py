"""What a column's cells say for or against a field."""

from collections.abc import Mapping
from typing import NamedTuple

from shuangsuiji.core.importing.contents import Shape
from shuangsuiji.core.importing.fields import CODE, FREE
from shuangsuiji.core.table import Column

_SHAPE_OF: dict[str, Shape] = {
    CODE: "code",
    "联系电话": "phone",
    "单位名称": "name",
    "地址": "address",
    "专业": "specialty",
    "状态": "status",
    "信用风险等级": "grade",
}
_STRONG: tuple[Shape, ...] = ("code", "identity-card", "phone", "date")
"""Shapes that nothing has by chance."""
_ANY_NUMBER = frozenset({"对象编号", "执法证号", "许可证号", "事项编码", "必查原因"})
"""Fields whose own numbers may look like telephone numbers, dates or codes."""
_SAYS = {
    "code": "18 位统一社会信用代码",
    "identity-card": "身份证号码",
    "phone": "电话号码",
    "date": "日期",
    "specialty": "专业",
    "name": "单位名称",
    "address": "地址",
    "status": "经营状态",
    "grade": "风险等级",
}
MOST = 0.6
MOSTLY = 0.8
_HALF = 0.5
_FEW = 0.3


class Against(NamedTuple):
    """What the cells are instead, in Chinese, and their share."""

    shape: Shape
    said: str
    share: float


def expected(column: Column) -> Shape | None:
    """What the cells of a field look like, None where they may look like anything."""
    return "date" if column.kind == "date" else _SHAPE_OF.get(column.heading)


def agrees(column: Column, shares: Mapping[Shape, float], least: float = MOST) -> bool:
    """Whether the cells speak for `column`."""
    shape = expected(column)
    return shape is not None and shares.get(shape, 0) >= least


def against(column: Column, shares: Mapping[Shape, float]) -> Against | None:
    """What speaks against `column`: most cells are of a shape that its cells never have."""
    if column.heading in FREE:
        return None
    wanted = expected(column)
    if wanted and shares.get(wanted, 0) >= _FEW:
        return None
    for shape in _STRONG:
        fits = shape == wanted or (column.heading in _ANY_NUMBER and shape != "identity-card")
        if not fits and shares.get(shape, 0) >= _HALF:
            return Against(shape, _SAYS[shape], shares[shape])
    return None


def said(shape: Shape, share: float) -> str:
    """The evidence as a clerk reads it.

    >>> said("code", 0.95)
    '95% 的内容是18 位统一社会信用代码'
    """
    return f"{share:.0%} 的内容是{_SAYS[shape]}"
