"""What was recorded of tasks: of known and open ones, since they are there; a correction names the old value."""

from collections.abc import Mapping

from shuangsuiji.core.verifying.story import Past, Story, at
from shuangsuiji.core.verifying.verdict import Check, shown
from shuangsuiji.core.year.events import EvidenceKept, Happened, MeasureTaken, Noted, Recorded
from shuangsuiji.core.year.findings import FINDINGS
from shuangsuiji.core.year.state import State

_DAY = len("2023-05-09")


def check_findings(story: Story, check: Check) -> None:
    """Every line of findings. A state is folded only where something else came between."""
    past = Past(story.happened)
    state, values = State(), dict[str, Mapping[str, str]]()
    is_fresh = True
    for one in story.happened:
        event = one.event
        if not isinstance(event, Recorded | EvidenceKept | MeasureTaken | Noted):
            is_fresh = True
            continue
        if isinstance(event, Noted):
            continue
        if is_fresh:
            state, values, is_fresh = past.before(one.line), {}, False
        if event.task not in state.tasks:
            check.wrong(at(one.line), "unknown-task", "", event.task)
        elif isinstance(event, Recorded):
            before = values.get(event.task, state.tasks[event.task].values)
            _check(state, one, event, before, check)
            now = {**before, **event.values}
            values[event.task] = {field: text for field, text in now.items() if text}
        else:
            check.passed()


def _check(state: State, one: Happened, event: Recorded, before: Mapping[str, str], check: Check) -> None:
    task = state.tasks[event.task]
    replaced = {field: before[field] for field in event.values if field in before}
    ended = event.values.get("check_ended", "")[:_DAY]
    source = state.sources.get(task.source)
    other = state.otherwise.get(task.task)
    first = source.event.on if source else other.on if other else None
    strange = sorted(event.values.keys() - FINDINGS.keys())
    if task.voided is not None:
        check.wrong(at(one.line), "task-closed", task.voided.document_no, event.task)
    elif strange:
        check.wrong(at(one.line), "unknown-field", "", strange[0])
    elif replaced != event.replaced:
        field = sorted({*replaced, *event.replaced})
        wrong = next(name for name in field if replaced.get(name) != event.replaced.get(name))
        found = shown((wrong, event.replaced.get(wrong, "")))
        check.wrong(at(one.line), "old-value", shown((wrong, replaced.get(wrong, ""))), found)
    elif ended and first is not None and ended < first.isoformat():
        check.wrong(at(one.line), "before-draw", first, ended)
    else:
        check.passed()
