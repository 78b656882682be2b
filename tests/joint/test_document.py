"""``docs/joint.md`` is true: its plan is read and drawn as it stands, and what it says of files is so."""

from shuangsuiji.core.plan.departments import called
from shuangsuiji.files.plan import read_plan
from tests.conftest import County
from tests.joint.conftest import DOCUMENT, MARKET, OURS, replan


def test_the_plan_of_the_document_is_read_as_it_stands(joint: County) -> None:
    intent, problems = read_plan(joint.root / "plans/2023.yaml", "plans/2023.yaml")

    assert problems == []
    assert intent
    assert intent.plan.strata[0].departments == {"WJ": 2, "SJ": 1}
    assert called(intent.plan) == {"WJ": "青禾县卫生健康局", "SJ": "青禾县市场监督管理局"}
    assert intent.plan.departments["SJ"].inspectors == "rosters/inspectors-SJ.csv"


def test_the_short_form_finds_the_same_files_by_their_names(joint: County) -> None:
    long = joint.ssj("check", "--json").json
    start = DOCUMENT.index("departments:\n  SJ:")
    block = DOCUMENT[start : DOCUMENT.index("```", start)]

    replan(joint, (block, "departments: {SJ: 青禾县市场监督管理局}\n"))

    short = joint.ssj("check", "--json").json
    assert short["strata"][0]["departments"] == {
        "WJ": {"places": 2, "inspectors": 5},
        "SJ": {"places": 1, "inspectors": 3},
    }
    assert (short["ok"], short["strata"]) == (long["ok"], long["strata"])


def test_without_a_file_of_their_own_they_stand_in_the_common_roster(joint: County) -> None:
    start = DOCUMENT.index("departments:\n  SJ:")
    replan(joint, (DOCUMENT[start : DOCUMENT.index("```", start)], "departments: {SJ: 青禾县市场监督管理局}\n"))
    (joint.root / "rosters/inspectors-SJ.csv").unlink()
    heading, *ours = OURS.splitlines()
    theirs = [line.split(",") for line in MARKET.splitlines()[1:]]
    rows = [f"{heading},所属部门", *(f"{line}," for line in ours)]
    rows += [f"{i},{name},公共场所,{lead},{area},SJ" for i, name, _, _, lead, area in theirs]
    joint.write("rosters/inspectors.csv", "\n".join(rows) + "\n")

    checked = joint.ssj("check", "--json").json

    assert checked["strata"][0]["departments"]["SJ"] == {"places": 1, "inspectors": 3}


def test_the_table_of_check_shows_each_department_apart(joint: County) -> None:
    assert "WJ 5、SJ 3" in joint.ssj("check").out


def test_the_draft_of_a_new_plan_shows_both_forms() -> None:
    from shuangsuiji.files import starter  # noqa: PLC0415

    text = starter.empty(2026)["plans/2026.yaml"].decode("utf-8-sig")

    assert "departments: {SCJG: {name: 某某县市场监督管理局, inspectors: rosters/inspectors-SCJG.xlsx}}" in text
    assert "简写 {SCJG: 某某县市场监督管理局}" in text
