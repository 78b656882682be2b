"""Who writes which file: one after another for a county, in several processes for a province, the same bytes.

A process is given what its own inspectors need and no more.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.core.year.briefing import Assignment, Briefing, Member, remaining
from shuangsuiji.files.sheets.names import file_names
from shuangsuiji.files.sheets.offices import folders, parts
from shuangsuiji.files.sheets.tasklist import FILE, Issue, task_list
from shuangsuiji.files.sheets.workbook import workbook

WORTH_IT = 40
"""Inspectors: up to so many, starting processes takes longer than they save."""

CHUNK = 16
"""Inspectors that a process is given at a time."""

Progress = Callable[[int, int], None]
"""Told after each file, or handful of files: how many are done, of how many."""


class Job(NamedTuple):
    """One inspector's workbook: its file's name, and the visits."""

    file: str
    inspector: Member
    assignments: tuple[Assignment, ...]


def write_sheets(folder: Path, briefing: Briefing, *, workers: int, progress: Progress) -> list[Path]:
    """Write the task list and one workbook per inspector into `folder`; their paths, the task list first.

    Of a joint inspection each department has a folder with a list of its own. `workers` is the number of processes;
    `progress` is told how many files of how many are done. OSError passes through: the folder is the caller's to throw
    away. Same briefing, same bytes, whatever the number of workers.
    """
    jobs = _jobs(briefing)
    if len(jobs) > WORTH_IT and workers > 1:
        _together(folder, briefing, jobs, workers, progress)
    else:
        _alone(folder, briefing, jobs, progress)
    return [*(folder / each.file for each in _lists(briefing, jobs)), *(folder / job.file for job in jobs)]


def write_some(folder: Path, briefing: Briefing, inspectors: Collection[str]) -> list[Path]:
    """Write the task lists and the workbooks of `inspectors` only, the same bytes as `write_sheets`; their paths."""
    jobs = _jobs(briefing)
    mine = [job for job in jobs if job.inspector.inspector in inspectors]
    lists = list(_lists(briefing, jobs))
    for each in lists:
        _write_task_list(folder, *each)
    _write_workbooks(folder, briefing, mine)
    return [*(folder / each.file for each in lists), *(folder / job.file for job in mine)]


def files_of_lists(briefing: Briefing) -> list[str]:
    """What the task lists are called: the whole one, then each department's."""
    return [each.file for each in _lists(briefing, _jobs(briefing))]


def file_of_each(briefing: Briefing) -> dict[str, str]:
    """What the workbook of each inspector is called."""
    return {job.inspector.inspector: job.file for job in _jobs(briefing)}


class _List(NamedTuple):
    """One 任务清单: its file's name, what it shows, and who was given which file."""

    file: str
    briefing: Briefing
    issues: list[Issue]


def _lists(briefing: Briefing, jobs: list[Job]) -> Iterator[_List]:
    """The whole list, and for a joint inspection each department's own."""
    issues = _issues(jobs)
    yield _List(FILE, briefing, issues)
    for folder, part in parts(briefing):
        mine = [each._replace(file=each.file.removeprefix(folder)) for each in issues if each.file.startswith(folder)]
        yield _List(folder + FILE, part, mine)


def _jobs(briefing: Briefing) -> list[Job]:
    """Who gets a workbook with which visits; what the superior has closed is nobody's work any more."""
    visits: dict[str, list[Assignment]] = {}
    members: dict[str, Member] = {}
    for assignment in filter(None, map(remaining, briefing.assignments)):
        for member in assignment.team:
            members.setdefault(member.inspector, member)
            visits.setdefault(member.inspector, []).append(assignment)
    ids = sorted(members)
    files = file_names([f"任务单_{each}_{members[each].name}" for each in ids], ".xlsx")
    at = folders(briefing)
    return [
        Job(f"{at.get(each, '')}{file}", members[each], tuple(visits[each]))
        for file, each in zip(files, ids, strict=True)
    ]


def _alone(folder: Path, briefing: Briefing, jobs: list[Job], progress: Progress) -> None:
    lists = list(_lists(briefing, jobs))
    total = len(lists) + len(jobs)
    for done, each in enumerate(lists, start=1):
        _write_task_list(folder, *each)
        progress(done, total)
    for done, job in enumerate(jobs, start=len(lists) + 1):
        _write_workbooks(folder, briefing, [job])
        progress(done, total)


def _together(folder: Path, briefing: Briefing, jobs: list[Job], workers: int, progress: Progress) -> None:
    from shuangsuiji.files.sheets import pool  # noqa: PLC0415 - see there

    frame = replace(briefing, assignments=())
    calls: list[pool.Call] = [(_write_task_list, folder, *each) for each in _lists(briefing, jobs)]
    total = len(calls) + len(jobs)
    calls += [(_write_workbooks, folder, frame, chunk) for chunk in _chunks(jobs)]
    done = 0
    try:
        for files in pool.each_result(calls, workers):
            done += files
            progress(done, total)
    except pool.NoProcessesError:
        _alone(folder, briefing, jobs, progress)


def _chunks(jobs: list[Job]) -> Iterator[list[Job]]:
    for start in range(0, len(jobs), CHUNK):
        yield jobs[start : start + CHUNK]


def _issues(jobs: list[Job]) -> list[Issue]:
    return [
        Issue(
            job.inspector.inspector,
            job.inspector.name,
            len(job.assignments),
            sum(len(assignment.strata) for assignment in job.assignments),
            job.file,
        )
        for job in jobs
    ]


def _write_task_list(folder: Path, file: str, briefing: Briefing, issues: list[Issue]) -> int:
    _put(folder / file, task_list(briefing, issues))
    return 1


def _write_workbooks(folder: Path, frame: Briefing, jobs: list[Job]) -> int:
    for job in jobs:
        _put(folder / job.file, workbook(frame, job.inspector, job.assignments))
    return len(jobs)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)  # a department's folder
    path.write_bytes(content)
