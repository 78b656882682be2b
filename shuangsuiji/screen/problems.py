"""Problems and Refusals as sentences, and as JSON."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from shuangsuiji.core.problem import Problem
from shuangsuiji.core.refusal import Faulty, Refusal
from shuangsuiji.screen.console import notices, plain, print_json

_SHOWN_PER_KIND = 20
_WORD = {"error": ("错误", "bold red"), "warning": ("提醒", "yellow")}


def show_problems(problems: Sequence[Problem]) -> None:
    """All of them on stderr, errors first; of one kind the first twenty, with how many more there are."""
    from rich.text import Text  # noqa: PLC0415 - see console

    console = notices()
    for severity in ("error", "warning"):
        word, style = _WORD[severity]
        kinds: dict[str, list[Problem]] = defaultdict(list)
        for problem in problems:
            if problem.severity == severity:
                kinds[problem.code].append(problem)
        for found in kinds.values():
            for problem in found[:_SHOWN_PER_KIND]:
                console.print(Text(f"{word}  ", style).append(plain(str(problem)), ""), soft_wrap=True)
            if len(found) > _SHOWN_PER_KIND:
                more = f"      …… 同类{word}还有 {len(found) - _SHOWN_PER_KIND} 条（加 --json 可看全部）"
                console.print(Text(more, "dim"))


def counted(problems: Iterable[Problem]) -> str:
    """``3 处错误，1 处提醒``."""
    all_of_them = list(problems)
    wrong = sum(problem.severity == "error" for problem in all_of_them)
    parts = [f"{wrong} 处错误"] if wrong else []
    parts += [f"{len(all_of_them) - wrong} 处提醒"] if len(all_of_them) > wrong else []
    return "，".join(parts) or "没有问题"


def show_refusal(refusal: Refusal) -> None:
    """What was refused, by which rule, and what would be allowed."""
    from rich.text import Text  # noqa: PLC0415 - see console

    console = notices()
    if isinstance(refusal, Faulty):
        show_problems(refusal.problems)
        console.print(Text(f"{counted(refusal.problems)}。{refusal.what}改好后再运行一次。", "bold"))
        return
    word = "没有做完  " if refusal.happened else "没有执行  "
    console.print(Text(word, "bold red").append(plain(refusal.what), ""), soft_wrap=True)
    if refusal.source:
        console.print(f"依据：{refusal.source}", soft_wrap=True)
    if refusal.todo:
        console.print(plain(refusal.todo), soft_wrap=True)


def print_refusal(refusal: Refusal) -> None:
    """The same for a program."""
    if isinstance(refusal, Faulty):
        print_json({"ok": False, "error": "problems", "problems": [as_json(p) for p in refusal.problems]})
        return
    print_json({"ok": False, "error": refusal.code, "message": refusal.what, **refusal.details})


def as_json(problem: Problem) -> dict[str, object]:
    """One Problem for programs."""
    return {
        "severity": problem.severity,
        "code": problem.code,
        "file": problem.place.file,
        "sheet": problem.place.sheet,
        "row": problem.place.row,
        "column": problem.place.column,
        "letter": problem.place.letter,
        "what": problem.what,
        "todo": problem.todo,
    }
