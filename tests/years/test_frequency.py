"""Caps per firm and year: what counts, who is exempt, who is left out and where that is told."""

import pytest

from tests.conftest import County

SUBJECTS = """\
对象编号,单位名称,专业,信用风险等级,必查原因
A1,甲宾馆,公共场所,高,
A2,乙宾馆,公共场所,低,
A3,丙宾馆,公共场所；学校卫生,低,上年受过处罚
A4,丁宾馆,公共场所,低,
A5,戊宾馆,公共场所；学校卫生,低,
"""
TEAM = ("--inspector", "P1", "--inspector", "P2")


@pytest.fixture
def second(county: County) -> County:
    """A first draw of 2023 took everybody; plans/2023-2.yaml is a second one, of which the tests are."""
    county.write("rosters/subjects.csv", SUBJECTS)
    county.plan(("50%", "100%"))
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    return county


def check(county: County, frequency: str) -> dict:
    text = (county.root / "plans/2023.yaml").read_text("utf-8").replace("T-2023", "T-2023-2")
    county.write("plans/2023-2.yaml", text.replace("100%", "1%") + frequency)
    answer = county.ssj("check", "--plan", "2023-2", "--json").json
    return dict(answer["left_out"])


def who(found: dict) -> list[str]:
    return [f"{one['stratum']}/{one['subject']}" for one in found["subjects"]]


def visit(county: County, basis: str, subject: str = "A2", document: str = "文〔2023〕1号") -> None:
    words = ("--subject", subject, "--stratum", "GGCS", "--document", document, "--on", "2023-05-10")
    answer = county.ssj("record", "--plan", "2023-2", "--otherwise", basis, *words, *TEAM)
    assert answer.code == 0, answer.err


ALL = ["GGCS/A1", "GGCS/A2", "GGCS/A3", "GGCS/A4", "GGCS/A5", "XXWS/A3", "XXWS/A5"]


def test_by_default_one_visit_a_year_and_it_is_told_who_is_left_out_and_why(second: County) -> None:
    found = check(second, "")

    assert who(found) == ALL
    assert found["groups"] == {"closed": 0, "exclude": 0, "frequency": 7}
    assert {one["reason"] for one in found["subjects"]} == {"本年度已抽取：T-2023"}
    assert found["exempt"] == []
    shown = second.ssj("check", "--plan", "2023-2").out
    assert "频次已满 7 家：本年度已抽取：T-2023（甲宾馆、乙宾馆、丙宾馆等）" in shown


def test_a_higher_risk_may_be_visited_more_often(second: County) -> None:
    assert who(check(second, "frequency: {by_grade: {高: 4}}\n")) == ALL[1:]
    assert who(check(second, "frequency: {per_year: 2, by_grade: {高: 1}}\n")) == ["GGCS/A1"]


def test_a_grade_may_be_named_by_the_code_that_a_stratum_gives_it(second: County) -> None:
    graded = "by_grade: {D: {grade: 高, ratio: 100%}, A: {grade: 低, ratio: 100%}}"
    second.plan(("{code: GGCS, name: 公共场所, ratio: 50%}", f"{{code: GGCS, name: 公共场所, {graded}}}"))

    found = check(second, "frequency: {by_grade: {D: 4}}\n")

    assert "GGCS-D/A1" not in who(found)
    assert "GGCS-A/A2" in who(found)


def test_a_merged_visit_of_two_strata_counts_once_and_separate_ones_twice(second: County) -> None:
    assert who(check(second, "frequency: {per_year: 2}\n")) == []

    second.plan(("50%", "100%"), more="visits: separate\n")
    voided = second.ssj("draw", "--plan", "2023", "--void", "--reason", "方案改动", "--document", "文〔2023〕2号")
    assert voided.code == 0, voided.err
    second.write("plans/2023.yaml", (second.root / "plans/2023.yaml").read_text("utf-8").replace("T-2023", "T-2023-B"))
    assert second.ssj("draw", "--plan", "2023", "--seed", "1", "--no-sheets").code == 0
    text = (second.root / "plans/2023.yaml").read_text("utf-8")
    second.write("plans/2023-2.yaml", text.replace("T-2023-B", "T-2023-2") + "frequency: {per_year: 2}\n")
    left_out = second.ssj("check", "--plan", "2023-2", "--json").json["left_out"]["subjects"]

    assert {(one["subject"], one["reason"]) for one in left_out} == {
        ("A3", "本年度已抽取：T-2023-B 2次；每年不超过2次"),
        ("A5", "本年度已抽取：T-2023-B 2次；每年不超过2次"),
    }


def test_a_task_that_the_superior_closed_unvisited_does_not_count(second: County) -> None:
    words = ("--why", "duplicate", "--reason", "重复建档", "--document", "省卫〔2023〕9号")
    assert second.ssj("adjust", "void", "--plan", "2023", "--task", "GGCS/A2", *words).code == 0

    assert "GGCS/A2" not in who(check(second, ""))


