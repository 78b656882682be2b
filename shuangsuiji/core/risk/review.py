"""The reviewed sheet: what of it holds, and everything that does not.

- Every row is decided: 采用 是 or 否, by whom, on which day. One that is not is an error: nothing is applied silently,
  nothing is passed over silently.
- Rows are as `ssj risk` made them: who should be drawn for another reason is entered in the roster, in the open.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from shuangsuiji.core.plan.frequency import grades as capped_grades
from shuangsuiji.core.plan.layers import layers
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.risk.adopted import Adopted, Counted
from shuangsuiji.core.risk.judging import Suggestion
from shuangsuiji.core.risk.rules import rank
from shuangsuiji.core.roster.subject import Subject

YES, NO = "是", "否"


class Row(NamedTuple):
    """A row as it came back. `letters` of its columns by heading; `wrong`: cells that could not be read."""

    made: Suggestion
    adopt: str
    by: str
    on: str
    place: Place
    letters: Mapping[str, str]
    wrong: tuple[Problem, ...] = ()

    def at(self, heading: str) -> Place:
        """Where its cell under `heading` is."""
        return self.place._replace(column=heading, letter=self.letters.get(heading))


class Sheet(NamedTuple):
    """A sheet as it came back. `rules`: name → public name; `marks`: (subject, rule) → the mark of the row as made."""

    file: str
    draw: str
    as_of: str
    digest: str
    grades: tuple[str, ...]
    rules: Mapping[str, str]
    marks: Mapping[tuple[str, str], str]
    rows: Sequence[Row]


def review(
    sheet: Sheet, plan: Plan, subjects: Sequence[Subject], digest: str | None, today: str
) -> tuple[Adopted, list[Problem]]:
    """What of `sheet` is to be applied, and all Problems. `digest`: of the rules as they are now, None: unreadable."""
    place = Place(sheet.file)
    problems: list[Problem] = []
    if sheet.draw != plan.draw:
        what = f"这张研判表是给抽取编号 {sheet.draw} 的，不是本方案的 {plan.draw}。"
        problems.append(error("risk-other-plan", place, what, "请用 ssj risk 为本方案另做一张。"))
    if digest is not None and digest != sheet.digest:
        what = f"研判表是 {sheet.as_of} 按当时的规则做的，规则（rosters/risk.yaml）后来改过。"
        todo = "如要按新规则，请用 ssj risk 另做一张，重新复核。"
        problems.append(warning("risk-rules-changed", place, what, todo))
    if sheet.as_of < f"{plan.year - 1}-12-31":
        what = f"研判到 {sheet.as_of} 为止，上年度（{plan.year - 1}年）还没有完：那以后的处罚、投诉等不在表里。"
        problems.append(warning("risk-early", place, what, "请在上年度结束后用 ssj risk 另做一张，重新复核。"))
    problems += _rows_lost(sheet)
    known: dict[str, Subject] = {}
    for subject in subjects:
        known.setdefault(subject.subject, subject)
    kept: list[Row] = []
    for row in sheet.rows:
        faults = [*row.wrong, *_row_faults(row, sheet, today)]
        if not faults and row.adopt == YES:
            its = known.get(row.made.subject)
            problems += _roster_changed(row, its)
            if its is not None:
                kept.append(row)
        problems += faults
    adopted = _adopted(sheet, kept, known)
    problems += _without_effect(adopted, plan, place)
    return adopted, problems


def unlike_record(sheet: Sheet, subjects: Sequence[Subject], found: Sequence[Suggestion]) -> Iterator[Problem]:
    """Where the sheet and what the same rules suggest by now (`found`) differ: forged, or the record has grown."""
    place = Place(sheet.file)
    now = {(one.subject, one.rule): one for one in found}
    known = {subject.subject: subject for subject in subjects if not subject.is_closed}
    for row in sheet.rows:
        made, its = row.made, known.get(row.made.subject)
        # A row about a grade that has changed since rests on what it always did.
        if its and (made.subject, made.rule) not in now and (made.must or its.grade == made.grade_now):
            what = f"“{made.name}”的“{made.rule}”在台账和名单里找不到依据。"
            yield warning("risk-not-on-record", row.place, what, "请核对；或用 ssj risk 另做一张，重新复核。")
    if more := [one for key, one in now.items() if key not in sheet.marks]:
        shown = "、".join(f"“{one.name}”（{one.rule}）" for one in more[:3]) + (
            f"等 {len(more)} 项" if more[3:] else ""
        )
        what = f"台账和名单里符合规则的{shown}不在研判表里：做表以后才录入，或表被改动过。"
        yield warning("risk-not-in-sheet", place, what, "请用 ssj risk 另做一张，重新复核。")


def _rows_lost(sheet: Sheet) -> Iterator[Problem]:
    count: dict[tuple[str, str], int] = {}
    for row in sheet.rows:
        key = (row.made.subject, row.made.rule)
        count[key] = count.get(key, 0) + 1
        if count[key] > 1:
            what = f"“{row.made.name}”的“{row.made.rule}”这一行有两行。"
            yield error("risk-row-twice", row.place, what, "请删去多出的一行。")
    for subject, rule in sheet.marks.keys() - count.keys():
        what = f"少了对象 {subject} 的“{rule}”这一行。"
        yield error("risk-row-missing", Place(sheet.file), what, "不采用的行请填“否”，不要删；请用原来的表重新复核。")


def _row_faults(row: Row, sheet: Sheet, today: str) -> Iterator[Problem]:
    made = row.made
    mark = sheet.marks.get((made.subject, made.rule))
    if mark is None:
        what = f"“{made.name}”（{made.subject}）这一行不是 ssj risk 列出的。"
        todo = "另有理由要列为必查的，请写在检查对象名录库的“必查原因”里；这里请删去这一行。"
        yield error("risk-row-added", row.place, what, todo)
        return
    if mark != made.mark:
        what = f"“{made.name}”这一行（编号到依据各列）被改动过。"
        todo = "只填“采用”“复核人”“复核日期”“复核意见”四列；请把其他各列改回去，或用 ssj risk 另做一张。"
        yield error("risk-row-changed", row.place, what, todo)
        return
    lacking = [heading for heading, text in (("采用", row.adopt), ("复核人", row.by), ("复核日期", row.on)) if not text]
    if lacking and not row.wrong:
        what = f"“{made.name}”这一行还没有复核：没有填{'、'.join(lacking)}。"
        todo = "采用填“是”或“否”，写明复核人和复核日期；不采用的也要写。"
        yield error("risk-unreviewed", row.at(lacking[0]), what, todo)
    if row.adopt and row.adopt not in {YES, NO}:
        yield error("risk-adopt", row.at("采用"), f"“采用”是“{row.adopt}”。", "请选“是”或“否”。")
    if row.on and not sheet.as_of <= row.on <= today:
        why = f"早于研判表的日期 {sheet.as_of}" if row.on < sheet.as_of else "还没有到"
        yield error("risk-day", row.at("复核日期"), f"复核日期 {row.on} {why}。", "请核对日期。")


def _roster_changed(row: Row, its: Subject | None) -> Iterator[Problem]:
    made = row.made
    if its is None:
        what = f"“{made.name}”（{made.subject}）已不在检查对象名录库里，这一行没有作用。"
        yield warning("risk-subject-gone", row.place, what)
    elif its.name != made.name:
        what = f"编号 {made.subject} 在研判表里是“{made.name}”，在名录库里是“{its.name}”。"
        yield warning("risk-subject-renamed", row.place, what, "请核对是不是同一家；照样采用。")
    if its is not None and made.grade and its.grade != made.grade_now:
        what = f"“{made.name}”的等级在研判时是“{made.grade_now or '空白'}”，名录库里现在是“{its.grade or '空白'}”。"
        todo = "两次提高的以较高的一级为准；研判是调低的，照研判。请核对。"
        yield warning("risk-grade-changed", row.at("建议等级"), what, todo)


def _adopted(sheet: Sheet, rows: Sequence[Row], known: Mapping[str, Subject]) -> Adopted:
    must: dict[str, list[str]] = {}
    wanted: dict[str, list[Suggestion]] = {}
    count = {rule: [0, 0] for rule in sheet.rules}
    for row in rows:
        made = row.made
        if made.must:
            must.setdefault(made.subject, [])
            must[made.subject] += [made.must] if made.must not in must[made.subject] else []
            count[made.rule][0] += 1
        if made.grade:
            wanted.setdefault(made.subject, []).append(made)
            count[made.rule][1] += 1
    grades = {}
    for subject, found in wanted.items():
        now = known[subject].grade
        grade = _grade(sheet.grades, now, found)
        if grade != now:
            grades[subject] = (now, grade)
    return Adopted(
        sheet.file,
        sheet.as_of,
        {subject: "；".join(reasons) for subject, reasons in must.items()},
        grades,
        tuple(Counted(rule, sheet.rules[rule], *numbers) for rule, numbers in count.items() if any(numbers)),
        sum(row.adopt == NO for row in sheet.rows),
    )


def _grade(order: tuple[str, ...], now: str, found: Sequence[Suggestion]) -> str:
    """The riskiest of those adopted; where all of them raise, never less than what the roster says by now."""
    is_raised = all(rank(order, one.grade) > rank(order, one.grade_now) for one in found)
    choice = [one.grade for one in found] + ([now] if is_raised else [])
    return max(choice, key=lambda grade: rank(order, grade))


def _without_effect(adopted: Adopted, plan: Plan, place: Place) -> Iterator[Problem]:
    """Grades that the draw knows nothing of."""
    if not adopted.grades:
        return
    words: Collection[str] = {word for layer in layers(plan) for word in layer.grades}
    capped = capped_grades(plan)
    if not words and not capped:
        what = f"有 {len(adopted.grades)} 家调整了信用风险等级，方案里没有按等级（by_grade）的比例和频次，不影响抽取。"
        yield warning("risk-grade-unused", place, what)
        return
    unknown = sorted({after for _, after in adopted.grades.values()} - {*words, *capped}) if words else []
    if unknown:
        what = f"研判的等级“{'、'.join(unknown)}”，方案的 by_grade 里没有。"
        yield error(
            "risk-grade-unknown", place, what, "请在方案各层的 by_grade 里补上，或改正 rosters/risk.yaml 的 grades。"
        )
