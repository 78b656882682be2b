"""A plan as it was read: what is intended, and where in its file it says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Place

Lines = Mapping[tuple[int | str, ...], int]


@dataclass(frozen=True, slots=True)
class Intent:
    """The plan as read: its file and lines are for Problems; `digest` = SHA-256 of the file."""

    plan: Plan
    file: str
    lines: Lines
    digest: str

    def place(self, *path: int | str) -> Place:
        """Where the plan says `path`."""
        return Place(self.file, row=self.lines.get(path))
