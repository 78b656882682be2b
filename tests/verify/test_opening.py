"""What goes public with a notice for anybody to recompute the draw, and what never does."""

import hashlib
import json
import subprocess

import pytest

from shuangsuiji.core.draw.pool import digest
from shuangsuiji.files.starter.county import templates
from tests.conftest import County
from tests.publish.going_public import drawn, publish
from tests.verify.opened_year import data_of
from tests.verify.sealing import KNOWN_ON, SEALED_ON, SECRET, SOURCES, announce
from tests.year.returning import Clock

POOL = ["SHA256SUMS", "excluded.csv", "rules.json", "strata.csv", "subjects.csv"]
CSV = ("--format", "csv")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def opened(county: County) -> list[str]:
    """The paths that are open."""
    public = county.dossier / "public"
    found = [
        path for folder in ("pool", "result", "verify.html") for path in (public / folder, *(public / folder).glob("*"))
    ]
    return sorted(path.relative_to(public).as_posix() for path in found if path.is_file())


def told(county: County) -> dict[str, object]:
    return dict(json.loads((county.dossier / "public/result/draw.json").read_text("utf-8")))


def show(county: County, inspectors: str) -> None:
    plan = (county.root / "plans/2023.yaml").read_text("utf-8").split("disclosure:")[0]
    county.write("plans/2023.yaml", f"{plan}disclosure: {{inspectors: {inspectors}}}\n")


@pytest.mark.parametrize("shown", ["hidden", "codes", "names"])
def test_the_pool_goes_out_as_it_was_sealed_and_inspectors_only_as_the_plan_says(
    county: County, monkeypatch: pytest.MonkeyPatch, shown: str
) -> None:
    drawn(county, monkeypatch)
    show(county, shown)

    publish(county, "draw", *CSV)

    public, pool = county.dossier / "public", county.dossier / "pool"
    more = [] if shown == "hidden" else ["conflicts.csv", "inspectors.csv"]
    assert sorted(path.name for path in (public / "pool").iterdir()) == sorted([*POOL, *more])
    assert all(
        (public / "pool" / path.name).read_bytes() == (pool / path.name).read_bytes()
        for path in (public / "pool").iterdir()
    )
    assert digest({"SHA256SUMS": (public / "pool/SHA256SUMS").read_bytes()}) == told(county)["pool_digest"]
    assert (public / "result/tickets.csv").read_bytes() == (county.dossier / "result/tickets.csv").read_bytes()
    everything = b"".join(path.read_bytes() for path in public.rglob("*") if path.is_file())
    assert (b"P1" in everything) is (shown != "hidden")
    assert ("监督员0".encode() in everything) is (shown == "names")
    assert ("loads" in told(county), "unevenness" in told(county)) == ((shown != "hidden"),) * 2
    if shown != "hidden":
        rows = [line.split(",") for line in (public / "result/teams.csv").read_text("utf-8").splitlines()[1:]]
        assert [row[:2] for row in rows] == [row[:2] for row in county.read("result/teams.csv")]
        assert {bool(row[2]) for row in rows} == {shown == "names"}
        subprocess.run(
            ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=public / "pool", check=True, capture_output=True
        )


