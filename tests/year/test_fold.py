"""Laws of the fold and of recording, on generated histories of a small draw."""

import copy
from collections.abc import Sequence
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.core.problem import Place
from shuangsuiji.core.year.events import (
    AdjustmentClosed,
    AdjustmentRule,
    Approved,
    Change,
    Drawn,
    DrawnSubject,
    DrawnVisit,
    DrawVoided,
    Event,
    EvidenceKept,
    Happened,
    Issued,
    ListVoided,
    MeasureTaken,
    Noted,
    Received,
    Recorded,
    Recused,
    Redrawn,
    ReplacementAsked,
    Sealed,
    VisitedOtherwise,
    Voided,
    event_of,
    stored,
)
from shuangsuiji.core.year.receiving import next_source
from shuangsuiji.core.year.recording import Decision, Entered, Past, decide, past
from shuangsuiji.core.year.state import State, fold
from shuangsuiji.core.year.teams import outstanding

DAY, NOW = date(2023, 5, 4), datetime.fromisoformat("2023-05-20T10:00")
PEOPLE = ("P1", "P2", "P3", "P4", "P5", "P6")
SUBJECTS = ("A1", "A2", "A3")
TASKS = tuple(f"GGCS/{subject}" for subject in SUBJECTS)
VISITS = tuple(
    DrawnVisit(visit=subject, subject=subject, strata=("GGCS",), team=team)
    for subject, team in zip(SUBJECTS, (("P1", "P2"), ("P2", "P3"), ("P3", "P4")), strict=True)
)
NAMES = {person: f"监督员{person}" for person in PEOPLE}
SEALED = Sealed(on=DAY, draw="T", year=2023, pool_digest="d", as_of=DAY, sources={})
DRAWN = Drawn(
    on=DAY,
    draw="T",
    year=2023,
    pool_digest="d",
    seed_line="s",
    seed="0" * 64,
    grade="given",
    sources=("given:1",),
    drawn={"GGCS": tuple(DrawnSubject(subject=subject, why="random") for subject in SUBJECTS)},
    visits=VISITS,
    inspectors=NAMES,
    adjustment=AdjustmentRule(limit="15%", of="inspectors", approvals=("县", "市")),
    seed_mode="local",
)

EXTRA = {
    "note": st.sampled_from(["甲", "乙", "丙"]),
    "problems": st.sampled_from(["未公示", "无证"]),
    "uploaded": st.sampled_from(["2023-05-15T09:00", "2023-05-16T09:00"]),
    "referred": st.just("县局"),
}


@st.composite
def findings(draw: st.DrawFn) -> dict[str, str]:
    """The findings of a task, complete and in order, as one returned row says them."""
    values = {"check_ended": draw(st.sampled_from(["2023-05-09T14:30", "2023-05-10T09:00"]))}
    match draw(st.sampled_from(["NO_PROBLEM_FOUND", "CORRECTION_ORDERED", "PENALISED", "UNREACHABLE", ""])):
        case "":
            pass
        case "CORRECTION_ORDERED":
            values |= {
                "outcome": "CORRECTION_ORDERED",
                "correction_ordered_on": "2023-05-11",
                "correct_by": "2023-05-30",
            }
        case "PENALISED":
            values |= {"outcome": "PENALISED", "penalty_decided_on": "2023-05-18", "penalty_no": "1号", "fine": "0"}
        case "UNREACHABLE":
            values |= {"outcome": "UNREACHABLE", "reason": draw(st.sampled_from(["closed", "moved"]))}
        case outcome:
            values["outcome"] = outcome
    for name in draw(st.sets(st.sampled_from(["note", "problems", "uploaded"]))):
        values[name] = draw(EXTRA[name])
    return values


