"""The calendar's door: chinesecalendar, and ``rosters/calendar.yaml`` for years that it does not know (or got wrong).

    2027:
      notice: 国办发明电〔2026〕X号
      holidays: [2027-01-01, 2027-02-05/2027-02-11]    # days off, weekends among them or not
      workdays: [2027-01-30]                           # weekend days that are worked

A year of the file takes the library's place. A notice may speak of the December before (2012's did): such days change
that year as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, timedelta
from difflib import get_close_matches

from shuangsuiji.core.law.workdays import SATURDAY, Calendar, Year, weekdays
from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.core.refusal import USAGE, Faulty, Refusal
from shuangsuiji.files.workspace import Workspace
from shuangsuiji.files.yamltree import Lines, Tree, read_yaml

FILE = "rosters/calendar.yaml"
KEYS = ("notice", "holidays", "workdays")
LONGEST = 31
"""Days: no holiday is longer; a longer range is a slip of the pen."""

_WRITE = "日期写成 2027-01-01，连续几天写成 2027-02-05/2027-02-11。"


def read_calendar(workspace: Workspace, *, assume_weekdays: bool = False) -> Calendar:
    """What is known about working days. Raises Faulty with all Problems of the workspace's calendar file."""
    years = _library()
    path = workspace.root / FILE
    if path.exists():
        tree, lines, problems = read_yaml(path, FILE)
        reader = _Reader(lines, problems)
        notices = reader.notices(tree)
        if reader.problems:
            raise Faulty(reader.problems)
        years = _with(years, notices)
    return Calendar(years, assume_weekdays)


def unknown_year(year: int) -> Refusal:
    """The Refusal for a year without notice: which file to fill, and the way around; none where dates end."""
    if year > MAXYEAR:
        what = f"算到了 {MAXYEAR} 年以后，没有这样的日期。"
        return Refusal("date-out-of-range", what, todo="请核对日期和天数。", exit_code=USAGE)
    return Refusal(
        "unknown-year",
        f"不知道 {year} 年的放假安排，算不出工作日。",
        todo=f"请按国务院办公厅的通知填写 {FILE}，"
        f"例如 {year}: {{notice: 文号, holidays: [{year}-01-01], workdays: []}}。"
        "急用时可加 --assume-weekdays，按周一至周五推算，结果会注明。",
        source="工作日以国务院办公厅每年的放假通知为准",
        details={"year": year, "file": FILE},
    )


def year_missing(year: int, consequence: str) -> Problem:
    """The Problem of a year without notice where all else could be answered; `consequence` = what could not."""
    refused = unknown_year(year)
    return error("unknown-year", Place(FILE), f"不知道 {year} 年的放假安排，{consequence}。", refused.todo)


@dataclass(frozen=True, slots=True)
class _Notice:
    """One year of the file."""

    number: str
    off: frozenset[date] = field(default_factory=frozenset)
    worked: frozenset[date] = field(default_factory=frozenset)


def _library() -> dict[int, Year]:
    """All years that chinesecalendar knows."""
    from chinese_calendar import constants  # noqa: PLC0415 - 8 ms that only clocks need

    off = {day: constants.Holiday(name).chinese for day, name in constants.holidays.items()}
    worked = {day: constants.Holiday(name).chinese for day, name in constants.workdays.items()}
    years = range(min(off).year, max(off).year + 1)
    return {
        year: Year(
            _days(year, off, worked), names={day: name for day, name in (off | worked).items() if day.year == year}
        )
        for year in years
    }


def _days(
    year: int, off: Mapping[date, str] | frozenset[date], worked: Mapping[date, str] | frozenset[date]
) -> tuple[date, ...]:
    days = {day for day in weekdays(year) if day not in off} | {day for day in worked if day.year == year}
    return tuple(sorted(days))


def _with(years: Mapping[int, Year], notices: Mapping[int, _Notice]) -> dict[int, Year]:
    found = dict(years)
    for year, notice in notices.items():
        found[year] = Year(_days(year, notice.off, notice.worked), notice.number)
    for year, notice in notices.items():
        if year - 1 in found:
            before = found[year - 1]
            days = (set(before.days) - notice.off) | {day for day in notice.worked if day.year == year - 1}
            found[year - 1] = before._replace(days=tuple(sorted(days)))
    return found


