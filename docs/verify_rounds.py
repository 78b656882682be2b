"""Check a dossier with what happened after the draw (protocol §8): verify_standalone.py, and what goes on from there.

    python verify_rounds.py FOLDER [CHECKPOINT-FROM-ANY-PAPER ...]

Received lists, every round of re-draws, and who is on the teams in the end. docs/adjust.md says what a round reads.
"""
# fmt: off
import re, sys
from pathlib import Path
from verify_standalone import Teams, check, lawful, read_pool, rows, seed_of, verify

def redraw(self, leaving):
    """§8: [visit, leaves, joins] in the order in which they happen; `self` = the Teams before."""
    moves = []
    for t, a in sorted(leaving, key=lambda place: self.T("recuse", *place)):
        there = a in self.team[t]  # a chain may have moved him already
        self.apply([(t, a, None)] if there else [])
        self.v[t] = (self.v[t][0] - {a}, self.v[t][1] - {a}, self.v[t][2])
        hat = sorted((self.load[c], c) for c in self.joinable(t) if there and self.room(c))
        hat = [c for n, c in hat if n <= hat[(len(hat) + 1) // 2 - 1][0]]
        path = [(t, None, min(hat, key=lambda c: self.T("redraw", t, c)))] if hat else []
        path = path or (self.chain(None, [t], set(), self.room)[0] if there else []) or []
        self.apply(path)
        moves += [[where, leaves or a, joins] for where, leaves, joins in path]
    return moves

def in_force(events):
    """`events` without those of draws and lists that were voided later."""
    kept = []
    for e in events:
        gone = {"draw-voided": "", "list-voided": e.get("source")}.get(e["kind"])
        kept = [old for old in kept if gone is None or source_of(old) != gone] + [e]
    return kept

def source_of(e):
    """Blank for the own draw, R1 … for a list, None for what belongs to neither."""
    parts = e.get("task", "").split("/")
    return e["source"] if isinstance(e.get("source"), str) else parts[0] if len(parts) == 3 else "" if len(parts) == 2 else None

def whom(source, subject):
    """A list's own number for a subject that it does not name means nothing outside it."""
    return (source if re.fullmatch(r"X\d{4,}", subject) else "", subject)

def seen_in(events):
    """Who may not join where (`out`), who is away, which tasks are over or closed, who asked to leave what (`may`)."""
    out, away, asked, values, closed, may = set(), {}, {}, {}, set(), set()
    for e in events:
        if e["kind"] == "recorded":
            values[e["task"]] = {k: v for k, v in (values.get(e["task"], {}) | e["values"]).items() if v}
        elif e["kind"] == "voided":
            closed.add(e["task"])
        elif e["kind"] == "recused":
            out.add((whom(e["source"], e["subject"]), e["inspector"]))
            may.add((e["visit"], e["inspector"]))
        elif e["kind"] == "replacement-asked":
            asked[e["adjustment"]] = e
            away |= {e["adjustment"]: e["inspector"]} if e["why"] in ("illness", "leave", "transfer") else {}
        elif e["kind"] == "adjustment-closed" and e["why"] == "withdrawn":
            away.pop(e["adjustment"], None)
            asked.pop(e["adjustment"], None)
        elif e["kind"] == "redrawn":
            done = {c["adjustment"] for c in e["changes"]} & asked.keys()
            out |= {(t, asked[a]["inspector"]) for a in done for t in asked[a]["visits"]}
            away |= {i: i for i in e["unavailable"]}
    may |= {(t, e["inspector"]) for e in asked.values() for t in e["visits"]}
    tested = lambda v: v.get("sampled") != "yes" or "report_received" in v
    over = {task for task, v in values.items() if "check_ended" in v or ("outcome" in v and tested(v))} - closed
    return {"out": out, "away": {*away.values()}, "over": over, "closed": closed, "may": may}

class Year:
    """What `verify` calls for lists and rounds; `sources`: id → event, pool, visits as they are now, rounds so far."""
    def __init__(self, folder):
        self.folder, self.sources = folder, {}

    def __call__(self, e, before, pool):
        drawn = next((old for old in reversed(before) if old["kind"] == "drawn"), None)
        if e["kind"] == "received":
            at = next(p for p in (self.folder / "received" / e["source"], self.folder / "voided" / e["source"]) if p.exists())
            self.start(e, read_pool(at / "pool", e["pool_digest"]), at)
            return
        if e["source"] == "" and self.sources.get("", {}).get("event") is not drawn:
            self.start(drawn, pool, self.folder / "result")
        s, seen = self.sources[e["source"]], seen_in(in_force(before))
        leaving = {(c["visit"], c["leaves"]) for c in e["changes"] if c["because"] != "chain"}
        check("all who leave had asked, or were asked for", set(), leaving - seen["may"])
        grade = "local" if all(one.startswith("local:") for one in e["sources"]) else "given"
        check(f"grade {grade} of the round", (grade, True), (e["grade"], grade == "local" or s["mode"] == "given"))
        teams, need = self.teams(e, s, seen, leaving)
        moves = [[c["visit"], c["leaves"], c["joins"]] for c in e["changes"]]
        check(f"round {e['round']} of {s['draw']}", (s["round"] + 1, redraw(teams, leaving)), (e["round"], moves))
        s["visits"] |= {t: s["visits"][t] | {"team": sorted(teams.team[t])} for t in need}
        s["round"] = e["round"]

    def start(self, event, pool, at):
        draw = event["draw"] if event["kind"] == "drawn" else f"{pool['rules']['draw']}/{event['source']}"
        mode = event.get("grade") or event.get("seed_mode") or "given"
        visits = {v["visit"]: v for v in event["visits"]}
        self.sources[event.get("source", "")] = {
            "event": event, "pool": pool, "at": at, "draw": draw, "mode": mode, "visits": visits, "round": 0}

    def teams(self, e, s, seen, leaving):
        """Teams before the round: visits that are over or closed stay, and count as load."""
        start = {i["inspector"]: int(i["load"]) for i in s["pool"]["inspectors"]}
        need, load, whole = {}, {}, {}
        tasks = lambda v: {f"{e['source']}/{stratum}/{v['subject']}".lstrip("/") for stratum in v["strata"]}
        for t, v in s["visits"].items():
            whole.setdefault(t.partition(":")[0], set()).update(tasks(v))
        for t, v in s["visits"].items():
            every = whole[t.partition(":")[0]]
            if every & seen["over"] or every <= seen["closed"]:
                load |= {i: load.get(i, start.get(i, 0)) + 1 for i in v["team"]}
                continue
            E, L = lawful(s["pool"], v["subject"], v["strata"], v["department"] or s["pool"]["rules"]["agency"])
            here = (t, whom(e["source"], v["subject"]))
            out = {i for at, i in seen["out"] if at in here and (t, i) not in leaving} | seen["away"]
            need[t] = (E - out, L - out, len(v["team"]))
        missing = {i: 0 for t in need for i in s["visits"][t]["team"] if i not in start}
        teams = Teams(need, missing | load, s["pool"], seed_of(e, f"{s['draw']}/r{s['round'] + 1}"))
        teams.apply([(t, None, i) for t in need for i in s["visits"][t]["team"]])
        return teams, need

if __name__ == "__main__":
    year = Year(Path(sys.argv[1]))
    verify(Path(sys.argv[1]), sys.argv[2:], year)
    for source, s in year.sources.items():
        told = rows((s["at"] / "teams.csv").read_bytes()) if (s["at"] / "teams.csv").exists() else []
        now = sorted([t, i] for t, v in s["visits"].items() for i in v["team"])
        not told or check(f"teams as they are now{source and ' of ' + source}", now, sorted([r["visit"], r["inspector"]] for r in told))
    print("all holds")
