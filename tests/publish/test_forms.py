"""`ssj forms`: what is known stands on the notice and the record, the rest is room to write; one visit, one, or all."""

import csv
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from shuangsuiji.core.year.forms.choice import Choice, chosen
from shuangsuiji.core.year.forms.visit import FormVisit
from shuangsuiji.files.documents.text import literal
from tests.conftest import INSPECTORS, ITEMS, REPOSITORY, Answer, County
from tests.publish.going_public import drawn, record
from tests.publish.papers import HOSTILE, W, part, word_texts
from tests.publish.test_pictures import needs_office, pages, printed

SUBJECTS = """\
对象编号,单位名称,专业,区域,地址,统一社会信用代码,法定代表人,联系人,联系电话,许可证号,许可证有效期,类别
A1,甲宾馆,公共场所,东,东街1号,91350100M000100Y43,张甲,李乙,0000-0000001,测卫公证字〔2021〕第1号,2027-05-09,宾馆
A2,乙宾馆,公共场所,西,,,,,,,,
B2,二小,学校卫生；公共场所,西,西街6号,,,,,,,
"""
LIST = """\
任务编号,抽查任务,被监督单位,单位地址,执法证号
T1,学校卫生,新开的学校,北街9号,P1、P3
"""
TITLES = {"notice": "随机抽查通知书", "record": "抽查情况记录表"}
KINDS = tuple(TITLES)


