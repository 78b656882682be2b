"""The quality of the roster: each finding fires where it should and keeps silent where it should not."""

import io
import re
from fractions import Fraction

import openpyxl
import pytest

from shuangsuiji.core.quality.judging import _last_visit
from shuangsuiji.core.quality.measures import FULL, KINDS, MEASURES, PAIRS, score, shown
from shuangsuiji.core.roster.subject import subjects
from shuangsuiji.core.table import Table
from tests.conftest import County

GOOD = {
    "对象编号": "A1",
    "单位名称": "甲宾馆",
    "专业": "公共场所",
    "统一社会信用代码": "91990129QH0000101P",
    "地址": "东风路1号",
    "联系电话": "0000-0000001",
    "许可证号": "第0001号",
    "许可证有效期": "2028-05-06",
    "上次检查日期": "2022-06-17",
    "登记日期": "2015-09-29",
    "状态": "正常",
}
"""A subject of which nothing is found; the plan is judged by 2023-11-30, its last day."""
OTHER = GOOD | {
    "对象编号": "A2",
    "单位名称": "乙理发店",
    "统一社会信用代码": "12990129QH00001020",
    "地址": "建设街2号",
    "许可证号": "第0002号",
}


def roster(county: County, *subjects: dict[str, str], without: str = "") -> None:
    headings = [heading for heading in GOOD if heading != without]
    lines = [",".join(headings), *(",".join(subject[heading] for heading in headings) for subject in subjects)]
    lines.append(lines[-1].replace("公共场所", "学校卫生"))  # so that no stratum is empty
    county.write("rosters/subjects.csv", "\n".join(lines) + "\n")


def found(county: County, *subjects: dict[str, str]) -> list[str]:
    """What is found of 公共场所."""
    roster(county, *subjects)
    quality = county.ssj("check", "--json").json["quality"]
    assert quality["strata"][0]["stratum"] == "GGCS"
    return [kind for kind, number in quality["strata"][0]["found"].items() for _ in range(number)]


def test_of_a_good_roster_nothing_is_found(county: County):
    assert found(county, GOOD, OTHER) == []
    assert county.ssj("check", "--json").json["quality"]["score"] == "100.0"


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"统一社会信用代码": ""}, ["no_code"]),
        ({"统一社会信用代码": "91990129QH00001010"}, ["bad_code"]),
        ({"统一社会信用代码": "91990129QH"}, ["bad_code"]),
        ({"地址": ""}, ["no_address"]),
        ({"联系电话": ""}, ["no_phone"]),
        ({"许可证有效期": "2023-11-29"}, ["licence_lapsed"]),
        ({"许可证有效期": "2023-11-30"}, ["licence_lapsing"]),
        ({"许可证有效期": "2023-12-01"}, []),
        ({"许可证有效期": ""}, []),
        ({"上次检查日期": "2018-11-30"}, ["not_visited"]),
        ({"上次检查日期": "2018-12-01"}, []),
        ({"上次检查日期": "", "登记日期": ""}, ["never_visited"]),
        ({"上次检查日期": "", "登记日期": "2018-11-30"}, ["never_visited"]),
        ({"上次检查日期": "", "登记日期": "2018-12-01"}, []),
        ({"上次检查日期": "2018-11-30", "登记日期": "2022-01-01"}, ["not_visited"]),
        ({"状态": "停业", "地址": ""}, []),
        (
            {"统一社会信用代码": "", "地址": "", "联系电话": "", "许可证有效期": "2020-01-01", "上次检查日期": ""},
            ["no_code", "no_address", "no_phone", "licence_lapsed", "never_visited"],
        ),
    ],
)
def test_each_finding_fires_where_it_should_and_not_elsewhere(county: County, changes, kinds):
    assert found(county, GOOD | changes, OTHER) == kinds


@pytest.mark.parametrize(
    ("changes", "is_twice"),
    [
        ({"许可证号": "第0001号"}, True),
        ({"许可证号": ""}, False),
        ({"统一社会信用代码": GOOD["统一社会信用代码"], "地址": GOOD["地址"]}, True),
        ({"统一社会信用代码": GOOD["统一社会信用代码"], "单位名称": "甲 宾馆"}, True),
        ({"统一社会信用代码": GOOD["统一社会信用代码"], "单位名称": "甲宾馆东关店"}, False),  # a branch
        ({"单位名称": "甲宾馆", "地址": "东风路 1 号"}, True),
        ({"单位名称": "甲宾馆", "地址": "建设街2号"}, False),
        ({"单位名称": "甲宾馆", "地址": "某县东风路1号", "统一社会信用代码": ""}, True),
        ({"单位名称": "甲宾馆", "地址": "某县东风路1号"}, False),  # two codes are two firms
        ({"单位名称": "甲宾馆", "地址": GOOD["地址"]}, True),  # two codes, one of them wrong
        ({"对象编号": "A1", "专业": "消毒产品", "单位名称": "甲宾馆", "许可证号": "第0001号"}, False),  # one subject
    ],
)
def test_what_may_be_there_twice(county: County, changes, is_twice):
    assert ("duplicate" in found(county, GOOD, OTHER | changes)) == is_twice


