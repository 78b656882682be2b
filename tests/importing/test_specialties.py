"""Which specialty a subject has where its list does not say so."""

import pytest

from shuangsuiji.core.importing.specialties import Rules, assign, rules
from shuangsuiji.files.importing.keywords import read_keywords
from shuangsuiji.files.starter.forms import SPECIALTIES
from shuangsuiji.files.workspace import Workspace
from tests.conftest import County
from tests.importing.rows import RULES, brought, row


@pytest.fixture(scope="module")
def packaged(tmp_path_factory) -> Rules:
    found, problems = read_keywords(Workspace(tmp_path_factory.mktemp("empty")))
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("name", "specialties"),
    [
        ("青禾县悦来宾馆", "公共场所"),
        ("青禾县东关小学", "学校卫生"),
        ("小学路诊所", "医疗卫生"),
        ("县医院宾馆", "公共场所"),
        ("青禾县妇幼保健院", "妇幼健康"),
        ("青禾县悦来宾馆（小学路店）", "公共场所"),
        ("某某公司（宾馆）", "公共场所"),
        ("青禾县疾病预防控制中心", "传染病防治"),
        ("青禾县 第一 小学", "学校卫生"),
        ("青禾县星光ＫＴＶ", "公共场所"),
        ("青禾县自来水有限公司", "饮水卫生"),
        ("青禾县甲乙丙公司", ""),
    ],
)
def test_the_packaged_keywords_tell_the_specialty_of_a_name(packaged, name, specialties):
    assert "；".join(packaged.read(name)[0]) == specialties


def test_the_packaged_specialties_are_those_of_the_forms(packaged):
    assert packaged.known == set(SPECIALTIES)


def test_what_the_list_says_is_left_as_it_is():
    [entry], lines = assign([row("悦来宾馆", 专业="医疗卫生")], RULES)

    assert (entry.cell("专业"), entry.assigned, lines) == ("医疗卫生", False, [])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("公共场所卫生监督", "公共场所"),
        ("学校", "学校卫生"),
        ("小学及幼儿园", "学校卫生"),
        ("公共场所卫生；公共场所", "公共场所"),
        ("公共场所；另外的专业", "公共场所；另外的专业"),
    ],
)
def test_a_word_that_is_no_specialty_is_read_by_the_keywords(said, meant):
    [entry], _ = assign([row("甲", 专业=said)], RULES)

    assert (entry.cell("专业"), entry.assigned) == (meant, False)


def test_the_name_of_the_sheet_goes_before_kind_and_name_and_all_of_them_before_what_the_command_says():
    rows = [
        row("小学宾馆", 2, sheet="公共场所", 类别="诊所"),
        row("东关小学", 3, sheet="Sheet1", 类别="诊所"),
        row("东关小学", 4, sheet="Sheet1", 类别="公办"),
        row("某某公司", 5, sheet="Sheet1"),
    ]

    done, lines = assign(rows, RULES, "公共场所")

    assert [entry.cell("专业") for entry in done] == ["公共场所", "医疗卫生", "学校卫生", "公共场所"]
    assert [line.why for line in lines] == [
        "工作表名称就是专业",
        "类别里有关键词“诊所”",
        "单位名称里有关键词“小学”",
        "命令里用 --specialty 指明",
    ]
    assert all(entry.assigned for entry in done)


def test_a_keyword_of_several_specialties_gives_them_all():
    both, _ = rules({"医疗卫生": ["医院"], "传染病防治": ["医院"]}, {})

    [entry], _ = assign([row("县医院")], both)

    assert entry.cell("专业") == "医疗卫生；传染病防治"


def test_a_subject_of_which_nothing_tells_a_specialty_is_an_error_with_its_row():
    [problem] = brought("单位名称,地址\n悦来宾馆,东风路1号\n某某公司,东风路2号").problems

    assert (problem.code, problem.place.row, problem.place.column) == ("no-specialty", 3, "专业")
    assert "某某公司" in problem.what
    assert "rosters/specialties.yaml" in problem.todo
    assert "--specialty" in problem.todo


def test_inspectors_are_never_given_a_specialty_by_their_names():
    [entry], lines = assign([row("甲", 姓名="宾馆长", 专业="")], RULES, "公共场所", told=True)

    assert (entry.cell("专业"), lines) == ("", [])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- 宾馆", "不是“专业: [关键词, 关键词]”的形式。"),
        ("公共场所: {a: b}", "“公共场所”后面不是关键词。"),
        ("公共场所: ['  ']", "“公共场所”里有空的关键词。"),
    ],
)
def test_a_keyword_file_that_is_wrong_is_told_with_its_line(county: County, text, what):
    county.write("rosters/specialties.yaml", text)

    _, [problem] = read_keywords(Workspace(county.root))

    assert (problem.place.file, problem.what) == ("rosters/specialties.yaml", what)


def test_the_bureaus_own_keywords_count_alone_and_the_plans_words_are_known(county: County):
    county.plan(more="specialties: {GGCS: [公共场所卫生]}\n")
    county.write("rosters/specialties.yaml", "\ufeff公共场所: 农家乐\r\n放射卫生:\r\n")

    found, problems = read_keywords(Workspace(county.root), ["旧词"])

    assert problems == []
    assert found.keywords == {"农家乐": ("公共场所",)}
    assert found.known == {"公共场所", "放射卫生", "学校卫生", "GGCS", "XXWS", "公共场所卫生", "旧词"}