@pytest.fixture
def small(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """On 9 May 2023, all drawn: A1, of which all is known, A2, and B2 with two strata."""
    monkeypatch.setattr("tests.publish.going_public.ADDRESSES", SUBJECTS)
    drawn(county, monkeypatch)
    return county


def made(county: County, kind: str, *words: str) -> Path:
    """The one file that the command made."""
    done = county.ssj("forms", kind, *words, "--json")
    assert done.code == 0, done.out + done.err
    (file,) = done.json["files"]
    return Path(file)


def said(county: County, kind: str, *words: str) -> list[str]:
    return [text.replace("\u00a0", " ") for text in word_texts(made(county, kind, *words).read_bytes())]


def refused(county: County, *words: str) -> Answer:
    before = county.files()
    done = county.ssj("forms", *words)
    assert county.files() == before
    return done


# ── what is on them ──


def test_the_notice_says_to_whom_on_what_ground_by_whom_and_what_is_checked(small: County) -> None:
    texts = said(small, "notice", "--visit", "A1")
    team = {row[1]: row[2] for row in small.read("result/teams.csv") if row[0] == "A1"}
    leads = {"P1", "P4"}

    assert texts[-1] != ""
    assert "甲宾馆：" in texts
    assert "检查编号：A1" in texts
    assert any(text.startswith("根据《测试县抽查方案》，经随机抽取检查对象、随机选派执法检查人员，") for text in texts)
    assert texts[texts.index("检查地点") + 1] == "东街1号"
    for inspector, name in team.items():
        mark = "，主办" if inspector in leads else ""
        assert f"{name}（执法证号{inspector}{mark}）" in texts[texts.index("检查人员") + 1]
    assert texts[texts.index("检查事项") + 1] == "公共场所，共1项，见附表"
    headings = texts.index("抽查方式")
    assert texts[headings + 1 : headings + 6] == [
        "1",
        "公共场所卫生",
        "《公共场所卫生管理条例》",
        "卫生许可",
        "现场检查",
    ]


def test_the_notice_tells_the_rights_and_has_a_receipt_to_cut_off(small: County) -> None:
    text = "\n".join(said(small, "notice", "--visit", "A1"))

    for right in ("第四十二条", "第五十五条", "申请回避（同法第四十三条）", "投诉电话：　　"):
        assert right in text
    receipt = text[text.index("沿虚线剪下") : text.index("随机抽查通知书\n")]
    assert "测试县卫生健康局：" in receipt
    assert "甲宾馆（印章）" in receipt
    assert "签收人：　　" in receipt


def test_the_record_is_filled_in_as_far_as_is_known(small: County) -> None:
    texts = said(small, "record", "--visit", "A1")

    def after(label: str) -> str:
        return texts[texts.index(label) + 1]

    assert "抽取编号：T-2023　　检查编号：A1" in texts
    assert after("被检查单位") == "甲宾馆（宾馆）"
    assert after("地址") == "东街1号"
    assert after("统一社会\n信用代码") == "91350100M000100Y43"
    assert after("许可证号") == "测卫公证字〔2021〕第1号\n有效期至2027年5月9日"
    assert after("法定代表人\n（负责人）") == "张甲"
    assert after("联系人\n及电话") == "李乙　0000-0000001"
    assert after("检查任务") == "公共场所（任务编号：GGCS/A1）"
    assert "依据：《公共场所卫生管理条例》　方式：现场检查" in texts


def test_each_point_to_check_has_yes_no_and_not_applicable(small: County) -> None:
    points = "1. 许可证有效 2. 水质 7.5 度；氯 3. 已公示"
    small.write("rosters/items.csv", ITEMS.replace("卫生许可", points))

    texts = said(small, "record", "--visit", "A1")

    start = texts.index("（一）公共场所卫生") + 2
    assert texts[start : start + 15] == [
        *("1", "许可证有效", "□", "□", "□"),
        *("2", "水质 7.5 度；氯", "□", "□", "□"),
        *("3", "已公示", "□", "□", "□"),
    ]
    notice = said(small, "notice", "--visit", "A1")
    assert notice[notice.index("1. 许可证有效") + 1] == "2. 水质 7.5 度；氯"


def test_results_opinions_and_signatures_are_room_to_write(small: County) -> None:
    texts = said(small, "record", "--visit", "A1")
    names = [row[2] for row in small.read("result/teams.csv") if row[0] == "A1"]

    assert "□ 未发现问题　□ 发现问题已责令改正　□ 行政处罚　□ 无法联系" in texts
    assert "监督意见" in texts
    assert texts[texts.index("检查人员\n签名") + 1].count("：　　　") == len(names) == 2
    assert any(text.startswith("现场负责人（签名、盖章）：　　") for text in texts)
    assert any("拒绝签名" in text for text in texts)


def test_what_is_not_known_stays_blank(small: County) -> None:
    texts = said(small, "record", "--visit", "A2")

    assert texts[texts.index("地址") + 1] == "统一社会\n信用代码"
    assert "None" not in "".join(texts)
    notice = said(small, "notice", "--visit", "A2")
    assert set(notice[notice.index("检查地点") + 1]) == {"　"}


def test_a_visit_of_several_strata_lists_the_items_of_each_and_numbers_them_through(small: County) -> None:
    texts = said(small, "record", "--visit", "B2")

    assert texts[texts.index("检查任务") + 1] == "公共场所、学校卫生（任务编号：GGCS/B2、XXWS/B2）"
    first, second = texts.index("（一）公共场所卫生　〔公共场所〕"), texts.index("（二）学校卫生　〔学校卫生〕")
    assert (texts[first + 2], texts[second + 2]) == ("1", "2")
    assert [text[:5] for text in texts if "□ 未发现问题" in text] == ["公共场所：", "学校卫生："]


def test_a_stratum_without_items_leaves_lines_to_write_on_and_is_told(small: County) -> None:
    small.write("rosters/items.csv", ITEMS.splitlines()[0] + "\n" + ITEMS.splitlines()[1] + "\n")

    done = small.ssj("forms", "record", "--visit", "B2")

    texts = word_texts(next((small.dossier / "forms").iterdir()).read_bytes())
    assert "学校卫生：事项清单没有列明抽查事项，按抽查方案检查，逐项填写。" in texts
    assert texts.count("□") == 3 * (1 + 5)
    assert "有专业在事项清单里没有抽查事项，检查内容留空：B2" in done.err
    assert "学校卫生：按抽查方案规定的内容检查。" in said(small, "notice", "--visit", "B2")


# ── whose, and when ──


def test_a_joint_visit_has_one_notice_with_a_team_for_each_department(county: County) -> None:
    county.plan(
        ("ratio: 50%}\n  - {code: X", "ratio: 100%, departments: {WJ: 2, SJ: 1}}\n  - {code: X"),
        more="departments: {SJ: 测试县市场监管局}\n",
    )
    heading, *people = INSPECTORS.splitlines()
    rows = [f"{heading},所属部门", *(f"{each}," for each in people)]
    market = [f"S{n},市场员0{n},公共场所,否,东,,2030-01-01,SJ" for n in (1, 2, 3)]
    county.write("rosters/inspectors.csv", "\n".join([*rows, *market]) + "\n")
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0

    answer = county.ssj("forms", "notice", "--all", "--json").json

    assert Counter(answer["visits"]).most_common(1)[0][1] == 1
    visit = next(each for each in answer["visits"] if each.startswith("A"))
    teams = [row for row in county.read("result/teams.csv") if row[0].split(":")[0] == visit]
    assert len(teams) == 3
    texts = said(county, "notice", "--visit", f"{visit}:SJ")
    start = texts.index("检查人员") + 1
    assert texts[start].startswith("测试县卫生健康局：监督员0")
    assert texts[start + 1].startswith("测试县市场监管局：市场员0")
    assert "测试县卫生健康局（印章）\n测试县市场监管局（印章）" in texts
    signatures = [text for text in said(county, "record", "--visit", visit) if text.startswith("检查人员\n签名")]
    assert signatures == ["检查人员\n签名\n（测试县卫生健康局）", "检查人员\n签名\n（测试县市场监管局）"]


def test_visits_of_a_received_list_say_who_drew_them_and_come_after_the_own(small: County) -> None:
    small.write("list.csv", LIST)
    words = ("--drawn-by", "省卫生健康委", "--document", "省卫〔2023〕6号", "--on", "2023-04-20", "--no-sheets")
    assert small.ssj("receive", str(small.root / "list.csv"), *words).code == 0

    answer = small.ssj("forms", "notice", "--all", "--json").json
    texts = said(small, "notice", "--visit", "R1/X0001")

    assert answer["visits"][-1] == "R1/X0001"
    assert len(answer["visits"]) == 4
    assert "新开的学校：" in texts
    assert texts[texts.index("检查地点") + 1] == "北街9号"
    assert any("经省卫生健康委随机抽取并下达（省卫〔2023〕6号），你单位" in text for text in texts)


def test_after_a_recusal_the_team_is_the_one_that_comes(small: County) -> None:
    before = next(row[1] for row in small.read("result/teams.csv") if row[0] == "A1")
    words = ("--visit", "A1", "--inspector", before, "--asked-by", "firm", "--reason", "亲属", "--seed", "7")
    assert small.ssj("adjust", "recuse", *words).code == 0

    texts = said(small, "notice", "--visit", "A1")

    assert f"执法证号{before}" not in "".join(texts)
    now = [row[1] for row in small.read("result/teams.csv") if row[0] == "A1"]
    assert all(f"执法证号{inspector}" in texts[texts.index("检查人员") + 1] for inspector in now)


def test_an_adjustment_that_waits_is_told(county: County) -> None:
    county.plan(more="adjustment: {limit: 100%, approvals: [县局]}\n")
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    visit, inspector, _ = county.read("result/teams.csv")[0]
    words = ("--inspector", inspector, "--why", "illness", "--reason", "住院", "--visit", visit)
    assert county.ssj("adjust", "replace", *words).code == 0

    doubts = {
        doubt["code"]: doubt["visits"] for doubt in county.ssj("forms", "notice", "--all", "--json").json["doubts"]
    }

    assert doubts["adjustment-pending"] == [visit]


def test_visits_that_are_over_are_left_out_unless_asked_for(small: County) -> None:
    record(small, "GGCS/A1")
    record(small, "GGCS/B2")

    answer = small.ssj("forms", "record", "--all", "--json").json
    texts = said(small, "record", "--all")

    assert sorted(answer["visits"]) == ["A2", "B2"]
    assert answer["left_out"] == {"over": 1, "closed": 0}
    assert "学校卫生（任务编号：XXWS/B2）" in texts  # what is over of a visit that is not is left out too
    assert sorted(small.ssj("forms", "record", "--all", "--over", "--json").json["visits"]) == ["A1", "A2", "B2"]
    done = refused(small, "record", "--visit", "A1")
    assert (done.code, "A1（甲宾馆）已经检查完毕" in done.err) == (3, True)
    assert "甲宾馆（宾馆）" in said(small, "record", "--visit", "A1", "--over")


def test_what_the_superior_has_closed_is_nobodys_work(small: County) -> None:
    words = ("--task", "GGCS/A1", "--why", "duplicate", "--reason", "重卡", "--document", "省卫〔2023〕9号")
    assert small.ssj("adjust", "void", *words).code == 0

    answer = small.ssj("forms", "notice", "--all", "--over", "--json").json
    done = refused(small, "notice", "--visit", "A1", "--over")

    assert "A1" not in answer["visits"]
    assert answer["left_out"] == {"over": 0, "closed": 1}
    assert (done.code, "不再检查" in done.err) == (3, True)


def test_where_all_is_over_nothing_is_written(small: County) -> None:
    for task in ("GGCS/A1", "GGCS/A2", "GGCS/B2", "XXWS/B2"):
        record(small, task)

    done = refused(small, "record", "--all")

    assert done.code == 0
    assert "没有写文件。已检查完毕的 3 次没有做（要做请加 --over）" in done.out


# ── files ──


def test_one_visit_one_inspector_or_all_in_one_file_or_each_in_its_own(small: County) -> None:
    inspector = small.read("result/teams.csv")[0][1]
    name = dict(line.split(",")[:2] for line in INSPECTORS.splitlines())[inspector]
    his = [row[0] for row in small.read("result/teams.csv") if row[1] == inspector]

    assert made(small, "notice", "--visit", "A1").name == "随机抽查通知书_A1_甲宾馆.docx"
    assert made(small, "notice", "--visit", "A1", "--visit", "B2").name == "随机抽查通知书_A1_B2.docx"
    assert made(small, "record", "--all").name == "抽查情况记录表_全部.docx"
    by_number, by_name = (small.ssj("forms", "record", "--inspector", who, "--json").json for who in (inspector, name))
    assert by_number == by_name
    assert sorted(by_number["visits"]) == sorted(his)
    assert [Path(file).name for file in by_number["files"]] == [f"抽查情况记录表_{inspector}_{name}.docx"]
    each = small.ssj("forms", "record", "--all", "--separate", "--json").json["files"]
    assert sorted(Path(file).name for file in each) == [
        "抽查情况记录表_A1_甲宾馆.docx",
        "抽查情况记录表_A2_乙宾馆.docx",
        "抽查情况记录表_B2_二小.docx",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("notice",), "没有写要哪些检查的文书"),
        (("notice", "--all", "--visit", "A1"), "只能写一种"),
        (("notice", "--visit", "A9"), "没有编号为“A9”的检查。"),
        (("notice", "--inspector", "监督员09"), "没有“监督员09”这名检查人员。"),
        (("notice", "--all", "--separate", "--one-file"), "--separate 和 --one-file 只能写一个"),
        (("letter", "--all"), "没有“letter”这种文书。"),
    ],
)
def test_words_that_mean_nothing_are_refused(small: County, words: tuple[str, ...], told: str) -> None:
    done = refused(small, *words)

    assert done.code == 2
    assert told in done.err


