"""The result files made again and compared: tickets, tasks, teams, ``draw.json``; of lists and voided draws too.

``tasks.csv`` also says how far each task has come. It is written when teams change and when results are recorded, so
it may be a little older than the ledger: it has to be what it was at some line since the teams last changed.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from shuangsuiji.core.verifying.draws import Computed
from shuangsuiji.core.verifying.pools import first_difference
from shuangsuiji.core.verifying.story import Files, Past, Reception, Sealing, Story
from shuangsuiji.core.verifying.verdict import Check, Checks
from shuangsuiji.core.year.events import Published, Recorded, Redrawn, Voided
from shuangsuiji.core.year.progress import status
from shuangsuiji.core.year.result import DRAW, TASKS, TEAMS, TICKETS, result_files, task_files
from shuangsuiji.core.year.state import OWN, Source, fold


def check_results(story: Story, sealing: Sealing, computed: Computed, files: Files, checks: Checks) -> None:
    """The result files of a draw, as they were when it was voided, or as they are now."""
    end = (sealing.until or len(story.happened) + 1) - 1
    state = fold(story.happened[:end])
    if not _is_named(state.sources.get(OWN)):
        checks["tickets"].cannot()
        checks["results"].cannot(3)
        return
    made = result_files(state, computed.pool, computed.draw.selected)
    folder = _folder(sealing.result, "result", files)
    rows = made[TICKETS].count(b"\n") - 1
    if _check_same(f"{folder}/{TICKETS}", made[TICKETS], files, checks["tickets"]):
        checks["tickets"].passed(rows - 1)
    for name in (TEAMS, DRAW):
        _check_same(f"{folder}/{name}", made[name], files, checks["results"])
    _check_tasks(story, sealing.drawn_line, end, f"{folder}/{TASKS}", made[TASKS], files, checks["results"])


def check_list_results(story: Story, one: Reception, files: Files, check: Check) -> None:
    """The task and team files of a received list."""
    end = (one.until or len(story.happened) + 1) - 1
    state, source = fold(story.happened[:end]), one.received.source
    if not _is_named(state.sources.get(source)):
        check.cannot(2)
        return
    made = task_files(state, state.sources[source], one.received.names)
    folder = _folder(one.folder.rstrip("/"), f"received/{source}", files)
    _check_same(f"{folder}/{TEAMS}", made[TEAMS], files, check)
    _check_tasks(story, one.line, end, f"{folder}/{TASKS}", made[TASKS], files, check)


def _is_named(source: Source | None) -> bool:
    """Whether everybody on a team has a name: else a fault is told where he joined, and no paper can be made."""
    return source is not None and all(who in source.inspectors for v in source.visits.values() for who in v.team)


def _folder(belongs: str, before: str, files: Files) -> str:
    """Where the files are: after a crash not yet where they belong."""
    names = (TICKETS, TASKS, TEAMS)
    moved = any(f"{belongs}/{name}" in files for name in names)
    return belongs if moved or not any(f"{before}/{name}" in files for name in names) else before


def _check_same(path: str, expected: bytes, files: Files, check: Check) -> bool:
    if path not in files:
        check.wrong(path, "missing")
    elif files[path] == expected:
        check.passed()
        return True
    else:
        check.wrong(*_different(path, expected, files[path]))
    return False


def _different(path: str, expected: bytes, found: bytes) -> tuple[str, str, str, str]:
    """The first line of a file that is not as expected."""
    line, one, other = first_difference(expected, found)
    return f"{path}:{line}", "altered", one, other


def _check_tasks(story: Story, born: int, end: int, path: str, expected: bytes, files: Files, check: Check) -> None:
    if path not in files or files[path] == expected:
        _check_same(path, expected, files, check)
        return
    now, then = _rows(expected), _rows(files[path])
    empty: list[str] = []
    for number, (one, other) in enumerate(zip_longest(now, then, fillvalue=empty), 1):
        if one[:-1] != other[:-1] or (number == 1 and one != other):
            check.wrong(f"{path}:{number}", "altered", ",".join(one), ",".join(other))
            return
    changed = (one.line for one in reversed(story.happened[:end]) if isinstance(one.event, Redrawn | Voided))
    since = max(born, next(changed, 0))
    told = {row[0]: row[-1] for row in then[1:]}
    number = _unlike_any_line(_histories(story, since, end, told), told, since, end)
    if number:
        check.wrong(f"{path}:{number + 1}", "status", ",".join(now[number]), ",".join(then[number]))
    else:
        check.passed()


def _rows(content: bytes) -> list[list[str]]:
    """The rows of a file; one row with what it is for a file that is no table."""
    try:
        return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return [["", "no table"]]


def _histories(story: Story, since: int, end: int, tasks: Mapping[str, str]) -> dict[str, list[tuple[int, str]]]:
    """From which line on each task had which status, the line `since` first."""
    past = Past(story.happened)
    state = past.before(since + 1)
    values: dict[str, Mapping[str, str]] = {}
    found: dict[str, list[tuple[int, str]]] = {
        name: [(since, status(state.tasks[name]))] for name in tasks if name in state.tasks
    }
    for one in story.happened[since:end]:
        event = one.event
        if isinstance(event, Recorded):
            if event.task not in found:
                continue
            before = values.get(event.task, state.tasks[event.task].values)
            now = {**before, **event.values}
            values[event.task] = {field: text for field, text in now.items() if text}
        elif isinstance(event, Published | Voided):
            state, values = past.before(one.line + 1), {}
        else:
            continue
        for name in _touched(event):
            if name in found and name in state.tasks:
                task = state.tasks[name]
                came = status(task._replace(values=values.get(name, task.values)))
                if came != found[name][-1][1]:
                    found[name].append((one.line, came))
    return found


def _touched(event: Recorded | Published | Voided) -> Iterator[str]:
    if isinstance(event, Published):
        yield from event.tasks
        yield from event.withdraws
    else:
        yield event.task


def _unlike_any_line(
    histories: Mapping[str, Sequence[tuple[int, str]]], told: Mapping[str, str], since: int, end: int
) -> int:
    """0 where the file is the ledger's at some line; else the number of a row that is not so at the likeliest one."""
    change = [0] * (end - since + 2)
    spans: dict[str, list[tuple[int, int]]] = {}
    for name, history in histories.items():
        ends = [line for line, _ in history[1:]] + [end + 1]
        spans[name] = [(a, b) for (a, came), b in zip(history, ends, strict=True) if came == told[name]]
        for first, last in spans[name]:
            change[first - since] += 1
            change[last - since] -= 1
    best = most = count = 0
    for place, step in enumerate(change):
        count += step
        if count > most:
            best, most = place, count
    if most == len(told):
        return 0
    line = best + since
    wrong = (not any(first <= line < last for first, last in spans.get(name, ())) for name in told)
    return next((number for number, is_wrong in enumerate(wrong, 1) if is_wrong), 1)
