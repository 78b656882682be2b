"""``ssj note``: training, publicity, and supervision of the work itself (S2 三(四)、四(三)), for the year's report."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.events import Noted
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.ledger import read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.whole import sweep
from shuangsuiji.files.workspace import Workspace


class Notes(NamedTuple):
    """What is on record for a plan, in order of entry; `added` = what has just been entered, if anything."""

    plan: Plan
    notes: Sequence[Noted]
    added: Noted | None = None
    checkpoint: Checkpoint | None = None


def note(workspace: Workspace, plan_name: str | None, who: Who, noted: Noted) -> Notes:
    """Enter `noted`. Raises Refusal without a title, for less than nobody, or where it stands there already."""
    if not noted.title.strip():
        raise Refusal("note-needs-title", "没有写标题。", todo="请加上 --title 标题。", exit_code=USAGE)
    if noted.people is not None and noted.people < 0:
        raise Refusal("bad-number", f"人数不能是 {noted.people}。", todo="请改正 --people。", exit_code=USAGE)
    plan_file = workspace.plan_file(plan_name)
    plan = read_intent(workspace, plan_file).plan
    dossier = workspace.dossier(plan_file)
    event = noted.model_copy(update={"title": noted.title.strip(), "text": noted.text.strip()})
    with locked(dossier.folder, by=who.by, at=who.at, command="note"):
        sweep(dossier.folder)
        ledger = read_ledger(dossier.folder)
        if event in fold(ledger.happened).notes:
            what = f"{event.on} 的“{event.title}”已经记过，内容完全相同，没有重复记入。"
            raise Refusal("already-noted", what, todo="确是另一次的，请在标题里区分，如“（第二场）”。")
        ledger.append([event], at=who.at, by=who.by)
    return Notes(plan, fold(ledger.happened).notes, event, ledger.checkpoint(plan.draw))


def notes(workspace: Workspace, plan_name: str | None) -> list[Notes]:
    """What is on record: for the plan that is named, or for all."""
    files = [workspace.plan_file(plan_name)] if plan_name else workspace.plan_files() or [workspace.plan_file(None)]
    return [
        Notes(read_intent(workspace, file).plan, fold(read_ledger(workspace.dossier(file).folder).happened).notes)
        for file in files
    ]


def noted(topic: str, on: date, title: str, people: int | None, text: str) -> Noted:
    """The event. Raises Refusal for a topic that there is not."""
    match topic:
        case "training" | "publicity" | "review":
            return Noted(on=on, topic=topic, title=title, people=people, text=text)
    what = f"没有“{topic}”这一类。"
    todo = "可以记 training（培训）、publicity（宣传）、review（督查）；看已记的用 list。"
    raise Refusal("unknown-topic", what, todo=todo, exit_code=USAGE)
