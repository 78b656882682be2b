"""Certificates and licences that end, from the rosters: of inspectors on duty, and of subjects that are open.

A licence that has already lapsed is `ssj check`'s business, unless its subject still has to be visited.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from shuangsuiji.core.roster.inspector import ON_DUTY
from shuangsuiji.core.roster.subject import says_closed
from shuangsuiji.core.table import Table
from shuangsuiji.core.year.deadlines import Expiry
from shuangsuiji.core.year.progress import status
from shuangsuiji.core.year.state import State


def certificates(tables: Iterable[Table]) -> Iterator[Expiry]:
    """The certificates of inspectors on duty."""
    for table in tables:
        headings = ("执法证号", "姓名", "证件有效期", "状态")
        for inspector, name, until, standing in zip(*map(table.column, headings), strict=True):
            if inspector and _is_date(until) and standing in ON_DUTY:
                yield Expiry("certificate", inspector, name, until)


def licences(tables: Iterable[Table], today: date, to_visit: Collection[str]) -> Iterator[Expiry]:
    """The licences of open subjects; lapsed ones only of subjects `to_visit`."""
    first = today.isoformat()
    for table in tables:
        headings = ("对象编号", "统一社会信用代码", "单位名称", "许可证有效期", "状态")
        for number, code, name, until, standing in zip(*map(table.column, headings), strict=True):
            subject = number or code
            if not until or (until < first and subject not in to_visit) or not _is_date(until):
                continue
            if not says_closed(standing):
                yield Expiry("licence", subject, name, until)


def to_visit(state: State) -> set[str]:
    """Subjects that have a task without a result."""
    return {task.subject for task in state.tasks.values() if status(task) in {"open", "checked"}}


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
