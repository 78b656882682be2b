"""The index page: on a phone and on a desk, with hostile words in it, printed as a list of what is public."""

import json
import re
import shutil
import subprocess
from datetime import date
from html import escape
from pathlib import Path

import pytest

from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.year.disclosure.index import index_variables
from shuangsuiji.core.year.events import Happened, Placed, Published
from shuangsuiji.core.year.state import fold
from shuangsuiji.files.documents.html import render_html
from shuangsuiji.files.workspace import Workspace

PLAN = Plan.model_validate(
    {
        "draw": "T-2023",
        "title": "测试县抽查方案",
        "document_no": "测卫〔2023〕3号",
        "agency": {"code": "WJ", "name": "测试县卫生健康局"},
        "year": 2023,
        "period": {"start": "2023-04-01", "end": "2023-11-30"},
        "strata": [{"code": "GGCS", "name": "公共场所", "ratio": "50%"}],
    }
)
LONG = "https://www.example.gov.cn/" + "a" * 400
HOSTILE = '<script>alert(1)</script> & {{ 7*7 }} ]]> "引号" 13800138000'
FORMATS = ("html", "docx", "xlsx", "csv")

LOOK = """
<iframe id="page" style="width:{width}px;height:800px;border:0" srcdoc="{page}"></iframe>
<script>
const frame = document.getElementById("page");
frame.onload = () => {{
  const page = frame.contentDocument, view = frame.contentWindow;
  document.title = "seen " + JSON.stringify({{
    scroll: page.scrollingElement.scrollWidth,
    sideways: [...page.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > view.innerWidth + 1).length,
    smallest: Math.min(...[...page.querySelectorAll("ul.files a")].map(e => e.getBoundingClientRect().height)),
  }});
}};
</script>
"""


def notice(name: str, **more: object) -> Published:
    what = name.split("-", maxsplit=1)[0]
    files = {f"{name}.{one}": f"{len(name):064}" for one in FORMATS}
    fields = {"on": date(2023, 6, 30), "notice": name, "what": what, "title": f"{name}的公示", "files": files}
    return Published.model_validate({**fields, "checkpoint": "T-2023#12:" + "ab" * 32, **more})


def page() -> bytes:
    """A year's index: everything that can be in it."""
    events = (
        notice("plan-1"),
        notice("plan-2", corrects="plan-1", reason="年度抽查计划已经调整"),
        notice("results-1", title="很长的标题" * 60, url=LONG),
        notice("results-2", corrects="results-1", reason=HOSTILE),
        notice("penalties-1", title="撤下的标题"),
        notice("penalties-2", corrects="penalties-1", withdraws=("GGCS/A1",), reason="复议撤销"),
        Placed(on=date(2023, 6, 30), notice="results-2", url="https://www.example.gov.cn/?a=1&b=<2>"),
    )
    state = fold(Happened(n, "2023-06-30T10:00:00+08:00", "甲", event) for n, event in enumerate(events, 1))
    sizes = {f"{one.notice}.{kind}": 12_345 for one in events if isinstance(one, Published) for kind in FORMATS}
    del sizes["results-2.csv"]
    return render_html(Workspace(Path("nowhere")), "index.html.j2", index_variables(PLAN, state.notices, sizes))


@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
@pytest.mark.parametrize("width", [390, 1280])
def test_the_index_never_scrolls_sideways_and_its_console_is_silent(tmp_path: Path, width: int) -> None:
    look = tmp_path / "look.html"
    look.write_text(LOOK.format(width=width, page=escape(page().decode())), "utf-8")
    home = f"--user-data-dir={tmp_path / 'home'}"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", home]
    more = [f"--window-size={max(500, width)},900", "--enable-logging=stderr", "--virtual-time-budget=20000"]
    done = subprocess.run(
        [*command, *more, "--dump-dom", look.as_uri()], check=True, capture_output=True, text=True, timeout=240
    )

    assert "CONSOLE" not in done.stderr
    found = re.search(r"<title>seen (.*?)</title>", done.stdout)
    assert found, done.stdout[:500]
    seen = json.loads(found[1])
    assert seen["scroll"] == width
    assert seen["sideways"] == 0
    assert seen["smallest"] >= 32


def test_hostile_words_appear_literally_and_phones_not_at_all() -> None:
    text = page().decode()

    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7*7 }} ]]&gt;" in text
    assert "13800138000" not in text
    assert 'href="https://www.example.gov.cn/?a=1&amp;b=&lt;2&gt;"' in text


def test_it_needs_nothing_from_elsewhere() -> None:
    text = page().decode()

    assert not re.search(r"<(script|link|img|iframe)|@import|url\(", text)
    assert 'lang="zh-CN"' in text
    assert 'name="viewport"' in text


def test_what_is_withdrawn_is_named_and_no_more() -> None:
    text = page().decode()

    assert "penalties-1（2023年6月30日公示）已撤下，由" in text
    assert "撤下的标题" not in text
    assert "penalties-1.html" not in text


def test_a_missing_file_is_no_link() -> None:
    text = page().decode()

    assert 'href="results-2.csv"' not in text
    assert "CSV 数据 <small>文件缺失</small>" in text


def test_the_newest_stands_first_under_its_kind_in_the_order_of_the_work() -> None:
    text = page().decode()

    order = [text.index(f'id="{one}"') for one in ("plan", "plan-2", "plan-1", "results", "results-2", "penalties")]
    assert order == sorted(order)
    assert '调整、代替 <a href="plan-1.html">plan-1</a>（2023年6月30日公示）：年度抽查计划已经调整' in text
