"""One list's columns claim the roster's fields: each field goes to one column, the clearest claim first.

See `headings` for the rules.
"""

from collections import defaultdict
from collections.abc import Mapping as Map
from collections.abc import Sequence

from shuangsuiji.core.heading import lookup, plain
from shuangsuiji.core.importing.contents import Shape, is_serial, sampled, shapes
from shuangsuiji.core.importing.evidence import MOST, MOSTLY, Against, against, agrees, expected, said
from shuangsuiji.core.importing.fields import CODE, FIRST
from shuangsuiji.core.importing.near import SURE, nearest
from shuangsuiji.core.importing.raw import Candidate, How, Layout, Matched, Unsure
from shuangsuiji.core.importing.toprows import known, meanings
from shuangsuiji.core.problem import Place, Problem, error, warning
from shuangsuiji.core.table import Column, column_letter
from shuangsuiji.core.wording import tidy

_ORDINALS = frozenset({"序号", "序", "行号", "顺序号", "No", "No.", "NO", "NO."})
_COUNTED = frozenset({"编号", "编码", "代码", "号码"})
_COUNTED_IDS = frozenset({"对象编号", "事项编码"})
"""Headings that may mean a serial number, and the ids that they would be read as else."""
_SUPPORTED = 0.65
_ASKED = 0.55
_A_LITTLE = 0.3
_SAMPLES = 5
_WANTED = frozenset({CODE, "单位名称", "专业", "姓名"})
"""Fields for which the clerk is asked even where only the cells speak for them."""


