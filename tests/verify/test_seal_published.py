"""What ``publish plan`` says of a sealing, and the names that the pool is published under."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.plan.publicname import public_name, public_reason
from shuangsuiji.core.privacy.masking import masked, scrubbed
from shuangsuiji.core.roster.subject import Subject
from tests.conftest import SUBJECTS, County
from tests.verify.sealing import KNOWN_ON, PAPER, SEALED_ON, SECRET, SOURCES, announce
from tests.year.returning import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def published(county: County, name: str) -> str:
    """A published page without its marks."""
    page = (county.dossier / "public" / name).read_text("utf-8")
    return re.sub(r"<[^>]*>", "", page.partition("<main>")[2])


def test_the_plan_notice_carries_digest_sources_day_and_qr_code(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    digest = county.ssj("seal", "--json").json["pool_digest"]

    assert county.ssj("publish", "plan").code == 0

    text = published(county, "plan-1.html")
    assert digest in text
    assert "1. 双色球第2026099期（ssq:2026099）。" in text
    assert "2. 大乐透第26098期（dlt:26098）。" in text
    assert "全部结果2026年8月30日公布，当天起抽取" in text
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in (county.dossier / "public/plan-1.html").read_text("utf-8")


@pytest.mark.parametrize(
    "edit",
    [("ratio: 50%", "ratio: 40%"), ("title: ", "coverage: {years: 5}\ntitle: ")],
    ids=["ratio", "coverage"],
)
def test_a_plan_that_was_edited_after_its_sealing_is_not_published_beside_the_sealed_digest(
    county: County, clock: Clock, edit: tuple[str, str]
) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    plan = (county.root / "plans/2023.yaml").read_text("utf-8")
    county.write("plans/2023.yaml", plan.replace(*edit, 1))
    before = county.files()

    answer = county.ssj("publish", "plan")

    assert answer.code == 3
    assert "封存名册以后，方案的抽查层、比例或抽取规则改过" in answer.err
    assert "ssj seal --void" in answer.err
    assert county.files() == before
    county.write("plans/2023.yaml", plan)
    assert county.ssj("publish", "plan").code == 0


def test_what_changed_is_an_attachment_and_a_voided_sealing_is_told(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    first = county.ssj("seal", "--json").json["pool_digest"]
    county.ssj("seal", "--void", *PAPER)
    county.write("rosters/subjects.csv", SUBJECTS + "A5,张三,公共场所,东\n")
    county.ssj("seal")

    county.ssj("publish", "plan")

    text = published(county, "plan-1.html")
    assert "与上一次封存的名册（2023/voided/S1）相比：新增1家，见附件2。" in text
    assert re.search(r"新增\s+A5\s+张某\s+公共场所", text)
    assert first in text
    assert "作废文书：测卫〔2026〕9号，理由：名册漏了一家" in text
    rows = (county.dossier / "public/plan-1-2.csv").read_text("utf-8-sig").splitlines()
    assert rows == ["序号,变动,对象编号,单位名称,抽查层,原来", "1,新增,A5,张某,公共场所,/"]


def test_a_notice_from_before_the_sealing_is_followed_by_one_of_it(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    assert county.ssj("publish", "plan").code == 0

    county.ssj("seal")

    assert county.ssj("publish", "plan").code == 0
    assert county.ssj("publish", "plan").code == 3
    clock(KNOWN_ON)
    county.ssj("draw", *SOURCES, "--no-sheets")
    assert county.ssj("publish", "plan").code == 3


def test_a_lost_or_altered_list_of_changes_is_refused(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    county.ssj("seal", "--void", *PAPER)
    county.write("rosters/subjects.csv", SUBJECTS + "A5,张三,公共场所,东\n")
    county.ssj("seal")
    (county.dossier / "pool-changes.csv").write_bytes(b"change,subject,name,strata,before\n")

    answer = county.ssj("publish", "plan")

    assert answer.code == 4
    assert "名册变动清单 pool-changes.csv 不在，或被改动过" in answer.err


def test_a_sealed_draws_plan_says_the_commitment_and_keeps_the_list_back(county: County, clock: Clock) -> None:
    announce(county, SECRET)
    clock(SEALED_ON)
    county.ssj("seal")
    county.ssj("seal", "--void", *PAPER)
    county.write("rosters/subjects.csv", SUBJECTS + "A5,戊宾馆,公共场所,东\n")
    commitment = county.ssj("seal", "--json").json["key_commitment"]

    county.ssj("publish", "plan")

    text = published(county, "plan-1.html")
    assert commitment in text
    assert "与上一次封存的名册（2023/voided/S1）相比：新增1家。" in text
    assert "戊宾馆" not in text


def test_numbers_of_a_lottery_are_no_telephone(county: County, clock: Clock) -> None:
    announce(county)
    clock(SEALED_ON)
    county.ssj("seal")
    county.ssj("publish", "plan")
    clock(KNOWN_ON)
    numbers = ("--source", "ssq:2026099:131415161718+09", "--source", "dlt:26098:0312222735+0208")
    drawn = county.ssj("draw", *numbers, "--no-sheets", "--json")
    assert drawn.code == 0

    county.ssj("publish", "draw")

    assert "ssq:2026099:131415161718+09|dlt:26098:0312222735+0208" in published(county, "draw-1.html")
    assert "已隐去" not in published(county, "draw-1.html")


def test_address_and_area_of_a_natural_person_stay_hidden_though_the_pool_masks_the_name(
    county: County, clock: Clock
) -> None:
    county.write(
        "rosters/subjects.csv",
        "对象编号,单位名称,专业,区域,地址\nA5,张三,公共场所,东,东街1号\nA6,甲宾馆,公共场所,东,东街2号\nB1,一小,学校卫生,东,东街3号\n",
    )
    announce(county, "")
    county.write("plans/2023.yaml", (county.root / "plans/2023.yaml").read_text("utf-8").replace("50%", "100%"))
    clock(SEALED_ON)
    county.ssj("draw", "--seed", "1", "--no-sheets")
    for task in ("GGCS/A5", "GGCS/A6", "XXWS/B1"):
        done = ("--check-ended", "2026-08-20T09:00", "--outcome", "未发现问题")
        assert county.ssj("record", "--task", task, *done).code == 0

    county.ssj("publish", "results")

    text = published(county, "results-1.html")
    assert "张某" in text
    assert "东街1号" not in text
    assert "东街2号" in text


def subject_called(name: str, code: str = "", owner: str = "") -> Subject:
    cells: dict[str, object] = dict.fromkeys(Subject._fields, "")
    return Subject(**{**cells, "name": name, "code": code, "legal_representative": owner})  # type: ignore[arg-type]


NAMES = st.text(
    st.sampled_from("张三欧阳李王司马卫生院所店馆个体经营业主微信身份证一幺三五七公司宾·（）(1380QX @诊镇村酒家客栈"),
    max_size=9,
)


@given(NAMES)
def test_the_short_cuts_for_plain_names_never_hide_less_or_more(name: str) -> None:
    assert public_name(subject_called(name)) == masked(name)
    assert public_name(subject_called(name, owner=name)) == masked(name)
    assert public_reason(name) == scrubbed(name)


def test_a_name_that_is_the_owners_is_masked_whatever_the_code_says() -> None:
    code = "91350100M000100Y43"

    assert public_name(subject_called("金小满", code)) == "金小满"
    assert public_name(subject_called("金小满", code, "金小满")) == "金某"


def test_reasons_of_those_left_out_go_through_the_same_door(county: County) -> None:
    county.write("除外.csv", "对象编号,原因\nA1,店主电话13800000000\n")
    county.plan(more="exclude: 除外.csv\n")

    county.ssj("draw", "--seed", "1", "--no-sheets")

    assert (county.dossier / "pool/excluded.csv").read_text("utf-8").splitlines()[
        1
    ] == "GGCS,A1,甲宾馆,店主电话（已隐去）"


def test_a_subject_without_a_plain_name_costs_nothing_else(county: County) -> None:
    county.ssj("draw", "--seed", "1", "--no-sheets")

    event = json.loads((county.dossier / "ledger.jsonl").read_text("utf-8").splitlines()[0])["event"]
    assert (event["announced"], event["known_on"], event["changes"], event["inspectors"]) == ([], None, None, {})
