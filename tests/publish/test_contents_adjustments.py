"""The notice of adjustments: what it tells of them, and what it never does."""

import pytest

from shuangsuiji.core.year.disclosure import adjustments
from tests.conftest import County
from tests.publish.matters import everything, headings, matter
from tests.year.returning import Clock

INSPECTORS = "执法证号,姓名,专业,证件有效期\n" + "".join(
    f"P{n},监督员0{n},公共场所；学校卫生,2030-01-01\n" for n in range(1, 9)
)
LEVELS = "adjustment: {limit: 60%, approvals: [县局, 市卫健委]}\n"
PRIVATE = "负责人是其表兄，13800001111"


def run(county: County, *words: str) -> None:
    done = county.ssj("adjust", *words)
    assert done.code == 0, done.err


@pytest.fixture
def adjusted(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """One recusal, one replacement, one task closed."""
    Clock(monkeypatch)("2023-05-08T09:00")
    county.write("rosters/inspectors.csv", INSPECTORS)
    county.plan(more=LEVELS)
    county.ssj("draw", "--seed", "1", "--no-sheets")
    visit, one, _ = county.read("result/teams.csv")[0]
    run(
        county, "recuse", "--visit", visit, "--inspector", one, "--asked-by", "firm", "--reason", PRIVATE, "--seed", "2"
    )
    first = min({row[1] for row in county.read("result/teams.csv")} - {one})
    both = ("--approval", "县局=1号@2023-05-08", "--approval", "市卫健委=2号@2023-05-08")
    run(county, "replace", "--inspector", first, "--why", "illness", "--reason", "骨折住院", *both, "--seed", "3")
    task = county.read("result/tasks.csv")[0][0]
    run(county, "void", "--task", task, "--why", "duplicate", "--reason", "与张三重复", "--document", "省〔2023〕1号")
    return county


def test_every_change_is_a_row_without_people_where_they_are_hidden(adjusted: County) -> None:
    notice = adjustments.notice(matter(adjusted))

    table = notice.tables[0]
    assert notice.title == "2023年测试县卫生健康局随机监督抽查任务调整情况的公示"
    assert headings(table) == [
        *("序号", "类型", "检查（任务）编号", "单位名称", "事由", "批准文书", "日期", "状态", "调整后占比")
    ]
    kinds = {row[1]: row for row in table.rows}
    assert set(kinds) == {"回避", "替换", "任务完结"}
    assert (kinds["回避"][4], kinds["回避"][5], kinds["回避"][8]) == ("依法回避", "/", "不计入")
    assert kinds["替换"][4:6] == ("因病", "县局 1号 2023-05-08；市卫健委 2号 2023-05-08")
    assert kinds["替换"][7] == "已完成（第2轮）"
    assert kinds["任务完结"][4:6] == ("重卡", "省〔2023〕1号")
    assert notice.variables["adjustments_total"] == len(table.rows)
    assert [one["round"] for one in notice.variables["rounds"]] == ["1", "2"]
    assert notice.variables["shares"][0]["name"] == "本方案抽取"


@pytest.mark.parametrize("disclosure", ["hidden", "codes", "names"])
def test_no_reason_in_anybodys_words_and_nobody_who_entered_it(adjusted: County, disclosure: str) -> None:
    adjusted.plan(more=LEVELS + f"disclosure: {{inspectors: {disclosure}}}\n")

    said = everything(adjustments.notice(matter(adjusted)).variables)

    for private in ("表兄", "13800001111", "骨折", "与张三", "经办人", "检查对象申请"):
        assert private not in said


@pytest.mark.parametrize(("disclosure", "start"), [("codes", "P"), ("names", "监督员")])
def test_a_named_inspector_is_not_called_ill(adjusted: County, disclosure: str, start: str) -> None:
    adjusted.plan(more=LEVELS + f"disclosure: {{inspectors: {disclosure}}}\n")

    notice = adjustments.notice(matter(adjusted))

    row = next(row for row in notice.variables["rows"] if row["kind"] == "替换")
    assert row["leaves"].startswith(start)
    assert row["joins"].startswith(start)
    assert row["why"] == "特殊原因"
    assert "因病" not in everything(notice.variables)


def test_where_nothing_was_adjusted_the_notice_says_so_with_no_rows(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")

    notice = adjustments.notice(matter(county))

    assert notice.tables[0].rows == []
    assert (notice.variables["adjustments_total"], notice.variables["rounds"]) == (0, [])
    assert notice.variables["shares"][0]["sentence"].startswith("已替换 0 人，抽取 ")