class Claims:
    """Hands out fields; what it leaves to the clerk is in `unsure`, what is wrong in `problems`."""

    def __init__(self, index: int, layout: Layout, columns: Sequence[Column], given: Map[int, Column | None]):
        self.unsure: list[Unsure] = []
        self.problems: list[Problem] = []
        self._index, self._layout, self._columns = index, layout, columns
        self._cells = list(zip(*(cells for _, cells in layout.rows), strict=True)) or [()] * len(layout.headings)
        self._shapes: list[Map[Shape, float]] = [shapes(cells) for cells in self._cells]
        self._found: dict[int, tuple[Column, How]] = {}
        self._free = {column.heading: column for column in columns}
        self._open = [
            place for place, text in enumerate(layout.headings) if place not in given and plain(text) not in _ORDINALS
        ]
        for place, column in given.items():
            if column and column.heading in self._free:
                self._take(place, column, "given")
            elif column:
                self._told_twice(place, column)

    def matched(self) -> list[Matched]:
        """Every column with its field, or with its own heading if it has none."""
        self._leave_counted()
        self._by_name()
        self._by_likeness()
        self._by_cells()
        taken = {column.heading for column, _ in self._found.values()}
        open_ = {*self._open, *(one.column for one in self.unsure)}
        result = []
        for place, heading in enumerate(self._layout.headings):
            if place in self._found:
                column, how = self._found[place]
                result.append(Matched(self._index, place, heading, column.heading, how))
            elif place not in open_ or (self._is_bare(place) and self._says_nothing(place)):
                result.append(Matched(self._index, place, heading, heading, "ordinal"))
            else:
                own = tidy(heading) or f"{column_letter(place)}列"
                own = own if own not in taken and own not in self._free else f"{own}（{column_letter(place)}列）"
                taken.add(own)
                result.append(Matched(self._index, place, heading, own, "local"))
        return result

    def _is_bare(self, place: int) -> bool:
        """Whether a column has no heading."""
        return not (self._layout.headings[place] and self._layout.heading_rows)

    def _says_nothing(self, place: int) -> bool:
        return not any(map(tidy, filter(None, self._cells[place]))) or is_serial(self._cells[place])

    def _take(self, place: int, column: Column, how: How) -> None:
        self._found[place] = column, how
        del self._free[column.heading]
        if place in self._open:
            self._open.remove(place)

    def _leave_counted(self) -> None:
        """A column headed 编号 that only counts the rows is a serial number: the next list counts otherwise."""
        for place in list(self._open):
            cells = self._cells[place]
            is_ours = plain(self._layout.headings[place]) in _COUNTED and not _COUNTED_IDS.isdisjoint(self._free)
            if is_ours and is_serial(cells) and tidy(next(filter(None, cells))).strip("0") == "1":
                self._open.remove(place)
                what = f"{self._said(place)}是 1、2、3 这样的顺序号，没有当作编号：名单一变，号码就对不上了。"
                todo = f"确实是固定不变的编号，加 --map {self._layout.headings[place]}=字段 指明。"
                self.problems.append(warning("serial-number", self._place(place), what, todo))

    def _by_name(self) -> None:
        ways = lookup(self._columns)
        claims: dict[str, list[int]] = defaultdict(list)
        for place in self._open:
            if (column := known(self._layout.headings[place], ways)) and column.heading in self._free:
                claims[column.heading].append(place)
        for heading, places in claims.items():
            column = self._free[heading]
            held = [place for place in places if any(map(tidy, self._cells[place]))] or places[:1]
            exact = [place for place in held if plain(self._layout.headings[place]) == plain(heading)]
            fitting = [place for place in held if not against(column, self._shapes[place])]
            first = [place for place in held if plain(self._layout.headings[place]) in FIRST.get(heading, ())]
            for chosen in (held, exact, fitting, first):
                if len(chosen) == 1:
                    self._named(chosen[0], column, held)
                    break
            else:
                for place in held:
                    self._ask(place, [Candidate(heading, SURE, f"有 {len(held)} 列的标题都可以作“{heading}”")])

    def _named(self, place: int, column: Column, rivals: Sequence[int]) -> None:
        self._take(place, column, "name")
        if len(rivals) > 1:
            names = "、".join(self._said(one) for one in rivals)
            what = f"{names}都可以作“{column.heading}”，已按{column_letter(place)}列读取。"
            at = self._place(place)
            self.problems.append(warning("duplicate-column", at, what, "如果不对，请用 --map 列=字段 指明。"))
        if found := against(column, self._shapes[place]):
            self._contradicted(place, column, found)

    def _by_likeness(self) -> None:
        likely = []
        for place in self._open:
            near = nearest(meanings(self._layout.headings[place]), list(self._free.values()))
            likely += [(one.score + agrees(one.column, self._shapes[place]) / 10, place, one) for one in near]
        likely.sort(key=lambda one: (-one[0], one[1]))
        doubtful: dict[int, list[Candidate]] = defaultdict(list)
        for _, place, (column, score) in likely:
            if place in self._found or column.heading not in self._free:
                continue
            cells = self._shapes[place]
            if against(column, cells) or (score >= SURE and self._speaks_for_another(place, column)):
                if score >= SURE:
                    doubtful[place].append(Candidate(column.heading, round(score / 2, 2), "标题相近，内容不像"))
            elif score >= SURE or (score >= _SUPPORTED and agrees(column, cells)):
                self._take(place, column, "near-name")
            elif score >= _ASKED and (expected(column) is None or agrees(column, cells, _A_LITTLE)):
                doubtful[place].append(Candidate(column.heading, round(score, 2), "标题相近"))
        for place, candidates in sorted(doubtful.items()):
            still = [one for one in candidates if one.target in self._free]
            if place not in self._found and still and not self._holds_codes(place):
                self._ask(place, [*still, *self._speaking(place, {one.target for one in still})])

    def _holds_codes(self, place: int) -> bool:
        """Whether a column holds what nothing looks like by chance: then its cells decide, not a doubtful heading."""
        return CODE in self._free and agrees(self._free[CODE], self._shapes[place], MOSTLY)

    def _speaks_for_another(self, place: int, column: Column) -> bool:
        """Whether the cells speak for a free field although the heading is near to `column`, which has no shape."""
        others = (one for one in self._free.values() if one is not column)
        return expected(column) is None and any(agrees(one, self._shapes[place], MOSTLY) for one in others)

    def _by_cells(self) -> None:
        speaking = {place: self._speaking(place, set()) for place in self._open}
        best = [candidates[0].target for candidates in speaking.values() if candidates]
        for place, candidates in speaking.items():
            is_bare = self._is_bare(place)
            if not candidates or not (is_bare or candidates[0].target in _WANTED):
                continue
            only = candidates[0]
            is_alone = len(candidates) == 1 and best.count(only.target) == 1
            if is_alone and only.score >= MOSTLY and (is_bare or only.target == CODE):
                self._take(place, self._free[only.target], "content")
            else:
                self._ask(place, candidates)

    def _speaking(self, place: int, without: set[str]) -> list[Candidate]:
        """The free fields for which the cells of a column speak, the strongest first."""
        found = []
        for heading, column in self._free.items():
            shape = expected(column)
            share = self._shapes[place].get(shape, 0) if shape else 0
            if shape and share >= MOST and heading not in without:
                found.append(Candidate(heading, round(share, 2), said(shape, share)))
        return sorted(found, key=lambda one: -one.score)

    def _ask(self, place: int, candidates: Sequence[Candidate]) -> None:
        texts = dict.fromkeys(tidy(cell) for cell in sampled(self._cells[place]))
        samples = tuple(filter(None, texts))[:_SAMPLES]
        heading, letter = self._layout.headings[place], column_letter(place)
        at = self._place(place)
        self.unsure.append(Unsure(self._index, place, heading, letter, at, tuple(candidates), samples))
        self._open.remove(place)

    def _place(self, place: int) -> Place:
        row = self._layout.heading_rows[-1] if self._layout.heading_rows else None
        return self._layout.sheet.place(row, self._layout.headings[place] or None, column_letter(place))

    def _said(self, place: int) -> str:
        return f"“{self._layout.headings[place]}”（{column_letter(place)}列）"

    def _told_twice(self, place: int, column: Column) -> None:
        what = f"{self._said(place)}和另一列都指定成了“{column.heading}”。"
        self.problems.append(error("duplicate-column", self._place(place), what, "一个字段只能来自一列。"))

    def _contradicted(self, place: int, column: Column, found: Against) -> None:
        sample = tidy(next(iter(sampled(self._cells[place], 1)), ""))
        what = (
            f"{self._said(place)}按标题是“{column.heading}”，{found.share:.0%} 的内容却是{found.said}（如“{sample}”）。"
        )
        key = self._layout.headings[place]
        todo = f"请核对；确实如此或另有所指，请用 --map {key}=字段 指明（不要这一列：{key}=不导入）。"
        self.problems.append(error("heading-contradicted", self._place(place), what, todo))
