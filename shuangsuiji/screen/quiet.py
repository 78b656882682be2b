"""The screen's last line of defence: whatever a text holds, it cannot steer the terminal.

Control characters (ESC would begin a command) and marks that turn the reading direction become ``�``, in every table
and sentence, also where a screen forgot to ask for `plain`. What rich itself sends (colours, the bar) stays.
"""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from shuangsuiji.screen.console import plain


class QuietConsole(Console):
    """A console whose texts are only texts."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of `renderable`."""
        for segment in super().render(renderable, options):
            text, style, control = segment
            yield segment if control or _is_plain(text) else Segment(plain(text), style)


def _is_plain(text: str) -> bool:
    return text.isprintable() or text == "\n"