def test_of_two_inspectors_of_one_name_the_number_is_asked_for() -> None:
    with pytest.raises(Exception, match="叫“张三”的有2人") as refusal:
        chosen(list[FormVisit](), Choice(inspector="张三"), {"P1": "张三", "P2": "张三", "P3": "李四"})

    assert "P1、P2" in refusal.value.todo  # type: ignore[attr-defined]


def test_before_the_draw_there_is_nothing_to_print(county: County) -> None:
    done = refused(county, "notice", "--all")

    assert (done.code, "还没有检查任务" in done.err) == (3, True)


def test_forms_are_no_event_and_stay_out_of_the_public_folder(small: County) -> None:
    before = small.files()

    made(small, "notice", "--all")
    made(small, "record", "--all")

    new = set(small.files()) - set(before)
    assert {name for name in new if not name.startswith("plans/2023/forms/")} <= {"plans/2023/.lock"}
    assert {name: small.files()[name] for name in before} == before


@pytest.mark.parametrize("kind", KINDS)
def test_same_ledger_and_rosters_same_bytes(small: County, kind: str) -> None:
    first = made(small, kind, "--all").read_bytes()

    assert made(small, kind, "--all").read_bytes() == first
    with zipfile.ZipFile(made(small, kind, "--all")) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_template_is_told_and_nothing_is_written(small: County, kind: str) -> None:
    path = f"templates/visit-{kind}.docx"
    with zipfile.ZipFile(REPOSITORY / path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    small.write(path, b"")
    with zipfile.ZipFile(small.root / path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content.replace(b"visit.address", b"visit.adress"))

    done = refused(small, kind, "--all", "--separate")

    assert done.code == 1
    assert "没有叫“adress”的内容。是不是“address”？" in done.err
    assert "检查文书模板有错误，没有写入任何内容" in done.err


# ── paper ──


def types(content: bytes) -> list[str]:
    return [each.attrib[f"{W}val"] for each in part(content).iter(f"{W}type") if f"{W}val" in each.attrib]


def test_each_visit_begins_on_the_front_of_a_sheet_or_on_a_page(small: County) -> None:
    notice, record_ = (made(small, kind, "--all").read_bytes() for kind in KINDS)

    assert types(notice) == ["oddPage", "nextPage"] * 3
    assert types(record_) == ["oddPage"] * 3 + ["continuous"]
    single = made(small, "record", "--all", "--single-sided").read_bytes()
    assert types(single) == ["nextPage"] * 3 + ["continuous"]
    starts = [each.attrib[f"{W}start"] for each in part(record_).iter(f"{W}pgNumType")]
    assert starts == ["1"] * 3


def test_rows_stay_whole_and_headings_are_repeated(small: County) -> None:
    body = part(made(small, "record", "--all").read_bytes())

    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in body.iter(f"{W}tr"))
    assert len(list(body.iter(f"{W}tblHeader"))) == 3 * 3


