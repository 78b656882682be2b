"""A year with everything in it, made once by the command line: what tests of verification take apart.

A draw that was voided, the draw in force, two received lists of which one was taken back, a recusal, replacements
(carried out, taken back), a closed task, results with a correction and a penalty, and notices of every kind.
"""

import contextlib
import io
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from shuangsuiji.cli.main import run
from tests.conftest import ITEMS, PLAN, REPOSITORY, SUBJECTS

LIST = """\
单位名称,抽查任务,检查人员
青禾县人民医院,医疗卫生,监督员06、监督员09
青禾县人民医院,传染病防治,监督员06、监督员09
某某已注销诊所,医疗卫生,监督员06、监督员09
"""
MISTAKE = """\
单位名称,抽查任务,检查人员
青禾县第二人民医院,医疗卫生,监督员06、监督员09
"""
LEVELS = ("青禾县卫生健康局", "市卫生健康委", "省卫生健康委综合监督处")
FAST = ("--format", "csv")
ONE_MORE = "- {执法证号: '13012900103', 对象编号: QH00002, 原因: 亲属}\n"
NUMBERS = ("ssq:2023099:010512182633+09", "dlt:23098:0311192735+0208")
FEW_CAN = """\
执法证号,姓名,专业,主办,区域,任务上限,证件有效期
P1,监督员01,公共场所；学校卫生,是,东,,2030-01-01
P2,监督员02,公共场所；学校卫生,否,西,,2030-01-01
P3,监督员03,学校卫生,否,东,,2030-01-01
P4,监督员04,学校卫生,是,西,,2030-01-01
"""
"""Only two may go to hotels: their load cannot be shared."""
SEALED = """\
seed: {mode: public, sources: [ssq:2023099, dlt:23098], known_on: 2023-09-15, sealed: true}
"""


