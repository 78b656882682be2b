"""What every command about a plan needs: the plan, the rosters, what other draws of the year took, the pool to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shuangsuiji.actions.history import Chronicle, chronicle
from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.judged import judged
from shuangsuiji.core.plan.coverage import Known
from shuangsuiji.core.plan.frequency import Caps, Counted, counted_kinds, exempt, grades
from shuangsuiji.core.plan.intent import Intent
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.membership import Leaving, Listed
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters, Sealing, reference_day, seal
from shuangsuiji.core.problem import Problem, error, errors
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.risk.adopted import Adopted
from shuangsuiji.core.year.history import History
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Gathered:
    """Plan and rosters as values, and the pool that they make on `as_of`. `sources`: SHA-256 by file name.

    `chronicle`: what all dossiers tell, each of whose ledgers was read once. `risk`: what the reviewed sheet that the
    plan names made of the rosters; None where it names none.
    """

    intent: Intent
    rosters: Rosters
    sealing: Sealing
    problems: Sequence[Problem]
    sources: Mapping[str, str]
    as_of: date
    chronicle: Chronicle
    risk: Adopted | None = None


def gather(workspace: Workspace, plan_file: Path, today: date) -> Gathered:
    """Read plan and rosters. Raises Faulty, with every Problem found, when they cannot be read as values at all."""
    intent = read_intent(workspace, plan_file)
    plan = intent.plan
    as_of = reference_day(plan, today)
    reader = RosterReader(workspace)
    rosters, risk, wrong_rows, sheet = judged(
        workspace, plan, reader.rosters(as_of.isoformat(), plan.departments), today, against_record=True
    )
    lists = reader.lists(plan)
    told = chronicle(workspace, workspace.dossier(plan_file), first_days=plan.coverage is not None)
    leaving = Leaving(lists, caps(plan, told.history, lists))
    day, history = as_of.isoformat(), told.history
    known = Known(history.seen(day), history.listed, history.stood, history.seen(day, at_random=True))
    sealing, wrong = seal(intent, rosters, leaving, as_of, known)
    wrong += _used_elsewhere(workspace, told.history, intent)
    read = {**reader.sources, **sheet, workspace.shown(plan_file): intent.digest}
    problems, sources = (*reader.problems, *wrong_rows, *wrong), dict(sorted(read.items()))
    return Gathered(intent, rosters, sealing, problems, sources, as_of, told, risk)


def caps(plan: Plan, history: History, lists: Mapping[str, Listed], *, with_own_draw: bool = False) -> Caps | None:
    """The caps of the plan's year with what counts already; None where there are none. `lists`: as the reader has them.

    `with_own_draw`: the plan's own draw counts too: for what comes after it.
    """
    rule = plan.frequency
    if rule is None:
        return None
    kinds = counted_kinds(rule)
    taken: dict[str, list[Counted]] = {}
    for name in rule.already:
        for subject in lists[name].reasons if name in lists else ():
            taken.setdefault(subject, []).append(Counted(Path(name).stem))
    for subject, found in history.taken(plan.year, with_own_draw=with_own_draw).items():
        for one in found:
            if one.kind in kinds:
                whose = "" if one.kind == "drawn" or one.dossier == history.own else f"{one.dossier}/"
                is_random = one.kind in {"drawn", "received"}
                taken.setdefault(subject, []).append(Counted(f"{whose}{one.label}", one.visits, is_random))
    named = {name: frozenset(lists[name].reasons) for name in rule.exempt_files if name in lists}
    return Caps(rule.per_year, grades(plan), exempt(rule, layers(plan), named), taken)


def _used_elsewhere(workspace: Workspace, history: History, intent: Intent) -> list[Problem]:
    """A draw's id names one draw: a copied plan would be a second one of the same name."""
    found = []
    for past in history.pasts:
        if past.dossier != history.own and intent.plan.draw in past.draws:
            shown = workspace.shown(workspace.root / "plans" / past.dossier)
            what = f"抽取编号 {intent.plan.draw} 已用于 {shown} 的抽取。"
            todo = "一个编号只能抽一次；如确是另一次抽取，请用新的编号。"
            found.append(error("draw-id-used", intent.place("draw"), what, todo))
    return found


def changed_sources(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Names of the files that differ between two readings, or are in one of them only."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def without_errors(gathered: Gathered) -> Gathered:
    """`gathered` itself. Raises Faulty when its Problems forbid to go on."""
    if errors(gathered.problems):
        raise Faulty(gathered.problems)
    return gathered
