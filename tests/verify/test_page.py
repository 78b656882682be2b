"""The verification page as people see it: in Chromium, on a desk and on a phone."""

import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shuangsuiji.core.draw.chance import seed_of
from shuangsuiji.core.draw.drawing import selection
from shuangsuiji.core.draw.pool import Excluded, Pool, PoolStratum, PoolSubject, Rules, digest, encode
from shuangsuiji.core.year.result import tickets_csv
from shuangsuiji.files.documents.verifypage import embedded
from tests.publish.papers import HOSTILE
from tests.verify.browser import Browser, browser, needs_chromium
from tests.verify.opened_year import Files, changed_lines, data_of, made, open_files, open_sample, replaced

WIDTHS = (390, 1280)
TICKETS, TEAMS, DRAW = "result/tickets.csv", "result/teams.csv", "result/draw.json"
SIDEWAYS = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return open_sample(tmp_path_factory.mktemp("codes"))


@pytest.fixture(scope="module")
def files(public: Path) -> Files:
    return open_files(public)


@pytest.fixture(scope="module")
def facts(public: Path) -> dict[str, Any]:
    return dict(data_of((public / "verify.html").read_bytes())["facts"])


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as one:
        yield one


def drawn_by_hand(pool: Pool, source: str = "given:1") -> Files:
    """The public files of a pool without inspectors, drawn by a seed."""
    whole, seed = encode(pool), seed_of(pool.rules.draw, (source,))
    selected = selection(pool, seed.digest)
    names = {subject.subject: subject.name for subject in pool.subjects}
    told = {
        "protocol": "ssj1",
        "draw": pool.rules.draw,
        "seed_line": seed.line,
        "seed": seed.digest,
        "grade": seed.grade,
        "sources": list(seed.sources),
        "pool_digest": digest(whole),
        "strata": [
            {**one._asdict(), "drawn": sum(bool(each.why) for each in selected[one.stratum])} for one in pool.strata
        ],
    }
    open_pool = {f"pool/{name}": whole[name] for name in whole if name not in ("inspectors.csv", "conflicts.csv")}
    return {**open_pool, TICKETS: tickets_csv(selected, names), DRAW: json.dumps(told).encode()}


def small_pool(*names: str, quota: int = 2, excluded: tuple[Excluded, ...] = ()) -> Pool:
    """One stratum of units with these names."""
    rules = {
        "protocol": "ssj1",
        "draw": "T-1",
        "agency": "WJ",
        "tickets": "shared",
        "must_include": "within",
        "coverage": None,
        "team": {"size": 2, "specialty": "every", "lead": False, "area": "any"},
        "visits": "merge",
    }
    subjects = tuple(PoolSubject("GGCS", f"A{n:03d}", name, name, False, None) for n, name in enumerate(names))
    stratum = PoolStratum("GGCS", names[0], "GGCS", len(names), 0, "", "ceil", quota)
    return Pool((stratum,), subjects, (), (), excluded, Rules.model_validate(rules))


HIDDEN = {"withheld": ["inspectors.csv", "conflicts.csv"], "title": "方案", "agency": "测试局", "draw": "T-1"}


