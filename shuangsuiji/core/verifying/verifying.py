"""Bytes in, verdict out: the conductor. Reads the ledger first, then goes by it through everything else.

What hostile bytes could make a computation stumble over ends in a fault (``not-computable``), never in an exception.
"""

from collections.abc import Callable, Sequence

from shuangsuiji.core.draw.chance import Grade
from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.verifying.alone import verify_public
from shuangsuiji.core.verifying.chain import read_chain
from shuangsuiji.core.verifying.changes import check_changes
from shuangsuiji.core.verifying.checkpoints import check_given, check_printed
from shuangsuiji.core.verifying.dates import check_dates, set_back_lines
from shuangsuiji.core.verifying.draws import cannot_draw, check_draw
from shuangsuiji.core.verifying.findings import check_findings
from shuangsuiji.core.verifying.lists import check_list
from shuangsuiji.core.verifying.notices import check_files, check_notices
from shuangsuiji.core.verifying.order import check_keys_and_stamps, check_order, check_voids
from shuangsuiji.core.verifying.papers import check_list_results, check_results
from shuangsuiji.core.verifying.planned import check_planned
from shuangsuiji.core.verifying.pools import Pools, check_names, sha256
from shuangsuiji.core.verifying.rounds import check_round
from shuangsuiji.core.verifying.seeds import check_grade, check_round_grade, check_seed, draw_ids, unseen_sealing
from shuangsuiji.core.verifying.site import check_site
from shuangsuiji.core.verifying.story import Files, Past, Reception, Sealing, at, receptions, sealings
from shuangsuiji.core.verifying.verdict import LEDGER, Check, Checks, Verdict
from shuangsuiji.core.year.events import Drawn, Happened, Redrawn, TimestampAttached
from shuangsuiji.core.year.state import OWN, fold

_CHANGES = ("added", "removed", "reclassified", "renamed", "renumbered")
_STUMBLES = (LookupError, ValueError, ArithmeticError, RecursionError, Refusal)


def verify(files: Files, checkpoints: Sequence[str] = ()) -> Verdict:
    """What can be said of a dossier; `checkpoints` from any paper. Without a ledger: of its public folder."""
    if LEDGER not in files:
        return verify_public(files, checkpoints)
    return _Verifying(files, checkpoints).verdict()


