"""The one boundary: `main` turns words into a call, and whatever goes wrong into one sentence and an exit code."""

import gc
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.main import get_command

from shuangsuiji import __version__
from shuangsuiji.cli.adjust import app as adjust
from shuangsuiji.cli.archive import archive
from shuangsuiji.cli.bring_in import bring_in
from shuangsuiji.cli.check import check
from shuangsuiji.cli.deadlines import deadlines
from shuangsuiji.cli.draw import draw
from shuangsuiji.cli.export import export
from shuangsuiji.cli.forms import forms
from shuangsuiji.cli.init import init
from shuangsuiji.cli.note import note
from shuangsuiji.cli.publish import publish
from shuangsuiji.cli.receive import receive
from shuangsuiji.cli.record import record
from shuangsuiji.cli.report import report
from shuangsuiji.cli.risk import risk
from shuangsuiji.cli.schedule import schedule
from shuangsuiji.cli.seal import seal
from shuangsuiji.cli.simulate import simulate
from shuangsuiji.cli.status import status
from shuangsuiji.cli.verify import verify
from shuangsuiji.cli.words import ChineseCommand, ChineseGroup, usage_fault
from shuangsuiji.cli.workdays import workdays
from shuangsuiji.core.refusal import DAMAGED, USAGE, Refusal
from shuangsuiji.files.aside import listen
from shuangsuiji.files.whole import reason_of
from shuangsuiji.screen.console import plain, print_json, tolerate_code_pages

INTERRUPTED, BUG = 130, 70

app = typer.Typer(
    name="ssj",
    cls=ChineseGroup,
    help="双随机、一公开：谁也左右不了、人人都能复算的随机抽查。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for command in (
    init,
    risk,
    check,
    simulate,
    seal,
    draw,
    receive,
    schedule,
    forms,
    record,
    note,
    status,
    deadlines,
    workdays,
    verify,
    publish,
    export,
    report,
    archive,
):
    app.command(cls=ChineseCommand)(command)

app.command("import", cls=ChineseCommand)(bring_in)
app.add_typer(adjust)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ssj {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号。")] = False,
) -> None:
    """双随机、一公开：谁也左右不了、人人都能复算的随机抽查。"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 fine, 1 found something, 2 wrong use, 3 refused by a rule, 4 damaged or locked."""
    # One command, then the process ends: looking for cycles among a million rows costs a third of a large draw.
    gc.disable()
    _leave(run(list(sys.argv[1:] if arguments is None else arguments)))


def _leave(code: int) -> NoReturn:
    """End at once: to take a million objects apart one by one costs a tenth of the time, and nobody is left to care."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(code)  # nobody listens, or the disk is full: Python says so as it always does
    os._exit(code)


@cache
def _command() -> Callable[..., object]:
    """The commands, put together once."""
    return get_command(app)


def run(words: list[str]) -> int:
    """The exit code of the command `words`."""
    tolerate_code_pages()
    listen(_say)
    if any(not word.isprintable() for word in words):
        _say("命令里有看不见的字符（换行、控制字符或编码错误的字），请重新输入。")
        return USAGE
    try:
        code = _command()(words, prog_name="ssj", standalone_mode=False)
    except Refusal as refusal:
        from shuangsuiji.screen.problems import print_refusal, show_refusal  # noqa: PLC0415 - only when refused

        (print_refusal if "--json" in words else show_refusal)(refusal)
        return refusal.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        code = 0
    except OSError as failure:
        _say(f"读写“{failure.filename or '文件'}”时出错：{reason_of(failure)}。请检查磁盘和权限，再运行一次。")
        return DAMAGED
    except Exception as failure:  # noqa: BLE001 - the one boundary: a bug ends in a file and a sentence
        return _usage_or_bug(failure, as_json="--json" in words)
    if code == INTERRUPTED:
        _say("已中断。没有写完的内容不算数，可以重新运行。")
    return code if isinstance(code, int) else 0


def _usage_or_bug(failure: Exception, *, as_json: bool) -> int:
    show_help = type(failure).__name__ == "NoArgsIsHelpError"
    if hasattr(failure, "format_message") and hasattr(failure, "ctx"):
        told = failure.format_message() if show_help else usage_fault(failure.format_message())
        if as_json:
            print_json({"ok": False, "error": "usage", "message": told})
            return USAGE
        _say(told)
        if not show_help:
            _say("用法见 ssj --help 或 ssj 命令 --help。")
        return USAGE
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="ssj-", suffix=".txt", delete=False) as report:
        report.write(f"ssj {__version__}, Python {sys.version}\n")
        traceback.print_exception(failure, file=report)
    _say(f"程序出错了（不是您的操作问题）。出错记录：{Path(report.name)}，请把它发给维护人员。已写入的台账不受影响。")
    return BUG


def _say(sentence: str) -> None:
    sys.stderr.write(plain(sentence) + "\n")
