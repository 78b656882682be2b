"""`ssj draw` end to end: what it draws can be recomputed from its dossier by a stranger."""

import csv
import hashlib
import json
import subprocess
from pathlib import Path

from tests.conftest import County

COUNTS = {"GGCS": 26, "YSWS": 1, "FSWS": 3, "XXWS": 25, "YLWS": 19, "FYJK": 3, "CRBFZ": 52, "XDCP": 2, "ZYWS": 1}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_sample_county_draws_exactly_the_counts_of_its_plan(sample: County) -> None:
    answer = sample.ssj("draw", "--plan", "2023.yaml", "--json")

    assert answer.code == 0
    assert {row["stratum"]: row["drawn"] for row in answer.json["strata"]} == COUNTS
    assert answer.json["tasks"] == 132
    assert answer.json["grade"] == "local"


def test_every_ticket_and_every_drawn_subject_follow_from_the_seed_line_alone(sample: County) -> None:
    sample.ssj("draw", "--seed", "2023", "--no-sheets")
    draw = json.loads((sample.dossier / "result/draw.json").read_text("utf-8"))
    tickets = rows(sample.dossier / "result/tickets.csv")

    assert draw["seed_line"] == "ssj1|seed|130129-2023-01|given:2023"
    assert draw["seed"] == sha256(draw["seed_line"])
    assert all(row["ticket"] == sha256(f"ssj1|{draw['seed']}|object|shared|{row['subject']}") for row in tickets)
    pool = rows(sample.dossier / "pool/subjects.csv")
    for stratum, count in COUNTS.items():
        mine = [row for row in tickets if row["stratum"] == stratum]
        must = {row["subject"] for row in pool if row["stratum"] == stratum and row["must"] == "1"}
        in_order = [row["subject"] for row in sorted(mine, key=lambda row: row["ticket"])]
        expected = must | set([s for s in in_order if s not in must][: count - len(must)])
        assert [row["subject"] for row in mine] == in_order
        assert {row["subject"] for row in mine if row["drawn"] == "1"} == expected
        assert {row["subject"] for row in mine if row["why"] == "must"} == must


def test_teams_are_two_lawful_inspectors_and_loads_differ_by_one_at_most(sample: County) -> None:
    sample.ssj("draw", "--seed", "2023", "--no-sheets")
    tasks, teams = rows(sample.dossier / "result/tasks.csv"), rows(sample.dossier / "result/teams.csv")
    inspectors = {row["inspector"]: row for row in rows(sample.dossier / "pool/inspectors.csv")}
    conflicts = {(row["inspector"], row["subject"]) for row in rows(sample.dossier / "pool/conflicts.csv")}
    members: dict[str, set[str]] = {}
    for row in teams:
        members.setdefault(row["visit"], set()).add(row["inspector"])

    assert len(conflicts) == 5
    for task in tasks:
        assert task["task"] == f"{task['stratum']}/{task['subject']}"
        team = members[task["visit"]]
        assert len(team) == 2
        for inspector in team:
            assert task["stratum"] in inspectors[inspector]["specialties"].split(";")
            assert (inspector, task["subject"]) not in conflicts
    loads = [sum(row["inspector"] == i for row in teams) + int(inspectors[i]["load"]) for i in inspectors]
    assert max(loads) - min(loads) <= 1


def test_a_stranger_checks_the_pool_with_sha256sum_alone(sample: County) -> None:
    answer = sample.ssj("draw", "--no-sheets", "--json")

    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=sample.dossier / "pool", capture_output=True, check=False
    )
    assert done.returncode == 0
    sums = (sample.dossier / "pool/SHA256SUMS").read_bytes()
    assert hashlib.sha256(sums).hexdigest() == answer.json["pool_digest"]


def test_the_ledger_is_a_chain_of_stored_lines(sample: County) -> None:
    answer = sample.ssj("draw", "--no-sheets", "--json")
    lines = (sample.dossier / "ledger.jsonl").read_bytes().split(b"\n")

    prev = "0" * 64
    for seq, line in enumerate(lines[:-1], 1):
        entry = json.loads(line)
        assert list(entry) == ["seq", "prev", "at", "by", "tool", "event"]
        assert (entry["seq"], entry["prev"], entry["by"]) == (seq, prev, "经办人")
        prev = hashlib.sha256(line).hexdigest()
    assert lines[-1] == b""
    assert answer.json["checkpoint"] == {"origin": "130129-2023-01", "lines": 2, "digest": prev}


def test_two_local_draws_differ_and_two_given_ones_do_not(county: County) -> None:
    def seeds(*words: str) -> set[str]:
        found = set()
        for _ in range(2):
            found.add(county.ssj("draw", "--no-sheets", "--json", *words).json["seed"])
            county.ssj("draw", "--void", "--reason", "试", "--document", "1号")
        return found

    assert len(seeds()) == 2
    assert len(seeds("--seed", "7")) == 1


def test_the_answer_stays_on_stdout_and_messages_on_stderr(county: County) -> None:
    answer = county.ssj("draw", "--seed", "1")

    assert "3 项任务" in answer.out or "4 项任务" in answer.out
    assert "下一步：把 sheets 里的任务单发给各执法人员" in answer.err
    assert "种子：ssj1|seed|T-2023|given:1（人工给定种子）" in answer.out


def test_sheets_are_one_workbook_per_inspector_and_the_list(county: County) -> None:
    answer = county.ssj("draw", "--seed", "1", "--json")

    names = sorted(path.name for path in (county.dossier / "sheets").iterdir())
    assert names[-1] == "任务清单.xlsx"
    assert len(names) == answer.json["sheets"] == 5


def test_no_sheets_leaves_them_to_the_next_run(county: County) -> None:
    assert county.ssj("draw", "--seed", "1", "--no-sheets", "--json").json["sheets"] is None
    assert not (county.dossier / "sheets").exists()

    again = county.ssj("draw")

    assert again.code == 3
    assert "缺少的结果文件或任务单已按台账补齐" in again.err
    assert len(list((county.dossier / "sheets").iterdir())) == 5
