"""``ssj simulate``."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shuangsuiji.cli import clock
from shuangsuiji.cli.options import JsonOption, PlanOption, WorkspaceOption, workspace_at
from shuangsuiji.core.refusal import USAGE, Refusal

if TYPE_CHECKING:
    from fractions import Fraction


def simulate(
    workspace: WorkspaceOption = Path(),
    plan: PlanOption = None,
    seeds: Annotated[
        int, typer.Option("--seeds", metavar="次数", min=1, max=1_000_000, help="模拟抽取多少次。")
    ] = 2000,
    years: Annotated[int, typer.Option("--years", metavar="年数", min=1, max=50, help="往后模拟几年的覆盖情况。")] = 5,
    turnover: Annotated[
        str, typer.Option("--turnover", metavar="比例", help="每年有多少单位关停、同样多的新开，如 4%。")
    ] = "0%",
    word: Annotated[
        str, typer.Option("--from", metavar="文字", help="模拟用的种子由这段文字推出；文字相同，结果相同。")
    ] = "simulate",
    html: Annotated[
        Path | None, typer.Option("--html", metavar="文件", help="写成一个带图表的网页文件。", show_default=False)
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="个数", min=1, max=64, help="同时用几个进程；默认看电脑。", show_default=False),
    ] = None,
    json: JsonOption = False,
) -> None:
    """在今天的名册上模拟几千次抽取：机会、工作量、合并、搭档、缺席、几年覆盖，并指出该改什么。不抽取，不写台账。"""
    from shuangsuiji.actions.simulate import simulate as act  # noqa: PLC0415 - a command pays for its own imports
    from shuangsuiji.core.simulating.work import Asked  # noqa: PLC0415
    from shuangsuiji.screen.progress import Bar  # noqa: PLC0415
    from shuangsuiji.screen.simulation import print_simulation, show_simulation  # noqa: PLC0415

    asked = Asked(seeds, years, _share(turnover), word)
    with Bar() as progress:
        found = act(workspace_at(workspace), plan, clock.today(), asked, jobs=jobs, page=html, progress=progress)
    if json:
        print_simulation(found)
    else:
        show_simulation(found, html)


def _share(text: str) -> "Fraction":
    """``4%`` as a fraction. Raises Refusal (wrong use) for anything else."""
    from fractions import Fraction  # noqa: PLC0415 - a command pays for its own imports

    found = re.fullmatch(r"(\d{1,2}(?:\.\d{1,3})?)[%％]", text.strip())
    if not found:
        what = f"--turnover 不能是“{text}”。"
        raise Refusal("bad-turnover", what, todo="请写 0% 到 99% 的百分数，如 4%。", exit_code=USAGE)
    return Fraction(found[1]) / 100
