"""Check a dossier (卷宗), or what there is of it in a public folder, with Python's standard library alone.

    python verify_standalone.py FOLDER [CHECKPOINT-FROM-ANY-PAPER ...]

Written from docs/protocol.md, not from the program. Ends with 0 when all holds, with 1 at the first that does not.
"""
# fmt: off
import csv, hashlib, io, json, math, re, sys
from fractions import Fraction
from pathlib import Path
FIELD = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:+/-]*")
SOURCE = re.compile(  # §2: forms, widths, ranges
    r"ssq:\d{7}:((0[1-9]|[12]\d|3[0-3]){6})\+(0[1-9]|1[0-6])|dlt:\d{5}:((0[1-9]|[12]\d|3[0-5]){5})\+((0[1-9]|1[0-2]){2})"
    r"|pl5:\d{5}:\d{5}|fc3d:\d{7}:\d{3}|dice:\d+|drand:\d+:[0-9a-f]{64}|(key|local):[0-9a-f]{64}|given:[\w.:+/-]+", re.ASCII)
OUTCOMES = {"ssq": 17721088, "dlt": 21425712, "drand": 2**128}  # of all else ten for each digit
ROUNDING = {"ceil": lambda x: -(-x // 1), "half-up": lambda x: (2 * x + 1) // 2, "floor": lambda x: x // 1, "": lambda x: 0}
POOL = ["conflicts.csv", "excluded.csv", "inspectors.csv", "rules.json", "strata.csv", "subjects.csv"]
sha = lambda data: hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
rows = lambda data: list(csv.DictReader(io.StringIO(data.decode(), newline="")))

def check(name, expected, found, quiet=False):
    if expected != found:
        sys.exit(f"BAD  {name}\n     expected {expected}\n     found    {found}")
    quiet or print("ok  ", name)

def read_pool(folder, digest, hidden=()):
    """§3: its bytes checked, then its tables as lists of dicts; `hidden`: files that a public folder may lack."""
    sums = (folder / "SHA256SUMS").read_bytes()
    check("pool digest", digest, sha(sums))
    files = {name: (folder / name).read_bytes() for name in POOL if name not in hidden or (folder / name).exists()}
    listed = {line[66:]: line[:64] for line in sums.decode().splitlines() if line[66:] in files or line[66:] not in hidden}
    check(f"{len(files)} pool files", listed, {name: sha(data) for name, data in files.items()})
    return {n[:-4]: rows(data) for n, data in files.items() if n.endswith("csv")} | {"rules": json.loads(files["rules.json"])}

def seed_of(event, draw):
    """§1, §2: the seed line and its digest, the form of each source; the function of tickets."""
    fields = ["ssj1", "seed", draw, *event["sources"]]
    check(f"seed of {draw}", ("|".join(fields), sha("|".join(fields))), (event["seed_line"], event["seed"]))
    balls = [re.findall("..", part) for f in fields if f[:3] in ("ssq", "dlt") for part in f.rpartition(":")[2].split("+")]
    bad = [f for f in fields[2:] if not (FIELD if f == draw else SOURCE).fullmatch(f)] + [b for b in balls if b != sorted({*b})]
    check(f"{len(event['sources'])} sources of it", [], bad)
    return lambda *fields: sha("|".join(("ssj1", event["seed"], *fields)))
def check_grade(event, sealed):
    """§2, §8: the sealing came first, and announced the sources and the key; 40 bits of them are `public`."""
    public = [s.split(":") for s in event["sources"] if not s.startswith("key:")]
    key = "".join(sha(bytes.fromhex(s[4:])) for s in event["sources"][len(public) :])
    check("sealed pool and key", (sealed["pool_digest"], sealed["key_commitment"]), (event["pool_digest"], key))
    grade = "local" if {kind for kind, *_ in public} == {"local"} else "given"
    if sealed["announced"]:
        issues = [f"dice:{len(s[1])}" if s[0] == "dice" else ":".join(s[:-1]) for s in public]
        check("announced sources", sealed["announced"], issues)
        check("sealed before, drawn after they were known", True, sealed["on"] < sealed["known_on"] <= event["on"])
        grade = "public" if math.prod(OUTCOMES.get(s[0], 10 ** len(s[-1])) for s in public) >= 2**40 else "given"
    check(f"grade {grade}", grade, event["grade"])

def select(pool, T):
    """§4, §5: who is drawn in each stratum, and why, in ticket order; and the rows of tickets.csv."""
    rules, drawn, tickets = pool["rules"], {}, []
    for s in pool["strata"]:
        scope = "shared" if rules["tickets"] == "shared" else s["stratum"]
        order = [x | {"ticket": T("object", scope, x["subject"])} for x in pool["subjects"] if x["stratum"] == s["stratum"]]
        order.sort(key=lambda x: x["ticket"])
        why, quota, ratio = {x["subject"]: "must" for x in order if x["must"] == "1"}, int(s["quota"]), s["ratio"] or "0"
        must, within = len(why), rules["must_include"] == "within"
        base = len(order) - (0 if within else must)
        share = ROUNDING[s["rounding"]](base * Fraction(ratio.rstrip("%")) / (100 if ratio.endswith("%") else 1))
        right = min(base, share) <= quota <= base  # count, minimum and all_below can only add to the ratio
        check(f"numbers of {s['stratum']}", [str(len(order)), str(must), True], [s["population"], s["must"], right], quiet=True)
        for h in range(1, (rules["coverage"] or {"years": 0})["years"] + 1):
            due = [x["subject"] for x in order if x["left"] and int(x["left"]) <= h]
            rest = [x for x in due if x not in why]
            why |= dict.fromkeys(rest[: max(0, -(-len(due) // h) - len(due) + len(rest))], "coverage")
        rest = [x["subject"] for x in order if x["subject"] not in why]
        why |= dict.fromkeys(rest[: max(0, (max(must, quota) if within else must + quota) - len(why))], "random")
        drawn[s["stratum"]] = [{"subject": x["subject"], "why": why[x["subject"]]} for x in order if x["subject"] in why]
        told = lambda x: {"drawn": "01"[x["subject"] in why], "why": why.get(x["subject"], "")}
        tickets += [{k: x[k] for k in ("stratum", "subject", "name", "ticket")} | told(x) for x in order]
    return drawn, tickets

def lawful(pool, subject, strata, department):
    """§7: E and L."""
    team, areas = pool["rules"]["team"], [x["area"] for x in pool["subjects"] if x["subject"] == subject] or [""]
    near = lambda i: team["area"] == "any" or (i["areas"] != "" and areas[0] in i["areas"].split(";")) == (team["area"] == "own")
    need = {s["specialty"] for s in pool["strata"] if s["stratum"] in strata}
    barred = {c["inspector"] for c in pool["conflicts"] if c["subject"] == subject}
    men = [i for i in pool["inspectors"] if i["agency"] == department and i["inspector"] not in barred and near(i)]
    holds = {i["inspector"] for i in men if need <= set(i["specialties"].split(";"))}
    E = holds if team["specialty"] == "every" else {i["inspector"] for i in men}
    return E, (holds if team["specialty"] == "one" else E) & {i["inspector"] for i in men if i["lead"] == "1" or not team["lead"]}
def plan_visits(pool, drawn):
    """§6: the visits as the ledger tells them, and for each (E, L, k)."""
    rules, tasks, visits, needs = pool["rules"], {}, [], {}
    seats = {s: list((rules.get("departments") or {}).get(s, {rules["agency"]: rules["team"]["size"]}).items()) for s in drawn}
    for stratum, subject in ((s, x["subject"]) for s in drawn for x in drawn[s]):
        tasks.setdefault(subject, []).append(stratum)
    for subject, strata in tasks.items():
        groups = []
        for s in strata:
            for g in groups if rules["visits"] == "merge" else ():
                able = [(*lawful(pool, subject, [*g, s], d), k) for d, k in seats[s]]
                if seats[g[0]] == seats[s] and all(len(E) > k and L for E, L, k in able):
                    g.append(s)
                    break
            else:
                groups.append([s])
        for n, g in enumerate(groups, 1):
            name = f"{g[0]}/{subject}" if rules["visits"] == "separate" else f"{subject}/{n}" if n > 1 else subject
            for d, k in seats[g[0]]:
                t, department = (f"{name}:{d}", d) if len(seats[g[0]]) > 1 else (name, "")
                visits.append({"visit": t, "subject": subject, "strata": g, "department": department})
                needs[t] = (*lawful(pool, subject, g, d), k)
    return visits, needs

class Teams:
    """§7: deal, mend, level; §8: re-draw. `visits`: id → (E, L, k); `load`: where it is not the pool's."""
    def __init__(self, visits, load, pool, T):
        self.v, self.T, self.team = visits, T, {t: set() for t in visits}
        self.load = {i["inspector"]: int(i["load"]) for i in pool["inspectors"]} | load
        self.cap = {i["inspector"]: int(i["cap"]) for i in pool["inspectors"] if i["cap"]}
        self.order = sorted(visits, key=lambda t: T("task", t))
    key = lambda self, i: (self.load[i], self.T("card", i, str(self.load[i])))
    room = lambda self, i: self.load[i] < self.cap.get(i, self.load[i] + 1)
    on = lambda self, i: [t for t in self.order if i in self.team[t]]
    def joinable(self, t, a=None):
        E, L, k = self.v[t]
        return (L if len(self.team[t] - L - {a}) >= k - 1 else E) - self.team[t]
    def apply(self, path):
        for t, i, n in [(t, i, n) for t, *both in path for i, n in zip(both, (-1, 1)) if i is not None]:
            self.team[t] = self.team[t] ^ {i}
            self.load[i] += n
    def chain(self, giver, first, barred, goal):
        came, layer = {}, [giver]
        while layer:
            before = len(came)
            for b in layer:
                for t in first if b == giver else self.on(b):
                    came |= {c: (t, b, c) for c in self.joinable(t, b) - came.keys() - barred}
            layer = sorted(list(came)[before:], key=self.key)
            if end := next(filter(goal, layer), None):
                walk = lambda c: [] if c == giver else [*walk(came[c][1]), came[c]]
                return walk(end), came
        return None, came
    def run(self):
        for t, place in ((t, place) for t in self.order for place in range(self.v[t][2])):
            able = [i for i in self.v[t][0 if place else 1] if i not in self.team[t] and self.room(i)]
            self.apply([(t, None, min(able, key=self.key))] if able else [])
        for t in self.order:
            while len(self.team[t]) < self.v[t][2]:
                self.apply(self.chain(None, [t], set(), self.room)[0] or sys.exit(f"BAD  no lawful team for {t}"))
        frozen = set()
        live = lambda: sorted(self.load.keys() - frozen, key=lambda i: (-self.load[i], self.key(i)))
        while (order := live()) and (top := self.load[order[0]]) - self.load[order[-1]] >= 2:
            path, came = self.chain(a := order[0], self.on(a), frozen | {a}, lambda i: self.load[i] <= top - 2 and self.room(i))
            frozen |= set() if path else {a, *came}
            self.apply(path or [])
        return {t: sorted(team) for t, team in self.team.items()}

def recompute(e, at, hidden=()):
    """A draw; of a public folder (`hidden` files) what is there."""
    pool, T = read_pool(at / "pool", e["pool_digest"], hidden), seed_of(e, e["draw"])
    drawn, tickets = select(pool, T)
    check(f"{len(tickets)} tickets", tickets, rows((at / "result/tickets.csv").read_bytes()))
    if not hidden:
        check(f"selection, {[len(v) for v in drawn.values()]} drawn", drawn, e["drawn"])
        visits, needs = plan_visits(pool, drawn)
        teams = Teams(needs, {}, pool, T).run()
        check(f"{len(visits)} visits and teams", [v | {"team": teams[v["visit"]]} for v in visits], e["visits"])
    return pool
def verify(folder, papers, then=lambda e, *_: print(f"--   {e['kind']} {e['source']}: bound by the chain; see verify_rounds.py")):
    """Ledger, checkpoints, draws, published files; `then(event, events so far, pool of the draw)`: lists, rounds."""
    if not (folder / "ledger.jsonl").exists():
        return recompute(json.loads((folder / "result/draw.json").read_bytes()), folder, {"inspectors.csv", "conflicts.csv"})
    *lines, rest = (folder / "ledger.jsonl").read_bytes().split(b"\n")
    entries, digests = [json.loads(line) for line in lines], ["0" * 64, *map(sha, lines)]
    for n, entry in enumerate(entries, 1):
        check(f"ledger line {n}", (n, digests[n - 1]), (entry["seq"], entry["prev"]), quiet=True)
    events, marks = [entry["event"] for entry in entries], {f"{n}:{digest}" for n, digest in enumerate(digests)}
    papers = [*papers, *(e["checkpoint"] for e in events if e.get("checkpoint"))]
    check(f"{len(papers)} checkpoints", [], [paper for paper in papers if paper.rpartition("#")[2] not in marks])
    check(f"ledger, {len(lines)} lines, last {digests[-1]}", b"", rest)
    draws, voids, sealed, pool = 0, sum(e["kind"] == "draw-voided" for e in events), None, None
    for n, e in enumerate(events):
        if e["kind"] in ("sealed", "seal-voided"):
            sealed = {"announced": [], "key_commitment": ""} | e if e["kind"] == "sealed" else None
        elif e["kind"] == "drawn":
            draws += 1
            check_grade(e, sealed or sys.exit("BAD  drawn without a sealed pool"))
            pool, sealed = recompute(e, folder / f"voided/{draws}" if draws <= voids else folder), None
        elif e["kind"] in ("received", "redrawn"):
            then(e, events[:n], pool)
        elif e["kind"] == "published":
            for name, digest in e["files"].items():
                places = [folder / at / name for at in ("public", "withdrawn", f"withdrawn/{e['notice']}")]
                check(f"published {name}", [digest], [sha(p.read_bytes()) for p in places if p.exists()][:1])
    sealed and read_pool(folder / "pool", sealed["pool_digest"])

if __name__ == "__main__":
    verify(Path(sys.argv[1]), sys.argv[2:])
    print("all holds")
