"""Check a dossier with its rounds of re-draws (protocol §8): verify_standalone.py, and what goes on from there.

    python verify_rounds.py plans/2023 [CHECKPOINT-FROM-ANY-PAPER ...]
"""
import re, sys
from pathlib import Path
from verify_standalone import Teams, check, lawful, seed_of, verify

def redraw(self, leaving):
    """[visit, leaves, joins] in the order in which they happen; `self` = the Teams before."""
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

def seen_in(events):
    """Who stepped back from whom or was replaced where (`out`), who is away, which tasks are over or closed."""
    seen, asked = {"out": set(), "away": {}, "over": set(), "closed": set()}, {}
    for e in events:
        if e["kind"] == "recorded" and (e["values"].get("check_ended") or e["values"].get("outcome")):
            seen["over"].add(e["task"])
        elif e["kind"] == "voided":
            seen["closed"].add(e["task"])
        elif e["kind"] == "recused":
            seen["out"].add((whom(e["source"], e["subject"]), e["inspector"]))
        elif e["kind"] == "replacement-asked":
            asked[e["adjustment"]] = e
            seen["away"] |= {e["adjustment"]: e["inspector"]} if e["why"] in ("illness", "leave", "transfer") else {}
        elif e["kind"] == "adjustment-closed" and e["why"] == "withdrawn":
            seen["away"].pop(e["adjustment"], None)
        elif e["kind"] == "redrawn":
            done = {c["adjustment"] for c in e["changes"]} - {""}
            seen["out"] |= {(t, asked[a]["inspector"]) for a in done for t in asked[a]["visits"]}
    return seen | {"away": set(seen["away"].values())}

whom = lambda source, subject: (source if re.fullmatch(r"X\d{4,}", subject) else "", subject)

def rounds(e, sources, before):
    """§8: visits that are over stay; whoever stepped back from a subject, was replaced on a visit, or is away, is out."""
    s, seen = sources[e["source"]], seen_in(before)
    start = {i["inspector"]: int(i["load"]) for i in s["pool"]["inspectors"]}
    need, load, leaving = {}, {}, {(c["visit"], c["leaves"]) for c in e["changes"] if c["because"] != "chain"}
    for t, v in s["visits"].items():
        tasks = {f"{e['source']}/{stratum}/{v['subject']}".lstrip("/") for stratum in v["strata"]}
        if tasks & seen["over"] or tasks <= seen["closed"]:
            load |= {i: load.get(i, start.get(i, 0)) + 1 for i in v["team"]}
            continue
        E, L = lawful(s["pool"], v["subject"], v["strata"], v["department"] or s["pool"]["rules"]["agency"])
        here = (t, whom(e["source"], v["subject"]))
        out = {i for at, i in seen["out"] if at in here and (t, i) not in leaving} | seen["away"] | s["gone"]
        need[t] = (E - out, L - out, len(v["team"]))
    missing = {i: 0 for t in need for i in s["visits"][t]["team"] if i not in start}
    teams = Teams(need, missing | load, s["pool"], seed_of(e, f"{s['draw']}/r{s['round'] + 1}"))
    teams.apply([(t, None, i) for t in need for i in s["visits"][t]["team"]])
    moves = [[c["visit"], c["leaves"], c["joins"]] for c in e["changes"]]
    check(f"round {s['round'] + 1} of {s['draw']}", redraw(teams, leaving), moves)
    s["visits"] |= {t: s["visits"][t] | {"team": sorted(team)} for t, team in teams.team.items()}
    s["round"], s["gone"] = e["round"], s["gone"] | {*e["unavailable"]}

if __name__ == "__main__":
    verify(Path(sys.argv[1]), sys.argv[2:], rounds)
