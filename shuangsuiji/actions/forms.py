"""``ssj forms``: what is taken along to a visit, as Word files in the dossier's ``forms/``. Nothing goes on record.

All files are made before the first is written. They hold telephone numbers: internal papers, never in ``public/``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.judged import judged
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.plan.sealing import Rosters, reference_day
from shuangsuiji.core.problem import errors
from shuangsuiji.core.refusal import USAGE, Faulty, Refusal
from shuangsuiji.core.year.briefing import briefing
from shuangsuiji.core.year.forms.choice import Choice, Chosen, chosen
from shuangsuiji.core.year.forms.variables import TITLES, Kind, variables
from shuangsuiji.core.year.forms.visit import FormVisit, visits_of
from shuangsuiji.core.year.state import OWN, State, fold
from shuangsuiji.files.documents.word import render_words
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.rosters import RosterReader
from shuangsuiji.files.sheets.names import file_names
from shuangsuiji.files.whole import sweep, write_whole
from shuangsuiji.files.workspace import Dossier, Workspace

_SEVERAL = 3


class Asked(NamedTuple):
    """Which form, for which visits; `separate`: a file for each; `duplex`: for paper printed on both sides."""

    kind: Kind
    choice: Choice
    separate: bool = False
    duplex: bool = True


class Formed(NamedTuple):
    """The forms that were made, and the visits that they are for."""

    plan: Plan
    kind: Kind
    chosen: Chosen
    files: Sequence[Path]
    checkpoint: Checkpoint


def kind_of(word: str) -> Kind:
    """The form that `word` means. Raises Refusal (wrong use)."""
    for kind, title in TITLES.items():
        if word.strip() in {kind, title}:
            return kind
    known = "、".join(f"{kind}（{title}）" for kind, title in TITLES.items())
    raise Refusal("unknown-form", f"没有“{word}”这种文书。", todo=f"可以写 {known}。", exit_code=USAGE)


def forms(workspace: Workspace, plan_name: str | None, who: Who, asked: Asked) -> Formed:
    """Make the forms. Raises Refusal, or Faulty with what is wrong with the template; then nothing was written."""
    plan_file = workspace.plan_file(plan_name)
    plan = read_intent(workspace, plan_file).plan
    dossier = workspace.dossier(plan_file)
    _refuse_empty(fold(read_ledger(dossier.folder).happened))
    with locked(dossier.folder, by=who.by, at=who.at, command="forms"):
        ledger = read_ledger(dossier.folder)
        state = fold(ledger.happened)
        _refuse_empty(state)
        rosters = _rosters(workspace, plan, who)
        checkpoint = ledger.checkpoint(plan.draw)
        visits = list(_visits(dossier, plan, rosters, state, str(checkpoint)))
        found = chosen(visits, asked.choice, _inspectors(state, rosters))
        drawn_on = max(source.event.on for source in state.sources.values())
        parts = _files(asked, found)
        given = [
            variables(asked.kind, plan, part, str(checkpoint), drawn_on, duplex=asked.duplex) for part in parts.values()
        ]
        contents = render_words(workspace, f"visit-{asked.kind}.docx", given, "检查文书模板")
        sweep(dossier.forms)
        for name, content in zip(parts, contents, strict=True):
            write_whole(dossier.forms / name, content)
    return Formed(plan, asked.kind, found, [dossier.forms / name for name in parts], checkpoint)


def _refuse_empty(state: State) -> None:
    if not state.sources:
        what = "本方案还没有检查任务：既没有抽取，也没有接收任务清单。"
        raise Refusal("no-tasks", what, todo="请先用 ssj draw 抽取，或用 ssj receive 接收。")


def _rosters(workspace: Workspace, plan: Plan, who: Who) -> Rosters:
    """Today's rosters: addresses, contacts, items. A wrong row is `check`'s business; a roster that is not is ours."""
    reader = RosterReader(workspace)
    rosters = reader.rosters(reference_day(plan, who.now.date()).isoformat(), plan.departments)
    if not (rosters.subjects and rosters.items):
        raise Faulty(errors(reader.problems), "名册")
    return judged(workspace, plan, rosters, who.now.date()).rosters


def _visits(dossier: Dossier, plan: Plan, rosters: Rosters, state: State, checkpoint: str) -> Iterator[FormVisit]:
    for source in state.sources.values():
        folder = dossier.pool if source.id == OWN else dossier.received(source.id) / "pool"
        pool = read_pool(folder, source.event.pool_digest)
        yield from visits_of(briefing(plan, rosters, state, source, pool, checkpoint), state, source)


def _inspectors(state: State, rosters: Rosters) -> dict[str, str]:
    drawn = {inspector: name for source in state.sources.values() for inspector, name in source.inspectors.items()}
    return {**drawn, **{inspector.inspector: inspector.name for inspector in rosters.inspectors}}


def _files(asked: Asked, found: Chosen) -> dict[str, Sequence[FormVisit]]:
    """The visits of each file by its name; none where nothing is to be done."""
    title = TITLES[asked.kind]
    if not found.visits:
        return {}
    if asked.separate or (len(found.visits) == 1 and asked.choice.visits):
        names = file_names([f"{title}_{visit.visit}_{visit.subject.name}" for visit in found.visits], ".docx")
        return {name: [visit] for name, visit in zip(names, found.visits, strict=True)}
    if found.whose:
        about = "_".join(found.whose)
    elif asked.choice.everything:
        about = "全部"
    else:
        shown = "_".join(visit.visit for visit in found.visits[:_SEVERAL])
        about = shown + (f"等{len(found.visits)}次检查" if len(found.visits) > _SEVERAL else "")
    return {file_names([f"{title}_{about}"], ".docx")[0]: found.visits}
