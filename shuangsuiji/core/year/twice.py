"""Whether a received list is on record already, in any plan of the workspace, though its file has other bytes.

- The same rows (subjects by stratum, with their teams) on the same paper are the same list: never received again.
- The same paper with other rows, or the same rows on another paper, may be a further list: the clerk has to say so.
- A subject that nobody numbers is compared by name and address; order, width and blanks do not tell lists apart.
- A list that was taken back is not on record.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.already import AlreadyOnRecord
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.roster.matching import folded
from shuangsuiji.core.year.events import Received
from shuangsuiji.core.year.receiving import PLACEHOLDER

_RULE = "同一份清单只接收一次"
_OTHER_BYTES = "；这次的文件不同，但文号、任务和检查人员都相同"


class Listed(NamedTuple):
    """A list on record: in which other `plan` (blank: in this one), when it was entered and by whom."""

    plan: str
    event: Received
    at: str
    by: str

    @property
    def name(self) -> str:
        """``R1``, or ``省/R1`` in another plan."""
        return f"{self.plan}/{self.event.source}" if self.plan else self.event.source

    @property
    def void(self) -> str:
        """The command that takes it back."""
        plan = f" --plan {self.plan}" if self.plan else ""
        return f"ssj receive{plan} --void {self.event.source} --reason 理由 --document 文号"


class AlreadyReceived(AlreadyOnRecord):
    """A list is received once, whatever its file is called and however it was saved."""

    def __init__(self, listed: Listed, *, remade: bool = False, other_bytes: bool = False):
        event = listed.event
        where = f"在方案“{listed.plan}”里接收" if listed.plan else "接收"
        todo = f"接收错了的、更正后重发的，先作废：{listed.void}；个别任务错误的，用 ssj adjust void 办理。"
        if listed.plan:
            todo = f"放错了方案的，先作废再接收：{listed.void}。"
        super().__init__(
            "already-received",
            "这份清单",
            at=listed.at,
            by=listed.by,
            did=f"{where}，编号 {event.source}",
            told=f"{event.drawn_by}，{event.document_no}，{_size(event)}" + (_OTHER_BYTES if other_bytes else ""),
            never="再次接收",
            source=_RULE,
            todo=todo,
            details=_details(listed),
            remade=remade,
        )


def refuse_twice(event: Received, on_record: Sequence[Listed], *, another: bool) -> tuple[str, ...]:
    """The lists on record beside which `event` is a further one, as the clerk says with `another`.

    Raises Refusal where `event` is on record, or like a list that is and nobody says that it is another.
    """
    mine = _rows(event)
    beside: list[str] = []
    for listed in on_record:
        same_rows, same_paper = _rows(listed.event) == mine, _paper(listed.event) == _paper(event)
        if same_rows and same_paper:
            raise AlreadyReceived(listed, other_bytes=True)
        if not another and (same_rows or same_paper):
            raise _same_paper(listed, mine) if same_paper else _same_rows(listed)
        beside += [listed.name] if same_rows or same_paper else []
    return tuple(beside)


def _rows(event: Received) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """By stratum and subject: the team."""
    return {
        (stratum, _identity(event, visit.subject)): visit.team for visit in event.visits for stratum in visit.strata
    }


def _identity(event: Received, subject: str) -> str:
    if subject in event.unmatched and PLACEHOLDER.fullmatch(subject):
        return f"{folded(event.names[subject])} {folded(event.addresses.get(subject, ''))}"
    return subject


def _paper(event: Received) -> tuple[str, str]:
    return folded(event.drawn_by), _brackets(folded(event.document_no))


def _brackets(number: str) -> str:
    """A document number with one shape of brackets: 〔2023〕, [2023] and (2023) are typed for each other."""
    return number.translate(str.maketrans("〔〕[]【】", "()()()"))


def _same_paper(listed: Listed, mine: Mapping[tuple[str, str], tuple[str, ...]]) -> Refusal:
    there = _rows(listed.event)
    changed = sum(mine[row] != there[row] for row in mine.keys() & there.keys())
    numbers = ((len(mine.keys() - there), "多"), (len(there.keys() - mine), "少"), (changed, "换人"))
    differs = "，".join(f"{word} {number} 项" for number, word in numbers if number)
    return Refusal(
        "same-paper",
        f"{_told(listed)}用的是同一机关的同一文号，内容却不同：这份{differs}。没有接收。",
        todo=f"同一文号另外下达的（补充、分批），请加上 --another；更正后重发的，先作废原来的再接收：{listed.void}。",
        source=_RULE,
        details={**_details(listed), "more": numbers[0][0], "fewer": numbers[1][0], "other_team": changed},
    )


def _same_rows(listed: Listed) -> Refusal:
    return Refusal(
        "same-rows",
        f"{_told(listed)}的任务和检查人员与这份完全相同，只是抽取机关或文号不同。没有接收。",
        todo=f"原来文号写错的，先作废再接收：{listed.void}；确是另一份清单，请加上 --another。",
        source=_RULE,
        details=_details(listed),
    )


def _told(listed: Listed) -> str:
    event = listed.event
    when = f"{listed.at[:16].replace('T', ' ')} 由 {listed.by} 接收"
    return f"已有的清单 {listed.name}（{event.drawn_by}，{event.document_no}，{_size(event)}，{when}）"


def _size(event: Received) -> str:
    return f"{sum(map(len, event.subjects.values()))} 项任务，{len(event.visits)} 次检查"


def _details(listed: Listed) -> dict[str, object]:
    event = listed.event
    return {
        "source": event.source,
        "plan": listed.plan,
        "drawn_by": event.drawn_by,
        "document_no": event.document_no,
        "file": event.file,
        "sha256": event.sha256,
        "tasks": sum(map(len, event.subjects.values())),
        "visits": len(event.visits),
    }
