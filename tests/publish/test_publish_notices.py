"""`ssj publish plan | items | draw | adjustments`, web addresses, the list, and what goes together on a command line."""

import re
from html.parser import HTMLParser

import pytest

from tests.conftest import County
from tests.publish.going_public import FAST, drawn, events, public, publish, record, refused
from tests.year.returning import Clock


class Links(HTMLParser):
    """Where a page leads, and what its elements are called."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.to: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.to.append(found["href"] or "")
        self.ids |= {found["id"] or ""} if "id" in found else set()


def test_a_plan_is_published_before_the_draw_in_all_formats(county: County) -> None:
    done = publish(county, "plan")

    names = ["plan-1.html", "plan-1.docx", "plan-1.xlsx", "plan-1.csv"]
    assert [one["name"] for one in done["notice"]["files"]] == names
    assert sorted(public(county)) == sorted([*names, "SHA256SUMS", "index.html"])


def test_an_unchanged_plan_is_not_published_again(county: County) -> None:
    publish(county, "plan", *FAST)
    county.plan(more="deadlines: {}\n# 加了一行注释\n")

    done = refused(county, "plan", "--format", "xlsx")

    assert done.code == 3
    assert "plan-1" in done.err
    assert "没有变化，不再公示" in done.err


def test_neither_is_it_after_the_draw(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    clock("2023-05-06T09:00")
    publish(county, "plan", *FAST)
    clock("2023-05-08T09:00")
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0

    assert refused(county, "plan").code == 3


def test_an_adjusted_plan_is_a_new_notice_that_names_the_old(county: County) -> None:
    publish(county, "plan", *FAST)
    county.plan(("name: 学校卫生, ratio: 50%", "name: 学校卫生, ratio: 100%"))

    notice = publish(county, "plan")["notice"]

    assert (notice["name"], notice["corrects"]) == ("plan-2", "plan-1")
    assert "（调整后）" in notice["title"]
    assert "plan-1" in public(county)["plan-2.html"].decode()
    assert refused(county, "plan").code == 3


def test_a_changed_list_of_items_is_published_again(county: County) -> None:
    publish(county, "items", *FAST)
    assert refused(county, "items").code == 3
    items = (county.root / "rosters/items.csv").read_text("utf-8")
    county.write("rosters/items.csv", items.replace("卫生许可", "卫生许可和公示"))

    assert publish(county, "items", *FAST)["notice"]["corrects"] == "items-1"


def test_a_draw_is_published_once_it_is_drawn_and_each_draw_once(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = refused(county, "draw")
    assert early.code == 3
    assert "本方案还没有抽取" in early.err
    drawn(county, monkeypatch)
    publish(county, "draw", *FAST)
    record(county, "GGCS/A1")
    assert refused(county, "draw").code == 3
    assert county.ssj("draw", "--void", "--reason", "名册有误", "--document", "1号").code == 0
    assert county.ssj("draw", "--seed", "2", "--no-sheets").code == 0

    notice = publish(county, "draw", *FAST)["notice"]

    assert (notice["name"], notice["corrects"]) == ("draw-2", "")
    assert "这次抽取已作废（1号）。" in public(county)["index.html"].decode()


def test_adjustments_are_published_again_when_there_are_new_ones(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    none_yet = refused(county, "adjustments")
    assert none_yet.code == 3
    assert "没有可公示的调整" in none_yet.err
    void = ("--why", "duplicate", "--reason", "重卡", "--document", "上级1号")
    assert county.ssj("adjust", "void", "--task", "GGCS/A1", *void).code == 0
    assert publish(county, "adjustments", *FAST)["notice"]["name"] == "adjustments-1"
    assert refused(county, "adjustments").code == 3
    assert county.ssj("adjust", "void", "--task", "GGCS/A2", *void).code == 0

    assert publish(county, "adjustments", *FAST)["notice"]["name"] == "adjustments-2"


def test_where_a_notice_was_put_is_on_record_with_it_or_afterwards(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    publish(county, "results", "--at", "https://www.example.gov.cn/1", *FAST)
    record(county, "GGCS/A2")
    publish(county, "results", *FAST)

    newest = publish(county, "results", "--at", "https://www.example.gov.cn/2")
    other = publish(county, "results", "--notice", "results-1", "--at", "https://www.example.gov.cn/3")
    again = publish(county, "results", "--notice", "results-1", "--at", "https://www.example.gov.cn/3")

    assert newest["placed"] == {"notice": "results-2", "url": "https://www.example.gov.cn/2"}
    assert other["placed"]["notice"] == "results-1"
    assert again["placed"] is None
    assert [event["kind"] for event in events(county)][-2:] == ["placed", "placed"]
    urls = {one["name"]: one["urls"] for one in publish(county, "list")["notices"]}
    assert urls == {
        "results-1": ["https://www.example.gov.cn/1", "https://www.example.gov.cn/3"],
        "results-2": ["https://www.example.gov.cn/2"],
    }
    assert "https://www.example.gov.cn/3" in public(county)["index.html"].decode()


def test_an_address_without_a_notice_is_refused(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)

    nothing = refused(county, "results", "--at", "https://www.example.gov.cn/1")
    unknown = refused(county, "results", "--at", "https://www.example.gov.cn/1", "--notice", "results-1")
    no_link = refused(county, "results", "--at", "javascript:alert(1)")

    assert (nothing.code, unknown.code, no_link.code) == (3, 2, 2)
    assert "“javascript:alert(1)”不是网址。" in no_link.err


def test_every_link_of_the_index_leads_somewhere(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    clock("2023-05-06T09:00")
    publish(county, "plan")
    drawn(county, monkeypatch)
    publish(county, "items", *FAST)
    publish(county, "draw", *FAST)
    record(county, "GGCS/A1")
    publish(county, "results", "--format", "html,csv")
    record(county, "GGCS/A1", "存在的主要问题=照明不足", outcome="")
    publish(county, "results", "--correct", "results-1", "--reason", "漏记", "--format", "html")

    files = public(county)
    page = files["index.html"].decode()

    links = Links(page)
    inside = [link for link in links.to if not link.startswith("https://")]
    assert len(inside) > 10
    assert [link for link in inside if link.lstrip("#") not in (links.ids if link[0] == "#" else files)] == []
    assert set(files) - {"index.html"} <= set(inside)
    order = [page.index(f'id="{kind}"') for kind in ("plan", "items", "draw", "results")]
    assert order == sorted(order)
    assert page.index('id="results-2"') < page.index('id="results-1"')
    assert "对本公示的部分内容作了更正" in page
    assert '更正 <a href="results-1.html">results-1</a>（2023年5月9日公示）：漏记' in page
    assert not re.search(r'(src|href)="(https?:)?//', page)


def test_the_list_tells_what_waits(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    record(county, "GGCS/A1")
    before = county.files()

    done = county.ssj("publish")

    assert done.code == 0
    waiting = "待公示  抽查结果 1 项，最早一项的期限是 2023-06-06，用 ssj publish results"
    assert waiting in done.out
    assert waiting in county.ssj("status").out
    ready = {"tasks": 1, "overdue": 0, "due": "2023-06-06"}
    assert county.ssj("status", "--json").json["plans"][0]["ready"]["results"] == ready
    assert county.files() == before


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["outcome"], "没有“outcome”这一类公示。"),
        (["results", "--format", "pdf"], "--format 不认识“pdf”。"),
        (["results", "--format", ","], "--format 没有写格式。"),
        (["plan", "--task", "GGCS/A1"], "只用于 results 和 penalties"),
        (["plan", "--correct", "plan-1", "--reason", "x"], "--correct 只用于 results 和 penalties"),
        (["results", "--withdraw", "GGCS/A1", "--reason", "x"], "--withdraw 只用于 penalties。"),
        (["penalties", "--withdraw", "GGCS/A1", "--correct", "penalties-1", "--reason", "x"], "不能一起用"),
        (["results", "--due", "--task", "GGCS/A1"], "和 --task 不能一起用"),
        (["results", "--due", "--all-ready"], "--due 和 --all-ready 只能写一个。"),
        (["results", "--notice", "results-1"], "--notice 和 --at 一起用"),
        (["list", "--dry-run"], "列出公示时不用别的选项。"),
    ],
)
def test_words_that_do_not_go_together_are_refused(county: County, words: list[str], what: str) -> None:
    done = refused(county, *words)

    assert done.code == 2
    assert what in done.err


def test_a_wrong_index_template_is_told_before_anything_is_written(county: County) -> None:
    county.write("templates/index.html.j2", "<title>{{ titel }}</title>\n")

    done = refused(county, "plan", *FAST)

    assert done.code == 1
    assert "templates/index.html.j2，第1行" in done.err
    assert "titel" in done.err