class _Reader:
    """What ``calendar.yaml`` says, or everything that is wrong with it."""

    def __init__(self, lines: Lines, problems: list[Problem]):
        self.lines, self.problems = lines, list(problems)

    def notices(self, tree: Tree) -> dict[int, _Notice]:
        if not isinstance(tree, dict):
            if not self.problems and tree is not None:
                self._problem("calendar-form", (), "不是“年份: 内容”的形式。", "请参照 docs/deadlines.md 填写。")
            return {}
        found = {}
        for key, entry in tree.items():
            if not (key.isascii() and key.isdecimal() and 2000 <= int(key) <= 2999):  # noqa: PLR2004 - years
                self._problem("calendar-year", (key,), f"“{key}”不是年份。", "请写成 2027 的样子。")
            elif not isinstance(entry, dict):
                self._problem("calendar-form", (key,), f"{key} 年是空的。", "请写 notice、holidays 和 workdays。")
            else:
                found[int(key)] = self._notice(int(key), key, entry)
        return found

    def _notice(self, year: int, key: str, entry: dict[str, object]) -> _Notice:
        for name in entry:
            if name not in KEYS:
                near = get_close_matches(name, KEYS, n=1, cutoff=0.6)
                todo = f"是不是想写“{near[0]}”？" if near else f"可以写：{'、'.join(KEYS)}。"
                self._problem("calendar-unknown-key", (key, name), f"{year} 年里不认识“{name}”这一项。", todo)
        number = entry.get("notice")
        if number is not None and not isinstance(number, str):
            self._problem("calendar-form", (key, "notice"), "notice 不是文字。", "请写通知的文号。")
        if not entry.get("holidays"):
            self._problem("calendar-no-holidays", (key,), f"{year} 年没有写 holidays。", f"请写放假的日期。{_WRITE}")
        off = self._dates(year, key, "holidays", entry.get("holidays"))
        worked = self._dates(year, key, "workdays", entry.get("workdays"))
        for day, where in worked.items():
            if day in off:
                self._problem("calendar-both", where, f"{day} 又放假又上班。", "请删去其中一处。")
            elif day.weekday() < SATURDAY:
                self._problem("calendar-not-weekend", where, f"{day} 不是周末，不用写在 workdays 里。", "请核对日期。")
        return _Notice(number if isinstance(number, str) else "", frozenset(off), frozenset(worked))

    def _dates(self, year: int, key: str, name: str, given: object) -> dict[date, tuple[int | str, ...]]:
        """The days that a list names, each with its place in the file."""
        if given is None:
            return {}
        entries = given if isinstance(given, list) else [given]
        found: dict[date, tuple[int | str, ...]] = {}
        for number, entry in enumerate(entries):
            where = (key, name, number) if isinstance(given, list) else (key, name)
            for day in self._range(entry, where):
                if day.year == year or (day.year == year - 1 and day.month == 12):  # noqa: PLR2004 - December
                    found[day] = where
                else:
                    self._problem("calendar-other-year", where, f"{day} 不在 {year} 年。", "请写在那一年里。")
                    break
        return found

    def _range(self, entry: object, where: tuple[int | str, ...]) -> list[date]:
        text = entry if isinstance(entry, str) else ""
        first, _, last = text.replace(" ", "").partition("/")
        try:
            start, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError:
            self._problem("calendar-date", where, f"“{entry}”不是日期。", _WRITE)
            return []
        if not 0 <= (end - start).days < LONGEST:
            what = f"“{text}”的结束日期早于开始日期。" if end < start else f"“{text}”超过 {LONGEST} 天。"
            self._problem("calendar-range", where, what, "请核对日期。")
            return []
        return [start + timedelta(days=n) for n in range((end - start).days + 1)]

    def _problem(self, code: str, where: tuple[int | str, ...], what: str, todo: str) -> None:
        known = where
        while known and known not in self.lines:
            known = known[:-1]
        self.problems.append(error(code, Place(FILE, row=self.lines.get(known)), what, todo))