@needs_chromium
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["", "#en"])
def test_the_sample_county_agrees_on_any_screen_and_nothing_scrolls_sideways(
    public: Path, tab: Browser, width: int, language: str
) -> None:
    tab.open(public / "verify.html", width, fragment=language)
    tab.type("#query", "安康")
    tab.run("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    tab.run("new Promise((done) => setTimeout(done, 50))")

    assert tab.settle() == "ok"
    assert tab.run(SIDEWAYS) == 0
    assert tab.console == []
    assert tab.run("document.querySelectorAll('details.check.ok').length") == 8
    assert tab.run("document.querySelectorAll('#list tr.drawn').length") >= 120


@needs_chromium
def test_the_verdict_says_what_was_computed_and_what_the_seed_is_worth(public: Path, tab: Browser) -> None:
    tab.open(public / "verify.html")

    said = tab.text("#verdict")
    assert "相符：重算的结果和公布的完全一样" in said
    assert "1,038 个签号、9 个抽查层、132 项抽中任务和 94 个检查组" in said
    assert "种子等级：人工给定" in said
    assert "不能证明种子不是挑选过的" in said


@needs_chromium
def test_the_language_is_switched_and_remembered_in_the_address(public: Path, tab: Browser) -> None:
    tab.open(public / "verify.html")
    assert tab.text("h1") == "自己核验这次抽取"

    tab.run("document.getElementById('language').click()")
    tab.run("new Promise((done) => setTimeout(done, 50))")

    assert (tab.text("h1"), tab.run("location.hash"), tab.run("document.documentElement.lang")) == (
        "Check this draw yourself",
        "#en",
        "en",
    )
    assert "It agrees" in tab.text("#verdict")
    shown = re.sub(r"<bdi.*?</bdi>", "", str(tab.run("document.querySelector('main').innerText")))
    shown = "\n".join(line for line in shown.splitlines() if not re.search("[公饮放学医妇传消职]", line))
    assert re.findall("[一-鿿]+", shown) == []
    tab.run("document.getElementById('language').click()")
    tab.run("new Promise((done) => setTimeout(done, 50))")
    assert tab.text("#language") == "English"


@needs_chromium
@pytest.mark.parametrize("width", WIDTHS)
def test_ones_own_unit_is_found_with_the_line_that_computes_its_ticket(
    public: Path, files: Files, tab: Browser, width: int
) -> None:
    rows = [line.split(",") for line in files[TICKETS].decode().splitlines()[1:]]
    place, row = next((n, row) for n, row in enumerate(rows, 1) if row[0] == "GGCS" and row[4] == "0")
    tab.open(public / "verify.html", width)

    tab.type("#query", row[1])

    said = tab.text("#unit")
    assert row[2] in said
    assert "没有抽中" in said
    assert row[3] in said
    assert f"第 {place} 位，共 318 家" in said
    last = max(n for n, each in enumerate(rows[:318], 1) if each[5] == "random")
    assert f"第 {last} 位为止，签号 {rows[last - 1][3][:16]}" in said
    commands = tab.run("[...document.querySelectorAll('#unit pre')].map((one) => one.textContent)")
    assert commands[0].startswith("printf ")
    shell = subprocess.run(["bash", "-c", commands[0]], check=True, capture_output=True, text=True).stdout
    assert shell.split()[0] == row[3]
    text = commands[0].split("'")[3]
    assert f"GetBytes('{text}')" in commands[2]
    assert f'set /p="{text}">' in commands[3]
    assert tab.run(SIDEWAYS) == 0


@needs_chromium
def test_several_units_are_listed_and_one_is_chosen(public: Path, tab: Browser) -> None:
    tab.open(public / "verify.html")
    tab.type("#query", "安康")
    names = tab.run("[...document.querySelectorAll('#found button bdi')].map((one) => one.textContent)")
    assert len(names) >= 3

    tab.run("document.querySelectorAll('#found button')[1].click()")

    assert tab.text("#unit h3 bdi") == names[1]
    tab.type("#query", "没有这一家")
    assert "名册里没有" in tab.text("#found")
    tab.type("#query", "春燕造型室")
    assert "没有参加抽取，名册写明的原因：" in tab.text("#unit")


WRONG = {
    "a ticket": ("tickets", "签号和重算的不同"),
    "a subject": ("tickets", "名册里有这一家，公布的签号表里没有"),
    "the seed": ("seed", "种子不是由公布的种子文本算出的"),
    "a quota": ("quotas", "公布的应抽家数和名册里的不同"),
    "the pool": ("pool", "这个文件的内容和封存时不同"),
    "a team": ("teams", "检查组和重新匹配的不同"),
}


def wrong(files: Files, what: str) -> Files:
    rows = files[TICKETS].decode().splitlines()
    match what:
        case "a ticket":
            return replaced(files, TICKETS, (rows[5].split(",")[3], "0" * 64))
        case "a subject":
            return changed_lines(files, TICKETS, lambda lines: lines.pop(9) and None)
        case "the seed":
            return replaced(files, DRAW, (json.loads(files[DRAW])["seed"], "1" * 64))
        case "a quota":
            return replaced(files, DRAW, ('"quota": 26', '"quota": 27'))
        case "the pool":
            return changed_lines(files, "pool/subjects.csv", lambda lines: lines.pop(9) and None)
        case _:
            rows = files[TEAMS].decode().splitlines()
            visit, *_ = rows[1].split(",")
            team = {row.split(",")[1] for row in rows if row.startswith(f"{visit},")}
            stranger = next(row for row in rows[3:] if row.split(",")[1] not in team)
            return replaced(files, TEAMS, (rows[1], f"{visit},{stranger.split(',', 1)[1]}"))


@needs_chromium
@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_at_the_top_with_the_first_difference(
    files: Files, facts: dict[str, Any], tab: Browser, tmp_path: Path, what: str
) -> None:
    check, sentence = WRONG[what]

    tab.open(made(tmp_path, facts, wrong(files, what)), 390)

    assert tab.settle() == "bad"
    said = tab.text("#verdict")
    assert "不相符：有和公布的不一样的地方" in said
    assert sentence in said
    assert tab.run(f"document.getElementById('check-{check}').className") == "check bad"
    assert sentence in tab.text(f"#check-{check} .inside")
    assert tab.run(SIDEWAYS) == 0
    assert tab.console == []


@needs_chromium
@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_names_are_names_and_nothing_else(tab: Browser, tmp_path: Path, width: int) -> None:
    names = [*HOSTILE.values(), "</script><script>document.title='x'</script>", "<!--<script>", "\u2028\u2029", "${1}`"]
    pool = small_pool(*names, quota=len(names) - 2, excluded=(Excluded("GGCS", "X1", names[0], names[0]),))

    tab.open(made(tmp_path, {**HIDDEN, "title": names[0], "agency": "</title>"}, drawn_by_hand(pool)), width)
    tab.type("#query", "a")
    tab.run("document.querySelectorAll('details').forEach((one) => (one.open = true))")

    assert tab.settle() == "ok"
    assert tab.console == []
    assert tab.run(SIDEWAYS) == 0
    assert tab.run("document.title") == "核验抽取结果 T-1"
    assert tab.run("document.querySelectorAll('main script, main iframe, main a').length") == 0
    shown = tab.run("[...document.querySelectorAll('#check-selection .order bdi')].map((one) => one.textContent)")
    assert sorted(shown[1:]) == sorted(names)
    tab.type("#query", "A000")
    assert "<script>alert(1)</script>" in tab.text("#unit")


def test_embedded_data_hold_no_markup_whatever_they_say() -> None:
    text = embedded({"<": list(HOSTILE.values()), "lone": "\u2028\x7f\u200b"})

    assert not re.search(r"[<>&\u2028\u2029\x00-\x1f\x7f]", text)
    assert text.isprintable()
    assert json.loads(text)["lone"] == "\u2028\x7f\u200b"


@needs_chromium
def test_hidden_inspectors_are_said_to_be_bound_by_the_digest(tab: Browser, tmp_path: Path) -> None:
    public = open_sample(tmp_path, "hidden")
    page = (public / "verify.html").read_bytes()

    tab.open(public / "verify.html")

    assert tab.settle() == "ok"
    assert "检查人员没有公开，检查组不在本页核验之内" in tab.text("#verdict")
    assert "检查人员名册没有公开，本页不能重算" in tab.text("#check-teams")
    assert b"13012900101" not in page
    assert "监督员".encode() not in page


@needs_chromium
def test_before_the_draw_the_page_says_who_is_on_the_list(tab: Browser, tmp_path: Path) -> None:
    pool = small_pool("甲宾馆", "乙宾馆", "丙宾馆")
    files = {path: content for path, content in drawn_by_hand(pool).items() if path.startswith("pool/")}

    tab.open(made(tmp_path, {**HIDDEN, "pool_digest": digest(encode(pool))}, files))
    tab.type("#query", "乙宾馆")

    assert tab.settle() == "sealed"
    assert "名册已经封存，还没有公布抽取结果" in tab.text("#verdict")
    assert digest(encode(pool)) in tab.text("#verdict")
    assert "在名册里。还没有公布抽取结果。" in tab.text("#unit")
    assert tab.console == []


@needs_chromium
def test_a_voided_draw_says_so_first(tab: Browser, tmp_path: Path) -> None:
    pool = small_pool("甲宾馆", "乙宾馆", "丙宾馆")

    tab.open(made(tmp_path, {**HIDDEN, "void": "测卫〔2023〕9号"}, drawn_by_hand(pool)))

    assert tab.text("#verdict").startswith("注意：这次抽取已经作废（测卫〔2023〕9号）。")


@needs_chromium
def test_public_numbers_are_shown_as_balls_and_few_of_them_are_no_public_seed(tab: Browser, tmp_path: Path) -> None:
    pool = small_pool("甲宾馆", "乙宾馆", "丙宾馆")
    one = drawn_by_hand(pool, "ssq:2026099:010512182633+09")
    claimed = {**one, DRAW: one[DRAW].replace(b'"grade": "local"', b'"grade": "public"')}

    tab.open(made(tmp_path, HIDDEN, claimed))

    balls = "[...document.querySelectorAll('#check-seed .ball')].map((one) => one.className.slice(5) + one.textContent)"
    assert tab.run(balls) == ["red01", "red05", "red12", "red18", "red26", "red33", "blue09"]
    assert tab.settle() == "bad"
    assert "种子的等级写高了" in tab.text("#verdict")


@needs_chromium
def test_files_of_another_draw_can_be_chosen_instead(public: Path, tab: Browser, tmp_path: Path) -> None:
    pool = small_pool("甲宾馆", "乙宾馆", "丙宾馆", quota=1)
    for path, content in drawn_by_hand(pool).items():
        (tmp_path / Path(path).name).write_bytes(content)
    there = sorted(tmp_path.iterdir())
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    tab.open(public / "verify.html")

    tab.choose("#files", *there, tmp_path / "notes.txt")

    assert tab.settle() == "open"
    assert "能核对的都相符，但文件不全" in tab.text("#verdict")
    assert "没有用的文件：notes.txt" in tab.text("#taken")
    tab.type("#query", "丙宾馆")
    assert "共 3 家" in tab.text("#unit")
    (tmp_path / "tickets.csv").write_bytes(
        (tmp_path / "tickets.csv").read_bytes().replace("甲".encode(), "丁".encode())
    )
    tab.choose("#files", tmp_path / "tickets.csv")
    assert tab.settle() == "bad"
    tab.run("delete document.documentElement.dataset.verdict")
    tab.run("document.querySelector('#taken button').click()")
    assert tab.settle() == "ok"
    assert tab.console == []


@needs_chromium
def test_files_that_are_no_draw_end_in_a_sentence(public: Path, tab: Browser, tmp_path: Path) -> None:
    tab.open(public / "verify.html")
    for name, content in (("draw.json", b'{"strata":5,"seed_line":7}'), ("rules.json", b"[]"), ("strata.csv", b"")):
        (tmp_path / name).write_bytes(content)

    tab.choose("#files", *sorted(tmp_path.iterdir()))

    assert tab.settle() == "bad"
    assert tab.console == []


@needs_chromium
def test_a_digest_from_a_paper_is_compared(public: Path, facts: dict[str, Any], files: Files, tab: Browser) -> None:
    tab.open(public / "verify.html")
    tab.run("document.getElementById('check-pool').open = true")

    known = hashlib.sha256(files["pool/SHA256SUMS"]).hexdigest()
    tab.type("#paper", f" {known[:32].upper()}\n{known[32:]} ")
    assert "就是名册摘要，相同" in tab.text("output")
    tab.type("#paper", str(facts["checkpoint"]))
    assert "就是抽取公示上的台账校验点，相同" in tab.text("output")
    tab.type("#paper", "0" * 64)
    assert "都不同" in tab.text("output")


def test_the_page_needs_nothing_but_itself(public: Path) -> None:
    page = (public / "verify.html").read_text("utf-8")
    without = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)

    assert re.findall(r"https?://(?!www\.w3\.org/)[^\"' ]*|\bsrc=|\bhref=|@import|url\(", without) == []
    assert "default-src 'none'" in page
