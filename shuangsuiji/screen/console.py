"""The two streams: answers go to stdout, everything else to stderr."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

_PIPE_WIDTH = 120
_BLANK = "\n\u00a0\u3000"


def _console(stream: TextIO) -> "Console":
    from shuangsuiji.screen.quiet import QuietConsole  # noqa: PLC0415 - 60 ms that --help and --json need not pay

    return QuietConsole(
        file=stream, width=None if stream.isatty() else _PIPE_WIDTH, highlight=False, emoji=False, markup=False
    )


def answers() -> "Console":
    """Where the asked-for output goes."""
    return _console(sys.stdout)


def notices() -> "Console":
    """Where messages go."""
    return _console(sys.stderr)


def print_json(value: object) -> None:
    """An answer for a program: ASCII only, so that no code page can spoil it."""
    sys.stdout.write(json.dumps(value, default=str) + "\n")


def tolerate_code_pages() -> None:
    """A character that the terminal's code page lacks becomes ``?`` instead of an error."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as we live
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def plain(text: str) -> str:
    """`text` without control characters: a roster must not steer the terminal. Blanks of any width are none."""
    return "".join(sign if sign.isprintable() or sign in _BLANK else "�" for sign in text)
