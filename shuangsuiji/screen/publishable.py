"""What may be published and is not yet, in one line: for ``ssj status`` and ``ssj publish list``."""

from shuangsuiji.core.year.disclosure.choosing import Choice, OfTasks

_WORDS = {"results": "抽查结果", "penalties": "行政处罚"}


def waiting(kind: OfTasks, choice: Choice) -> str:
    """How many are ready, how many of them are late, and by when the first has to be public."""
    due = first_due(choice)
    late = f"，{choice.overdue} 项已过公示期限" if choice.overdue else ""
    last = f"，最早一项的期限是 {due}" if due and not late else ""
    return f"待公示  {_WORDS[kind]} {len(choice.ready)} 项{late}{last}，用 ssj publish {kind}"


def waiting_json(choice: Choice) -> dict[str, object]:
    """The same for a program."""
    return {"tasks": len(choice.ready), "overdue": choice.overdue, "due": first_due(choice) or None}


def first_due(choice: Choice) -> str:
    """The earliest last day; blank where no clock runs."""
    return next((one.due for one in choice.ready if one.due), "")
