"""What ``ssj forms`` shows: which files, for how many visits, and what to look at before they are used."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shuangsuiji.actions.forms import Formed
from shuangsuiji.core.year.forms.variables import TITLES
from shuangsuiji.core.year.forms.visit import FormVisit
from shuangsuiji.screen.console import answers, notices, plain, print_json

_SHOWN = 20
_LEAST = 2
"""行政处罚法第四十二条: 执法人员不得少于两人."""


class Doubt(NamedTuple):
    """Something to look at: `code` for programs, `what` for people, of which `visits`."""

    code: str
    what: str
    visits: Sequence[str]


def show_formed(formed: Formed) -> None:
    """The files on stdout, doubts on stderr."""
    for doubt in doubts(formed.chosen.visits):
        visits = "、".join(doubt.visits[:_SHOWN])
        more = f"等 {len(doubt.visits)} 次" if len(doubt.visits) > _SHOWN else ""
        notices().print(plain(f"提醒  {doubt.what}：{visits}{more}。"), soft_wrap=True)
    console, found = answers(), formed.chosen
    whose = f"{found.whose[1]}（{found.whose[0]}）的" if found.whose else ""
    if not found.visits:
        console.print(plain(f"{whose}检查没有要做的{TITLES[formed.kind]}，没有写文件。{_left_out(formed)}"))
        return
    number = f"{len(found.visits)} 次检查，{len(formed.files)} 个文件"
    console.print(plain(f"{whose}{TITLES[formed.kind]}：{number}。{_left_out(formed)}"), soft_wrap=True)
    for path in formed.files[:_SHOWN]:
        console.print(plain(f"  {path}"), soft_wrap=True)
    if len(formed.files) > _SHOWN:
        console.print(
            plain(f"  …… 还有 {len(formed.files) - _SHOWN} 个，都在 {formed.files[0].parent}"), soft_wrap=True
        )
    console.print("里面有联系电话，只供检查使用，不对外公开；人员调整以后请重新印制。")


def print_formed(formed: Formed) -> None:
    """The same for a program."""
    found = formed.chosen
    print_json(
        {
            "ok": True,
            "kind": formed.kind,
            "draw": formed.plan.draw,
            "inspector": found.whose[0] if found.whose else None,
            "visits": [visit.visit for visit in found.visits],
            "files": [str(path) for path in formed.files],
            "left_out": {"over": found.over, "closed": found.closed},
            "doubts": [doubt._asdict() for doubt in doubts(found.visits)],
            "checkpoint": formed.checkpoint._asdict(),
        }
    )


def doubts(visits: Sequence[FormVisit]) -> Iterator[Doubt]:
    """What is missing on the forms, or may change."""
    few = [visit.visit for visit in visits if len(visit.inspectors) < _LEAST]
    waiting = [visit.visit for visit in visits if visit.waiting]
    without_items = [visit.visit for visit in visits if not all(task.items for task in visit.tasks)]
    without_address = [visit.visit for visit in visits if not visit.subject.address]
    for code, what, found in (
        ("too-few-inspectors", "检查人员不足两人，须补足后再检查（行政处罚法第四十二条）", few),
        ("adjustment-pending", "人员调整正在报批，批准后请重新印制", waiting),
        ("no-items", "有专业在事项清单里没有抽查事项，检查内容留空", without_items),
        ("no-address", "名册里没有地址，留空", without_address),
    ):
        if found:
            yield Doubt(code, what, found)


def _left_out(formed: Formed) -> str:
    found = formed.chosen
    parts = [f"已检查完毕的 {found.over} 次没有做（要做请加 --over）"] if found.over else []
    parts += [f"已由上级完结的 {found.closed} 次没有做"] if found.closed else []
    return "；".join(parts) + "。" if parts else ""
