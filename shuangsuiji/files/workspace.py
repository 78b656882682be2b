"""The workspace: one folder of plain files, and where in it everything is.

- ``rosters/`` (subjects, inspectors, items, conflicts, calendar), ``plans/*.yaml``, ``templates/``: kept by people.
- ``plans/2023/``: the dossier of ``plans/2023.yaml`` (ledger, pool, result, sheets, public), written only by ssj.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.core.refusal import USAGE, Refusal

ROSTER_FORMATS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".yaml", ".yml")
PLAN_FORMATS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Dossier:
    """One plan's folder (卷宗) and what stands in it."""

    folder: Path

    @property
    def pool(self) -> Path:
        """The sealed pool."""
        return self.folder / "pool"

    @property
    def result(self) -> Path:
        """The result files, rendered from pool and ledger."""
        return self.folder / "result"

    @property
    def sheets(self) -> Path:
        """The task sheets, rendered from ledger and rosters."""
        return self.folder / "sheets"

    @property
    def key(self) -> Path:
        """The key of a sealed draw: never public."""
        return self.folder / "sealed.key"

    @property
    def pool_changes(self) -> Path:
        """What changed against the pool that was sealed before."""
        return self.folder / "pool-changes.csv"

    @property
    def timestamps(self) -> Path:
        """Time stamps of pool and checkpoints, with their certificates."""
        return self.folder / "timestamps"

    @property
    def forms(self) -> Path:
        """What is taken along to visits: working papers, never public."""
        return self.folder / "forms"

    def received(self, source: str) -> Path:
        """What belongs to the received list `source` (R1 …): its pool, tasks and teams, report and sheets."""
        return self.folder / "received" / source

    def voided(self, number: int) -> Path:
        """Where pool and results of the `number`-th voided draw are kept."""
        return self.folder / "voided" / str(number)

    def voided_seal(self, number: int) -> Path:
        """Where the pool of the `number`-th voided sealing is kept."""
        return self.folder / "voided" / f"S{number}"

    def voided_list(self, source: str) -> Path:
        """Where what belonged to the received list `source` is kept since it was taken back."""
        return self.folder / "voided" / source


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder that a command works in."""

    root: Path

    def plan_file(self, name: str | None) -> Path:
        """The plan file called `name`: looked for here, then in ``plans/``; the only one where `name` is None.

        Raises Refusal (wrong use) where there is none, or more than one to choose from.
        """
        if name is None:
            return self._only_plan()
        for candidate in self._candidates(name):
            if candidate.is_file():
                return candidate
        raise Refusal(
            "no-plan",
            f"找不到方案“{name}”。",
            todo=f"已在 {self.root} 和它的 plans 文件夹里找过；{self._choices()}",
            exit_code=USAGE,
        )

    def plan_files(self) -> list[Path]:
        """All plan files of the workspace, by name."""
        folder = self.root / "plans"
        return sorted(p for p in folder.glob("*") if p.suffix in PLAN_FORMATS and p.is_file())

    def dossier(self, plan: Path) -> Dossier:
        """The dossier of a plan file: ``plans/2023/`` for ``plans/2023.yaml``."""
        return Dossier(self.root / "plans" / plan.stem)

    def other_dossiers(self, dossier: Dossier) -> Iterator[Dossier]:
        """The workspace's other dossiers, by name."""
        return (other for other in self.dossiers() if other != dossier)

    def dossiers(self) -> Iterator[Dossier]:
        """All dossiers of the workspace that have a ledger, by name."""
        plans = self.root / "plans"
        for folder in sorted(plans.iterdir()) if plans.is_dir() else ():
            if folder.is_dir():
                try:
                    (folder / "ledger.jsonl").stat()  # one that may not be read is an error, not "none"
                except FileNotFoundError:
                    continue
                yield Dossier(folder)

    def roster(self, name: str) -> tuple[Path | None, list[Problem]]:
        """The roster file ``rosters/NAME.*``, None where there is none; two of them are a Problem."""
        folder = self.root / "rosters"
        found = [folder / f"{name}{suffix}" for suffix in ROSTER_FORMATS if (folder / f"{name}{suffix}").is_file()]
        if len(found) > 1:
            names = "、".join(path.name for path in found)
            place = Place(f"rosters/{name}.*")
            return None, [error("two-rosters", place, f"有多个同名名册：{names}。", "请只留一个，其余移出 rosters。")]
        return (found[0] if found else None), []

    def refuse_kept(self, path: Path, option: str) -> None:
        """Raises Refusal (wrong use) where a file or folder that `option` wants written would be among what is kept.

        A rendered paper must never take the place of a ledger, a pool or a roster.
        """
        kept = ((self.root / folder).resolve() for folder in ("rosters", "plans", "templates"))
        if any(path.resolve().is_relative_to(folder) for folder in kept):
            what = f"{option} 不能写到“{path}”：rosters、plans、templates 里是名册、方案、卷宗和模板，不放别的文件。"
            raise Refusal("kept-folder", what, todo="请换一个文件夹，什么也没有写。", exit_code=USAGE)

    def shown(self, path: Path) -> str:
        """`path` as people see it: relative to the workspace where it is inside."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def _candidates(self, name: str) -> Iterator[Path]:
        suffixes = ("",) if Path(name).suffix in PLAN_FORMATS else PLAN_FORMATS
        for folder in (self.root, self.root / "plans"):
            for suffix in suffixes:
                yield folder / f"{name}{suffix}"

    def _only_plan(self) -> Path:
        plans = self.plan_files()
        if len(plans) == 1:
            return plans[0]
        what = "plans 文件夹里没有方案。" if not plans else "plans 文件夹里有多个方案，请指明用哪一个。"
        raise Refusal("no-plan", what, todo=self._choices(), exit_code=USAGE)

    def _choices(self) -> str:
        names = [path.name for path in self.plan_files()]
        if not names:
            return "可用 ssj init 文件夹名 新建一个工作文件夹，再用 -C 指明它。"
        return f"现有方案：{'、'.join(names)}（用 --plan 指明）。"
