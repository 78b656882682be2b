"""Other departments that inspect jointly (联合检查): what the plan says of them, and what each of them is called.

- The short form ``SJ: 县市场监督管理局`` is a name; the long one says beside it which files hold its people.
- Where no file is named, ``rosters/inspectors-SJ.*`` and ``rosters/conflicts-SJ.*`` are taken if they are there; else
  the department's people stand in the common roster, with its code or name under 所属部门.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import model_validator

from shuangsuiji.core.plan.ratio import said
from shuangsuiji.core.plan.strict import Strict, Text

if TYPE_CHECKING:
    from shuangsuiji.core.plan.model import Plan


class Department(Strict):
    """One other department; `inspectors`, `conflicts`: its own files, from the workspace or from ``rosters/``."""

    name: Text
    inspectors: Text | None = None
    conflicts: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value


def called(plan: "Plan") -> dict[str, str]:
    """What every department is called, by its code; the plan's own agency first."""
    return {plan.agency.code: plan.agency.name, **{code: each.name for code, each in plan.departments.items()}}


def refuse_ambiguous(code: str, name: str, departments: Mapping[str, Department]) -> None:
    """Raises ValueError where a word under 所属部门 could mean two departments; `code`, `name`: the plan's agency."""
    if code in departments:
        raise said("department_own", f"{code} 是本机关，不写进 departments；这里只写联合检查的其他部门。")
    words = [code, name]
    for other, each in departments.items():
        words += [other] if each.name == other else [other, each.name]
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        raise said("department_twice", f"“{twice[0]}”指了两个部门。各部门的代码和名称不能相同。")
