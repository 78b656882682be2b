"""Nothing private in any public byte: a year of notices from rosters full of it, unzipped and searched.

Public is the folder ``public/``, the report and the archive made with ``--public``, in every disclosure of inspectors.
"""

import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest

from tests.conftest import County
from tests.year.returning import Clock

IDS = ("11010519491231002X", "130129198503074512")
PHONES = ("13812345678", "15900001111", "18603110022", "0311-84221234", "13512340000")
ADDRESSES = ("和平路家属院3号楼2单元501室", "幸福里小区8-1-302", "三里屯村7组19号")
PEOPLE = ("王小明", "欧阳娜娜", "买买提·艾力", "张大山", "李卫国")
REASONS = ("与店主系姻亲", "前妻在该校任教", "举报人称有私怨", "肝癌晚期", "内部备注", "测卫立")
INSPECTORS = {"P0017761": "诸葛监督", "P0017762": "上官监督", "P0017763": "司徒监督", "P0017764": "夏侯监督"}
ENTERED_BY = "经办人"

SUBJECTS = f"""\
对象编号,单位名称,专业,统一社会信用代码,类别,地址,区域,法定代表人,联系人,联系电话,备注
A1,王小明,公共场所,,理发店,{ADDRESSES[0]},东,王小明,王小明,{PHONES[0]},身份证{IDS[0]}
A2,欧阳娜娜（个体工商户）,公共场所,92130129MA0ABCDE5X,美容店,{ADDRESSES[1]},西,欧阳娜娜,李卫国,{PHONES[1]},
A3,天天理发店 电话{PHONES[2]},公共场所,,理发店,东街3号（店主张大山手机{PHONES[2]}）,东,张大山,张大山,{PHONES[2]},
A4,买买提·艾力,公共场所,,理发店,{ADDRESSES[2]},东,买买提·艾力,,{PHONES[3]},
B1,第一小学,学校卫生,,小学,东街5号,东,,,{PHONES[4]},身份证{IDS[1]}
"""
ROSTER = "执法证号,姓名,专业,主办,证件有效期,备注\n" + "".join(
    f"{number},{name},公共场所；学校卫生,是,2030-01-01,手机{PHONES[0]}\n" for number, name in INSPECTORS.items()
)
CONFLICTS = f"执法证号,对象编号,原因\nP0017761,A3,{REASONS[0]}\nP0017762,B1,{REASONS[1]}\n"
TEXT = f"老板王小明（{PHONES[0]}，身份证{IDS[0]}）拒签；{'、'.join(INSPECTORS.values())}到场"