def test_of_a_crowd_of_one_name_those_at_the_very_same_address_are_found(county: County):
    shops = [
        OTHER
        | {"对象编号": f"S{n}", "单位名称": "便民超市", "地址": f"村{n // 2}", "许可证号": "", "统一社会信用代码": ""}
        for n in range(120)
    ]
    alone = OTHER | {"对象编号": "S999", "单位名称": "便民超市", "地址": "别处", "许可证号": ""}

    assert found(county, GOOD, *shops, alone).count("duplicate") == 120


def test_an_unreadable_date_is_a_problem_and_no_finding(county: County):
    roster(county, GOOD | {"许可证有效期": "2023年底", "上次检查日期": "去年"}, OTHER)
    answer = county.ssj("check", "--json")

    assert answer.code == 1
    assert set(answer.json["quality"]["found"].values()) == {0}


def test_years_of_the_plan_count(county: County):
    county.plan(more="coverage: {years: 3}\n")

    assert found(county, GOOD | {"上次检查日期": "2020-11-30"}, OTHER) == ["not_visited"]
    assert found(county, GOOD | {"上次检查日期": "2020-12-01"}, OTHER) == []


# ── the score ──


def test_who_has_every_finding_is_worth_nothing():
    assert sum(max(MEASURES[kind].weight for kind in pair) for pair in PAIRS) == FULL
    assert sorted(kind for pair in PAIRS for kind in pair) == sorted(KINDS)


def test_a_score_is_exact_and_never_rounded_up():
    assert score({"no_code": 1}, 3) == Fraction(280, 3)
    assert shown(score({"licence_lapsing": 1}, 1_000_000)) == "99.9"
    assert shown(score({}, 5)) == "100.0"
    assert score({}, 0) is None


def test_the_score_can_be_computed_from_what_the_answer_says(county: County):
    roster(county, GOOD | {"地址": "", "联系电话": ""}, OTHER | {"统一社会信用代码": ""}, GOOD | {"对象编号": "A3"})
    quality = county.ssj("check", "--json").json["quality"]

    for share in (quality, *quality["strata"]):
        lost = sum(quality["weights"][kind] * number for kind, number in share["found"].items())
        assert share["score"] == shown(FULL - Fraction(lost, share["subjects"]))
    assert list(quality["weights"]) == list(KINDS)
    assert {key: quality[key] for key in ("as_of", "until", "years", "file")} == {
        "as_of": "2023-11-30",
        "until": "2023-11-30",
        "years": 5,
        "file": None,
    }


def test_quality_alone_does_not_fail_a_check(county: County):
    answer = county.ssj("check")

    assert answer.code == 0
    assert "名册质量（满分 100；各项为家数）：" in answer.out
    assert re.search(r"合计 +│ +35\.0 │ +6 │ +6 │ +6 │ +6 │", answer.out)
    assert "逐条的清单和评分办法：ssj check --quality 名册质量.xlsx。" in answer.out


def test_of_a_plan_that_cannot_be_read_there_is_no_quality(county: County):
    county.write("plans/2023.yaml", "draw: [")

    assert county.ssj("check", "--quality", str(county.root / "q.xlsx"), "--json").json["quality"] is None
    assert not (county.root / "q.xlsx").exists()


# ── the report ──


def report(county: County) -> openpyxl.Workbook:
    path = county.root.parent / "质量.xlsx"
    path.unlink(missing_ok=True)
    answer = county.ssj("check", "--quality", str(path))
    assert answer.code == 0, answer.err
    assert f"质量报告：{path}（内部使用，不得公开）" in answer.out.replace("\n", "")
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def test_the_report_lists_every_finding_with_its_cell_and_what_to_do(county: County):
    roster(
        county,
        GOOD | {"地址": ""},
        OTHER | {"单位名称": "甲宾馆", "许可证号": "", "统一社会信用代码": ""},
        without="联系电话",
    )
    rows = list(report(county)["逐条"].iter_rows(values_only=True))

    assert rows[0][0] == "内部使用，不得公开"
    assert rows[1] == ("项目", "抽查层", "单位名称", "文件", "工作表", "行", "列", "列标题", "问题", "怎么办")
    file = "rosters/subjects.csv"
    assert rows[2] == (
        *("无代码", "GGCS", "甲宾馆", file, None, 3, "D", "统一社会信用代码", "统一社会信用代码空着。"),
        "从营业执照或许可证上查到后补填；确实没有的不用管。",
    )
    assert rows[4][:9] == ("无地址", "GGCS", "甲宾馆", file, None, 2, "E", "地址", "地址空着。")
    assert rows[5][6:10] == (None, "联系电话", "联系电话空着。", "名册没有“联系电话”这一列，请补上。")
    assert [row[8] for row in rows if row[0] == "疑似重复"] == [
        "名称相同，地址不矛盾：第3行“甲宾馆”、第4行“甲宾馆”。",
        "名称相同，地址不矛盾：第2行“甲宾馆”。",
        "名称相同，地址不矛盾：第2行“甲宾馆”。",
    ]