def _redraw(draw: st.DrawFn, state: State) -> list[Event]:
    source = state.sources[""]
    visit = source.visits[draw(st.sampled_from(SUBJECTS))]
    leaves = draw(st.sampled_from(visit.team))
    joins = draw(st.sampled_from([person for person in PEOPLE if person not in visit.team]))
    recused = Recused(
        on=DAY, source="", visit=visit.visit, subject=visit.subject, inspector=leaves, asked_by="firm", reason="x"
    )
    redrawn = Redrawn(
        on=DAY,
        source="",
        round=source.rounds + 1,
        seed_line="s",
        seed="1" * 64,
        grade="local",
        sources=(),
        changes=(Change(visit=visit.visit, leaves=leaves, joins=joins, because="recusal"),),
        unavailable=(leaves,) if draw(st.booleans()) else (),
        inspectors={joins: NAMES[joins]},
    )
    return [recused, redrawn]


def _received(state: State) -> Received:
    name = next_source(state)
    visit = DrawnVisit(visit=f"{name}/A1", subject="A1", strata=("YLWS",), team=("P1", "P5"))
    return Received(
        on=DAY,
        source=name,
        year=2023,
        drawn_by="省",
        document_no="1号",
        file="f",
        sha256="s",
        pool_digest="d",
        subjects={"YLWS": ("A1",)},
        names={"A1": "甲"},
        visits=(visit,),
        inspectors=NAMES,
    )


def _next(draw: st.DrawFn, state: State) -> list[Event]:  # noqa: PLR0911 - one per kind of act
    """What may lawfully happen next: one act."""
    kind = draw(
        st.sampled_from(["record", "record", "record", "evidence", "measure", "note", "void", "redraw", "other"])
    )
    if state.drawn is None:
        return [SEALED, DRAWN]
    task = draw(st.sampled_from(list(state.tasks)))
    match kind:
        case "record" if state.tasks[task].voided is None:
            said = draw(findings())
            if state.tasks[task].values and draw(st.booleans()):
                said |= dict.fromkeys(draw(st.sets(st.sampled_from(list(state.tasks[task].values)))), "")
            return [Recorded(on=DAY, task=task, values=said)]
        case "evidence":
            name = draw(st.sampled_from("abc"))
            return [EvidenceKept(on=DAY, task=task, name=name, size=1, sha256=name, copied=draw(st.booleans()))]
        case "measure":
            return [MeasureTaken(on=DAY, task=task, measure="talk", text="x")]
        case "void" if state.tasks[task].voided is None:
            return [Voided(on=DAY, task=task, why="duplicate", reason="重卡", document_no="1号")]
        case "redraw":
            return _redraw(draw, state)
        case "other":
            return draw(st.sampled_from(_others(state)))
        case _:
            return [Noted(on=DAY, topic="training", title="培训", people=draw(st.none() | st.integers(1, 9)))]


def _others(state: State) -> list[list[Event]]:
    number = len(state.otherwise) + 1
    visit = VisitedOtherwise(
        on=DAY,
        task=f"N{number}",
        subject="A9",
        name="甲",
        stratum="GGCS",
        basis="tip",
        document_no="1",
        inspectors=("P1", "P2"),
    )
    name = f"T{len(state.adjustments) + 1}"
    asked = ReplacementAsked(
        on=DAY, source="", adjustment=name, inspector="P1", visits=("A1",), why="illness", reason="病"
    )
    approved = Approved(on=DAY, adjustment=name, level="县", document_no="1")
    closed = AdjustmentClosed(on=DAY, adjustment=name, why=("withdrawn", "nothing-left")[number % 2], reason="x")
    void = DrawVoided(on=DAY, draw="T", reason="x", document_no="1")
    back = [ListVoided(on=DAY, source=name, reason="x", document_no="1") for name in state.sources if name]
    return [
        [visit],
        [asked, approved],
        *([Issued(on=DAY, source=source, how="otherwise", text="x")] for source in list(state.sources)[:1]),
        [asked, approved, closed],
        [_received(state)],
        [void],
        *([one] for one in back[:1]),
    ]


