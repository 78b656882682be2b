"""A province's workspace: 100,000 subjects in an xlsx of 15 columns, 1,000 inspectors, ten strata, 10 % drawn.

    python benchmarks/big_county.py DIR [SUBJECTS] [INSPECTORS]

Everything is counted off, nothing is random: the same bytes each time.
"""

import sys
from datetime import date, timedelta
from pathlib import Path

HEADINGS = (
    *("对象编号", "单位名称", "专业", "统一社会信用代码", "类别", "地址", "区域", "法定代表人", "联系人", "联系电话"),
    *("许可证号", "许可证有效期", "信用风险等级", "登记日期", "备注"),
)
SPECIALTIES = tuple(f"Z{n}" for n in range(10))
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NAMES = tuple(f"专业{n}" for n in range(10))


def make(folder: Path, subjects: int = 100_000, inspectors: int = 1_000) -> None:
    """Write rosters and plan into `folder`."""
    (folder / "rosters").mkdir(parents=True)
    (folder / "plans").mkdir()
    _subjects(folder / "rosters" / "subjects.xlsx", subjects)
    _inspectors(folder / "rosters" / "inspectors.csv", inspectors)
    _items(folder / "rosters" / "items.csv")
    _plan(folder / "plans" / "2023.yaml")


def _subjects(path: Path, number: int) -> None:
    import xlsxwriter  # noqa: PLC0415 - only here

    book = xlsxwriter.Workbook(str(path), {"constant_memory": False})
    sheet = book.add_worksheet("名录库")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(0, column, heading)
    for n in range(number):
        first, second = n % 10, (n // 10 + n) % 10
        specialty = NAMES[first] if n % 5 or first == second else f"{NAMES[first]}；{NAMES[second]}"
        texts = (
            f"B{n:06d}",
            f"第{n}号单位",
            specialty,
            "" if n % 2 else _credit_code(n),
            f"类别{n % 37}",
            f"某县第{n % 211}街{n}号",
            f"区域{n % 60}",
            f"代表人{n % 977}",
            f"联系人{n % 1021}",
            f"0000-{n:07d}",
            f"证字{n:06d}",
        )
        for column, text in enumerate(texts):
            sheet.write_string(n + 1, column, text)
        sheet.write_datetime(n + 1, 11, date(2027, 1, 1) + timedelta(days=n % 700), day)
        sheet.write_string(n + 1, 12, "ABCD"[n % 4])
        sheet.write_datetime(n + 1, 13, date(2010, 1, 1) + timedelta(days=n % 4000), day)
        sheet.write_string(n + 1, 14, f"备注{n % 13}")
    book.close()


def _credit_code(n: int) -> str:
    body = f"9199{n:013d}"
    return f"{body}{_ALPHABET[-sum(int(d) * 3**i % 31 for i, d in enumerate(body)) % 31]}"


def _inspectors(path: Path, number: int) -> None:
    rows = ["执法证号,姓名,专业,证件有效期,主办,区域"]
    for n in range(number):
        held = sorted({n % 10, (n // 10) % 10, (n // 100 + n) % 10, (3 * n + 1) % 10})
        words = "；".join(NAMES[h] for h in held)
        rows.append(f"P{n:04d},监督员{n:04d},{words},2030-12-31,{'是' if n % 3 else '否'},区域{n % 60}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _items(path: Path) -> None:
    rows = ["事项编码,抽查事项,专业,抽查依据,抽查主体,抽查内容,抽查方式,抽查比例,抽查频次"]
    rows += [
        f"W-{code},{name}监督检查,{name},《某条例》,某省卫生健康委,1.证照 2.制度 3.设施,现场检查,10%,每年一次"
        for code, name in zip(SPECIALTIES, NAMES, strict=True)
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _plan(path: Path) -> None:
    strata = "\n".join(
        f"  - {{code: {code}, name: {name}, ratio: 10%}}" for code, name in zip(SPECIALTIES, NAMES, strict=True)
    )
    path.write_text(
        f"draw: BIG-2023\ntitle: 全省抽查\nagency: {{code: WJ, name: 某省卫生健康委}}\nyear: 2023\n"
        f"period: {{start: 2023-04-01, end: 2023-11-30}}\nstrata:\n{strata}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]), *map(int, sys.argv[2:]))
