"""The order of a year: sealed, drawn once, voided only on paper; lists and adjustments numbered without a gap."""

from shuangsuiji.core.ledger.chain import digest as sha256
from shuangsuiji.core.verifying.story import Files, Past, Story, at
from shuangsuiji.core.verifying.verdict import Check
from shuangsuiji.core.year.events import (
    Drawn,
    DrawVoided,
    Happened,
    KeyRevealed,
    ListVoided,
    Placed,
    Published,
    Received,
    ReplacementAsked,
    Sealed,
    SealVoided,
    TimestampAttached,
    VisitedOtherwise,
    Voided,
)
from shuangsuiji.core.year.receiving import next_source
from shuangsuiji.core.year.state import OTHERWISE, State


def check_order(story: Story, check: Check) -> None:
    """That each event could follow those before it."""
    past, asked = Past(story.happened), 0
    for one in story.happened:
        match one.event:
            case Sealed():
                _check_sealed(past.before(one.line), one, check)
            case Drawn():
                _check_drawn(past.before(one.line), one, one.event, check)
            case Received():
                check.same(at(one.line), "list-number", next_source(past.before(one.line)), one.event.source)
            case ReplacementAsked():
                asked += 1
                check.same(at(one.line), "adjustment-number", f"A{asked}", one.event.adjustment)
            case VisitedOtherwise():
                number = len(past.before(one.line).otherwise) + 1
                check.same(at(one.line), "visit-number", f"{OTHERWISE}{number}", one.event.task)
            case Published():
                notices = past.before(one.line).notices.values()
                number = 1 + sum(other.event.what == one.event.what for other in notices)
                check.same(at(one.line), "notice-number", f"{one.event.what}-{number}", one.event.notice)
            case Placed():
                check.same(at(one.line), "address", True, bool(one.event.url.strip()))
            case _:
                check.passed()


def check_voids(story: Story, check: Check) -> None:
    """That nothing was voided or closed without its paper, and only what was there."""
    past = Past(story.happened)
    for one in story.happened:
        event = one.event
        if not isinstance(event, DrawVoided | SealVoided | ListVoided | Voided):
            continue
        state = past.before(one.line)
        if not event.reason.strip():
            check.wrong(at(one.line), "no-reason")
        elif not event.document_no.strip():
            check.wrong(at(one.line), "no-document")
        else:
            why, expected, found = _voidable(state, event)
            check.same(at(one.line), why, expected, found)


def check_keys_and_stamps(story: Story, files: Files, check: Check) -> None:
    """Keys that were published, against what was committed; time stamps, against what they stamp."""
    past = Past(story.happened)
    for one in story.happened:
        match one.event:
            case KeyRevealed():
                sealed, drawn = past.before(one.line).sealed, past.before(one.line).drawn
                committed = sealed.key_commitment if sealed else ""
                check.expect(at(one.line), "other-draw", sealed.draw if sealed else "", one.event.draw)
                if check.expect(at(one.line), "key", committed, _commitment(one.event.key)) and drawn is not None:
                    check.expect(at(one.line), "key-of-draw", f"key:{one.event.key}", (drawn.sources or ("",))[-1])
            case TimestampAttached():
                _check_stamp(past.before(one.line), story, one, one.event, files, check)
            case _:
                pass


def _check_sealed(state: State, one: Happened, check: Check) -> None:
    if state.sealed is not None:
        check.wrong(at(one.line), "sealed-twice", at(state.sealed_line), at(one.line))
    else:
        check.passed()


def _check_drawn(state: State, one: Happened, event: Drawn, check: Check) -> None:
    sealed = state.sealed
    if state.drawn is not None:
        check.wrong(at(one.line), "drawn-twice", at(state.line), at(one.line))
    elif sealed is None:
        check.wrong(at(one.line), "not-sealed")
    else:
        told = (event.draw, event.year, event.pool_digest)
        check.same(at(one.line), "not-as-sealed", (sealed.draw, sealed.year, sealed.pool_digest), told)


def _voidable(state: State, event: DrawVoided | SealVoided | ListVoided | Voided) -> tuple[str, object, object]:
    """A stable word, what is there to be voided, and what the event says it voids."""
    match event:
        case DrawVoided():
            return "nothing-to-void", state.drawn.draw if state.drawn else None, event.draw
        case SealVoided():
            there = state.sealed.draw if state.sealed is not None and state.drawn is None else None
            return "nothing-to-void", there, event.draw
        case ListVoided():
            received = state.sources[event.source].event
            return "nothing-to-void", True, isinstance(received, Received)
        case Voided():
            had = state.tasks[event.task].voided
            return "closed-twice", None, had.document_no if had is not None else None


def _check_stamp(
    state: State, story: Story, one: Happened, event: TimestampAttached, files: Files, check: Check
) -> None:
    digests = {story.digests[event.line - 1]} if 0 < event.line < one.line else set()
    if event.of == "pool":
        digests = {state.sealed.pool_digest} if state.sealed is not None else set()
    name = f"timestamps/{event.file}"
    if event.digest not in digests:
        check.wrong(at(one.line), "stamped-otherwise", "".join(digests), event.digest)
    elif name not in files:
        check.wrong(name, "missing", event.sha256)
    else:
        check.expect(name, "altered", event.sha256, sha256(files[name]))


def _commitment(key: str) -> str:
    """SHA-256 of the 32 bytes that 64 hex are; blank for anything else."""
    try:
        return sha256(bytes.fromhex(key)) if len(key) == 64 else ""  # noqa: PLR2004 - 32 bytes
    except ValueError:
        return ""
