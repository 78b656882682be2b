"""When no lawful teams exist, or loads cannot be even, the certificate is told in words."""

from tests.conftest import INSPECTORS, County

ALL = (("公共场所, ratio: 50%", "公共场所, ratio: 100%"), ("学校卫生, ratio: 50%", "学校卫生, ratio: 100%"))


def test_caps_that_cannot_carry_the_draw_are_named_with_what_lacks(county: County) -> None:
    county.write("rosters/inspectors.csv", INSPECTORS.replace("东,,", "东,1,").replace("西,,", "西,1,"))
    county.plan(*ALL)
    before = county.files()

    answer = county.ssj("draw", "--seed", "1")

    assert answer.code == 3
    assert "抽中的检查排不出合法的检查组，没有写入任何内容。" in answer.err
    assert (
        "“公共场所”4 次检查，“公共场所、学校卫生”1 次检查（二小），“学校卫生”1 次检查（一小）有 12 人次只有"
        "监督员01、监督员02、监督员03、监督员04能去，而他们最多还能承担 4 人次，缺 8 人次。"
    ) in answer.err
    assert county.files() == before


def test_a_subject_that_no_team_may_visit_stops_the_draw_whatever_the_seed(county: County) -> None:
    county.write("rosters/conflicts.csv", "执法证号,对象编号,原因\nP1,B1,亲属\nP2,B1,亲属\nP3,B1,亲属\n")

    for seed in "1234":
        answer = county.ssj("draw", "--seed", seed)
        assert answer.code == 1
        assert (
            "rosters/subjects.csv，第6行，“单位名称”列（B列）：“一小”除去回避、区域等限制，只有 1 人可派，"
            "检查组需要 2 人。请补充人员，或经批准把它写进方案的 exclude。"
        ) in answer.err


def test_programs_get_the_shortage_in_figures(county: County) -> None:
    county.write("rosters/inspectors.csv", INSPECTORS.replace("东,,", "东,1,").replace("西,,", "西,1,"))
    county.plan(*ALL)

    answer = county.ssj("draw", "--seed", "1", "--json")

    assert (answer.code, answer.json["error"]) == (3, "infeasible")
    shortage = answer.json["shortages"][0]
    assert (shortage["inspectors"], shortage["places"], shortage["room"], shortage["lacking"]) == (
        ["P1", "P2", "P3", "P4"],
        12,
        4,
        8,
    )
    assert {"strata": ["XXWS"], "visits": 1, "places": 2, "subjects": ["B1"]} in shortage["strata"]


def test_an_uneven_load_that_nobody_can_share_is_explained(county: County) -> None:
    only = INSPECTORS.replace("P1,监督员01,公共场所；学校卫生", "P1,监督员01,学校卫生").replace(
        "P2,监督员02,公共场所；学校卫生", "P2,监督员02,学校卫生"
    )
    county.write("rosters/inspectors.csv", only)
    county.plan(*ALL)

    answer = county.ssj("draw", "--seed", "1", "--no-sheets")

    assert answer.code == 0
    assert "任务不均有据：“公共场所”" in answer.out
    assert "只能由监督员03、监督员04承担，别人不能分担（每人最多 5 次，其余人员最少 2 次）" in answer.out


def test_the_sheets_and_draw_json_carry_the_same_explanation(county: County) -> None:
    only = INSPECTORS.replace("P1,监督员01,公共场所；学校卫生", "P1,监督员01,学校卫生").replace(
        "P2,监督员02,公共场所；学校卫生", "P2,监督员02,学校卫生"
    )
    county.write("rosters/inspectors.csv", only)
    county.plan(*ALL)

    answer = county.ssj("draw", "--seed", "1", "--no-sheets", "--json").json

    proof = answer["unevenness"][0]
    assert proof["inspectors"] == ["P3", "P4"]
    assert proof["places"] == sum(answer["loads"][i] for i in ("P3", "P4"))
    assert "只能由监督员03、监督员04承担" in proof["explanation"]


def test_an_even_draw_explains_nothing(county: County) -> None:
    assert county.ssj("draw", "--seed", "1", "--no-sheets", "--json").json["unevenness"] == []