def test_on_the_back_of_the_receipt_nothing_is_printed(small: County) -> None:
    body = part(made(small, "notice", "--visit", "A1").read_bytes())
    frames = list(body.iter(f"{W}framePr"))
    top = {int(each.attrib[f"{W}y"]) for each in frames}
    back = list(body.iter(f"{W}pgMar"))[-1]

    assert top == {16838 - int(back.attrib[f"{W}bottom"])}
    assert all(each.attrib[f"{W}vAnchor"] == "page" for each in frames)


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_appear_literally(county: County, kind: str) -> None:
    names = {f"H{n}": text.replace("\x00", "").strip() for n, text in enumerate(HOSTILE.values())}
    rows = [["对象编号", "单位名称", "专业", "地址"]]
    rows += [[n, text, "公共场所；学校卫生", text] for n, text in names.items()]
    nasty = "{{ visit.name }}<b>&amp;]]>"
    county.write(
        "rosters/items.csv", ITEMS.replace("公共场所卫生,", f"{nasty},").replace("《学校卫生工作条例》", nasty)
    )
    county.write("rosters/subjects.csv", "\n".join(",".join(map(quoted, row)) for row in rows) + "\n")
    county.plan(("ratio: 50%}\n  - {code: X", "ratio: 100%}\n  - {code: X"), ("ratio: 50%}\n", "ratio: 100%}\n"))
    done = county.ssj("draw", "--seed", "1", "--no-sheets")
    assert done.code == 0, done.err

    texts = said(county, kind, "--all")

    with (county.dossier / "pool/subjects.csv").open(encoding="utf-8", newline="") as file:
        read = {row["subject"]: row["name"] for row in csv.DictReader(file)}
    assert len(read) == len(names)
    for name in read.values():
        assert any(literal(name) in text for text in texts)
    assert sum(len(name) == 5000 for name in read.values()) == 2
    assert sum(nasty in text for text in texts) >= len(names)


