"""What of a sealed pool and its draw goes public as files, so that anybody can recompute it (protocol §3).

- The pool as it was sealed, to the byte. ``inspectors.csv`` and ``conflicts.csv`` stay closed where the plan hides
  inspectors; ``SHA256SUMS`` binds them all the same.
- Of the draw ``tickets.csv`` and ``draw.json``; where inspectors are public also who was on which team, as drawn, and
  the loads. By name only where the plan says so.
- A sealed (unannounced) draw stays closed until its key is public.
- Ids that are ID numbers or telephone numbers close everything: without ids nothing can be recomputed.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from shuangsuiji.core.draw.pool import Pool, csv_bytes
from shuangsuiji.core.draw.selection import Ticketed
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.privacy.masking import scrubbed
from shuangsuiji.core.privacy.scrubbing import is_identity_number
from shuangsuiji.core.year.closed import is_closed
from shuangsuiji.core.year.events import Drawn, Sealed
from shuangsuiji.core.year.publication import Publication, latest
from shuangsuiji.core.year.result import DRAW, TEAMS, TICKETS, summary, tickets_csv
from shuangsuiji.core.year.state import State

Shown = Literal["hidden", "codes", "names"]
"""The plan's `disclosure.inspectors`."""
CLOSED = ("inspectors.csv", "conflicts.csv")
_TELEPHONE = re.compile(r"1[3-9][0-9]{9}")


class Matter(NamedTuple):
    """What is open now: a pool (`digest`), and its draw where that is published too.

    `state`: with that draw in force. `notice`: the one that made it public. `void`: the paper that voided the draw.
    """

    state: State
    sealed: Sealed | None
    digest: str
    drawn: Drawn | None
    notice: Publication
    void: str = ""


def open_now(state: State) -> Matter | None:
    """The newest pool that a notice made public: of the draw, else of the sealed plan; None where there is none.

    A voided draw stays open, as void, until another takes its place.
    """
    sealed, drawn = state.sealed, state.drawn
    notice, plan = latest(state.notices, "draw"), latest(state.notices, "plan")
    if sealed is not None and not is_closed(state):
        if drawn is not None and notice is not None and notice.line > state.line:
            return Matter(state, sealed, sealed.pool_digest, drawn, notice)
        if plan is not None and plan.line > state.sealed_line:
            return Matter(state, sealed, sealed.pool_digest, None, plan)
    if notice is not None and notice.void and state.voided:
        void = state.voided[-1].drawn
        before = replace(state, drawn=void, voided=state.voided[:-1])
        return Matter(before, None, void.pool_digest, void, notice, notice.void)
    return None


def has_private_ids(pool: Pool, telephones: Callable[[], Collection[str]]) -> bool:
    """Whether an id is itself private: an ID number, or one of the roster's `telephones`.

    They are asked for only where an id looks like one: ids that begin with a region's code often do.
    """
    subjects = {subject.subject for subject in pool.subjects} | {one.subject for one in pool.excluded}
    if any(map(is_identity_number, subjects | {inspector.inspector for inspector in pool.inspectors})):
        return True
    suspects = set(filter(_TELEPHONE.fullmatch, subjects))
    return bool(suspects) and not suspects.isdisjoint(telephones())


def pool_files(files: Mapping[str, bytes], shown: Shown) -> dict[str, bytes]:
    """The files of a pool that go public, by path; `files` = all of them by name."""
    closed = CLOSED if shown == "hidden" else ()
    return {f"pool/{name}": files[name] for name in sorted(files) if name not in closed}


def result_files(
    matter: Matter, pool: Pool, selected: Mapping[str, Sequence[Ticketed]], shown: Shown
) -> dict[str, bytes]:
    """The files of a draw that go public, by path; `selected` = every subject of every stratum in ticket order."""
    if matter.drawn is None:
        return {}
    names = {subject.subject: subject.name for subject in pool.subjects}
    told = json.dumps(_summary(matter, pool, shown), ensure_ascii=False, indent=1).encode() + b"\n"
    files = {f"result/{TICKETS}": tickets_csv(selected, names), f"result/{DRAW}": told}
    if shown != "hidden":
        files[f"result/{TEAMS}"] = _teams(matter.drawn, shown)
    return files


def page_facts(matter: Matter, plan: Plan) -> dict[str, object]:
    """What the verification page says besides what it recomputes: who, when, what was announced before."""
    sealed, drawn, state = matter.sealed, matter.drawn, matter.state
    plans = [one for one in state.notices.values() if one.event.what == "plan"]
    drawn_at = state.line if drawn is not None else state.lines + 1
    before = [one for one in plans if sealed is not None and state.sealed_line < one.line < drawn_at]
    return {
        "title": plan.title,
        "agency": plan.agency.name,
        "document_no": plan.document_no,
        "draw": plan.draw,
        "pool_digest": matter.digest,
        "withheld": list(CLOSED) if plan.disclosure.inspectors == "hidden" else [],
        "inspectors": plan.disclosure.inspectors,
        "announced": list(sealed.announced) if sealed else [],
        "known_on": sealed.known_on.isoformat() if sealed and sealed.known_on else "",
        "key_commitment": sealed.key_commitment if sealed else "",
        "sealed_on": sealed.on.isoformat() if sealed else "",
        "sealed_in": _named(before[0]) if before else None,
        "drawn_on": drawn.on.isoformat() if drawn else "",
        "notice": _named(matter.notice),
        "checkpoint": matter.notice.event.checkpoint,
        "void": scrubbed(matter.void),
    }


def _named(one: Publication) -> dict[str, str]:
    return {"name": one.event.notice, "on": one.event.on.isoformat()}


def _summary(matter: Matter, pool: Pool, shown: Shown) -> dict[str, object]:
    told = summary(matter.state, pool)
    if matter.void:
        del told["checkpoint"]
    if shown == "hidden":
        return {key: value for key, value in told.items() if key not in {"loads", "unevenness"}}
    if shown == "codes" and isinstance(told["unevenness"], list):
        told["unevenness"] = [
            {key: value for key, value in proof.items() if key != "explanation"} for proof in told["unevenness"]
        ]
    return told


def _teams(drawn: Drawn, shown: Shown) -> bytes:
    """``teams.csv`` as drawn; names are blank where only codes are public."""
    names = drawn.inspectors if shown == "names" else {}
    rows = sorted((visit.visit, who, names.get(who, "")) for visit in drawn.visits for who in visit.team)
    return csv_bytes(("visit", "inspector", "name"), rows)
