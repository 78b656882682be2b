"""What a remark says and no column does: a business that is closed, a person who has left, but whose 状态 is blank."""

import re
from collections.abc import Iterable, Iterator, Mapping

from shuangsuiji.core.importing.entry import NAME, STATUS, Entry
from shuangsuiji.core.importing.raw import Kind
from shuangsuiji.core.problem import Problem, warning
from shuangsuiji.core.roster.subject import OPEN

_PRESENT = OPEN | {"在岗", "在职", "在编"}
_GONE: Mapping[Kind, tuple[re.Pattern[str], str, str]] = {
    "subjects": (
        re.compile("停业|歇业|停产|停诊|停办|关停|关门|关闭|倒闭|注销|吊销|撤销|拆除|拆迁|搬走|迁出|转行|不存在|查无"),
        "状态却不是停业、注销，照样参加抽取",
        "确实停业、注销的，导入后在名册的“状态”列写明，就不会抽到。",
    ),
    "inspectors": (
        re.compile("退休|调离|调走|调出|借调|抽调|辞职|离职|病休|病假|产假|长休|不在岗|停职|挂职|驻村"),
        "状态却是在岗，照样参加匹配",
        "确实不在岗的，导入后在名册的“状态”列写明，就不会派到。",
    ),
}
_AGAIN = re.compile("恢复|复业|复工|重新|不再|未|返岗|已回|结束")
_IN_BRACKETS = re.compile(r"[(（【]([^()（）【】]*)[)）】]")


def gone(kind: Kind, rows: Iterable[Entry]) -> Iterator[Problem]:
    """A warning for each row whose 备注, or a note in its name, says what its 状态 does not."""
    if kind not in _GONE:
        return
    said, but, todo = _GONE[kind]
    name = NAME[kind]
    for row in rows:
        notes = {"备注": row.cell("备注")}
        if "（" in row.cell(name) or "【" in row.cell(name):
            notes[name] = "；".join(_IN_BRACKETS.findall(row.cell(name)))
        if row.cell(STATUS) not in _PRESENT or not any(notes.values()):
            continue
        for heading, note in notes.items():
            if said.search(note) and not _AGAIN.search(note):
                what = f"“{row.cell(name)}”的{heading}里写着“{note}”，{but}。"
                yield warning("says-gone", row.at(heading), what, todo)
                break
