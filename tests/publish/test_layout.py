"""GB/T 9704-2012, read back from the Word files: page, lines, fonts, page numbers, tables."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from tests.publish.papers import KINDS, W, number, part, word_texts

TEXT, TURNED = 8844, 12755
"""156 mm and 225 mm, in twentieths of a point."""


@pytest.fixture(params=KINDS)
def docx(request: pytest.FixtureRequest, published: Mapping[str, bytes]) -> bytes:
    return published[f"{request.param}-1.docx"]


def mm(twips: int) -> float:
    return round(twips * 25.4 / 1440, 1)


def sections(docx: bytes) -> list[ET.Element]:
    return list(part(docx).iter(f"{W}sectPr"))


def style(docx: bytes, name: str) -> ET.Element:
    styles = part(docx, "word/styles.xml")
    return next(each for each in styles.iter(f"{W}style") if each.find(f"{W}name").attrib[W + "val"] == name)


def look(element: ET.Element, *path: str) -> ET.Element | None:
    return element.find("/".join(W + each for each in path))


def styles_of(docx: bytes) -> Iterator[tuple[str, str]]:
    """Name of the style and text of each paragraph outside tables."""
    names = {
        each.attrib[W + "styleId"]: each.find(f"{W}name").attrib[W + "val"]
        for each in part(docx, "word/styles.xml").iter(f"{W}style")
    }
    for paragraph in part(docx).find(f"{W}body").findall(f"{W}p"):
        kind = paragraph.find(f"{W}pPr/{W}pStyle").attrib[W + "val"]
        yield names[kind], "".join(each.text or "" for each in paragraph.iter(f"{W}t"))


# ── the page ──


def test_the_page_is_a4_with_37_28_and_156_by_225(docx: bytes) -> None:
    page = sections(docx)[0]
    size, margins = page.find(f"{W}pgSz"), page.find(f"{W}pgMar")
    top, right, bottom, left = (number(margins, side) for side in ("top", "right", "bottom", "left"))
    wide, high = number(size, "w"), number(size, "h")

    assert (mm(wide), mm(high)) == (210.0, 297.0)
    assert (mm(top), mm(left), mm(bottom), mm(right)) == (37.0, 28.0, 35.0, 26.0)
    assert (mm(wide - left - right), mm(high - top - bottom)) == (156.0, 225.0)


def test_22_lines_of_28_characters(docx: bytes) -> None:
    page, normal = sections(docx)[0], style(docx, "Normal")
    margins, size = page.find(f"{W}pgMar"), page.find(f"{W}pgSz")
    defaults = part(docx, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    line = look(normal, "pPr", "spacing")
    height = number(size, "h") - number(margins, "top") - number(margins, "bottom")
    advance = number(defaults.find(f"{W}sz"), "val") * 10 + number(defaults.find(f"{W}spacing"), "val")

    assert page.find(f"{W}docGrid").attrib == {W + "type": "lines", W + "linePitch": "579"}
    assert (line.attrib[W + "lineRule"], number(line, "line")) == ("exact", 579)
    assert height // 579 == 22
    assert TEXT // advance == 28
    assert number(look(normal, "pPr", "widowControl"), "val") == 0


def test_a_turned_page_keeps_its_margins_and_has_its_head_at_the_left(published: Mapping[str, bytes]) -> None:
    upright, turned = sections(published["results-1.docx"])
    size, margins = turned.find(f"{W}pgSz"), turned.find(f"{W}pgMar")

    assert size.attrib[W + "orient"] == "landscape"
    assert [mm(number(margins, side)) for side in ("top", "right", "bottom", "left")] == [28.0, 37.0, 26.0, 35.0]
    assert "orient" not in upright.find(f"{W}pgSz").attrib


@pytest.mark.parametrize(
    ("kind", "turned"), [("plan", 1), ("items", 1), ("draw", 0), ("adjustments", 1), ("results", 1), ("penalties", 1)]
)
def test_only_wide_tables_turn_the_page(published: Mapping[str, bytes], kind: str, turned: int) -> None:
    pages = sections(published[f"{kind}-1.docx"])

    assert [W + "orient" in page.find(f"{W}pgSz").attrib for page in pages] == [False] + [True] * turned


# ── type ──


@pytest.mark.parametrize(
    ("name", "font", "size"),
    [
        ("Title", "方正小标宋简体", 44),
        ("heading 1", "黑体", None),
        ("heading 2", "楷体_GB2312", None),
        ("附件序号", "黑体", None),
        ("附件标题", "方正小标宋简体", 44),
        ("表头", "黑体", None),
        ("单页页码", "宋体", 28),
    ],
)
def test_each_style_has_its_type_also_for_chinese(
    published: Mapping[str, bytes], name: str, font: str, size: int | None
) -> None:
    docx = published["results-1.docx"]
    fonts = look(style(docx, name), "rPr", "rFonts")

    assert {fonts.attrib[W + kind] for kind in ("ascii", "hAnsi", "eastAsia")} == {font}
    assert fonts.attrib[W + "hint"] == "eastAsia"
    assert size is None or number(look(style(docx, name), "rPr", "sz"), "val") == size


def test_the_text_is_fangsong_of_16_points_indented_by_two_characters(docx: bytes) -> None:
    defaults = part(docx, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    assert defaults.find(f"{W}rFonts").attrib[W + "eastAsia"] == "仿宋_GB2312"
    assert number(defaults.find(f"{W}sz"), "val") == 32
    assert number(look(style(docx, "公文正文"), "pPr", "ind"), "firstLineChars") == 200


def test_each_font_names_what_may_take_its_place(docx: bytes) -> None:
    fonts = {
        each.attrib[W + "name"]: each.find(f"{W}altName").attrib[W + "val"] for each in part(docx, "word/fontTable.xml")
    }

    assert sorted(fonts) == sorted(["仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体", "宋体"])
    assert fonts["仿宋_GB2312"].startswith("仿宋,")
    assert "华文中宋" in fonts["方正小标宋简体"]


def test_title_headings_and_signature_have_their_styles(published: Mapping[str, bytes]) -> None:
    told = list(styles_of(published["results-1.docx"]))

    assert told[0][0] == "Title"
    assert [text for name, text in told if name == "heading 1"] == [
        "一、抽查对象",
        "二、抽查内容",
        "三、抽查依据",
        "四、抽查结果",
    ]
    assert [
        each for each in told if each[0] in {"结束语", "附件说明", "发文机关署名", "成文日期", "附件序号", "附件标题"}
    ] == [
        ("结束语", "特此公告。"),
        ("附件说明", "附件：随机监督抽查结果一览表"),
        ("发文机关署名", "青禾县卫生健康局"),
        ("成文日期", "2023年6月2日"),
        ("附件序号", "附件"),
        ("附件标题", "随机监督抽查结果一览表"),
    ]


def test_the_date_stands_four_characters_from_the_right_and_the_agency_over_it(docx: bytes) -> None:
    date, agency = style(docx, "成文日期"), style(docx, "发文机关署名")
    indent = look(date, "pPr", "ind")
    middle = TEXT - number(indent, "right") - 2030 / 2  # 2023年6月2日 is 101.5 points wide
    centre = (number(look(agency, "pPr", "ind"), "left") + TEXT) / 2

    assert number(indent, "rightChars") == 400
    assert look(date, "pPr", "jc").attrib[W + "val"] == "right"
    assert look(agency, "pPr", "jc").attrib[W + "val"] == "center"
    assert abs(middle - centre) < 100


def test_the_end_of_the_text_goes_over_with_the_signature(docx: bytes) -> None:
    for name in ("结束语", "附件说明", "发文机关署名"):
        assert look(style(docx, name), "pPr", "keepNext") is not None


# ── page numbers ──


def test_page_numbers_stand_outside_odd_at_the_right_even_at_the_left(docx: bytes) -> None:
    settings = part(docx, "word/settings.xml")
    with zipfile.ZipFile(BytesIO(docx)) as package:
        links = dict(
            re.findall(
                r'Id="(\w+)"[^>]*Target="(footer\d\.xml)"', package.read("word/_rels/document.xml.rels").decode()
            )
        )

    assert settings.find(f"{W}evenAndOddHeaders") is not None
    for page in sections(docx):
        turned = W + "orient" in page.find(f"{W}pgSz").attrib
        for reference in page.findall(f"{W}footerReference"):
            target = links[next(value for key, value in reference.attrib.items() if key.endswith("}id"))]
            footer = part(docx, f"word/{target}")
            kind = reference.attrib[W + "type"]
            assert "".join(each.text or "" for each in footer.iter(f"{W}t")) == "— 1 —"
            assert [each.text for each in footer.iter(f"{W}instrText")] == [" PAGE "]
            assert footer.find(f".//{W}pStyle").attrib[W + "val"] == {"default": "odd", "even": "even"}[kind]
            assert (footer.find(f".//{W}textDirection") is not None) is turned
    odd, even = style(docx, "单页页码"), style(docx, "双页页码")
    assert (look(odd, "pPr", "jc").attrib[W + "val"], number(look(odd, "pPr", "ind"), "rightChars")) == ("right", 100)
    assert (look(even, "pPr", "jc").attrib[W + "val"], number(look(even, "pPr", "ind"), "leftChars")) == ("left", 100)


# ── tables ──


def test_long_tables_repeat_their_heading_and_keep_rows_whole(docx: bytes) -> None:
    tables = list(part(docx).iter(f"{W}tbl"))

    assert tables
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_widths_stand_on_columns_and_cells_and_fill_the_page(docx: bytes) -> None:
    turned = len(sections(docx)) > 1
    for table in part(docx).iter(f"{W}tbl"):
        columns = [number(each, "w") for each in table.find(f"{W}tblGrid")]
        assert abs(sum(columns) - (TURNED if turned else TEXT)) < 10
        assert table.find(f"{W}tblPr/{W}tblLayout").attrib[W + "type"] == "fixed"
        for row in table.findall(f"{W}tr"):
            assert [number(cell.find(f"{W}tcPr/{W}tcW"), "w") for cell in row.findall(f"{W}tc")] == columns


def test_attachments_begin_on_a_page_of_their_own(published: Mapping[str, bytes]) -> None:
    body = part(published["draw-1.docx"]).find(f"{W}body")
    marks = [
        each
        for each in body.findall(f"{W}p")
        if "".join(t.text or "" for t in each.iter(f"{W}t")).startswith("附件")
        and each.find(f"{W}pPr/{W}pStyle").attrib[W + "val"] == "mark"
    ]

    assert ["".join(t.text or "" for t in each.iter(f"{W}t")) for each in marks] == ["附件1", "附件2", "附件3"]
    assert all(each.find(f"{W}pPr/{W}pageBreakBefore") is not None for each in marks)
    assert "3. 未参加抽取的单位" in word_texts(published["draw-1.docx"])


def test_a_date_stays_on_one_line_of_its_cell(docx: bytes) -> None:
    size, padding, slack = 21, 216, 1.1  # half points; twentieths of a point; other fonts have wider digits
    least = 10 * size * 5 * slack + padding

    for cell in part(docx).iter(f"{W}tc"):
        lines = "".join("\n" if each.tag == f"{W}br" else each.text or "" for each in cell.iter()).split("\n")
        if any(re.fullmatch(r"\d{4}-\d\d-\d\d", line) for line in lines):
            assert number(cell.find(f"{W}tcPr/{W}tcW"), "w") >= least


def test_adjustments_have_room_for_their_papers(published: Mapping[str, bytes]) -> None:
    table = next(part(published["adjustments-1.docx"]).iter(f"{W}tbl"))
    widths = [number(column, "w") for column in table.iter(f"{W}gridCol")]

    assert max(widths) == widths[5] >= TURNED // 4