class _Verifying:
    def __init__(self, files: Files, checkpoints: Sequence[str]):
        self.files, self.checkpoints, self.checks = files, checkpoints, Checks()
        self.story = read_chain(files[LEDGER], self.checks["chain"])
        self.pools = Pools(files, self.checks["pool"], self.checks["quotas"])
        self.sealings, self.receptions = list(sealings(self.story.happened)), list(receptions(self.story.happened))
        self.grade: Grade | None = None

    def verdict(self) -> Verdict:
        story, checks = self.story, self.checks
        check_given(story, self.checkpoints, checks["checkpoints"])
        check_printed(story, self.files, checks["printed"])
        for name, step, arguments in (
            ("dates", check_dates, (story, checks["dates"])),
            ("order", check_order, (story, checks["order"])),
            ("order", check_keys_and_stamps, (story, self.files, checks["order"])),
            ("voids", check_voids, (story, checks["voids"])),
            ("findings", check_findings, (story, checks["findings"])),
            ("planned", check_planned, (story, checks["planned"])),
            ("limit", check_changes, (story, checks)),
            ("notices", check_notices, (story, self.files, checks["notices"])),
        ):
            _guarded(checks[name], LEDGER, step, *arguments)
        for sealing in self.sealings:
            _guarded(checks["selection"], at(sealing.drawn_line or sealing.line), self._sealing, sealing)
        for reception in self.receptions:
            _guarded(checks["lists"], at(reception.line), self._reception, reception)
        self._rounds()
        _guarded(checks["published"], LEDGER, self._public)
        last = self.sealings[-1] if self.sealings else None
        return Verdict(
            lines=checks.lines,
            grade=self.grade,
            draw=last.sealed.draw if last is not None else "",
            events=len(story.digests),
            remarks=(*set_back_lines(story), *unseen_sealing(story, last)),
            stamps=tuple(one.event for one in story.happened if isinstance(one.event, TimestampAttached)),
        )

    def _sealing(self, one: Sealing) -> None:
        """A sealed pool and, where it was drawn from, its draw and its papers."""
        pool = self.pools.read(one.pool, one.sealed.pool_digest)
        if pool is not None:
            check_names(pool, one.pool, self.checks["pool"])
        self._pool_changes(one)
        drawn = one.drawn
        if drawn is None:
            return
        where, checks = at(one.drawn_line), self.checks
        check_seed(where, drawn.draw, drawn, checks["seed"])
        entered = {each.line: each.at for each in self.story.happened}
        grade = check_grade(one, entered, checks["grade"])
        self.grade = None if one.until else grade
        if pool is None or drawn.pool_digest != one.sealed.pool_digest:
            cannot_draw(drawn, checks)
            return
        computed = check_draw(one.drawn_line, drawn, pool, one.sealed.inspectors, checks)
        if not self.story.whole:
            checks["results"].cannot()
            return
        _guarded(checks["results"], where, check_results, self.story, one, computed, self.files, checks)

    def _pool_changes(self, one: Sealing) -> None:
        """The list of what changed against the pool sealed before."""
        changes = one.sealed.changes
        if changes is None:
            return
        paths = [path for path in (f"{one.folder}pool-changes.csv", "pool-changes.csv") if path in self.files]
        if not paths:
            self.checks["pool"].wrong(f"{one.folder}pool-changes.csv", "missing", changes.sha256)
        else:
            content = self.files[paths[0]]
            if self.checks["pool"].same(paths[0], "altered", changes.sha256, sha256(content)):
                counted = tuple(content.count(f"\n{kind},".encode()) for kind in _CHANGES)
                said = tuple(getattr(changes, kind) for kind in _CHANGES)
                self.checks["pool"].expect(at(one.line), "change-counts", counted, said)

    def _reception(self, one: Reception) -> None:
        pool = self.pools.read(f"{one.folder}pool", one.received.pool_digest)
        check_list(one, pool, self.checks["lists"])
        if not self.story.whole:
            self.checks["results"].cannot()
            return
        check = self.checks["results"]
        _guarded(check, at(one.line), check_list_results, self.story, one, self.files, check)

    def _rounds(self) -> None:
        past = Past(self.story.happened)
        for one in self.story.happened:
            event = one.event
            if isinstance(event, Redrawn):
                _guarded(self.checks["rounds"], at(one.line), self._round, one, event, past)

    def _round(self, one: Happened, event: Redrawn, past: Past) -> None:
        checks, where = self.checks, at(one.line)
        state = past.before(one.line)
        source = state.sources[event.source]
        if event.source == OWN:
            sealing = next((s for s in self.sealings if s.drawn_line == source.line), None)
            pool = self.pools.read(sealing.pool, sealing.sealed.pool_digest) if sealing is not None else None
            names = [f"{source.event.draw}/r{event.round}"] if isinstance(source.event, Drawn) else []
        else:
            reception = next((r for r in self.receptions if r.line == source.line), None)
            pool = self.pools.read(f"{reception.folder}pool", reception.received.pool_digest) if reception else None
            ids = draw_ids(self.story, reception, self.pools)
            names = [f"{draw}/{event.source}/r{event.round}" for draw in ids]
        told = event.seed_line.split("|")[2:3]
        named = next((name for name in names if [name] == told), names[0] if names else "")
        check_seed(where, named, event, checks["seed"])
        drawn = source.event if isinstance(source.event, Drawn) else None
        check_round_grade(where, event, drawn, source.event.seed_mode, checks["grade"])
        check_round(self.story, one, event, state, pool, checks)

    def _public(self) -> None:
        notices = list(fold(self.story.happened).notices.values())
        check_files(notices, self.files, self.checks["published"])
        if self.story.whole and (notices or any(path.startswith("public/") for path in self.files)):
            check_site(self.story, notices, self.files, self.checks["public"])


def _guarded(check: Check, where: str, step: Callable[..., object], *arguments: object) -> None:
    try:
        step(*arguments)
    except _STUMBLES as stumble:
        check.wrong(where, "not-computable", "", f"{type(stumble).__name__}: {stumble}")
