"""A progress bar for what takes more than a second; nothing for what does not, and nothing where nobody watches."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE_SECONDS = 1.0
_WORDS = {"reading": "读取名册", "returns": "读取任务单", "drawing": "抽取和匹配", "sheets": "制作任务单"}
_WORDS |= {"draws": "模拟抽取", "years": "模拟各年", "absences": "逐一缺席", "trying": "试算办法"}


class Bar:
    """Call it with (stage, done, total); `total` 0 = not known."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note how far a stage has come."""
        if self._bar is None:
            if not sys.stderr.isatty() or time.monotonic() - self._start < _PATIENCE_SECONDS:
                return
            self._bar = _bar()
            self._bar.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(_WORDS[stage], total=total or None)
        self._bar.update(self._tasks[stage], completed=done, total=total or None)

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()


def _bar() -> "Progress":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    from shuangsuiji.screen.console import notices  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=notices(), transient=True)
