"""`ssj adjust log`: the adjustment log on the screen, as xlsx, and as approval forms."""

import io
import zipfile

import openpyxl
import pytest
from docx import Document

from tests.conftest import Answer, County
from tests.year.returning import Clock

INSPECTORS = "执法证号,姓名,专业,证件有效期\n" + "".join(
    f"P{n},监督员0{n},公共场所；学校卫生,2030-01-01\n" for n in range(1, 9)
)
LEVELS = "adjustment: {limit: 60%, approvals: [县局, 市卫健委]}\n"
FIRM = "<甲>&乙公司的负责人是其表兄，13800001111"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock, standing on the day of the draw."""
    clock = Clock(monkeypatch)
    clock("2023-05-04T10:00")
    return clock


@pytest.fixture
def adjusted(county: County, clock: Clock) -> County:
    """One recusal, one replacement carried out, one that waits for its second level, one task closed."""
    county.write("rosters/inspectors.csv", INSPECTORS)
    county.plan(more=LEVELS)
    county.ssj("draw", "--seed", "1", "--no-sheets")
    clock("2023-06-10T10:00")
    visit, one, _ = county.read("result/teams.csv")[0]
    run(county, "recuse", "--visit", visit, "--inspector", one, "--asked-by", "firm", "--reason", FIRM, "--seed", "2")
    first, second, *_ = sorted({row[1] for row in county.read("result/teams.csv")} - {one})
    both = ("--approval", "县局=1号@2023-05-08", "--approval", "市卫健委=2号@2023-05-09")
    why = ("--why", "illness", "--reason", "住院 <A&B>")
    run(county, "replace", "--inspector", first, *why, *both, "--seed", "3")
    run(county, "replace", "--inspector", second, *why, "--approval", "县局=3号@2023-06-01")
    task = county.read("result/tasks.csv")[0][0]
    run(county, "void", "--task", task, "--why", "duplicate", "--reason", "同一家", "--document", "省〔2023〕1号")
    return county


def run(county: County, *words: str) -> Answer:
    answer = county.ssj("adjust", *words)
    assert answer.code == 0, answer.err
    return answer


def cells(path) -> list[list[str]]:
    sheet = openpyxl.load_workbook(path)["调整台账"]
    return [[str(cell.value) if cell.value is not None else "" for cell in row] for row in sheet]


def test_every_change_says_who_why_on_what_paper_when_by_whom_and_the_share(adjusted: County) -> None:
    log = run(adjusted, "log", "--json").json

    rows = {kind: [row for row in log["rows"] if row["kind"] == kind] for kind in ("recusal", "replacement", "void")}
    [recusal] = rows["recusal"]
    assert (recusal["why"], recusal["reason"], recusal["counted"], recusal["by"]) == ("firm", FIRM, False, "经办人")
    assert recusal["joins"]["inspector"] != recusal["leaves"]["inspector"]
    done = [row for row in rows["replacement"] if row["adjustment"] == "A1"]
    waiting = [row for row in rows["replacement"] if row["adjustment"] == "A2"]
    assert {(r["status"], r["round"], r["counted"]) for r in done} == {("done", 2, True)}
    assert done[0]["papers"] == ["县局 1号 2023-05-08", "市卫健委 2号 2023-05-09"]
    assert done[0]["share"]["used"] == 1
    assert {(r["status"], r["joins"], *r["waiting_for"]) for r in waiting} == {("pending", None, "市卫健委")}
    assert waiting[0]["share"]["used"] == 2
    [void] = rows["void"]
    assert (void["why"], void["papers"], void["name"] != "") == ("duplicate", ["省〔2023〕1号"], True)
    assert [r["round"] for r in log["rounds"]] == [1, 2]


def test_the_screen_shows_the_log_and_the_share(adjusted: County) -> None:
    answer = run(adjusted, "log")

    assert "待批准" in answer.out
    assert "任务完结" in answer.out
    assert "本方案抽取：已替换 1 人，待批准 1 人，抽取 " in answer.out


def test_an_empty_log_says_so(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")

    assert "还没有调整。" in run(county, "log").out


def test_reading_the_log_writes_nothing(adjusted: County) -> None:
    before = adjusted.files()

    run(adjusted, "log")
    run(adjusted, "log", "--json", "--public")

    assert adjusted.files() == before


def test_the_log_is_a_table_to_print(adjusted: County) -> None:
    run(adjusted, "log", "--xlsx", str(adjusted.root / "台账.xlsx"))

    table = cells(adjusted.root / "台账.xlsx")
    assert "抽查任务调整台账" in table[0][0]
    heading = next(row for row in table if "原检查人员" in row)
    body = table[table.index(heading) + 1 :]
    assert len(body) == len(run(adjusted, "log", "--json").json["rows"])
    column = heading.index
    assert {row[column("调整后占比")] for row in body if row[column("类型")] == "回避"} == {"不计入"}
    assert any(FIRM in row for row in body)
    assert {row[column("状态")] for row in body if row[column("编号")] == "A2"} == {"待批准：市卫健委"}
    assert {row[column("批准文书")] for row in body if row[column("编号")] == "A1"} == {
        "县局 1号 2023-05-08\n市卫健委 2号 2023-05-09"
    }


@pytest.mark.parametrize(("disclosure", "shown"), [("hidden", "不公开"), ("codes", "P"), ("names", "监督员")])
def test_the_public_log_leaves_reasons_out_and_shows_people_as_the_plan_says(
    adjusted: County, disclosure: str, shown: str
) -> None:
    adjusted.plan(more=LEVELS + f"disclosure: {{inspectors: {disclosure}}}\n")

    run(adjusted, "log", "--xlsx", str(adjusted.root / "公开.xlsx"), "--public")
    answers = run(adjusted, "log", "--public").out + run(adjusted, "log", "--public", "--json").out

    said = "\n".join("\n".join(row) for row in cells(adjusted.root / "公开.xlsx"))
    for private in ("13800001111", "表兄", "住院", "因病"):
        assert private not in said + answers
    assert '"reason"' not in answers
    assert '"illness"' not in answers
    assert shown in said
    if disclosure == "hidden":
        assert "监督员" not in said + answers
        assert '"P1"' not in answers


def test_each_replacement_has_its_approval_form_filled_in(adjusted: County) -> None:
    run(adjusted, "log", "--forms", str(adjusted.root / "审批"))

    forms = sorted(path.name for path in (adjusted.root / "审批").iterdir())
    assert [name[:9] for name in forms] == ["调整审批表_A1_", "调整审批表_A2_"]
    done, waiting = (
        [[cell.text for cell in row.cells] for row in Document(str(adjusted.root / "审批" / name)).tables[0].rows]
        for name in forms
    )
    assert ["县局", "同意", "1号\n2023年5月8日", ""] in done
    assert ["市卫健委", "", "\n　　年　　月　　日", ""] in waiting
    assert any("住院 <A&B>" in row for row in done)
    assert any("第2轮　种子：ssj1|seed|T-2023/r2|given:3" in row for row in done)
    assert any("尚未抽取　种子：／" in row for row in waiting)
    assert any("待批准后抽取" in row for row in waiting)


def test_the_same_form_has_the_same_bytes(adjusted: County) -> None:
    run(adjusted, "log", "--forms", str(adjusted.root / "a"))
    run(adjusted, "log", "--forms", str(adjusted.root / "b"))

    for path in (adjusted.root / "a").iterdir():
        assert path.read_bytes() == (adjusted.root / "b" / path.name).read_bytes()


def with_text(template: bytes, old: str, new: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    return made.getvalue()


def test_the_bureaus_own_template_is_used_and_a_bad_one_refused(adjusted: County, sample: County) -> None:
    template = (sample.root / "templates/adjustment-approval.docx").read_bytes()
    own = "templates/adjustment-approval.docx"
    adjusted.write(own, with_text(template, "调整审批表", "本局调整审批表"))
    run(adjusted, "log", "--forms", str(adjusted.root / "own"))
    made = next((adjusted.root / "own").glob("*_A1_*"))
    assert "本局调整审批表" in Document(str(made)).paragraphs[0].text

    for bad in (b"no zip", with_text(template, "{{ reason }}", "{{ secret }}"), b"PK\x05\x06" + bytes(18)):
        adjusted.write(own, bad)
        before = adjusted.files()
        refused = adjusted.ssj("adjust", "log", "--forms", str(adjusted.root / "bad"))
        assert refused.code == 1
        assert f"错误  {own}：" in refused.err
        assert adjusted.files() == before


def test_a_template_can_run_no_code(adjusted: County, sample: County) -> None:
    template = (sample.root / "templates/adjustment-approval.docx").read_bytes()
    attack = "{{ reason.__class__.__mro__ }}"
    adjusted.write("templates/adjustment-approval.docx", with_text(template, "{{ reason }}", attack))

    refused = adjusted.ssj("adjust", "log", "--forms", str(adjusted.root / "x"))

    assert refused.code == 1
    assert "“{{ reason.__class__.__mro__ }}”这里，用了模板里不许用的写法。" in refused.err


def test_the_log_of_a_voided_draw_goes_with_it_and_ids_are_not_used_twice(adjusted: County) -> None:
    adjusted.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号")
    adjusted.ssj("draw", "--seed", "5", "--no-sheets")

    assert run(adjusted, "log", "--json").json["rows"] == []
    inspector = adjusted.read("result/teams.csv")[0][1]
    asked = run(adjusted, "replace", "--inspector", inspector, "--why", "leave", "--reason", "产假", "--json")
    assert asked.json["adjustments"][0]["adjustment"] == "A3"
