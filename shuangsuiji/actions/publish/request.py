"""What somebody asks of ``ssj publish``, and whether it goes together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shuangsuiji.core.refusal import USAGE, Refusal
from shuangsuiji.core.year.cell_values import value
from shuangsuiji.core.year.disclosure.index import KIND_NAMES
from shuangsuiji.core.year.disclosure.notice import KINDS, Kind
from shuangsuiji.core.year.findings import FINDINGS
from shuangsuiji.files.documents import FORMATS, Format

OF_TASKS = ("results", "penalties")


@dataclass(frozen=True, slots=True)
class Request:
    """One call. `only_due`: what is due within a week or overdue; `otherwise`: visits outside the draw too.

    `notice`: only record where that one was put (`url`).
    """

    kind: Kind
    on: date
    formats: tuple[Format, ...] = FORMATS
    only_due: bool = False
    tasks: tuple[str, ...] = ()
    otherwise: bool = False
    correct: str = ""
    withdraw: tuple[str, ...] = ()
    reason: str = ""
    url: str = ""
    notice: str = ""
    dry_run: bool = False


def kind_of(text: str) -> Kind:
    """The kind that was typed. Raises Refusal (wrong use) for one that there is not."""
    for kind in KINDS:
        if kind == text:
            return kind
    what = f"没有“{text}”这一类公示。"
    todo = f"可以写 {'、'.join(f'{one}（{KIND_NAMES[one]}）' for one in KINDS)}；list 列出已公示的。"
    raise Refusal("unknown-kind", what, todo=todo, exit_code=USAGE)


def formats_of(text: str) -> tuple[Format, ...]:
    """The formats of ``html,docx``, in the order of the house. Raises Refusal (wrong use)."""
    wanted = {part.strip().lower() for part in text.replace("，", ",").replace("、", ",").split(",")} - {""}
    unknown = sorted(wanted - set(FORMATS))
    if unknown or not wanted:
        what = f"--format 不认识“{'、'.join(unknown)}”。" if unknown else "--format 没有写格式。"
        raise Refusal("unknown-format", what, todo=f"可以写：{','.join(FORMATS)}。", exit_code=USAGE)
    return tuple(one for one in FORMATS if one in wanted)


def url_of(text: str) -> str:
    """A web address. Raises Refusal (wrong use) for anything else."""
    url, wrong = value(FINDINGS["published_at"], text) if text else ("", None)
    if wrong is not None or (text and not url):
        what = wrong.what if wrong else f"“{text}”不是网址。"
        raise Refusal("bad-link", what, todo="写成 https://www.example.gov.cn/… 的样子。", exit_code=USAGE)
    return url


def checked(request: Request, *, all_ready: bool, formats: bool) -> None:
    """Raises Refusal (wrong use) for options that do not go together. The flags: whether they were typed."""
    choosing = bool(request.only_due or request.tasks or request.otherwise or all_ready)
    changing = bool(request.correct or request.withdraw)
    of_tasks = request.kind in OF_TASKS
    faults: Sequence[tuple[object, str]] = (
        (choosing and not of_tasks, "--due、--all-ready、--task、--otherwise 只用于 results 和 penalties。"),
        (
            request.correct and not of_tasks,
            "--correct 只用于 results 和 penalties；计划调整后再运行一次 ssj publish plan。",
        ),
        (request.withdraw and request.kind != "penalties", "--withdraw 只用于 penalties。"),
        (request.correct and request.withdraw, "--correct 和 --withdraw 不能一起用。"),
        (changing and choosing, "--correct、--withdraw 不能和 --due、--task、--otherwise 一起用。"),
        (changing and not request.reason.strip(), "更正或撤下必须写明理由（--reason）。"),
        ((request.only_due or all_ready) and request.tasks, "--due、--all-ready 和 --task 不能一起用。"),
        (request.notice and not request.url, "--notice 和 --at 一起用：哪一份文书放在哪个网址。"),
        (
            request.notice and (changing or choosing or request.dry_run or formats),
            "用 --notice 登记网址时，不写别的选项。",
        ),
    )
    for fault, what in faults:
        if fault:
            raise Refusal("wrong-options", what, todo="用法见 ssj publish --help。", exit_code=USAGE)
