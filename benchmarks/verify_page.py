"""How fast is the verification page: 100,000 subjects from opening the file to the verdict, in Chromium.

    python benchmarks/verify_page.py [SUBJECTS] [--inspectors N] [--keep FILE]

With inspectors the teams are matched again too. The longest pause is the longest time for which the page would not have
answered a click while it computed.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from shuangsuiji.core.draw.chance import seed_of
from shuangsuiji.core.draw.drawing import draw, selection
from shuangsuiji.core.draw.pool import (
    Pool,
    PoolInspector,
    PoolStratum,
    PoolSubject,
    Rules,
    csv_bytes,
    digest,
    encode,
)
from shuangsuiji.core.year.result import tickets_csv
from shuangsuiji.files.documents.verifypage import verify_page
from tests.verify.browser import browser

PROMISED, STRATA = 10, 10
PAUSE = """<head><script>window.longest = 0; (function tick(last) { const now = performance.now();
window.longest = Math.max(window.longest, now - last); setTimeout(tick, 0, now); })(performance.now());</script>"""


def pool_of(subjects: int, inspectors: int) -> Pool:
    """Ten strata, a tenth of each drawn."""
    chance = random.Random(1)  # noqa: S311 - the same pool every time
    codes = [f"S{n}" for n in range(STRATA)]
    members = sorted(
        PoolSubject(
            codes[n % STRATA], f"9113012900{n:08d}", f"青禾县第{n}商务宾馆有限公司", "城关镇", must=False, left=None
        )
        for n in range(subjects)
    )
    strata = [PoolStratum(code, f"专业{code}", code, 0, 0, "10%", "ceil", 0) for code in codes]
    for n, one in enumerate(strata):
        size = sum(member.stratum == one.stratum for member in members)
        strata[n] = one._replace(population=size, quota=-(-size // 10))
    people = [
        PoolInspector(f"P{n:05d}", "WJ", tuple(sorted(chance.sample(codes, 3))), True, 0, None, ())
        for n in range(inspectors)
    ]
    conflicts = {(each.inspector, chance.choice(members).subject) for each in people}
    rules = {
        "protocol": "ssj1",
        "draw": "T-1",
        "agency": "WJ",
        "tickets": "shared",
        "must_include": "within",
        "coverage": None,
        "team": {"size": 2, "specialty": "every", "lead": False, "area": "any"},
        "visits": "merge",
    }
    return Pool(tuple(strata), tuple(members), tuple(people), tuple(sorted(conflicts)), (), Rules.model_validate(rules))


def page_of(pool: Pool) -> bytes:
    """The page of a draw of `pool`; inspectors are public where there are any."""
    whole, seed = encode(pool), seed_of("T-1", ("given:1",))
    closed = () if pool.inspectors else ("inspectors.csv", "conflicts.csv")
    files = {f"pool/{name}": content for name, content in whole.items() if name not in closed}
    selected = selection(pool, seed.digest)
    files["result/tickets.csv"] = tickets_csv(selected, {one.subject: one.name for one in pool.subjects})
    told = {
        "protocol": "ssj1",
        "draw": "T-1",
        "seed_line": seed.line,
        "seed": seed.digest,
        "grade": seed.grade,
        "sources": list(seed.sources),
        "pool_digest": digest(whole),
    }
    files["result/draw.json"] = json.dumps(told).encode()
    if pool.inspectors:
        paired = draw(pool, seed.digest).paired
        teams = sorted((visit, who, "") for visit, team in paired.teams.items() for who in team)
        files["result/teams.csv"] = csv_bytes(("visit", "inspector", "name"), teams)
    return verify_page({"title": "方案", "agency": "青禾县卫生健康局", "draw": "T-1", "withheld": list(closed)}, files)


def main() -> None:
    """Make the page, open it, say how long it took; exit code 1 where it is more than was promised."""
    parser = argparse.ArgumentParser()
    parser.add_argument("subjects", nargs="?", type=int, default=100_000)
    parser.add_argument("--inspectors", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    page = page_of(pool_of(asked.subjects, asked.inspectors))
    with tempfile.TemporaryDirectory() as folder, browser(Path(folder) / "home") as tab:
        path = asked.keep or Path(folder) / "verify.html"
        path.write_bytes(page)
        watched = Path(folder) / "watched.html"
        watched.write_bytes(page.replace(b"<head>", PAUSE.encode(), 1))
        begun = time.perf_counter()
        tab.open(path.absolute())
        seconds = time.perf_counter() - begun
        verdict = tab.settle()
        tab.open(watched)
        pause = float(tab.run("window.longest"))
    print(f"{asked.subjects} subjects, {asked.inspectors} inspectors: {len(page) / 1e6:.1f} MB")
    print(f"verdict {verdict!r} after {seconds:.1f} s (promised: {PROMISED}); longest pause {pause:.0f} ms")
    sys.exit(verdict != "ok" or seconds > PROMISED)


if __name__ == "__main__":
    main()
