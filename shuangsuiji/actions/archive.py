"""``ssj archive``: the dossier, its plan and the rosters as one BagIt bag, zipped. Changes nothing in the dossier.

- Laid out as the workspace is, so that what is unpacked is one: ``data/plans/2023/…``, ``data/plans/2023.yaml``.
- Made under the dossier's lock, read back before it takes its name; an archive that is there is never overwritten.
- ``--public``: the published files alone, for anybody; all else holds names, telephone numbers, reasons.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from shuangsuiji import __version__
from shuangsuiji.actions.intent import read_intent
from shuangsuiji.actions.who import Who
from shuangsuiji.core.ledger.chain import Checkpoint
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Place, Problem, warning
from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.progress import status
from shuangsuiji.core.year.state import OTHERWISE, State, fold
from shuangsuiji.files.archive_guide import GUIDE, guide
from shuangsuiji.files.bag import Payload, read_bag, write_bag
from shuangsuiji.files.ledger import NAME, read_ledger
from shuangsuiji.files.lock import locked
from shuangsuiji.files.pool import read_pool
from shuangsuiji.files.workspace import Dossier, Workspace

FOLDER = "archive"
_OURS = ".ssj-"
_NOT_KEPT = frozenset({".lock", ".holder.json", "thumbs.db", "desktop.ini", ".ds_store"})
_OPEN_IN_OFFICE = "~$"


class Archived(NamedTuple):
    """The archive: where it is, and what it holds. `fresh`: False where one with the same content was there already."""

    plan: Plan
    path: Path
    fresh: bool
    payload: Sequence[Payload]
    checkpoint: Checkpoint
    public: bool
    problems: Sequence[Problem]


def archive(
    workspace: Workspace, plan_name: str | None, who: Who, *, folder: Path | None = None, public: bool = False
) -> Archived:
    """Make the archive in `folder` (None: ``archive/`` of the workspace). Raises Refusal; then nothing was written."""
    plan_file = workspace.plan_file(plan_name)
    plan = read_intent(workspace, plan_file).plan
    dossier = workspace.dossier(plan_file)
    if not (dossier.folder / NAME).exists():
        what = f"“{workspace.shown(dossier.folder)}”里没有台账，没有可以归档的卷宗。"
        raise Refusal("no-dossier", what, todo="请先用 ssj draw 抽取，或用 ssj receive 接收任务清单。")
    place = (folder or workspace.root / FOLDER).resolve()
    _refuse_inside(place, workspace, dossier)
    name = f"{plan.draw}-public" if public else plan.draw
    with locked(dossier.folder, by=who.by, at=who.at, command="archive", only_reads=True):
        ledger = read_ledger(dossier.folder)
        state = fold(ledger.happened)
        if state.sealed is not None:
            read_pool(dossier.pool, state.sealed.pool_digest)
        links: list[Path] = []
        payload = list(_public(dossier, workspace, links) if public else _all(workspace, plan_file, state, links))
        if not payload:
            what = "还没有公示过任何文书，没有可以公开的内容。"
            raise Refusal("nothing-public", what, todo="请先用 ssj publish 公示，或去掉 --public 归档整个卷宗。")
        checkpoint = ledger.checkpoint(plan.draw)
        day = who.now.date()
        wanted = place / f"{name}.zip"
        existing: list[Path] = []

        def keep(made: Path) -> Path | None:
            """Where the bag goes: a name of its own, or nowhere where the same content is archived already."""
            target, same = _free(wanted, made)
            existing.extend([target] if same else [])
            return None if same else target

        path, written = write_bag(
            wanted,
            payload,
            _info(plan, checkpoint, day, public=public),
            {GUIDE: guide(plan, str(checkpoint), day, public=public)},
            day,
            keep,
        )
    problems = [*_linked(links, workspace)]
    if not public:
        problems += [*_differing(state, written, dossier, workspace), *_open(state)]
    return Archived(plan, existing[0] if existing else path, not existing, written, checkpoint, public, problems)


def _refuse_inside(place: Path, workspace: Workspace, dossier: Dossier) -> None:
    """Archives are not archived, and nothing but ssj's own papers stands in a dossier."""
    kept = (workspace.root / "plans", workspace.root / "rosters", dossier.folder)
    if any(place == folder or folder in place.parents for folder in kept):
        what = f"归档包不能放在“{workspace.shown(place)}”：那里的内容本身要归档。"
        todo = f"请换一个文件夹，或不写 --out（默认放在 {FOLDER}）。"
        raise Refusal("archive-inside", what, todo=todo, exit_code=USAGE)
    if place.exists() and not place.is_dir():
        raise Refusal("archive-inside", f"“{place}”是文件，不是文件夹。", todo="请换一个。", exit_code=USAGE)


