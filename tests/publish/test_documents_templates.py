"""A wrong template: every fault of both at once, with its place and the name; nothing is made of it."""

from pathlib import Path

import pytest

from shuangsuiji.core.refusal import FOUND, Faulty
from shuangsuiji.files.documents import render_notice
from shuangsuiji.files.workspace import Workspace
from tests.conftest import County
from tests.publish.papers import HOSTILE, bureau, edited, results, word_texts


def faults(workspace: Workspace, *formats: str) -> list[str]:
    with pytest.raises(Faulty) as refused:
        render_notice(workspace, results("甲", "乙"), formats or ("html", "docx"))  # type: ignore[arg-type]
    assert refused.value.exit_code == FOUND
    return [str(problem) for problem in refused.value.problems]


def page(body: str) -> str:
    return f"<html>\n{body}\n</html>\n"


def word(text: str, *more: tuple[str, str]) -> bytes:
    return edited("results.docx", ("特此公告。", text), *more)


def test_all_wrong_names_of_html_and_word_are_told_at_once(tmp_path: Path) -> None:
    own = bureau(
        tmp_path,
        results_html=page(
            "{{ titel }}\n{% for row in rows %}\n{{ row.nmae }}{{ rows[0].adress }}\n{% endfor %}\n{{ on }}"
        ),
        results_docx=word("{{ agenci }}", ("{{ row.note }}", "{{ row.zzz }}")),
    )

    assert faults(own) == [
        "templates/results.html.j2，第2行：没有叫“titel”的内容。是不是“title”？能用的名称见手册 docs/templates.md。",
        "templates/results.html.j2，第4行：“row.nmae”：没有叫“nmae”的内容。是不是“name”？能用的名称见手册 docs/templates.md。",
        "templates/results.html.j2，第4行：“rows.0.adress”：没有叫“adress”的内容。是不是“address”？能用的名称见手册 docs/templates.md。",
        "templates/results.docx：“{{ agenci }}”这里，没有叫“agenci”的内容。是不是“agency”？能用的名称见手册 docs/templates.md。",
        "templates/results.docx：“{{ row.zzz }}”这里，“row.zzz”：没有叫“zzz”的内容。能用的名称见手册 docs/templates.md。",
    ]


def test_braces_of_a_chinese_keyboard_are_told_where_they_stand(tmp_path: Path) -> None:
    own = bureau(
        tmp_path,
        results_html=page("{{ title }}\n特此公告｛｛ on ｝｝。\n{% for row in rows %}{{ row.name }}{% endfor %}"),
        results_docx=word("特此公告。｛％ if reason ％｝", ("{{ row.note }}", "｛｛ row.note ｝｝")),
    )

    told = faults(own)

    assert told[0] == (
        "templates/results.html.j2，第3行：有全角的花括号“｛｛”，取不到内容，会照样印出来。请改成半角的 {{ }}、{% %}。"
    )
    assert {line.partition("：")[0] for line in told} == {"templates/results.html.j2，第3行", "templates/results.docx"}
    assert "“特此公告。｛％ if reason ％｝”这里，有全角的花括号“｛％”" in told[1]
    assert "“｛｛ row.note ｝｝" in told[2]
    assert len(told) == 3


def test_quotes_as_other_word_processors_write_them_are_read(tmp_path: Path) -> None:
    own = bureau(tmp_path, results_docx=word("{% if kind == &quot;results&quot; %}结果{% else %}别的{% endif %}"))

    made = render_notice(own, results("甲"), ("docx",))

    assert "结果" in word_texts(made["results-1.docx"])


def test_a_fault_in_the_base_is_told_with_the_base(tmp_path: Path) -> None:
    own = bureau(
        tmp_path,
        base_html=edited(
            "base.html.j2", ('{{ agency }}</p>\n<p class="date">', '{{ agencies }}</p>\n<p class="date">')
        ),
    )

    (told,) = faults(own, "html")

    assert told.startswith("templates/base.html.j2，第")
    assert "没有叫“agencies”的内容。是不是“agency”？" in told


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("{% if rows %}", 3, "开头和结尾不成对：这里应有 'elif' or 'else' or 'endif'。"),
        ("{% endfor %}", 2, "不认识“endfor”。"),
        ("{{ title", 3, "写法不对"),
        ("{{ title|nothing }}", 2, "没有叫“nothing”的过滤器。"),
        ("{{ title|safe }}", 2, "没有叫“safe”的过滤器。"),
        ("{% autoescape false %}{% endautoescape %}", 2, "不能关闭转义。"),
        ("\n{{ title.__class__.__mro__ }}", 3, "用了模板里不许用的写法。"),
        ("{{ title.__init__.__globals__ }}", 2, "用了模板里不许用的写法。"),
        ("{{ 1 // 0 }}", 2, "算不出来"),
        ("{{ 9 ** 999999999 }}", 2, "用了模板里不许用的写法。"),
        ("{{ title * 999999999 }}", 2, "用了模板里不许用的写法。"),
        ("{% for a in range(999999) %}{% endfor %}", 2, "循环的次数太多。"),
        ("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", 2, "循环的次数太多。"),
        ('{% include "other.html.j2" %}', None, "找不到它引用的模板“other.html.j2”。"),
        ('{% include "results.html.j2" %}', None, "引用自己，没有尽头。"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 2, "引用自己，没有尽头。"),
    ],
)
def test_what_else_may_be_wrong_is_told_in_chinese(tmp_path: Path, body: str, line: int | None, what: str) -> None:
    (told,) = faults(bureau(tmp_path, results_html=page(body)), "html")

    assert told.startswith("templates/results.html.j2" + (f"，第{line}行：" if line else ""))
    assert what in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ title", "写法不对"),
        ("{% if rows %}", "开头和结尾不成对"),
        ("{{ title|nothing }}", "“{{ title|nothing }}”这里，没有叫“nothing”的过滤器。"),
        ("前{{ title.__class__.__mro__ }}", "“前{{ title.__class__.__mro__ }}”这里，用了模板里不许用的写法。"),
        ("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", "循环的次数太多。"),
    ],
)
def test_the_same_in_word_with_the_text_that_stands_there(tmp_path: Path, text: str, told: str) -> None:
    (said,) = faults(bureau(tmp_path, results_docx=word(text)), "docx")

    assert said.startswith("templates/results.docx：")
    assert told in said


