"""The result files of a dossier: what was drawn, for people and programs. The same bytes for the same draw.

Nothing here depends on when a draw was entered: the ledger says that. So `draw.json` names the ledger line on which
the draw stands, while checkpoints, which hash the time of entry, stand on the papers.
"""

import json
from collections.abc import Mapping, Sequence

from shuangsuiji.core.draw.explain import Burden, Names, as_json, burden, unevenness_sentence
from shuangsuiji.core.draw.pool import Pool, csv_bytes
from shuangsuiji.core.draw.selection import Ticketed
from shuangsuiji.core.draw.visits import plan_visits
from shuangsuiji.core.year.events import Drawn
from shuangsuiji.core.year.progress import status
from shuangsuiji.core.year.state import OWN, Source, State, in_force

TICKETS, TASKS, TEAMS, DRAW = RESULT_FILES = ("tickets.csv", "tasks.csv", "teams.csv", "draw.json")


def result_files(state: State, pool: Pool, selected: Mapping[str, Sequence[Ticketed]]) -> dict[str, bytes]:
    """The files of ``result/`` by name; `selected` = every subject of every stratum in ticket order."""
    own = state.sources[OWN]
    names = {subject.subject: subject.name for subject in pool.subjects}
    return {
        TICKETS: tickets_csv(selected, names),
        **task_files(state, own, names),
        DRAW: json.dumps(summary(state, pool), ensure_ascii=False, indent=1).encode() + b"\n",
    }


def task_files(state: State, source: Source, names: Mapping[str, str]) -> dict[str, bytes]:
    """``tasks.csv`` and ``teams.csv`` of one source of tasks, as adjusted so far; `names` of subjects by id."""
    tasks = (
        (task.task, task.visit, task.stratum, task.subject, names[task.subject], status(task))
        for task in state.tasks.values()
        if task.source == source.id
    )
    teams = sorted((v.visit, who, source.inspectors[who]) for v in source.visits.values() for who in v.team)
    return {
        TASKS: csv_bytes(("task", "visit", "stratum", "subject", "name", "status"), tasks),
        TEAMS: csv_bytes(("visit", "inspector", "name"), teams),
    }


def summary(state: State, pool: Pool) -> dict[str, object]:
    """What ``draw.json`` holds."""
    drawn = in_force(state)
    names = Names({s.stratum: s.name for s in pool.strata}, drawn.inspectors)
    carried = loads(drawn, pool)
    return {
        "protocol": pool.rules.protocol,
        "draw": drawn.draw,
        "seed_line": drawn.seed_line,
        "seed": drawn.seed,
        "grade": drawn.grade,
        "sources": list(drawn.sources),
        "pool_digest": drawn.pool_digest,
        "voided_before": len(state.voided),
        "strata": [
            {
                "stratum": s.stratum,
                "name": s.name,
                "population": s.population,
                "must": s.must,
                "ratio": s.ratio,
                "quota": s.quota,
                "drawn": len(drawn.drawn[s.stratum]),
            }
            for s in pool.strata
        ],
        "tasks": sum(map(len, drawn.drawn.values())),
        "visits": len(drawn.visits),
        "loads": carried,
        "unevenness": [
            {**as_json(found), "explanation": unevenness_sentence(found, names, carried)}
            for found in unevenness(drawn, pool)
        ],
        "checkpoint": {"origin": drawn.draw, "lines": state.line},
    }


def loads(drawn: Drawn, pool: Pool) -> dict[str, int]:
    """Visits per inspector of the pool as drawn, those from before the draw included."""
    result = {i.inspector: i.load for i in pool.inspectors}
    for visit in drawn.visits:
        for inspector in visit.team:
            result[inspector] += 1
    return result


def unevenness(drawn: Drawn, pool: Pool) -> list[Burden]:
    """Why the loads could not be more even, proof by proof; empty where they are even."""
    if not drawn.unevenness:
        return []
    visits = plan_visits(pool, {code: [d.subject for d in subjects] for code, subjects in drawn.drawn.items()})
    start = {i.inspector: i.load for i in pool.inspectors}
    cap = {i.inspector: i.cap for i in pool.inspectors if i.cap is not None}
    return [burden(proof, visits, start, cap) for proof in drawn.unevenness]


def tickets_csv(selected: Mapping[str, Sequence[Ticketed]], names: Mapping[str, str]) -> bytes:
    """``tickets.csv``: every subject of the pool in ticket order; `names` of subjects by id."""
    rows = (
        (stratum, t.subject, names[t.subject], t.ticket, "1" if t.why else "0", t.why)
        for stratum, order in selected.items()
        for t in order
    )
    return csv_bytes(("stratum", "subject", "name", "ticket", "drawn", "why"), rows)