def test_the_templates_are_what_the_tool_makes(tmp_path: Path) -> None:
    tool = [sys.executable, str(REPOSITORY / "tools" / "word_forms.py"), str(tmp_path)]
    subprocess.run(tool, check=True, capture_output=True)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["visit-notice.docx", "visit-record.docx"]
    for path in tmp_path.iterdir():
        assert part(path.read_bytes()) is not None
        assert word_texts(path.read_bytes()) == word_texts((REPOSITORY / "templates" / path.name).read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_template_uses_stands_in_the_manual(kind: str) -> None:
    manual = (REPOSITORY / "docs" / "templates.md").read_text("utf-8").partition("## 检查用的文书")[2]
    text = "".join(word_texts((REPOSITORY / "templates" / f"visit-{kind}.docx").read_bytes()))
    tags = " ".join(re.findall(r"\{[{%].*?[%}]\}", text))
    used = set(re.findall(r"\b(?:visit|stratum|item|point|team|member|outcome|reason)\.(\w+)", tags))

    assert len(used) > 10
    assert [name for name in sorted(used | {"agency", "basis"}) if f"`{name}`" not in manual] == []


@needs_office
def test_the_notices_of_the_sample_county_print_with_the_receipt_on_the_first_page(
    sample: County, tmp_path: Path
) -> None:
    assert sample.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    answer = sample.ssj("forms", "notice", "--all", "--json").json

    made_ = pages(printed(Path(answer["files"][0]).read_bytes(), tmp_path, "notices.docx"))

    fronts = [page for page in made_ if "投诉电话" in page]
    assert len(fronts) == len(answer["visits"]) > 90
    for page in fronts:
        assert page.index("特此通知") < page.index("（印章）") < page.index("沿虚线剪下") < page.index("签收人")
        assert re.search(r"第 ?1 ?页", page)
    assert all("抽查方式" in page for page in made_ if page not in fronts)


@needs_office
def test_the_records_of_an_inspector_print_without_empty_pages(sample: County, tmp_path: Path) -> None:
    assert sample.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    busiest = sample.read("result/teams.csv")[0][1]
    answer = sample.ssj("forms", "record", "--inspector", busiest, "--json").json

    made_ = pages(printed(Path(answer["files"][0]).read_bytes(), tmp_path, "records.docx"))

    assert sum("一、基本情况" in page for page in made_) == len(answer["visits"]) > 10
    assert sum("拒签情况" in page for page in made_) == len(answer["visits"])
    for page in made_:
        assert "检查编号" in page  # each page says of which visit it is
        assert re.search(r"第 ?\d+ ?页", page.rstrip().splitlines()[-1])
