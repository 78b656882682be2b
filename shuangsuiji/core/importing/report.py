"""What an import did, as the report tells it: sources, columns, rows left out, and one line for every change."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from shuangsuiji.core.importing.entry import NAME, Act, Line
from shuangsuiji.core.importing.normalise import WHY
from shuangsuiji.core.importing.raw import How, Kind, Layout, Normalised, Reason
from shuangsuiji.core.importing.raw import Mapping as Columns
from shuangsuiji.core.problem import Problem
from shuangsuiji.core.table import column_letter, spans

KINDS: Mapping[Kind, str] = {
    "subjects": "检查对象名录库",
    "inspectors": "执法检查人员名录库",
    "items": "随机抽查事项清单",
    "conflicts": "利害关系名录",
}
ACTS: Mapping[Act, str] = {
    "changed": "规范写法",
    "specialty": "定专业",
    "found": "按名称找到编号",
    "numbered": "编号",
    "merged": "合并",
    "differs": "两处不一致",
    "kept": "疑似重复，保留",
    "marked": "疑似重复，标记",
    "added": "新增",
    "updated": "变更",
    "gone": "未在最新名单",
    "back": "重新列入",
}
UPDATES: frozenset[Act] = frozenset({"added", "updated", "gone", "back"})
"""What stands on the sheet 动态更新; all else is a change on the way from the source to the roster."""
HOWS: Mapping[How, str] = {
    "given": "命令里指明（--map）",
    "name": "按标题",
    "near-name": "标题相近",
    "content": "按内容",
    "local": "照原样保留",
    "ordinal": "不导入",
}
REASONS: Mapping[Reason, str] = {
    "title": "标题或说明",
    "heading-again": "重复的标题行",
    "blank": "空行",
    "total": "合计行",
    "area": "区域行，已填入下面各行的“区域”",
    "group": "分组行，已填入下面各行的“类别”",
    "section": "分组行，不知说的是什么",
    "example": "填写示例",
    "footnote": "附注",
}

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was done. `target`: the roster's file; `old`: the roster that was brought up to date."""

    kind: Kind
    target: str
    old: str
    is_update: bool
    layouts: Sequence[Layout]
    columns: Columns
    lines: Sequence[Line]
    warnings: Sequence[Problem]
    count: Counter[str] = field(default_factory=Counter)


def lines_of(kind: Kind, layouts: Sequence[Normalised]) -> list[Line]:
    """Every cell that reads differently, as lines of the report."""
    said: dict[tuple[str, ...], str] = {}
    found = []
    for normalised in layouts:
        table = normalised.table
        names = dict(zip(table.numbers, table.cells.get(NAME[kind], ()), strict=False))
        for place, target, before, after, why in normalised.changes:
            if why not in said:
                said[why] = "；".join(WHY[one] for one in why)
            found.append(Line("changed", place, names.get(place.row or 0, ""), target, before, after, said[why]))
    return found


CHANGES = ("文件", "工作表", "行", "列", "原标题", "栏目", "名称", "改前", "改后", "做了什么", "为什么")


def changes(report: Report, *, updates: bool) -> Iterator[Row]:
    """One row for each line of the report: where, before, after, why. `updates`: those against the old roster."""
    for act, place, name, column, before, after, why in report.lines:
        if (act in UPDATES) is updates:
            where = (place.file, place.sheet or "", str(place.row or ""), place.letter or "", place.column or "")
            yield (*where, column, name, before, after, ACTS[act], why)


COLUMNS = ("文件", "工作表", "列", "标题", "导入为", "依据")


def columns(report: Report) -> Iterator[Row]:
    """Which column of which list became what."""
    for one in report.columns.matched:
        sheet = report.layouts[one.layout].sheet
        target = "" if one.how == "ordinal" else one.target
        yield (sheet.file, sheet.sheet or "", column_letter(one.column), one.heading, target, HOWS[one.how])


SKIPPED = ("文件", "工作表", "行", "内容", "为什么没有导入")


def skipped(report: Report) -> Iterator[Row]:
    """The rows that are no rows of the roster."""
    for layout in report.layouts:
        file, sheet = layout.sheet.file, layout.sheet.sheet or ""
        if not layout.is_list:
            yield file, sheet, "", "", "这张工作表里没有名单"
        for first, last, reason, text in layout.skipped:
            yield file, sheet, spans(range(first, last + 1)), text, REASONS[reason]


WARNINGS = ("文件", "工作表", "行", "列", "提醒", "怎么办")


def warnings(report: Report) -> Iterator[Row]:
    """What the clerk should look at."""
    for problem in report.warnings:
        place = problem.place
        where = (place.file, place.sheet or "", str(place.row or ""), place.column or "")
        yield (*where, problem.what, problem.todo)


COUNTED = (
    ("read", "读入"),
    ("merged", "合并掉的重复行"),
    ("specialty", "按关键词定专业"),
    ("found", "按名称找到编号"),
    ("numbered", "没有编号，已编号"),
    ("marked", "疑似重复，已标记"),
    ("kept", "疑似重复，保留"),
    ("added", "新增"),
    ("changed", "有变更"),
    ("unchanged", "没有变化"),
    ("gone", "未在最新名单"),
    ("not-in-list", "不在这份名单里（只导入一部分，不动）"),
    ("rows", "名册现有"),
)
"""The counts of `bringing.Brought`, in the order in which they are shown."""


def summary(report: Report) -> Iterator[Row]:
    """Label and text, line by line: what was imported from where, into which file, and how many rows of which sort."""
    yield "名册", KINDS[report.kind]
    yield "写入", report.target
    if report.old:
        yield "原名册", report.old
    for layout in report.layouts:
        sheet = layout.sheet
        where = sheet.file + (f"“{sheet.sheet}”" if sheet.sheet else "") + (f"（{sheet.how}）" if sheet.how else "")
        heading = f"标题在{spans(layout.heading_rows)}，" if layout.heading_rows else ""
        yield "来源", f"{where}：{heading}{len(layout.rows)} 行" if layout.is_list else f"{where}：没有名单"
    for key, label in COUNTED:
        if report.count[key]:
            yield label, f"{report.count[key]} 行"
    changed = Counter(line.act for line in report.lines)
    for act, label in ACTS.items():
        if changed[act]:
            yield f"改动：{label}", f"{changed[act]} 处"
