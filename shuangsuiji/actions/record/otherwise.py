"""``ssj record --otherwise …``: a visit outside the random draw (S1 四), recorded as what it is.

It becomes the task N1, N2 …, so that frequency and statistics are right; its findings may follow at once.
"""

from dataclasses import dataclass
from datetime import date

from shuangsuiji.actions.record.keeping import Decided, RecordResult, desk, keep
from shuangsuiji.actions.record.options import COMMAND_LINE, Asked, copies, decide_task, said
from shuangsuiji.actions.who import Who
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.model import LAWFUL_TEAM, Plan
from shuangsuiji.core.plan.sealing import Rosters
from shuangsuiji.core.problem import Problem, error
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.cell_values import plain
from shuangsuiji.core.year.events import Happened, VisitedOtherwise
from shuangsuiji.core.year.findings import BASES, coded
from shuangsuiji.core.year.recording import Decision
from shuangsuiji.core.year.state import OTHERWISE, State, fold
from shuangsuiji.files.evidence import look
from shuangsuiji.files.ledger import Ledger
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Visit:
    """What the command line says of the visit; `name` only where the roster does not know the subject."""

    basis: str
    subject: str
    name: str
    stratum: str
    document_no: str
    on: date
    inspectors: tuple[str, ...]


def record_otherwise(workspace: Workspace, plan_name: str | None, who: Who, visit: Visit, asked: Asked) -> RecordResult:
    """Record the visit and what is `asked` of it. Raises Faulty with every Problem, or another Refusal."""
    at = desk(workspace, plan_name, who)
    _complete(visit)
    rosters = RosterReader(workspace).rosters(visit.on.isoformat(), at.plan.departments)
    event, wrong = _event(visit, at.plan, rosters)
    draft, unread = said("", asked)
    files = look(asked.evidence)

    def decided(ledger: Ledger, state: State) -> Decided:
        if event is None:
            return Decided((), Decision(problems=wrong))
        twin = next((one for one in state.otherwise.values() if one.model_copy(update={"task": ""}) == event), None)
        made = twin or event.model_copy(update={"task": f"{OTHERWISE}{len(state.otherwise) + 1}"})
        fresh = [] if twin else [made]
        after = fold([Happened(state.lines + 1, who.at, who.by, one) for one in fresh], state)
        more = decide_task(ledger, after, at, draft._replace(task=made.task), files, asked)
        known = [f"这次检查已登记为 {made.task}。"] if twin else []
        return Decided((*fresh, *more.events), more.findings, (*known, *more.known), made.task)

    return keep(at, decided, unread, beside=lambda done: copies(at, files, done, asked))


def _complete(visit: Visit) -> None:
    """Raise Refusal where something is not said at all, or the team is too small."""
    needed = (
        (visit.subject, "--subject", "对象编号"),
        (visit.stratum, "--stratum", "专业（抽查层）"),
        (visit.document_no.strip(), "--document", "投诉、线索、移送等的登记编号或文号"),
    )
    for text, option, word in needed:
        if not text:
            raise Refusal("incomplete", f"没有写明{word}。", todo=f"请加上 {option}。", exit_code=USAGE)
    if len(set(visit.inspectors)) < LAWFUL_TEAM:
        what = f"检查人员只有 {len(set(visit.inspectors))} 人，不得少于 {LAWFUL_TEAM} 人。"
        todo = "请写明每一名检查人员的执法证号：--inspector 甲 --inspector 乙。"
        raise Refusal("team-too-small", what, todo=todo, source="行政处罚法第四十二条")


def _event(visit: Visit, plan: Plan, rosters: Rosters) -> tuple[VisitedOtherwise | None, list[Problem]]:
    """The visit as an event whose task has no number yet, or all that is wrong."""
    problems = []

    def wrong(code: str, column: str, what: str, todo: str) -> None:
        problems.append(error(code, COMMAND_LINE._replace(column=column), what, todo))

    basis = coded(visit.basis, BASES)
    if basis is None:
        wrong("bad-basis", "检查缘由", f"“{visit.basis}”不是可登记的缘由。", f"请写：{'、'.join(BASES.values())}。")
    strata = {layer.code: layer.name for layer in layers(plan)}
    stratum = coded(visit.stratum, strata)
    if stratum is None:
        known = "、".join(f"{code}（{name}）" for code, name in strata.items())
        wrong("unknown-stratum", "专业", f"方案里没有“{visit.stratum}”。", f"可用的有：{known}。")
    wanted = visit.subject.strip()
    subject = next((one for one in rosters.subjects if wanted in {one.subject, one.code}), None)
    name = subject.name if subject else plain(visit.name)
    if not name:
        todo = "请核对编号；名录库里确实没有的单位，用 --name 写明单位名称。"
        wrong("unknown-subject", "对象编号", f"检查对象名录库里没有“{wanted}”。", todo)
    until = {one.inspector: one.valid_until for one in rosters.inspectors}
    for inspector in dict.fromkeys(visit.inspectors):
        if inspector not in until:
            what = f"执法检查人员名录库里没有“{inspector}”。"
            wrong("unknown-inspector", "执法证号", what, "请核对执法证号。")
        elif until[inspector] and until[inspector] < visit.on.isoformat():
            what = f"“{inspector}”的执法证已于 {until[inspector]} 到期。"
            wrong("certificate-lapsed", "执法证号", what, "检查人员应当持有效的执法证（行政处罚法第四十二条）。")
    if problems:
        return None, problems
    return VisitedOtherwise.model_validate(
        {
            "on": visit.on,
            "task": "",
            "subject": subject.subject if subject else wanted,
            "name": name,
            "stratum": stratum,
            "basis": basis,
            "document_no": plain(visit.document_no),
            "inspectors": tuple(sorted(set(visit.inspectors))),
        }
    ), []
