"""Whom a row of a received list means: each way of matching, and none of them a guess."""

import pytest

from shuangsuiji.core.roster.inspector import inspectors
from shuangsuiji.core.roster.matching import InspectorBook, Sought, SubjectBook, folded
from shuangsuiji.core.roster.subject import subjects
from shuangsuiji.core.table import Table


def table(headings: str, *rows: str) -> Table:
    cells = [row.split(",") for row in rows]
    columns = {heading: [row[at] for row in cells] for at, heading in enumerate(headings.split(","))}
    return Table("x.csv", None, range(2, 2 + len(rows)), columns, {})


SUBJECTS = SubjectBook(
    subjects(
        [
            table(
                "对象编号,单位名称,专业,地址,统一社会信用代码",
                "A1,甲宾馆,公共场所,东街1号,91350100M000100Y43",
                "A1,甲宾馆,学校卫生,东街1号,91350100M000100Y43",
                "A2,乙宾馆,公共场所,西街2号,",
                "A3,美发店,公共场所,东街3号,",
                "A4,美发店,公共场所,西街4号,",
                "A5,总院,公共场所,东街5号,C1",
                "A6,分院,公共场所,西街6号,C1",
                "A7,药房,公共场所,东街7号,C7",
                "A8,双胞店,公共场所,南街8号,",
                "A9,双胞店,公共场所,南街8号,",
            )
        ],
        "2023-05-01",
    )[0]
)


@pytest.mark.parametrize(
    ("sought", "subject", "way", "candidates"),
    [
        (Sought("甲宾馆", "A1"), "A1", "id", ()),
        (Sought("改了名的店", "A1"), "A1", "id", ()),
        (Sought("甲宾馆", "A1", "C7", "西街2号"), "A1", "id", ()),
        (Sought("改了名的店", "", "91350100M000100Y43"), "A1", "code", ()),
        (Sought("改了名的店", "ZZ9", "91350100M000100Y43"), "A1", "code", ()),
        (Sought("美发店", "", "", "西街4号"), "A4", "name-address", ()),
        (Sought("美 发店", "", "", "西街４号"), "A4", "name-address", ()),
        (Sought("药房", "", "C8", "东街7号"), "A7", "name-address", ()),
        (Sought("分院", "", "C1", "西街6号"), "A6", "name-address", ()),
        (Sought("乙宾馆"), "A2", "name", ()),
        (Sought("乙宾馆", "", "", "搬走了"), "A2", "name", ()),
        (Sought("药房", "", "C8"), "", "none", ("A7",)),
        (Sought("美发店"), "", "none", ("A3", "A4")),
        (Sought("改了名的店", "", "C1"), "", "none", ("A5", "A6")),
        (Sought("双胞店", "", "", "南街8号"), "", "none", ("A8", "A9")),
        (Sought("没有这家", "ZZ9", "ZZ9", "北街"), "", "none", ()),
    ],
)
def test_a_subject_is_matched_by_id_then_code_then_name_and_address_then_a_name_that_only_one_has(
    sought, subject, way, candidates
):
    match = SUBJECTS.find(sought)

    assert (match.subject.subject if match.subject else "", match.way, match.candidates) == (subject, way, candidates)


INSPECTORS = InspectorBook(
    inspectors(
        [
            table(
                "执法证号,姓名,专业",
                "P1,监督员01,公共场所",
                "P2,监督员02,公共场所",
                "P3,李一,公共场所",
                "P4,同名员,公共场所",
                "P5,同名员,公共场所",
            )
        ],
        "2023-05-01",
    )[0]
)


@pytest.mark.parametrize(
    ("ids", "names", "team"),
    [
        (["P1", "P2"], [], "P1 P2"),
        (["P1", "P2"], ["监督员02", "监督员01"], "P1 P2"),
        ([], ["监督员01", "李一"], "P1 P3"),
        ([], ["监督员01 监督员02"], "P1 P2"),
        ([], ["李 一", "监督员01"], "P3 P1"),
        ([], ["监督员01（P1）", "同名员 (P5)"], "P1 P5"),
        (["P4"], ["同名员", "监督员01"], "P4 P1"),
        (["P1", "P1"], [], "P1"),
        ([], [], ""),
    ],
)
def test_inspectors_are_matched_by_number_then_by_a_name_that_only_one_has(ids, names, team):
    found, nobody = INSPECTORS.team(ids, names)

    assert (" ".join(i.inspector for i in found), nobody) == (team, [])


@pytest.mark.parametrize(
    ("ids", "names", "text", "why", "near"),
    [
        (["P-1", "P1"], [], "P-1", "unknown-id", ("监督员01（P1）",)),
        (["Z9", "P1"], ["监督员01", "李一"], "Z9", "unknown-id", ("李一（P3）",)),
        ([], ["监督员99", "李一"], "监督员99", "unknown-name", ("监督员02（P2）", "监督员01（P1）")),
        ([], ["王五", "李一"], "王五", "unknown-name", ()),
        ([], ["同名员", "李一"], "同名员", "ambiguous-name", ("同名员（P4）", "同名员（P5）")),
        (["P1", "P2"], ["监督员01", "李一"], "李一", "id-and-name-differ", ("监督员01（P1）", "监督员02（P2）")),
        (["P1"], ["李一", "监督员02"], "李一", "id-and-name-differ", ("监督员01（P1）",)),
    ],
)
def test_an_inspector_who_cannot_be_told_is_named_with_those_who_look_alike(ids, names, text, why, near):
    _, nobody = INSPECTORS.team(ids, names)

    assert (nobody[0].text, nobody[0].why) == (text, why)
    assert set(near) <= set(nobody[0].near)


def test_width_blanks_and_brackets_do_not_tell_names_apart():
    assert folded("甲 宾馆（东关店）ＡＢ") == folded("甲宾馆(东关店)ab")