def _happened(events: Sequence[Event]) -> list[Happened]:
    return [Happened(n, f"2023-05-20T10:{n % 60:02}:00+08:00", "经办人", event) for n, event in enumerate(events, 1)]


@st.composite
def histories(draw: st.DrawFn) -> list[Happened]:
    """Events that may follow one another, from the draw on."""
    events: list[Event] = [SEALED, DRAWN]
    for _ in range(draw(st.integers(0, 14))):
        events += _next(draw, fold(_happened(events)))
    return _happened(events)


@given(histories(), st.data())
def test_a_fold_can_go_on_where_another_stopped(history: list[Happened], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(history)))

    assert fold(history) == fold(history[cut:], fold(history[:cut]))


@given(histories(), st.data())
def test_folding_further_leaves_the_old_state_as_it_was(history: list[Happened], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(history)))
    early = fold(history[:cut])
    before = copy.deepcopy(early)

    fold(history[cut:], early)

    assert early == before


@given(histories())
def test_events_survive_the_ledger(history: list[Happened]) -> None:
    assert [event_of(stored(one.event)) for one in history] == [one.event for one in history]


@given(histories())
def test_whoever_owes_is_on_a_team_of_an_unfinished_task(history: list[Happened]) -> None:
    state = fold(history)

    for one in outstanding(state):
        for task in (*one.results, *one.reports):
            assert state.tasks[task].voided is None
            assert "outcome" in state.tasks[task].values or task in one.results


START = fold(_happened([SEALED, DRAWN]))


def _row(task: str, said: dict[str, str], file: str) -> Entered:
    return Entered(task, said, Place(file), inspector="", file=file, sha256=file, lines=2)


def _then(state: State, decision: Decision) -> State:
    return fold([Happened(state.lines + n, "t", "b", event) for n, event in enumerate(decision.events, 1)], state)


@given(st.dictionaries(st.sampled_from(TASKS), findings()))
def test_recording_is_idempotent(said: dict[str, dict[str, str]]) -> None:
    rows = [_row(task, values, f"{task}.xlsx") for task, values in said.items()]
    once = _then(START, decide(START, rows, Past(), NOW))

    again = decide(once, rows, Past(), NOW)

    assert (again.events, again.problems) == ([], [])
    assert {task: once.tasks[task].values for task in said} == said


@given(st.dictionaries(st.sampled_from(TASKS), findings(), min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_independent_sheets_is_irrelevant(said: dict[str, dict[str, str]], chance: object) -> None:
    rows = [_row(task, values, f"{task}.xlsx") for task, values in said.items()]
    together = _then(START, decide(START, rows, Past(), NOW))
    chance.shuffle(rows)  # type: ignore[attr-defined]
    state = START
    for row in rows:
        state = _then(state, decide(state, [row], Past(), NOW))

    assert state == together


@given(st.lists(st.tuples(st.sampled_from(TASKS), findings()), max_size=6))
def test_what_is_recorded_is_what_the_last_sheets_said_and_old_values_are_kept(
    returns: list[tuple[str, dict[str, str]]],
) -> None:
    state, happened = START, _happened([SEALED, DRAWN])
    for number, (task, values) in enumerate(returns):
        decision = decide(state, [_row(task, values, f"{number}.xlsx")], past(happened, state), NOW)
        for event in decision.events:
            assert event.replaced == {
                n: state.tasks[task].values[n] for n in event.values if n in state.tasks[task].values
            }
        happened += [Happened(len(happened) + n, "t", "b", event) for n, event in enumerate(decision.events, 1)]
        state = fold(happened)
        if decision.events:
            stale = {p.place.column for p in decision.problems if p.code == "corrected-since"}
            assert stale or values.items() <= state.tasks[task].values.items()
    for number, (task, values) in enumerate(returns):  # the whole folder once more
        decision = decide(state, [_row(task, values, f"{number}.xlsx")], past(happened, state), NOW)
        if f"{number}.xlsx" in past(happened, state).files:
            assert decision.events == []