def _all(workspace: Workspace, plan_file: Path, state: State, links: list[Path]) -> Iterator[Payload]:
    """The dossier, the plan, all rosters, and what else the sealing read."""
    root = workspace.root
    files = {plan_file: None}
    for folder in (workspace.dossier(plan_file).folder, root / "rosters"):
        files |= dict.fromkeys(_files(folder, links))
    for source in state.sealed.sources if state.sealed else ():
        path = root / source
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            files[path] = None
    for file in files:
        inside = file.relative_to(root) if file.is_relative_to(root) else Path("plans") / file.name
        yield Payload(inside.as_posix(), file)


def _public(dossier: Dossier, workspace: Workspace, links: list[Path]) -> Iterator[Payload]:
    for file in _files(dossier.folder / "public", links):
        yield Payload(file.relative_to(workspace.root).as_posix(), file)


def _files(folder: Path, links: list[Path]) -> Iterator[Path]:
    """All files below `folder` but those that programs leave behind; links are not followed."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            links.append(path)
        elif path.is_file() and not _is_passing(path.relative_to(folder)):
            yield path


def _is_passing(path: Path) -> bool:
    return (
        path.name.lower() in _NOT_KEPT
        or path.name.startswith(_OPEN_IN_OFFICE)
        or any(part.startswith(_OURS) for part in path.parts)
    )


def _free(wanted: Path, made: Path) -> tuple[Path, bool]:
    """The first of ``X.zip``, ``X_2.zip`` … that is free, or one that holds the same payload (True)."""
    number, path = 1, wanted
    with read_bag(made) as bag:
        manifest = bag.manifest
    while path.exists():
        try:
            with read_bag(path) as old:
                if old.manifest == manifest:
                    return path, True
        except Refusal:
            pass  # whatever it is, it stays
        number += 1
        path = wanted.with_name(f"{wanted.stem}_{number}.zip")
    return path, False


def _info(plan: Plan, checkpoint: Checkpoint, day: date, *, public: bool) -> list[tuple[str, str]]:
    return [
        ("Source-Organization", plan.agency.name),
        ("External-Description", plan.title + ("（公开部分）" if public else "")),
        ("External-Identifier", plan.draw),
        ("Bagging-Date", day.isoformat()),
        ("Bag-Software-Agent", f"ssj {__version__}"),
        ("Document-Number", plan.document_no),
        ("Ledger-Checkpoint", str(checkpoint)),
    ]


def _linked(links: Sequence[Path], workspace: Workspace) -> Iterator[Problem]:
    for path in links:
        what = "是一个链接（快捷方式），没有归档。"
        yield warning("archive-link", Place(workspace.shown(path)), what, "需要归档的，请把文件本身放进来。")


def _differing(state: State, written: Sequence[Payload], dossier: Dossier, workspace: Workspace) -> Iterator[Problem]:
    """What the ledger says of files, against the files as they were archived."""
    inside = {one.path: one.sha256 for one in written}
    digests = set(inside.values())
    here = workspace.shown(dossier.folder)
    for source, digest in (state.sealed.sources if state.sealed else {}).items():
        if inside.get(source) != digest:
            what = "与封存名册时的不同，归档的是现在的。" if source in inside else "封存名册时读过，现在不在了。"
            yield warning("archive-source", Place(source), what, "定稿名册（pool）已归档，不受影响。")
    for task, kept in state.evidence.items():
        for one in kept:
            if one.copied and one.sha256 not in digests:
                what = f"任务 {task} 的证据“{one.name}”登记为已复制，卷宗里没有内容相同的文件。"
                yield warning("archive-evidence", Place(f"{here}/evidence"), what, "请从备份恢复，再归档一次。")
    for notice in state.notices.values():
        for name, digest in notice.event.files.items():
            if digest not in digests:
                what = "公示时的文件不在了，或改动过。"
                yield warning("archive-notice", Place(f"{here}/public/{name}"), what, "请从备份恢复，再归档一次。")


def _open(state: State) -> Iterator[Problem]:
    drawn = [task for task in state.tasks.values() if task.source != OTHERWISE]  # as ssj status counts them
    waiting = sum(status(task) in {"open", "checked", "done"} for task in drawn)
    if waiting:
        what = f"还有 {waiting} 项任务没有完成或没有公示。"
        yield warning("archive-early", Place("台账"), what, "可以先归档，年底办结后再归档一次。")
