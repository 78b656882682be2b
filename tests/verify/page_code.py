"""The page's own JavaScript in Chromium, many draws in one tab; in Node they are `js.run_js`'s."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.verify.browser import browser
from tests.verify.js import PARTS, Drawn

_ROUTE = """
function computed([files, seed]) {
  const pool = finished(readPool(files)), members = byStratum(pool), T = ticketsOf(seed), selected = {}, drawn = {};
  for (const each of pool.strata) {
    const order = finished(select(members.get(each.stratum), pool.rules, each.stratum, each.quota, T, () => null));
    selected[each.stratum] = order.map((one) => [one.subject.subject, one.ticket, one.why]);
    drawn[each.stratum] = order.filter((one) => one.why).map((one) => one.subject.subject);
  }
  const done = finished(pair(planVisits(pool, drawn), pool.inspectors, T)), name = (i) => pool.inspectors[i].inspector;
  const loads = {}, teams = {};
  pool.inspectors.forEach((each, i) => (loads[each.inspector] = done.load[i]));
  done.order.forEach((visit, t) => (teams[visit.id] = done.teams[t].map(name).sort()));
  return { selected, teams: done.stuck.length ? null : teams, loads };
}
"""


def run_in_chromium(pools: Sequence[tuple[Mapping[str, bytes], str]], folder: Path) -> list[Drawn]:
    """The draws of pools (files by name, seed in hex), from a page on the disk; `folder` holds page and browser."""
    code = "\n".join((REPOSITORY / "templates" / "verify" / f"{part}.js").read_text("utf-8") for part in PARTS)
    told = [[{f"pool/{name}": content.decode() for name, content in files.items()}, seed] for files, seed in pools]
    data = json.dumps(told).replace("<", "\\u003c")
    script = f"{code}\n{_ROUTE}\nconst answer = JSON.stringify({data}.map(computed));"
    page = folder / "route.html"
    page.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><script>{script}\ndocument.documentElement.dataset.verdict = "done";</script>',
        encoding="utf-8",
    )
    with browser(folder / "home") as tab:
        tab.open(page)
        answer = tab.run("answer")
        assert tab.console == []
    return [Drawn(**one) for one in json.loads(answer)]
