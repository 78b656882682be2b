"""The notice of the draw: variables and tables, exactly."""

import hashlib

import pytest

from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.disclosure import draw
from tests.conftest import County
from tests.publish.matters import everything, headings, matter

PEOPLE = """\
对象编号,单位名称,专业,区域,地址,法定代表人,联系人,联系电话,状态
A1,张三,公共场所,东,东街1号,张三,张三,13800000001,
A2,乙宾馆,公共场所,西,西街2号,李四,王五,13800000002,
110101199003070011,丙宾馆,公共场所,东,东街3号,,,,
13800000003,丁宾馆,公共场所,西,西街4号,,,138-0000-0003,
13012900005,戊宾馆,公共场所,西,西街5号,,,,
A6,赵六,公共场所,西,西街6号,,,,停业
B1,一小,学校卫生,东,东街5号,,,,
"""


def drawn(county: County, *more: str) -> None:
    county.plan(("ratio: 50%}\n  - {code: X", "ratio: 100%}\n  - {code: X"), more="".join(more))
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0


def test_the_draw_says_by_which_seed_out_of_which_pool_and_how_to_check_it(county: County) -> None:
    drawn(county)

    notice = draw.notice(matter(county))

    said = notice.variables
    assert notice.title == "2023年测试县卫生健康局随机监督抽查任务抽取结果的公示"
    assert said["seed_line"] == "ssj1|seed|T-2023|given:1"
    assert said["seed"] == hashlib.sha256(b"ssj1|seed|T-2023|given:1").hexdigest()
    assert (said["grade"], said["grade_text"]) == ("given", "人工给定：由现场人员输入")
    assert (said["tasks_total"], said["subjects_total"], said["ledger_line"]) == (6, 6, 2)
    assert said["strata_text"] == "公共场所5家、学校卫生1家"
    pool = county.dossier / "pool"
    assert said["pool_digest"] == hashlib.sha256((pool / "SHA256SUMS").read_bytes()).hexdigest()
    commands = {check["command"]: check["expect"] for check in said["checks"]}
    assert commands["sha256sum SHA256SUMS"] == said["pool_digest"]
    assert commands["printf '%s' 'ssj1|seed|T-2023|given:1' | sha256sum"] == said["seed"]
    ticket = next(command for command in commands if "|object|" in command)
    text = ticket.split("'")[3]
    tickets = {row[3] for row in county.read("result/tickets.csv")}
    assert hashlib.sha256(text.encode()).hexdigest() in tickets


def test_its_tables_are_the_subjects_and_the_strata(county: County) -> None:
    drawn(county)

    rows, strata = draw.notice(matter(county)).tables

    assert headings(rows) == ["序号", "任务编号", "抽查层", "单位名称", "区域"]
    assert sorted(row[1:] for row in rows.rows)[:2] == [
        ("GGCS/A1", "公共场所", "甲宾馆", "东"),
        ("GGCS/A2", "公共场所", "乙宾馆", "西"),
    ]
    assert [row[1] for row in rows.rows] == [row[0] for row in county.read("result/tasks.csv")]
    assert headings(strata) == [*("序号", "代码", "抽查层", "名册家数", "其中必查", "抽查比例", "应抽家数", "抽中家数")]
    assert strata.rows == [
        ("1", "GGCS", "公共场所", "5", "0", "100%", "5", "5"),
        ("2", "XXWS", "学校卫生", "2", "0", "50%", "1", "1"),
    ]


def test_persons_names_areas_and_private_ids_are_not_in_it(county: County) -> None:
    county.write("rosters/subjects.csv", PEOPLE)
    drawn(county)

    notice = draw.notice(matter(county))

    rows = {row[3]: (row[1], row[4]) for row in notice.tables[0].rows}
    assert rows == {
        "张某": ("GGCS/A1", "/"),
        "乙宾馆": ("GGCS/A2", "西"),
        "丙宾馆": ("GGCS/（已隐去）", "东"),
        "丁宾馆": ("GGCS/（已隐去）", "西"),
        "戊宾馆": ("GGCS/13012900005", "西"),
        "一小": ("XXWS/B1", "东"),
    }
    assert notice.variables["excluded"] == [
        {"number": "1", "stratum_name": "公共场所", "name": "赵某", "reason": "状态：停业"}
    ]
    for private in ("张三", "赵六", "110101199003070011", "13800000003"):
        assert private not in everything(notice.variables)


@pytest.mark.parametrize(("disclosure", "shown"), [("codes", {"P1", "P2", "P3", "P4"}), ("names", {"监督员01"})])
def test_teams_are_shown_only_as_the_plan_allows(county: County, disclosure: str, shown: set[str]) -> None:
    drawn(county, f"disclosure: {{inspectors: {disclosure}}}\n")

    notice = draw.notice(matter(county))

    assert notice.variables["shows_teams"] is True
    assert headings(notice.tables[2]) == ["序号", "检查编号", "单位名称", "检查人员"]
    assert shown <= {who for row in notice.tables[2].rows for who in row[3].split("、")}
    assert ("监督员" in everything(notice.variables)) == (disclosure == "names")


def test_hidden_teams_are_nowhere(county: County) -> None:
    drawn(county)

    notice = draw.notice(matter(county))

    assert (notice.variables["shows_teams"], notice.variables["teams"]) == (False, [])
    assert "监督员" not in everything(notice.variables)
    assert len(notice.tables) == 2


def test_a_draw_that_was_voided_before_is_named(county: County) -> None:
    drawn(county)
    voided = county.ssj("draw", "--void", "--reason", "名册有误，13800000000", "--document", "测卫〔2023〕9号")
    assert voided.code == 0, voided.err
    county.ssj("draw", "--seed", "2", "--no-sheets")

    [row] = draw.notice(matter(county, number=2)).variables["voided"]

    assert (row["seed_line"], row["document_no"]) == ("ssj1|seed|T-2023|given:1", "测卫〔2023〕9号")
    assert row["reason"] == "名册有误，（已隐去）"
    assert draw.notice(matter(county, number=2)).title.endswith("（第2次）")


def test_without_a_draw_there_is_no_notice_of_it(county: County) -> None:
    with pytest.raises(Refusal) as refused:
        draw.notice(matter(county))

    assert refused.value.code == "nothing-drawn"