class Story:
    """A workspace in which commands follow one another, each at its time; chance is counted off."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch):
        self.root, self._patch, self._drawn = root, patch, 0
        patch.setenv("SSJ_BY", "经办人")
        patch.setattr("shuangsuiji.cli.options.secrets.token_hex", self._chance)

    @property
    def dossier(self) -> Path:
        return self.root / "plans" / "2023"

    def at(self, moment: str) -> None:
        now = datetime.fromisoformat(f"{moment}+08:00")
        self._patch.setattr("shuangsuiji.cli.clock.now", lambda: now)

    def ssj(self, *words: str) -> Any:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run([words[0], *words[1:], "-C", str(self.root), "--json"])
        assert code == 0, (words, out.getvalue(), err.getvalue())
        return json.loads(out.getvalue())

    def team(self, visit: str, folder: str = "result") -> list[str]:
        lines = (self.dossier / folder / "teams.csv").read_text("utf-8").splitlines()
        return [row.split(",")[1] for row in lines if row.split(",")[0] == visit]

    def tasks(self, folder: str = "result") -> list[str]:
        lines = (self.dossier / folder / "tasks.csv").read_text("utf-8").splitlines()
        return [row.split(",")[0] for row in lines[1:]]

    def write(self, name: str, text: str) -> str:
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def found(self, task: str, outcome: str, *settings: str) -> None:
        words = [word for setting in settings for word in ("--set", setting)]
        self.ssj("record", "--task", task, "--check-ended", "2023-06-01T09:30", "--outcome", outcome, *words)

    def _chance(self, size: int) -> str:
        self._drawn += 1
        return f"{self._drawn:0{2 * size}x}"


def county(root: Path) -> Path:
    """A copy of the county that the repository ships, with rosters of its own: the lines of the year depend on them."""
    for folder in ("rosters", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    shutil.copytree(Path(__file__).parent / "rosters", root / "rosters", dirs_exist_ok=True)
    (root / "plans").mkdir()
    shutil.copy(REPOSITORY / "plans" / "2023.yaml", root / "plans")
    return root


def golden_year(story: Story) -> None:  # noqa: PLR0915 - a year is long
    """The year itself."""
    story.at("2023-05-04T09:00:00")
    story.ssj("publish", "plan", *FAST)
    story.ssj("draw", "--no-sheets")
    story.ssj("publish", "draw", "--format", "html,csv")
    story.at("2023-05-08T09:00:00")
    story.ssj("draw", "--void", "--reason", "漏登一项利害关系", "--document", "青卫〔2023〕8号")
    conflicts = story.root / "rosters" / "conflicts.yaml"
    conflicts.write_text(conflicts.read_text("utf-8") + ONE_MORE, encoding="utf-8")
    story.at("2023-05-09T10:00:00")
    story.ssj("draw", "--no-sheets")
    story.ssj("note", "issued", "--title", "电话下达")
    story.ssj("publish", "draw", "--format", "html,csv")
    story.at("2023-05-10T09:00:00")
    by = ("--drawn-by", "省卫生健康委", "--no-sheets", "--document")
    story.ssj("receive", story.write("省抽.csv", LIST), *by, "省卫〔2023〕6号")
    story.ssj("receive", story.write("误收.csv", MISTAKE), *by, "省卫〔2023〕7号")
    story.at("2023-05-11T09:00:00")
    story.ssj("receive", "--void", "R2", "--reason", "不是本县的清单", "--document", "青卫〔2023〕9号")

    story.at("2023-05-12T09:00:00")
    leaves = min(story.team("QH00001"))
    story.ssj(
        "adjust", "recuse", "--visit", "QH00001", "--inspector", leaves, "--asked-by", "firm", "--reason", "亲属"
    )  # fmt: skip
    hospital = next(task.split("/")[2] for task in story.tasks("received/R1") if "X0001" not in task)
    story.at("2023-05-15T09:00:00")
    story.ssj(
        "adjust", "recuse", "--visit", f"R1/{hospital}", "--inspector", story.team(f"R1/{hospital}", "received/R1")[0],
        "--asked-by", "inspector", "--reason", "曾在该单位任职",
    )  # fmt: skip
    story.at("2023-05-20T09:00:00")
    story.ssj(
        "adjust", "replace", "--inspector", "13012900116", "--why", "illness", "--reason", "住院",
        "--approval", f"{LEVELS[0]}=青卫〔2023〕11号@2023-05-19",
    )  # fmt: skip
    story.at("2023-05-22T09:00:00")
    story.ssj(
        "adjust", "approve", "A1", "--level", LEVELS[1], "--document", "市卫〔2023〕20号", "--on", "2023-05-20"
    )  # fmt: skip
    story.ssj("adjust", "approve", "A1", "--level", LEVELS[2], "--document", "省卫〔2023〕5号", "--on", "2023-05-21")
    story.at("2023-05-23T09:00:00")
    story.ssj(
        "adjust", "replace", "--inspector", "13012900101", "--why", "other", "--reason", "出差",
        "--excess-document", "市卫〔2023〕21号",
    )  # fmt: skip
    story.ssj("adjust", "withdraw", "A2", "--reason", "已返回")
    story.ssj(
        "adjust", "void", "--task", "R1/YLWS/X0001", "--why", "duplicate", "--reason", "重卡",
        "--document", "省卫〔2023〕9号",
    )  # fmt: skip
    story.ssj("publish", "adjustments", *FAST)

    first, second, third, fourth, fifth = story.tasks()[:5]
    story.at("2023-06-01T17:00:00")
    story.found(first, "未发现问题")
    story.found(
        second, "发现问题已责令改正", "存在的主要问题=未公示许可证", "责令改正日期=2023-06-01", "改正期限=2023-06-15"
    )  # fmt: skip
    story.found(
        third, "行政处罚", "存在的主要问题=未取得许可证", "立案日期=2023-06-01", "立案编号=青卫立〔2023〕1号",
        "处罚决定日期=2023-06-01", "处罚决定书文号=青卫罚〔2023〕1号", "罚款金额=2000",
    )  # fmt: skip
    story.ssj("publish", "results", *FAST)
    story.ssj("publish", "penalties", *FAST)
    story.at("2023-06-05T09:00:00")
    story.ssj("record", "--task", second, "--set", "存在的主要问题=未公示许可证，台账不全")
    story.ssj("publish", "results", "--correct", "results-1", "--reason", "补充问题", *FAST)
    story.ssj("publish", "results", "--notice", "results-1", "--at", "https://example.cn/r1")
    story.at("2023-06-06T09:00:00")
    story.ssj("record", "--task", third, "--set", "处罚变更或撤销日期=2023-06-06")
    story.ssj("publish", "penalties", "--withdraw", third, "--reason", "复议撤销", *FAST)
    story.found(fourth, "未发现问题")
    story.ssj("publish", "results", *FAST)
    story.ssj(
        "record", "--otherwise", "投诉", "--subject", "QH00500", "--stratum", "GGCS", "--document", "诉1号",
        "--inspector", "13012900101", "--inspector", "13012900104",
    )  # fmt: skip
    story.ssj("note", "training", "--title", "业务培训", "--people", "15")
    story.found(fifth, "无法联系", "结果细类=已搬迁")


def sealed_year(story: Story) -> None:
    """A small county with a public seed and a key: sealed, void, sealed again, drawn, a few days later revealed."""
    text = PLAN.replace("ratio: 50%", "ratio: 100%") + SEALED
    for name, content in (("subjects", SUBJECTS), ("inspectors", FEW_CAN), ("items", ITEMS)):
        story.write(f"rosters/{name}.csv", content)
    story.write("plans/2023.yaml", text)
    story.at("2023-07-20T09:00:00")
    story.ssj("seal")
    story.at("2023-07-21T09:00:00")
    story.ssj("seal", "--void", "--reason", "漏列一家宾馆", "--document", "测卫〔2023〕3号")
    story.write("rosters/subjects.csv", SUBJECTS + "A5,戊宾馆,公共场所,东\n")
    story.at("2023-08-01T09:00:00")
    story.ssj("seal")
    story.at("2023-09-16T09:00:00")
    story.ssj("draw", "--no-sheets", "--source", NUMBERS[0], "--source", NUMBERS[1])
    story.at("2023-11-01T09:00:00")
    story.ssj("seal", "--reveal")


def read(folder: Path) -> dict[str, bytes]:
    """A dossier as the verifier takes it."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@contextlib.contextmanager
def told(root: Path, *, empty: bool = False) -> Iterator[Story]:
    """A story in a fresh county, the sample or an empty one."""
    if empty:
        for folder in ("rosters", "plans"):
            (root / folder).mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        yield Story(root if empty else county(root), patch)
