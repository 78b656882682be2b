"""What the inspectors found, what was kept as evidence, and what else the bureau did in the year."""

from dataclasses import field
from datetime import date
from typing import Literal

from pydantic.dataclasses import dataclass

from shuangsuiji.core.year.events.base import STRICT, Happening


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Recorded:
    """Findings of one task: fields of `core.year.findings` by name, as text. A correction names the old values.

    `inspector`: whose return it was (blank: entered by the clerk). `file`, `sha256`: the returned workbook.
    """

    kind: Literal["recorded"] = "recorded"
    v: Literal[1] = 1
    on: date
    task: str
    values: dict[str, str]
    replaced: dict[str, str] = field(default_factory=dict)
    inspector: str = ""
    file: str = ""
    sha256: str = ""


class EvidenceKept(Happening):
    """A photo, a body-camera file, a scan: name, size in bytes and SHA-256; the file itself only where `copied`."""

    kind: Literal["evidence-kept"] = "evidence-kept"
    v: Literal[1] = 1
    on: date
    task: str
    name: str
    size: int
    sha256: str
    copied: bool = False


class MeasureTaken(Happening):
    """提醒、培训、约谈、记分 (S1 六(六)) after a visit."""

    kind: Literal["measure-taken"] = "measure-taken"
    v: Literal[1] = 1
    on: date
    task: str
    measure: Literal["reminder", "training", "talk", "points"]
    text: str


class VisitedOtherwise(Happening):
    """A visit outside the random draw (S1 四): its task is `task` (``N1``, ``N2`` …), findings follow as for others."""

    kind: Literal["visited-otherwise"] = "visited-otherwise"
    v: Literal[1] = 1
    on: date
    task: str
    subject: str
    name: str
    stratum: str
    basis: Literal["complaint", "tip", "handed-over", "special"]
    document_no: str
    inspectors: tuple[str, ...]


class Noted(Happening):
    """Training, publicity, or supervision of the work itself (S2 三(四), 四(三)), for the year's report."""

    kind: Literal["noted"] = "noted"
    v: Literal[1] = 1
    on: date
    topic: Literal["training", "publicity", "review"]
    title: str
    people: int | None = None
    text: str = ""
