"""The command line's own words in Chinese: what Typer says about usage and help."""

import re
from collections.abc import Callable
from typing import Any

from typer.core import TyperCommand, TyperGroup

_HELP = (
    (re.compile(r"^Usage: ", re.MULTILINE), "用法："),
    (re.compile(r"^Options:", re.MULTILINE), "选项："),
    (re.compile(r"^Arguments:", re.MULTILINE), "参数："),
    (re.compile(r"^Commands:", re.MULTILINE), "命令："),
    (re.compile(r"\[OPTIONS\]"), "[选项]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "命令 [参数]…"),
    (re.compile(r"Show this message and exit\."), "显示这段说明。"),
    (re.compile(r"\[env var: "), "[环境变量："),
    (re.compile(r"\[default: "), "[默认："),
    (re.compile(r"; default: "), "；默认："),
    (re.compile(r"; required\]|\[required\]"), "[必填]"),
)


def _listed(choices: str) -> str:
    """What may be chosen, as Typer lists it, in one line."""
    return "、".join(re.findall(r"[^\s,']+", choices))


_USAGE: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"No such option: (\S+?)( .*)?$"), r"没有“\1”这个选项。"),
    (re.compile(r"No such command '(.*?)'\.?.*", re.DOTALL), r"没有“\1”这条命令。"),
    (re.compile(r"Missing command\."), "没有写命令。"),
    (re.compile(r"Got unexpected extra arguments? ?(?:\(s\) )?\((.*)\)"), r"多写了“\1”。"),
    (re.compile(r"Option '?(\S+?)'? requires an argument\."), r"选项“\1”后面要写内容。"),
    (
        re.compile(r"Missing (?:argument|option|parameter)\s*'?(.*?)'?\. Choose from:\s*(.*)", re.DOTALL),
        lambda found: f"缺少“{found[1]}”，可以写：{_listed(found[2])}。",
    ),
    (re.compile(r"Missing (?:argument|option|parameter)\s*'?(.*?)'?\."), r"缺少“\1”。"),
    (
        re.compile(r"Invalid value for '([^']*)'[^:]*: .*?'([^']*)' is not one of (.*)\."),
        lambda found: f"“{found[1]}”不能写“{found[2]}”，可以写：{_listed(found[3])}。",
    ),
    (re.compile(r"Invalid value for '([^']*)'[^:]*(?:: '[A-Z_]+'\))?: (.*)"), r"“\1”的值不对：\2"),
)
_VALUE = (
    (re.compile(r"Input should be greater than or equal to (\S+)"), r"不能小于 \1。"),
    (re.compile(r"Input should be less than or equal to (\S+)"), r"不能大于 \1。"),
    (re.compile(r"Input should be a valid (?:integer|number).*"), "应是数字。"),
)
"""What Typer says of a value, after its option's name."""


def in_chinese(help_text: str) -> str:
    """A help page with the fixed words in Chinese."""
    for pattern, word in _HELP:
        help_text = pattern.sub(word, help_text)
    return help_text


def usage_fault(message: str) -> str:
    """What is wrong with a command line, in Chinese."""
    for pattern, sentence in _USAGE:
        if pattern.search(message):
            message = pattern.sub(sentence, message)
            break
    for pattern, sentence in _VALUE:
        message = pattern.sub(sentence, message)
    return message


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return in_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """The group of all commands; their help is Chinese, and they stand in the order of the work."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return in_chinese(super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
        """The commands in the order in which they were declared."""
        return list(self.commands)
