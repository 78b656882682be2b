"""What every way of recording shares: decide on the ledger as it is, append once, let the result files follow.

Deciding is pure and quick, so it is done again under the lock where another command came in between.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.papers import lacks_result, make_result
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Problem, errors
from shuangsuiji.core.refusal import Faulty
from shuangsuiji.core.year.events import Event, Received
from shuangsuiji.core.year.recording import Decision
from shuangsuiji.core.year.result import TASKS, task_files
from shuangsuiji.core.year.rule import refuse_renamed
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.files.ledger import Ledger, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.whole import sweep, write_whole
from shuangsuiji.files.workspace import Dossier, Workspace

FILES = "要录入的内容"
"""What `Faulty` says is wrong."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a recording is done: one plan, its dossier, and who records when."""

    workspace: Workspace
    plan: Plan
    dossier: Dossier
    who: Who


class Decided(NamedTuple):
    """All that one command wants on record: `events` in order. `findings`: what became of tasks, and every Problem.

    `known`: sentences about what was on record already. `task`: the one that the command line speaks of.
    """

    events: Sequence[Event]
    findings: Decision = Decision()
    known: Sequence[str] = ()
    task: str = ""


class RecordResult(NamedTuple):
    """What was recorded, the state with it, how many workbooks were read, and how far the ledger has come."""

    decided: Decided
    problems: Sequence[Problem]
    state: State
    files: int
    checkpoint: Checkpoint


def desk(workspace: Workspace, plan_name: str | None, who: Who) -> Desk:
    """The plan's desk. Raises Faulty or Refusal where there is no readable plan."""
    plan_file = workspace.plan_file(plan_name)
    return Desk(workspace, read_intent(workspace, plan_file).plan, workspace.dossier(plan_file), who)


def keep(
    at: Desk,
    decide: Callable[[Ledger, State], Decided],
    problems: Sequence[Problem] = (),
    *,
    files: int = 0,
    beside: Callable[[Decided], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> RecordResult:
    """Append what `decide` decides. `problems` are those found before; `beside`: copies that stay if the append does.

    Raises Faulty, with every Problem, where any is an error; then nothing was written.
    """
    ledger = read_ledger(at.dossier.folder)
    state = fold(ledger.happened)
    refuse_renamed(state, at.plan)
    decided = _sound(decide(ledger, state), problems)
    if decided.events or _stale(at.dossier, state):
        with locked(at.dossier.folder, by=at.who.by, at=at.who.at, command="record"):
            sweep(at.dossier.folder)
            seen = ledger.checkpoint(at.plan.draw)
            ledger = read_ledger(at.dossier.folder)
            if ledger.checkpoint(at.plan.draw) != seen:
                decided = _sound(decide(ledger, fold(ledger.happened)), problems)
            if decided.events:
                with beside(decided):
                    ledger.append(decided.events, at=at.who.at, by=at.who.by)
            state = fold(ledger.happened)
            _follow(at.dossier, state)
    everything = (*problems, *decided.findings.problems)
    return RecordResult(decided, everything, state, files, ledger.checkpoint(at.plan.draw))


def _sound(decided: Decided, problems: Sequence[Problem]) -> Decided:
    everything = (*problems, *decided.findings.problems)
    if errors(everything):
        raise Faulty(everything, FILES)
    return decided


def _stale(dossier: Dossier, state: State) -> bool:
    """Whether a result file is not what the state says: a crash came between ledger and papers."""
    own = state.drawn is not None and lacks_result(dossier)
    return own or any(_differs(*paper) for paper in _papers(dossier, state))


def _follow(dossier: Dossier, state: State) -> None:
    """Write what is to be written of ``tasks.csv`` of the draw and of each list."""
    if state.drawn is not None and state.sealed is not None and lacks_result(dossier):
        make_result(dossier, state, read_pool(dossier.pool, state.sealed.pool_digest))
    for path, content in _papers(dossier, state):
        if _differs(path, content):
            sweep(path.parent)
            write_whole(path, content)


def _differs(path: Path, content: bytes) -> bool:
    return not path.exists() or path.read_bytes() != content


def _papers(dossier: Dossier, state: State) -> Iterator[tuple[Path, bytes]]:
    """``tasks.csv`` of each source of tasks: where it is and what it should hold."""
    for source in state.sources.values():
        if isinstance(source.event, Received):
            folder, names = dossier.received(source.id), source.event.names
        elif state.sealed is not None:
            pool = read_pool(dossier.pool, state.sealed.pool_digest)
            folder, names = dossier.result, {subject.subject: subject.name for subject in pool.subjects}
        else:
            continue
        yield folder / TASKS, task_files(state, source, names)[TASKS]
