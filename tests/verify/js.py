"""The page's own program in Node: `run_js` draws pools with it, `verify_js` runs its verification."""

import base64
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pytest

from tests.conftest import REPOSITORY

PARTS = ("hash", "seed", "pool", "draw", "teams", "checks")
needs_node = pytest.mark.skipif(not shutil.which("node"), reason="Node is not installed")
_SHAPE = """
const teamsOf = (done, name) => done.stuck.length ? null
  : Object.fromEntries(done.order.map((visit, t) => [visit.id, done.teams[t].map(name).sort()]));
const T = (one) => ticketsOf(one.seed);
const jobs = {
  draw(one) {
    const pool = finished(readPool(one.files)), members = byStratum(pool), selected = {}, drawn = {};
    for (const s of pool.strata) {
      const order = finished(select(members.get(s.stratum), pool.rules, s.stratum, s.quota, T(one), () => 0));
      selected[s.stratum] = order.map((x) => [x.subject.subject, x.ticket, x.why]);
      drawn[s.stratum] = order.filter((x) => x.why).map((x) => x.subject.subject);
    }
    const done = finished(pair(planVisits(pool, drawn), pool.inspectors, T(one)));
    const loads = Object.fromEntries(pool.inspectors.map((each, i) => [each.inspector, done.load[i]]));
    return { selected, teams: teamsOf(done, (i) => pool.inspectors[i].inspector), loads };
  },
  pair(one) {
    const who = one.inspectors, at = new Map(who.map((id, i) => [id, i]));
    const visits = Object.keys(one.visits).map((id) => ({ id, places: one.visits[id].places, barred: null,
      kind: kindOf(one.visits[id].lawful.map((i) => at.get(i)), one.visits[id].lead.map((i) => at.get(i)), who.length) }));
    const people = who.map((id) => ({ inspector: id, load: one.load[id], cap: id in one.cap ? one.cap[id] : null }));
    const done = finished(pair(visits, people, T(one)));
    return { teams: teamsOf(done, (i) => who[i]), uneven: done.steps.length, proofs: done.stuck.length };
  },
  select(one) {
    const rules = { tickets: one.scope === "shared" ? "shared" : "independent", must_include: "within",
      coverage: one.coverage_years ? { years: one.coverage_years } : null };
    const order = finished(select(one.subjects, rules, one.scope, one.quota, T(one), () => 0));
    return { quota: rounded(one.population, one.ratio, one.rounding), drawn: order.filter((x) => x.why).map((x) => x.subject.subject).sort() };
  },
  ticket: (one) => one.fields.map((fields) => T(one)(...fields)),
  sources: (one) => ({ outcomes: one.sources.map((text) => source(text).outcomes), grade: bestGrade(one.sources.map(source)) }),
  verify(one) {
    const report = finished(verification(one.files, one.facts || {}));
    return Object.fromEntries(CHECKS.map((id) => {
      const { state, count, failing, first, unchecked } = report.checks[id];
      return [id, { state, count, failing, first, unchecked }];
    }));
  },
};
const bytes = (files) => Object.fromEntries(Object.entries(files || {}).map(([name, text]) => [name, new Uint8Array(Buffer.from(text, "base64"))]));
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(given.map((one) => jobs[one.job](Object.assign({}, one, { files: bytes(one.files) })))));
"""


class Drawn(NamedTuple):
    """What a draw gave: by stratum (subject, ticket, why) in ticket order; teams by visit (None: there are none)."""

    selected: dict[str, list[list[str]]]
    teams: dict[str, list[str]] | None
    loads: dict[str, int]


def run_js(pools: Sequence[tuple[Mapping[str, bytes], str]]) -> list[Drawn]:
    """The draws of pools (files by name, seed in hex), by the page's program."""
    return [Drawn(**one) for one in run("draw", [{"files": _pool(files), "seed": seed} for files, seed in pools])]


def verify_js(dossiers: Sequence[tuple[Mapping[str, bytes], Mapping[str, object]]]) -> list[dict[str, Any]]:
    """The checks of public files (by path in the public folder) and facts."""
    return run("verify", [{"files": dict(files), "facts": facts} for files, facts in dossiers])


def run(job: str, cases: Sequence[Mapping[str, Any]]) -> list[Any]:
    """All `cases` in one process."""
    given = [{**case, "job": job, "files": _text(case.get("files", {}))} for case in cases]
    folder = REPOSITORY / "templates" / "verify"
    program = "\n".join((folder / f"{part}.js").read_text("utf-8") for part in PARTS)
    script = f'(function () {{ "use strict";\n{program}\n{_SHAPE}\n}})();'
    done = subprocess.run(["node", "-e", script], input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def _pool(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"pool/{name}": content for name, content in files.items()}


def _text(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(content).decode() for name, content in files.items()}
