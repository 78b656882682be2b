"""Received lists: their draw cannot be checked here; that event, pool, tasks and visits say the same can."""

from shuangsuiji.core.draw.pool import Pool
from shuangsuiji.core.verifying.story import Reception, at
from shuangsuiji.core.verifying.verdict import Check, shown
from shuangsuiji.core.year.events import Received
from shuangsuiji.core.year.receiving import PLACEHOLDER


def check_list(one: Reception, pool: Pool | None, check: Check) -> None:
    """The list against its pool."""
    event, where = one.received, at(one.line)
    tasks = {(stratum, subject) for stratum, subjects in event.subjects.items() for subject in subjects}
    visited = {(stratum, visit.subject) for visit in event.visits for stratum in visit.strata}
    named = sorted(tasks ^ visited)
    check.expect(where, "task-without-visit", "", shown(named[0]) if named else "")
    teams = {inspector for visit in event.visits for inspector in visit.team}
    check.expect(where, "team-names", shown(sorted(teams)), shown(sorted(event.inspectors)))
    unknown = {subject for _, subject in tasks if PLACEHOLDER.fullmatch(subject)}
    strange = sorted((unknown - {*event.unmatched}) | ({*event.unmatched} - {subject for _, subject in tasks}))
    check.expect(where, "unmatched", "", shown(strange[:1]))
    if pool is None:
        check.cannot(len(tasks))
        return
    _check_pool(where, event, pool, tasks, check)


def _check_pool(where: str, event: Received, pool: Pool, tasks: set[tuple[str, str]], check: Check) -> None:
    names: dict[str, set[str]] = {}
    for subject in pool.subjects:
        names.setdefault(subject.subject, set()).add(subject.name)
    sealed = {subject[:2] for subject in pool.subjects}
    for task in sorted(tasks | sealed):
        expected = shown(task) if task in sealed else ""
        if check.same(where, "other-task", expected, shown(task) if task in tasks else ""):
            called = event.names.get(task[1], "")
            if called not in names[task[1]]:
                check.wrong(where, "other-name", "、".join(sorted(names[task[1]])), called)
