"""``ssj init``: a new workspace, empty or with the sample county. Nothing that is there already is touched."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from shuangsuiji.files import starter
from shuangsuiji.files.starter.folder import make_folder, refuse_occupied


class Started(NamedTuple):
    """A new workspace: its files by their path inside `folder`, and whether it is the sample county."""

    folder: Path
    files: Sequence[str]
    sample: bool


def init(folder: Path, today: date, *, sample: bool) -> Started:
    """Make the workspace `folder`, its plan for the year of `today`.

    Raises Refusal where `folder` holds something already; then, and when writing fails, nothing was written.
    """
    folder = folder.resolve()
    refuse_occupied(folder)
    files = starter.sample() if sample else starter.empty(today.year)
    make_folder(folder, files)
    return Started(folder, sorted(files), sample)