def test_a_stratum_whose_subjects_have_all_had_their_share_says_so(second: County) -> None:
    text = (second.root / "plans/2023.yaml").read_text("utf-8").replace("T-2023", "T-2023-2")
    second.write("plans/2023-2.yaml", text)

    answer = second.ssj("check", "--plan", "2023-2")

    assert answer.code == 1
    assert "“公共场所”这一层的 5 家都不参加抽取（本年度检查次数已满5家次），没有可抽的。" in answer.err


@pytest.mark.parametrize(
    ("basis", "counts", "is_out"),
    [
        ("专项", "", True),
        ("投诉", "", False),
        ("投诉", ", counts: [drawn, received, otherwise]", True),
        ("投诉", ", counts: complaint", True),
        ("专项", ", counts: [drawn, received]", False),
    ],
)
def test_visits_outside_the_draw_count_as_the_plan_says(county: County, basis: str, counts: str, is_out: bool) -> None:
    county.write("rosters/subjects.csv", SUBJECTS)
    county.plan()
    check(county, f"frequency: {{per_year: 1{counts}}}\n")
    visit(county, basis)

    found = check(county, f"frequency: {{per_year: 1{counts}}}\n")

    assert who(found) == (["GGCS/A2"] if is_out else [])
    # Public: it does not say that somebody complained of the firm.
    told = "N1（专项）" if basis == "专项" else "N1"
    assert [one["reason"] for one in found["subjects"]] == ([f"本年度已检查：{told}"] if is_out else [])


def test_draws_may_be_left_uncounted(second: County) -> None:
    assert who(check(second, "frequency: {counts: received}\n")) == []


@pytest.mark.parametrize(
    ("exempt", "in_all_the_same"),
    [
        ("must", {"GGCS/A3": "必查", "XXWS/A3": "必查"}),
        ("XXWS", {"XXWS/A3": "本层不限频次", "XXWS/A5": "本层不限频次"}),
        ("免限.csv", {"GGCS/A4": "列入免限.csv"}),
    ],
)
def test_who_is_exempt_stays_in_and_is_told(second: County, exempt: str, in_all_the_same: dict[str, str]) -> None:
    second.write("免限.csv", "对象编号\nA4\n")

    found = check(second, f"frequency: {{exempt: {exempt}}}\n")

    assert who(found) == [name for name in ALL if name not in in_all_the_same]
    assert {f"{one['stratum']}/{one['subject']}": one["reason"] for one in found["exempt"]} == in_all_the_same
    assert "因免限照常参加" in second.ssj("check", "--plan", "2023-2").out


@pytest.mark.parametrize(
    ("frequency", "said"),
    [
        ("{per_year: 0}", "“frequency → per_year”是 0，不能小于 1。"),
        ("{per_yer: 1}", "不认识“frequency → per_yer”这一项。是不是想写“per_year”？"),
        ("{by_grade: {D: 很多}}", "“frequency → by_grade → D”应是整数，现在是“很多”。"),
        ("{counts: [drawn, visits]}", "“frequency → counts → 第2项”不能是“visits”。"),
        ("{exempt: [must, XXW]}", "frequency.exempt 里的“XXW”不认识。可以写 must（必查单位）、层代码（GGCS、XXWS）"),
    ],
)
def test_what_is_wrong_with_the_rule_is_said_in_one_sentence(county: County, frequency: str, said: str) -> None:
    county.plan(more=f"frequency: {frequency}\n")

    answer = county.ssj("check")

    assert answer.code == 1
    assert said in answer.err
    assert "第9行" in answer.err


def test_a_list_of_the_exempt_that_is_not_there_is_told(county: County) -> None:
    county.plan(more="frequency: {exempt: 免限.csv}\n")

    assert "免限.csv" in county.ssj("check").err


def test_the_published_plan_and_draw_tell_caps_exemptions_and_how_many_are_left_out(second: County) -> None:
    check(second, "frequency: {by_grade: {高: 4}, exempt: [must, XXWS]}\n")
    assert second.ssj("draw", "--plan", "2023-2", "--seed", "2", "--no-sheets").code == 0

    assert second.ssj("publish", "plan", "--plan", "2023-2", "--format", "html").code == 0
    assert second.ssj("publish", "draw", "--plan", "2023-2", "--format", "html").code == 0

    plan = (second.root / "plans/2023-2/public/plan-1.html").read_text("utf-8")
    assert "同一单位一年内随机抽查（含专项检查）不超过1次，其中信用风险等级为高的不超过4次。" in plan
    assert "下列单位和抽查任务不受上述次数限制：列明必查原因的单位、学校卫生。" in plan
    draw = (second.root / "plans/2023-2/public/draw-1.html").read_text("utf-8")
    assert "按规则不参加抽取的有3家次：本年度检查次数已满3家次，名单和原因见附件3。" in draw
    excluded = (second.root / "plans/2023-2/pool/excluded.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(",")[1] for line in excluded] == ["A2", "A4", "A5"]
