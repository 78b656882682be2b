"""What the tests of publishing share: a small county with results on record, and how to record more."""

import hashlib
import json
from typing import Any

import pytest

from tests.conftest import Answer, County
from tests.year.returning import Clock

ADDRESSES = """\
对象编号,单位名称,专业,区域,地址
A1,甲宾馆,公共场所,东,东街1号
A2,乙宾馆,公共场所,西,西街2号
A3,丙宾馆,公共场所,东,东街3号
A4,丁宾馆,公共场所,西,西街4号
B1,一小,学校卫生,东,东街5号
B2,二小,学校卫生；公共场所,西,西街6号
"""
TASKS = ["GGCS/A1", "GGCS/A2", "GGCS/A3", "GGCS/A4", "GGCS/B2", "XXWS/B1", "XXWS/B2"]
FAST = ("--format", "csv")
"""One format: what is published is the same, and csv is the quickest."""


def drawn(county: County, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Everybody is drawn on 8 May 2023."""
    clock = Clock(monkeypatch)
    county.write("rosters/subjects.csv", ADDRESSES)
    county.plan(("ratio: 50%}\n  - {code: X", "ratio: 100%}\n  - {code: X"), ("ratio: 50%}\n", "ratio: 100%}\n"))
    clock("2023-05-08T09:00")
    done = county.ssj("draw", "--seed", "1", "--no-sheets")
    assert done.code == 0, done.err
    clock("2023-05-09T16:00")
    return clock


def record(county: County, task: str, *settings: str, outcome: str = "未发现问题") -> None:
    """A result, found on 9 May in the morning."""
    words = [word for setting in settings for word in ("--set", setting)]
    ended = ["--check-ended", "2023-05-09T09:30", "--outcome", outcome] if outcome else []
    done = county.ssj("record", "--task", task, *ended, *words)
    assert done.code == 0, done.err


def penalise(county: County, task: str, number: int = 1) -> None:
    """A penalty, decided on 9 May."""
    record(
        county,
        task,
        "存在的主要问题=未取得卫生许可证",
        "立案日期=2023-05-09",
        f"立案编号=测卫立〔2023〕{number}号",
        "处罚决定日期=2023-05-09",
        f"处罚决定书文号=测卫罚〔2023〕{number}号",
        "罚款金额=2000",
        outcome="行政处罚",
    )


def publish(county: County, *words: str) -> Any:
    """The JSON answer of ``ssj publish``; fails where it is refused."""
    done = county.ssj("publish", *words, "--json")
    assert done.code == 0, done.out + done.err
    return done.json


def refused(county: County, *words: str) -> Answer:
    """A refusal that wrote nothing."""
    before = county.files()
    done = county.ssj("publish", *words)
    assert county.files() == before
    return done


def public(county: County) -> dict[str, bytes]:
    """The public folder."""
    folder = county.dossier / "public"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def events(county: County) -> list[dict[str, Any]]:
    """The ledger's events."""
    return [json.loads(line)["event"] for line in (county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