def test_the_report_sums_up_each_stratum_and_says_how_it_scores(county: County):
    roster(county, GOOD | {"地址": "", "联系电话": ""}, OTHER)
    book = report(county)
    page = book["概要"]
    rows = [row for row in page.iter_rows(values_only=True) if any(row)]

    assert book.sheetnames == ["概要", "逐条", "评分办法"]
    assert [rows[0][0], rows[1][0]] == ["检查对象名录库质量报告", "内部使用，不得公开"]
    shares = [row for row in rows if row[0] == "GGCS"]
    assert shares[0][:8] == ("GGCS", "公共场所", 2, 85, "", "", 0.5, 0.5)
    assert shares[1][:8] == ("GGCS", "公共场所", 2, 85, "", "", 1, 1)
    links = {cell.value: cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink}
    assert links == {1: "'逐条'!A4"}
    told = [row[:2] for row in book["评分办法"].iter_rows(values_only=True) if row[1]]
    assert told == [("项目", "扣分"), *((MEASURES[kind].name, MEASURES[kind].weight) for kind in KINDS)]


def test_near_names_are_told_in_the_report_and_cost_nothing(county: County):
    near = OTHER | {"单位名称": "悦来大宾馆", "地址": GOOD["地址"], "统一社会信用代码": ""}
    other = OTHER | {"对象编号": "A3", "许可证号": ""}
    roster(county, GOOD | {"单位名称": "悦来宾馆"}, near, other)
    rows = list(report(county)["逐条"].iter_rows(values_only=True))

    assert [(row[0], row[2], row[8]) for row in rows[3:]] == [
        ("名称相近", "悦来宾馆", "名称相近（89%）：第3行“悦来大宾馆”。"),
        ("名称相近", "悦来大宾馆", "名称相近（89%）：第2行“悦来宾馆”。"),
    ]


def test_the_report_holds_no_telephone_number_and_no_persons_name(county: County):
    text = "对象编号,单位名称,专业,法定代表人,联系人,联系电话\n"
    text += "A1,甲宾馆,公共场所,代表人007,联系人007,13800000007\nA2,乙宾馆,公共场所,代表人007,联系人007,13800000007\n"
    county.write("rosters/subjects.csv", text + "B1,一小,学校卫生,代表人008,联系人008,13800000008\n")
    book = report(county)
    said = "".join(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row)

    assert "甲宾馆" in said
    assert not re.search(r"13800000|代表人00|联系人00", said)


def test_a_name_that_looks_like_a_formula_stays_a_text(county: County):
    roster(county, GOOD | {"单位名称": "=1+1", "地址": ""}, OTHER)

    cell = report(county)["逐条"]["C3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_same_roster_gives_the_same_bytes(county: County):
    for name in ("甲.xlsx", "乙.xlsx"):
        county.ssj("check", "--quality", str(county.root / name))

    assert (county.root / "甲.xlsx").read_bytes() == (county.root / "乙.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("name", "code", "exit_code"),
    [
        ("rosters/q.xlsx", "kept-folder", 2),
        ("plans/2023/q.xlsx", "kept-folder", 2),
        ("templates/q.xlsx", "kept-folder", 2),
        ("q.csv", "not-xlsx", 2),
        ("there.xlsx", "file-exists", 3),
    ],
)
def test_the_report_never_takes_the_place_of_anything(county: County, name, code, exit_code):
    county.write("there.xlsx", "mine")
    before = county.files()
    answer = county.ssj("check", "--quality", str(county.root / name), "--json")

    assert (answer.code, answer.json["error"]) == (exit_code, code)
    assert county.files() == before


def test_a_visit_on_record_counts_like_one_in_the_roster():
    texts = {"单位名称": ["甲"], "专业": ["公共场所"], "对象编号": ["A1"], "上次检查日期": ["2015-01-01"]}
    subject = subjects([Table("s.csv", None, [2], texts, {})], "2023-11-30")[0][0]

    assert _last_visit(subject, {}) == "2015-01-01"
    assert _last_visit(subject, {"A1": "2022-05-09"}) == "2022-05-09"
    assert _last_visit(subject, {"A1": "2011-05-09", "A2": "2022-05-09"}) == "2015-01-01"
