"""Conflicts (利害关系): who may not inspect whom (行政处罚法第四十三条). Reasons stay private."""

from collections.abc import Collection, Iterable, Mapping

from shuangsuiji.core.problem import Problem, error
from shuangsuiji.core.table import Table


def conflicts(
    tables: Iterable[Table],
    inspectors: Collection[str],
    subjects: Collection[str],
    by_code: Mapping[str, set[str]],
    roster: str = "执法检查人员名录库",
) -> tuple[set[tuple[str, str]], list[Problem]]:
    """Pairs (inspector, subject id), and what is wrong with the list.

    `inspectors`, `subjects`: all ids of the rosters; `by_code`: 统一社会信用代码 → the subject ids that have it.
    `roster`: what the inspectors' one is called.
    An id that no roster knows is an error: a typing mistake would silently drop a recusal.
    """
    pairs: set[tuple[str, str]] = set()
    problems: list[Problem] = []
    for table in tables:
        columns = (table.column(heading) for heading in ("执法证号", "对象编号", "统一社会信用代码"))
        for index, (inspector, subject, code) in enumerate(zip(*columns, strict=True)):
            if inspector not in inspectors:
                what = f"执法证号“{inspector}”不在{roster}里。"
                problems.append(error("conflict-inspector", table.place(index, "执法证号"), what, "请核对号码。"))
            targets = {subject} & set(subjects) if subject else by_code.get(code, set())
            if subject and code and targets and not targets & by_code.get(code, set()):
                what = f"对象编号“{subject}”的统一社会信用代码不是“{code}”。"
                problems.append(error("conflict-subject", table.place(index, "统一社会信用代码"), what, "请核对编号。"))
            if not targets:
                heading = "对象编号" if subject or not code else "统一社会信用代码"
                what = f"{heading}“{subject or code}”不在检查对象名录库里。"
                problems.append(error("conflict-subject", table.place(index, heading), what, "请核对编号。"))
            pairs.update((inspector, target) for target in targets)
    return pairs, problems
