"""A joint inspection through its year: one visit, a team per department, one notice, one result, sheets apart."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from shuangsuiji.cli.main import run
from shuangsuiji.core.draw.pool import decode
from tests.conftest import REPOSITORY, Answer, County
from tests.joint.conftest import replan, write
from tests.publish.papers import word_texts
from tests.verify.js import needs_node, verify_js
from tests.verify.opened_year import data_of, open_files
from tests.year.returning import CORRECTION, FINE, PENALTY, Clock, fill, tasks_in

OURS, THEIRS = "WJ_青禾县卫生健康局", "SJ_青禾县市场监督管理局"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace, drawn on 8 May 2023."""
    root = tmp_path_factory.mktemp("joint")
    write(County(root, lambda *_: Answer(0, "", "")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSJ_BY", "经办人")
        Clock(patch)("2023-05-08T09:00")
        assert run(["draw", "-C", str(root), "--seed", "1"]) == 0
    return root


@pytest.fixture
def drawn(once: Path, tmp_path: Path, ssj: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> County:
    """A copy of it on 20 May."""
    root = shutil.copytree(once, tmp_path / "joint")
    Clock(monkeypatch)("2023-05-20T09:00")
    return County(root, lambda *words: ssj(*words, root=root))


def teams(county: County) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for visit, inspector, _ in county.read("result/teams.csv"):
        found.setdefault(visit, []).append(inspector)
    return found


def sheet(county: County, inspector: str) -> Path:
    (path,) = (county.dossier / "sheets").glob(f"*/任务单_{inspector}_*.xlsx")
    return path


def returned(county: County, inspector: str, rows: Mapping[str, Mapping[str, object]]) -> Answer:
    """The workbook of `inspector` comes in with `rows` filled."""
    path = fill(sheet(county, inspector), county.root / "收回" / f"{inspector}.xlsx", rows)
    return county.ssj("record", str(path))


def printed(path: Path) -> str:
    """All texts of a workbook."""
    book = openpyxl.load_workbook(path)
    return "\n".join(str(c) for page in book for row in page.iter_rows(values_only=True) for c in row if c is not None)


def papers(county: County) -> list[str]:
    folder = county.dossier / "sheets"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.xlsx"))


def independently(county: County, program: str) -> str:
    """What a checker that shares no line with us says of the dossier."""
    words = [sys.executable, "-B", str(REPOSITORY / "docs" / program), str(county.dossier)]
    done = subprocess.run(words, check=False, capture_output=True, text=True, encoding="utf-8")
    return done.stdout + done.stderr


# ── sheets ──


def test_each_department_has_a_folder_with_its_own_list_and_only_its_people(drawn: County) -> None:
    members = sorted({i for team in teams(drawn).values() for i in team})

    assert papers(drawn) == sorted(
        [
            "任务清单.xlsx",
            *(f"{folder}/任务清单.xlsx" for folder in (OURS, THEIRS)),
            *(f"{THEIRS}/任务单_{i}_市场0{i[1]}.xlsx" for i in members if i.startswith("S")),
            *(f"{OURS}/任务单_{i}_卫生0{i[1]}.xlsx" for i in members if i.startswith("W")),
        ]
    )


def test_what_is_sent_to_a_department_shows_nothing_of_our_other_visits(drawn: County) -> None:
    theirs = printed(drawn.dossier / "sheets" / THEIRS / "任务清单.xlsx")
    ours = printed(drawn.dossier / "sheets" / OURS / "任务清单.xlsx")
    whole = printed(drawn.dossier / "sheets" / "任务清单.xlsx")

    assert "抽查任务清单（青禾县市场监督管理局）" in theirs
    assert "XXWS" not in theirs
    assert "A1:WJ" not in theirs
    assert ("XXWS" in ours, "A1:SJ" in ours, "A1:WJ" in ours) == (True, False, True)
    assert ("XXWS" in whole, "A1:SJ" in whole, "A1:WJ" in whole) == (True, True, True)


def test_each_sheet_names_those_who_come_along(drawn: County) -> None:
    (theirs,) = teams(drawn)["A1:SJ"]
    first, second = teams(drawn)["A1:WJ"]

    text = printed(sheet(drawn, theirs))
    assert "同去的其他部门" in text
    assert f"青禾县卫生健康局：\n卫生0{first[1]}（{first}" in text
    assert "一项任务一个结果，商定后由一个部门填写" in text
    assert f"青禾县市场监督管理局：\n市场0{theirs[1]}（{theirs}" in printed(sheet(drawn, second))


def test_sheets_that_were_lost_are_made_again_where_they_were(drawn: County) -> None:
    before = papers(drawn)
    assert drawn.ssj("draw", "--seed", "1").code == 3
    shutil.rmtree(drawn.dossier / "sheets" / THEIRS)

    assert drawn.ssj("draw", "--seed", "1").code == 3
    assert papers(drawn) == before


def test_a_plan_without_joint_visits_keeps_its_sheets_where_they_were(county: County) -> None:
    assert county.ssj("draw", "--seed", "1").code == 0

    assert all("/" not in name for name in papers(county))


# ── what people count, and papers ──


def test_two_teams_at_one_firm_are_one_visit(drawn: County) -> None:
    assert "6 次检查" in drawn.ssj("draw").err
    assert drawn.ssj("status", "--json").json["plans"][0]["sources"][0]["visits"] == 6
    assert len(teams(drawn)) == 11


def test_one_notice_names_the_people_of_both(drawn: County) -> None:
    assert drawn.ssj("forms", "notice", "--visit", "A1").code == 0

    (path,) = (drawn.dossier / "forms").iterdir()
    texts = word_texts(path.read_bytes())
    start = texts.index("检查人员") + 1
    assert [text.split("：")[0] for text in texts[start : start + 2]] == ["青禾县卫生健康局", "青禾县市场监督管理局"]
    assert "青禾县卫生健康局（印章）\n青禾县市场监督管理局（印章）" in texts


def test_what_is_published_names_the_departments_and_how_many_each_sends(drawn: County) -> None:
    for what in ("plan", "draw"):
        assert drawn.ssj("publish", what, "--format", "html").code == 0

    teams_of = "青禾县卫生健康局2名、青禾县市场监督管理局1名，同时到场，一次检查。"
    for name in ("plan-1.html", "draw-1.html"):
        assert f"公共场所实行部门联合检查，各部门从本部门执法人员中随机匹配：{teams_of}" in (
            drawn.dossier / "public" / name
        ).read_text("utf-8")
    public = {path.name for path in (drawn.dossier / "public" / "pool").iterdir()}
    assert "inspectors.csv" not in public


# ── one result ──


def test_either_departments_sheet_is_the_visits_result(drawn: County) -> None:
    (theirs,) = teams(drawn)["A1:SJ"]

    answer = returned(drawn, theirs, {"GGCS/A1": FINE})

    assert answer.code == 0, answer.err
    assert ["GGCS/A1", "A1", "GGCS", "A1", "甲宾馆", "done"] in drawn.read("result/tasks.csv")


def test_what_the_other_department_says_later_must_agree(drawn: County) -> None:
    (theirs,), ours = teams(drawn)["A1:SJ"], teams(drawn)["A1:WJ"][0]
    assert returned(drawn, theirs, {"GGCS/A1": FINE}).code == 0
    before = drawn.files()

    differs = returned(drawn, ours, {"GGCS/A1": CORRECTION})

    assert differs.code == 1
    assert "青禾县卫生健康局填的是“发现问题已责令改正”，青禾县市场监督管理局已录入“未发现问题”。" in differs.err
    assert "一次检查一个结果：请两个部门商定" in differs.err
    assert {k: v for k, v in drawn.files().items() if not k.startswith("收回")} == {
        k: v for k, v in before.items() if not k.startswith("收回")
    }
    assert returned(drawn, ours, {"GGCS/A1": FINE}).code == 0


def test_what_both_say_at_once_must_agree(drawn: County) -> None:
    (theirs,), ours = teams(drawn)["A1:SJ"], teams(drawn)["A1:WJ"][0]
    back = drawn.root / "收回"
    fill(sheet(drawn, theirs), back / "1.xlsx", {"GGCS/A1": FINE})
    fill(sheet(drawn, ours), back / "2.xlsx", {"GGCS/A1": CORRECTION})

    answer = drawn.ssj("record", str(back))

    assert answer.code == 1
    assert "两份不一致" in answer.err


def test_a_department_may_correct_itself_and_the_office_may_correct_both(drawn: County) -> None:
    (theirs,), ours = teams(drawn)["A1:SJ"], teams(drawn)["A1:WJ"][0]
    assert returned(drawn, theirs, {"GGCS/A1": FINE}).code == 0

    assert returned(drawn, theirs, {"GGCS/A1": {**FINE, "note": "补充"}}).code == 0
    said = drawn.ssj("record", "--task", "GGCS/A1", "--set", "备注=两部门商定")
    assert said.code == 0, said.err
    assert drawn.ssj("record", "--task", "GGCS/A1", "--set", "备注=又", "--inspector", ours).code == 0


def test_another_departments_case_is_a_referral_here(drawn: County) -> None:
    (theirs,) = teams(drawn)["A1:SJ"]

    refused = returned(drawn, theirs, {"GGCS/A1": PENALTY})

    assert refused.code == 1
    assert "这是青禾县市场监督管理局填的立案、处罚内容；本卷宗只记、只公示本机关的处罚。" in refused.err
    assert "改填“移送机关”“移送日期”" in refused.err
    referred = {**CORRECTION, "referred_to": "青禾县市场监督管理局", "referred_on": "2023-5-11"}
    done = returned(drawn, theirs, {"GGCS/A1": referred})
    assert done.code == 0, done.err


def test_our_own_case_is_recorded_as_ever(drawn: County) -> None:
    done = returned(drawn, teams(drawn)["A1:WJ"][0], {"GGCS/A1": PENALTY})

    assert done.code == 0, done.err


# ── changes of people ──


def test_a_recusal_is_filled_from_the_same_department_and_both_sheets_are_renewed(drawn: County) -> None:
    (gone,), ours = teams(drawn)["A2:SJ"], teams(drawn)["A2:WJ"]
    words = ("--visit", "A2:SJ", "--inspector", gone, "--asked-by", "firm", "--reason", "亲属")

    answer = drawn.ssj("adjust", "recuse", *words)

    assert answer.code == 0, answer.err
    (joins,) = teams(drawn)["A2:SJ"]
    assert joins != gone
    assert joins.startswith("S")
    assert f"{OURS}/任务清单.xlsx、{THEIRS}/任务清单.xlsx" in answer.out
    assert teams(drawn)["A2:WJ"] == ours
    assert f"市场0{joins[1]}（{joins}" in printed(sheet(drawn, ours[0]))
    aside = drawn.dossier / "sheets" / "作废" / "第1轮"
    assert (aside / OURS / f"任务单_{ours[0]}_卫生0{ours[0][1]}_已作废.xlsx").exists()
    assert (aside / THEIRS / "任务清单_已作废.xlsx").exists()
    assert drawn.ssj("verify").code == 0
    assert independently(drawn, "verify_rounds.py").endswith("all holds\n")


def test_a_visit_of_several_departments_has_to_be_named_with_one(drawn: County) -> None:
    words = ("--inspector", teams(drawn)["A2:SJ"][0], "--asked-by", "firm", "--reason", "亲属")

    answer = drawn.ssj("adjust", "recuse", "--visit", "A2", *words)

    assert answer.code == 3
    assert "A2 是联合检查，各部门的检查组分别编号。\n请写明是哪一个：A2:WJ、A2:SJ。" in answer.err


def test_who_is_replaced_is_replaced_by_his_own_department_and_two_away_are_one_too_many(drawn: County) -> None:
    (gone,) = teams(drawn)["A3:SJ"]
    words = ("--why", "illness", "--reason", "住院", "--document", "青卫〔2023〕9号")

    answer = drawn.ssj("adjust", "replace", "--inspector", gone, *words)

    assert answer.code == 0, answer.err
    now = teams(drawn)
    assert all(i.startswith(visit.rpartition(":")[2][0]) for visit, team in now.items() if ":" in visit for i in team)
    assert gone not in {i for team in now.values() for i in team}
    assert drawn.ssj("verify").code == 0
    assert independently(drawn, "verify_rounds.py").endswith("all holds\n")
    (last,) = now["A1:SJ"]
    nobody = drawn.ssj(
        "adjust", "recuse", "--visit", "A1:SJ", "--inspector", last, "--asked-by", "firm", "--reason", "亲属"
    )
    assert nobody.code == 3
    assert "检查 A1:SJ（甲宾馆）" in nobody.err
    assert "没有别的人可以去" in nobody.err


# ── the whole year ──


def test_a_joint_year_ends_in_an_archive_that_holds(drawn: County, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (drawn.dossier / "sheets" / OURS).glob("任务单_*.xlsx"):
        fill(path, drawn.root / "收回" / path.name, dict.fromkeys(tasks_in(path), FINE))
    assert drawn.ssj("record", str(drawn.root / "收回")).code == 0
    assert drawn.ssj("deadlines").code in {0, 1}
    Clock(monkeypatch)("2023-05-25T09:00")
    for what in ("plan", "draw", "results"):
        assert drawn.ssj("publish", what, "--format", "html,csv").code == 0
    assert drawn.ssj("export", "results").code in {0, 1}
    report = drawn.ssj("report", "--json")
    assert report.code == 0, report.err
    assert drawn.ssj("verify", "--json").json["ok"]
    assert independently(drawn, "verify_standalone.py").endswith("all holds\n")
    archived = drawn.ssj("archive", "--json")
    assert archived.code == 0, archived.err
    assert drawn.ssj("verify", archived.json["path"]).code == 0


def test_the_pool_on_record_says_who_belongs_to_which_department(drawn: County) -> None:
    pool = decode({path.name: path.read_bytes() for path in (drawn.dossier / "pool").iterdir()})

    assert {i.inspector: i.agency for i in pool.inspectors if i.agency != "WJ"} == dict.fromkeys(
        ("S1", "S2", "S3"), "SJ"
    )
    assert pool.rules.departments == {"GGCS": {"WJ": 2, "SJ": 1}}


@needs_node
def test_the_published_page_recomputes_the_teams_of_both_departments(
    joint: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    Clock(monkeypatch)("2023-05-08T09:00")
    replan(joint, more="disclosure: {inspectors: codes}\n")
    assert joint.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    assert joint.ssj("publish", "draw", "--format", "csv").code == 0
    public = joint.dossier / "public"

    (checks,) = verify_js([(open_files(public), data_of((public / "verify.html").read_bytes())["facts"])])

    assert {name for name, check in checks.items() if check["failing"]} == set()
    assert checks["teams"]["state"] == "ok"
    assert checks["teams"]["count"] >= 11
    assert "青禾县市场监督管理局：S" in (public / "draw-1-3.csv").read_text("utf-8")