def a_year(county: County, clock: Clock, shown: str) -> None:
    """Everything that may become public does, with as much private matter in it as a clerk can type."""

    def done(*words: str) -> None:
        answer = county.ssj(*words)
        assert answer.code == 0, f"{words}: {answer.err}"

    def record(task: str, outcome: str, *settings: str) -> None:
        told = [word for setting in settings for word in ("--set", setting)]
        done("record", "--task", task, "--check-ended", "2023-05-09T09:30", "--outcome", outcome, *told)

    county.write("rosters/subjects.csv", SUBJECTS)
    county.write("rosters/inspectors.csv", ROSTER)
    county.write("rosters/conflicts.csv", CONFLICTS)
    county.plan(
        ("ratio: 50%}\n  - {code: X", "ratio: 100%}\n  - {code: X"),
        ("ratio: 50%}\n", "ratio: 100%}\n"),
        more=f"adjustment: {{limit: 60%}}\ndisclosure: {{inspectors: {shown}}}\n",
    )
    clock("2023-04-10T09:00")
    done("publish", "plan")
    done("publish", "items")
    clock("2023-05-08T09:00")
    done("seal")
    done("draw", "--seed", "1")
    done("publish", "draw")
    teams = {visit: who for visit, who, *_ in county.read("result/teams.csv")}
    done("adjust", "recuse", "--visit", "A4", "--inspector", teams["A4"], "--asked-by", "firm", "--reason", REASONS[2])
    leaves = next(who for visit, who, *_ in county.read("result/teams.csv") if visit == "A2")
    why = ("--why", "illness", "--reason", REASONS[3], "--document", "测卫〔2023〕99号")
    done("adjust", "replace", "--inspector", leaves, "--visit", "A2", *why)
    done("publish", "adjustments")
    clock("2023-05-10T16:00")
    orders = ("责令改正日期=2023-05-09", "改正期限=2023-05-20")
    record("GGCS/A1", "发现问题已责令改正", f"存在的主要问题={TEXT}", f"备注=王小明{PHONES[0]}", *orders)
    record(
        "GGCS/A2",
        "行政处罚",
        f"存在的主要问题={TEXT.replace('王小明', '欧阳娜娜')}",
        "立案日期=2023-05-09",
        f"立案编号={REASONS[5]}〔2023〕1号",
        "处罚决定日期=2023-05-09",
        "处罚决定书文号=测卫罚〔2023〕1号",
        "罚款金额=2000",
        f"违法事实=欧阳娜娜于{PHONES[1]}招揽顾客，李卫国在场，{INSPECTORS['P0017761']}查获",
        f"备注={REASONS[4]}",
    )
    record("GGCS/A3", "无法联系", "结果细类=已关闭", f"备注=电话{PHONES[3]}无人接听，张大山不在")
    record("GGCS/A4", "未发现问题")
    record("XXWS/B1", "未发现问题", f"备注=值班电话{PHONES[4]}，{'、'.join(INSPECTORS.values())}")
    done("publish", "results")
    done("publish", "penalties")
    done("record", "--task", "GGCS/A1", "--set", f"存在的主要问题=王小明电话{PHONES[0]}")
    because = f"店主王小明{PHONES[0]}来电，{INSPECTORS['P0017762']}核实"
    done("publish", "results", "--correct", "results-1", "--reason", because)
    clock("2023-05-12T16:00")
    done("record", "--task", "GGCS/A2", "--set", "处罚变更或撤销日期=2023-05-12")
    done("publish", "penalties", "--withdraw", "GGCS/A2", "--reason", f"欧阳娜娜{PHONES[1]}申请复议")
    done("report", "--public")
    done("archive", "--public")


def contents(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """A file's text; of a docx, xlsx or zip its parts' too."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as package:
            for part in package.namelist():
                yield from contents(f"{name}!{part}", package.read(part))
    else:
        yield name, unescape(content.decode("utf-8", "replace"))


def public_files(county: County) -> list[Path]:
    """All that a bureau hands out."""
    report = (county.dossier / "report").glob("report-public*")
    folders = (county.dossier / "public", county.root / "archive")
    return [*(path for folder in folders for path in folder.rglob("*") if path.is_file()), *report]


def searched(county: County) -> list[tuple[str, str]]:
    """Every text in them, with the name of its file."""
    named = ((path.relative_to(county.root).as_posix(), path.read_bytes()) for path in public_files(county))
    return [pair for name, content in named for pair in contents(name, content)]


@pytest.mark.parametrize("shown", ["hidden", "codes", "names"])
def test_no_public_byte_holds_anything_private(county: County, monkeypatch: pytest.MonkeyPatch, shown: str) -> None:
    private = {*IDS, *PHONES, *ADDRESSES, *PEOPLE, *REASONS, ENTERED_BY}
    private |= {"hidden": {*INSPECTORS, *INSPECTORS.values()}, "codes": {*INSPECTORS.values()}}.get(shown, set())

    a_year(county, Clock(monkeypatch), shown)

    found = searched(county)
    assert {"html", "docx", "xlsx", "csv", "zip"} <= {path.suffix[1:] for path in public_files(county)}
    assert [(word, name) for name, text in found for word in sorted(private) if word in text or word in name] == []
    told = [(name, text) for name, text in found if "/results-" in name or "/penalties-" in name]
    assert [(word, name) for name, text in told for word in INSPECTORS.values() if word in text] == []
    assert [name for name, text in found if "欧阳某" in text and "report-public" in name] == []