def test_word_tags_that_cut_across_a_table_are_told_and_not_mended_silently(tmp_path: Path) -> None:
    across = edited("results.docx", ("{{ row.name }}", "{% if rows %}"), ("特此公告。", "{% endif %}"))
    (said,) = faults(bureau(tmp_path, results_docx=across), "docx")

    assert "开头和结尾不成对" in said or "不认识" in said

    cell = edited("results.docx", ("{{ row.name }}", "{%tc if not rows %}"), ("{{ row.address }}", "{% endif %}"))
    (said,) = faults(bureau(tmp_path, results_docx=cell), "docx")

    assert "{% %} 标签跨了段落、表格行或单元格，做出的文件打不开。" in said


@pytest.mark.parametrize("content", [b"no zip", b"PK\x05\x06" + bytes(18), b""])
def test_a_file_that_is_no_word_file_is_told(tmp_path: Path, content: bytes) -> None:
    (said,) = faults(bureau(tmp_path, results_docx=content), "docx")

    assert said == (
        "templates/results.docx：不是能用的 Word 文件（.docx）。请用 Word 或 WPS 另存为 .docx，不加密码；删除它就用自带的。"
    )


def test_an_html_template_in_a_wrong_encoding_is_told(tmp_path: Path) -> None:
    (said,) = faults(bureau(tmp_path, results_html="公示".encode("gb18030")), "html")

    assert said.startswith("templates/results.html.j2：不是 UTF-8 编码的文字。")


def test_names_in_a_branch_that_is_not_taken_are_looked_at_too(tmp_path: Path) -> None:
    (said,) = faults(bureau(tmp_path, results_html=page("{% if corrects %}{{ reasn }}{% endif %}")), "html")

    assert "没有叫“reasn”的内容。是不是“reason”？" in said


def test_what_a_template_makes_itself_is_no_wrong_name(tmp_path: Path) -> None:
    body = (
        "{% set n = rows|length %}{{ n }}{% macro m(a, b=1) %}{{ a }}{{ b }}{% endmacro %}{{ m(2) }}"
        "{% for row in rows|sort(attribute='name') %}{{ loop.index }}{{ row.name }}{% endfor %}"
        "{% for key, value in rows[0].items() %}{{ key }}{% endfor %}{% with x = 1 %}{{ x }}{% endwith %}"
        "{{ nothing|default('无') }}{% if nothing is defined %}{{ nothing }}{% endif %}{{ range(3)|list|length }}"
    )
    made = render_notice(
        bureau(tmp_path, results_html=body.replace("rows[0].items()", "[(1, 2)]")), results("甲"), ("html",)
    )

    assert made["results-1.html"].decode() == "1211甲1" + "1" + "无" + "3"


def test_a_cell_left_without_a_paragraph_gets_one_for_word_refuses_it_otherwise(tmp_path: Path) -> None:
    own = bureau(tmp_path, results_docx=edited("results.docx", ("{{ row.note }}", "{%p set unused = 1 %}")))

    made = render_notice(own, results("甲"), ("docx",))["results-1.docx"]

    assert "甲" in word_texts(made)


def test_braces_in_a_name_are_not_read_again(tmp_path: Path) -> None:
    made = render_notice(Workspace(tmp_path), results(HOSTILE["jinja"]), ("docx",))["results-1.docx"]

    assert HOSTILE["jinja"] in word_texts(made)


def test_publishing_with_a_wrong_template_writes_nothing(county: County) -> None:
    county.write("templates/plan.html.j2", "{{ titel }}")
    before = county.files()

    refused = county.ssj("publish", "plan")

    assert refused.code == 1
    assert "templates/plan.html.j2，第1行：没有叫“titel”的内容。是不是“title”？" in refused.err
    assert county.files() == before
