"""What was published: each notice's tasks by the state before it, its rows, and its files to the byte.

A result goes out once, of a task that is done and was not closed; a published file is never changed.
"""

import csv
import io

from shuangsuiji.core.verifying.pools import sha256
from shuangsuiji.core.verifying.story import Files, Past, Story, at
from shuangsuiji.core.verifying.verdict import Check
from shuangsuiji.core.year.disclosure.choosing import OfTasks, obstacle, public
from shuangsuiji.core.year.disclosure.composing import digest_of
from shuangsuiji.core.year.events import Happened, Published
from shuangsuiji.core.year.publication import Publication
from shuangsuiji.core.year.state import State

PUBLIC, WITHDRAWN = "public/", "withdrawn/"


def check_notices(story: Story, files: Files, check: Check) -> None:
    """Every notice as it was decided: which tasks it could tell of."""
    past = Past(story.happened)
    for one in story.happened:
        event = one.event
        if not isinstance(event, Published):
            continue
        state, failing = past.before(one.line), check.failing
        if event.corrects and event.corrects not in state.notices:
            check.wrong(at(one.line), "corrects-nothing", "", event.corrects)
        if event.what in {"results", "penalties"}:
            _check_tasks(state, one, event, "results" if event.what == "results" else "penalties", check)
        elif event.what == "draw" and state.drawn is None:
            check.wrong(at(one.line), "nothing-drawn")
        elif event.tasks or event.withdraws:
            check.wrong(at(one.line), "tasks-of-no-result", "", (*event.tasks, *event.withdraws)[0])
        _check_rows(one, event, files, check)
        if check.failing == failing:
            check.passed()


def check_files(notices: list[Publication], files: Files, check: Check) -> None:
    """Every published file is there, unchanged; what was withdrawn is off the site."""
    for one in notices:
        folder = WITHDRAWN if one.is_withdrawn else PUBLIC
        for name, digest in one.event.files.items():
            path = f"{folder}{name}"
            if path not in files:
                check.wrong(path, "missing", digest)
            elif check.same(path, "altered", digest, sha256(files[path])) and one.is_withdrawn:
                check.same(f"{PUBLIC}{name}", "still-public", False, f"{PUBLIC}{name}" in files)


def _check_tasks(state: State, one: Happened, event: Published, what: OfTasks, check: Check) -> None:
    out = public(state, what)
    corrected = state.notices.get(event.corrects)
    before = corrected.event.tasks if corrected is not None else {}
    for name in event.tasks:
        if name in before:
            if name not in out:
                check.wrong(at(one.line), "not-public", "", name)
            continue
        against = obstacle(state, what, name, out)
        if against is not None:
            check.wrong(at(one.line), against.code, "", name)
    for name in event.withdraws:
        if name not in out:
            check.wrong(at(one.line), "not-public", "", name)


def _check_rows(one: Happened, event: Published, files: Files, check: Check) -> None:
    """The rows of the published csv are those whose digests the ledger keeps."""
    folder = next((f for f in (PUBLIC, WITHDRAWN) if f"{f}{event.notice}.csv" in files), "")
    name = f"{folder}{event.notice}.csv"
    if not folder or event.what not in {"results", "penalties"} or f"{event.notice}.csv" not in event.files:
        return
    try:
        rows = list(csv.reader(io.StringIO(files[name].decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return  # not what was published: told with the files
    known = [{digest_of(row), digest_of([cell.removeprefix("'") for cell in row])} for row in rows[1:]]
    for task, digest in event.tasks.items():
        if not any(digest in each for each in known):
            check.wrong(at(one.line), "other-row", digest, task)
    told = set(event.tasks.values())
    for line, each in enumerate(known, 2):
        if not each & told:
            check.wrong(f"{name}:{line}", "row-too-many", "", ",".join(rows[line - 1]))
