"""The days and times of the ledger: nothing is entered before it happened, nothing happens before its draw or list.

- What a command does at once (`AT_ONCE`) bears the day on which it was entered.
- A computer's clock that was set back, or once ran ahead, is no fault: such lines are remarks, and what follows from
  them is not held against the ledger.
"""

from collections.abc import Iterator
from datetime import date, datetime

from shuangsuiji.core.ledger.times import is_set_back, set_back
from shuangsuiji.core.verifying.story import Past, Story, at
from shuangsuiji.core.verifying.verdict import Check, Remark
from shuangsuiji.core.year.approval import since
from shuangsuiji.core.year.events import (
    AdjustmentClosed,
    Approved,
    Drawn,
    DrawVoided,
    Event,
    Happened,
    ListVoided,
    Published,
    Recorded,
    Recused,
    Redrawn,
    ReplacementAsked,
    Sealed,
    Voided,
)
from shuangsuiji.core.year.state import Source, State

AT_ONCE = Sealed | Drawn | DrawVoided | ListVoided | Recused | Redrawn | AdjustmentClosed | Recorded
_DAY = len("2023-05-09")


def check_dates(story: Story, check: Check) -> None:
    """The day of every event."""
    past, latest, times = Past(story.happened), date.min, dict[int, str]()
    for one in story.happened:
        event, times[one.line] = one.event, one.at
        entered = _day(one.at)
        if entered is None:
            check.wrong(at(one.line), "time-form", "", one.at)
        elif event.on > entered:
            check.wrong(at(one.line), "before-it-happened", event.on, entered)
        elif isinstance(event, AT_ONCE) and event.on != entered:
            check.wrong(at(one.line), "other-day", entered, event.on)
        elif isinstance(event, Published) and event.on < latest:
            check.wrong(at(one.line), "before-ledger", latest, event.on)
        else:
            _check_source(past, one, times, check)
        latest = max(latest, event.on)


def set_back_lines(story: Story) -> Iterator[Remark]:
    """The lines whose time runs backwards."""
    for one in set_back(one.at for one in story.happened):
        yield Remark("clock-set-back", at(one.line), f"{one.before} > {one.at}")


def _check_source(past: Past, one: Happened, times: dict[int, str], check: Check) -> None:
    """Nothing about a task is older than its draw or list."""
    if not isinstance(one.event, Recused | ReplacementAsked | Approved | Redrawn | Voided | Drawn):
        check.passed()
        return
    state = past.before(one.line)
    if isinstance(one.event, Drawn):
        line, first = state.sealed_line, state.sealed.on if state.sealed else None
    else:
        source = _source(one.event, state)
        line, first = (source.line, since(source).on) if source else (0, None)
    if first is None or one.event.on >= first or is_set_back(times.get(line, ""), one.at):
        check.passed()
    else:
        check.wrong(at(one.line), "before-draw", first, one.event.on)


def _source(event: Event, state: State) -> Source | None:
    """The source of tasks that an event is about."""
    match event:
        case Recused() | ReplacementAsked() | Redrawn():
            return state.sources.get(event.source)
        case Approved():
            return state.sources.get(state.adjustments[event.adjustment].asked.source)
        case Voided():
            return state.sources.get(state.tasks[event.task].source)
        case _:
            return None


def _day(text: str) -> date | None:
    """The local day of a ledger's time; None where it is no time with its offset."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return date.fromisoformat(text[:_DAY]) if time.tzinfo is not None and text[4:5] == "-" else None