def test_explanations_with_names_stay_out_where_only_codes_are_public(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.write(
        "rosters/inspectors.csv",
        "执法证号,姓名,专业,已有任务\nP1,监督员01,公共场所；学校卫生,9\nP2,监督员02,公共场所；学校卫生,0\nP3,监督员03,公共场所；学校卫生,0\n",
    )
    drawn(county, monkeypatch)
    show(county, "codes")

    publish(county, "draw", *CSV)

    proofs = told(county)["unevenness"]
    assert isinstance(proofs, list)
    assert proofs
    assert all("explanation" not in proof and proof["inspectors"] for proof in proofs)


def test_the_page_is_made_of_the_public_files_and_the_index_leads_to_it(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)

    publish(county, "draw", *CSV)

    public = county.dossier / "public"
    data = data_of((public / "verify.html").read_bytes())
    assert {path: text.encode() for path, text in data["files"].items()} == {
        path: (public / path).read_bytes() for path in opened(county) if path != "verify.html"
    }
    assert data["facts"]["notice"] == {"name": "draw-1", "on": "2023-05-09"}
    assert data["facts"]["sealed_on"] == data["facts"]["drawn_on"] == "2023-05-08"
    index = (public / "index.html").read_text("utf-8")
    assert 'href="verify.html"' in index
    assert 'href="pool/subjects.csv"' in index
    assert 'href="result/tickets.csv"' in index


def test_it_is_made_again_like_the_index_and_what_is_open_no_more_goes(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    show(county, "codes")
    publish(county, "draw", *CSV)
    before = county.files()
    public = county.dossier / "public"
    (public / "verify.html").unlink()
    (public / "pool/subjects.csv").write_text("x", "utf-8")
    (public / "pool/notes.txt").write_text("x", "utf-8")

    assert county.ssj("publish", "list").code == 0
    assert county.files() == before
    assert county.ssj("publish", "list").code == 0

    show(county, "hidden")
    assert county.ssj("publish", "list").code == 0
    assert opened(county) == sorted(
        [*(f"pool/{name}" for name in POOL), "result/draw.json", "result/tickets.csv", "verify.html"]
    )


def test_other_notices_do_not_open_the_pool_and_drawing_alone_does_not(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(county, monkeypatch)
    assert not (county.dossier / "public").exists()

    publish(county, "items", *CSV)

    assert opened(county) == []
    assert "verify.html" not in (county.dossier / "public/index.html").read_text("utf-8")


def test_a_sealed_plan_opens_its_pool_before_the_draw(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    assert county.ssj("seal").code == 0
    publish(county, "plan", *CSV)

    assert opened(county) == sorted([*(f"pool/{name}" for name in POOL), "verify.html"])
    facts = data_of((county.dossier / "public/verify.html").read_bytes())["facts"]
    assert (facts["announced"], facts["known_on"]) == (["ssq:2026099", "dlt:26098"], "2026-08-30")
    assert facts["pool_digest"] == hashlib.sha256((county.dossier / "public/pool/SHA256SUMS").read_bytes()).hexdigest()

    clock(KNOWN_ON)
    assert county.ssj("draw", *SOURCES, "--no-sheets").code == 0
    publish(county, "draw", *CSV)
    facts = data_of((county.dossier / "public/verify.html").read_bytes())["facts"]
    assert facts["sealed_in"] == {"name": "plan-1", "on": "2026-08-20"}
    assert facts["drawn_on"] == "2026-08-30"
    assert told(county)["grade"] == "public"


def test_a_sealed_draw_stays_closed_until_its_key_is_public(county: County, clock: Clock) -> None:
    announce(county, SECRET)
    clock(SEALED_ON)
    assert county.ssj("seal").code == 0
    publish(county, "plan", *CSV)
    assert opened(county) == []
    clock(KNOWN_ON)
    assert county.ssj("draw", *SOURCES, "--no-sheets").code == 0
    assert county.ssj("publish", "list").code == 0
    assert opened(county) == []

    assert county.ssj("seal", "--reveal").code == 0
    publish(county, "draw", *CSV)

    assert "verify.html" in opened(county)
    assert data_of((county.dossier / "public/verify.html").read_bytes())["facts"]["key_commitment"]


def test_a_voided_draw_stays_open_as_void_until_another_takes_its_place(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = drawn(county, monkeypatch)
    publish(county, "draw", *CSV)
    before = {path: (county.dossier / "public" / path).read_bytes() for path in opened(county)}
    assert county.ssj("draw", "--void", "--reason", "名册有误", "--document", "测卫〔2023〕9号").code == 0

    assert county.ssj("publish", "list").code == 0

    assert opened(county) == sorted(before)
    assert data_of((county.dossier / "public/verify.html").read_bytes())["facts"]["void"] == "测卫〔2023〕9号"
    same = [path for path in before if path.startswith("pool/") or path == "result/tickets.csv"]
    assert all((county.dossier / "public" / path).read_bytes() == before[path] for path in same)

    clock("2023-05-10T09:00")
    assert county.ssj("draw", "--seed", "2", "--no-sheets").code == 0
    publish(county, "draw", *CSV)
    assert (told(county)["voided_before"], told(county)["sources"]) == (1, ["given:2"])
    assert data_of((county.dossier / "public/verify.html").read_bytes())["facts"]["void"] == ""


@pytest.mark.parametrize(
    ("subject", "phone", "is_open"),
    [("11010119900307002X", "", False), ("13812345678", "13812345678", False), ("13012900101", "13812345678", True)],
)
def test_ids_that_are_peoples_numbers_keep_the_pool_closed(
    county: County, monkeypatch: pytest.MonkeyPatch, subject: str, phone: str, *, is_open: bool
) -> None:
    clock = Clock(monkeypatch)
    clock("2023-05-08T09:00")
    county.write(
        "rosters/subjects.csv",
        f"对象编号,单位名称,专业,联系电话\n{subject},甲宾馆,公共场所,{phone}\nB1,一小,学校卫生,\n",
    )
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0

    publish(county, "draw", *CSV)

    assert bool(opened(county)) is is_open
    everything = b"".join(path.read_bytes() for path in (county.dossier / "public").rglob("*") if path.is_file())
    assert (subject.encode() in everything) is is_open


def test_a_damaged_pool_leaves_what_is_public_as_it_is(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    publish(county, "draw", *CSV)
    before = {path: (county.dossier / "public" / path).read_bytes() for path in opened(county)}
    (county.dossier / "pool/subjects.csv").write_text("x", "utf-8")

    county.ssj("publish", "list")

    assert {path: (county.dossier / "public" / path).read_bytes() for path in opened(county)} == before


def test_a_bureaus_own_templates_do_not_change_the_page(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(county, monkeypatch)
    county.write("templates/verify.html.j2", "假的")
    county.write("templates/verify/checks.js", "假的")

    publish(county, "draw", *CSV)

    page = (county.dossier / "public/verify.html").read_text("utf-8")
    assert "假的" not in page
    assert "自己核验这次抽取" in page


def test_a_new_workspace_is_given_no_copy_of_the_page() -> None:
    assert "templates/base.html.j2" in templates()
    assert [name for name in templates() if "verify" in name] == []
