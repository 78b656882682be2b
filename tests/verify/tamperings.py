"""Everything that somebody might do to a dossier, by name, and what `ssj verify` says first.

`YEAR` takes apart `golden.golden_year`, `SEALED` the one of `golden.sealed_year`. The lines are those of that year:
a test says so. Whatever only paper can show is marked so: there the checkpoint of the last line is given.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.verify.forging import LEDGER, Event, Forged, sha256

PLAN, SEALED_1, DRAWN_1, NOTICE_1, VOIDED_1, SEALED_2, DRAWN_2 = 1, 2, 3, 4, 5, 6, 7
LIST_1, LIST_2, LIST_VOIDED, RECUSED, ROUND_1, RECUSED_R1, ROUND_R1 = 10, 11, 12, 13, 14, 15, 16
ASKED_1, FIRST_LEVEL, SECOND_LEVEL, THIRD_LEVEL, ROUND_2, ASKED_2, WITHDRAWN, CLOSED = 17, 18, 19, 20, 21, 22, 23, 24
ADJUSTMENTS, RESULT_1, RESULT_2, RESULT_3, RESULTS_1, PENALTIES_1 = 25, 26, 27, 28, 29, 30
CORRECTED, RESULTS_2, PENALTIES_2, RESULT_4, RESULTS_3, OTHERWISE, LAST = 31, 32, 35, 36, 37, 38, 40
KINDS = {
    PLAN: "published", SEALED_1: "sealed", DRAWN_1: "drawn", VOIDED_1: "draw-voided", SEALED_2: "sealed",
    DRAWN_2: "drawn", LIST_1: "received", LIST_2: "received", LIST_VOIDED: "list-voided", RECUSED: "recused",
    ROUND_1: "redrawn", RECUSED_R1: "recused", ROUND_R1: "redrawn", ASKED_1: "replacement-asked",
    FIRST_LEVEL: "approved", THIRD_LEVEL: "approved", ROUND_2: "redrawn", ASKED_2: "replacement-asked",
    WITHDRAWN: "adjustment-closed", CLOSED: "voided", ADJUSTMENTS: "published", RESULT_1: "recorded",
    RESULTS_1: "published", PENALTIES_1: "published", CORRECTED: "recorded", RESULTS_2: "published",
    PENALTIES_2: "published", RESULTS_3: "published", OTHERWISE: "visited-otherwise", LAST: "recorded",
}  # fmt: skip
OTHER_SEED = f"local:{'ab' * 32}"


class Tampering(NamedTuple):
    """What is done, and the first thing that is told: the check, where, and the stable word why."""

    name: str
    change: Callable[[Forged], object]
    check: str
    where: str | Callable[[Forged], str]
    why: str
    paper: bool = False


def at(line: int) -> str:
    return f"{LEDGER}:{line}"


def _where(path: str, text: str) -> Callable[[Forged], str]:
    """The line of a file in which a text stands."""

    def found(book: Forged) -> str:
        lines = book.files[path].decode().split("\n")
        return f"{path}:{next(number for number, line in enumerate(lines, 1) if text in line)}"

    return found


def _set(line: int, **values: object) -> Callable[[Forged], object]:
    return lambda book: book.edit(line, lambda event: event.update(values))


def _edit(line: int, change: Callable[[Event], object]) -> Callable[[Forged], object]:
    return lambda book: book.edit(line, change)


def _words(line: int, old: str, new: str, *, chained: bool = False) -> Callable[[Forged], object]:
    def change(book: Forged) -> None:
        book.replace(line, old, new)
        if chained:
            _relink(book, line)

    return change


def _relink(book: Forged, line: int) -> None:
    """Links after a line whose bytes must stay as they are."""
    lines = book.raw
    for number in range(line, len(lines)):
        before = sha256(lines[number - 1])
        start = lines[number].index(b'"prev":"') + 8
        lines[number] = lines[number][:start] + before.encode() + lines[number][start + 64 :]
    book.raw = lines


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Forged], object]:
    def apply(book: Forged) -> None:
        book.raw = change(book.raw)

    return apply


def _bytes(path: str, change: Callable[[bytes], bytes]) -> Callable[[Forged], object]:
    def apply(book: Forged) -> None:
        before = book.files[path]
        book.files[path] = change(before)
        assert book.files[path] != before

    return apply


def _remove(*paths: str) -> Callable[[Forged], object]:
    return lambda book: [book.files.pop(path) for path in paths]


def _pool(path: str, row: int, column: int, text: str, *, folder: str = "pool") -> Callable[[Forged], object]:
    """A cell of a pool, with all that hangs on its digest redone."""

    def apply(book: Forged) -> None:
        book.cell(f"{folder}/{path}", row, column, text)
        book.reseal(folder)

    return apply


def _cell(path: str, row: int, column: int, text: str) -> Callable[[Forged], object]:
    return lambda book: book.cell(path, row, column, text)


def _swap(items: list[Any], one: int, other: int) -> None:
    items[one], items[other] = items[other], items[one]


def _flip(line: bytes) -> bytes:
    place = line.index(b'"by":"') + 6
    return line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :]


def _seed(draw: str, source: str = OTHER_SEED) -> dict[str, object]:
    line = f"ssj1|seed|{draw}|{source}"
    return {"sources": [source], "seed_line": line, "seed": sha256(line.encode())}


def _next_in_order(event: Event) -> None:
    """The last that was drawn by chance gives way to one that was not."""
    event["drawn"]["GGCS"][-1]["subject"] = "QH00500"
    for visit in event["visits"]:
        if visit["subject"] == "QH00500":
            raise AssertionError
    old = _last_drawn(event)
    for visit in event["visits"]:
        if visit["subject"] == old and visit["strata"] == ["GGCS"]:
            visit.update(subject="QH00500", visit="QH00500")
            return
    raise AssertionError


def _last_drawn(event: Event) -> str:
    drawn = {one["subject"] for one in event["drawn"]["GGCS"]}
    return str(next(v["subject"] for v in event["visits"] if v["strata"] == ["GGCS"] and v["subject"] not in drawn))


def _drop_subject(event: Event) -> None:
    gone = event["drawn"]["GGCS"].pop(0)["subject"]
    event["visits"] = [visit for visit in event["visits"] if visit["subject"] != gone]


def _swap_teams(event: Event) -> None:
    first, second = event["visits"][:2]
    first["team"], second["team"] = second["team"], first["team"]


def _joined(book: Forged) -> None:
    book.files[LEDGER] *= 2


def _cut_well(book: Forged) -> None:
    """The last result was never recorded: its line and its papers."""
    book.raw = book.raw[:-1]
    book.cell("result/tasks.csv", 6, 5, "open")


def _entered(line: int, time: str) -> Callable[[Forged], object]:
    def apply(book: Forged) -> None:
        entries = book.entries
        entries[line - 1]["at"] = time
        book.entries = entries
        book.rechain()

    return apply


def _joined_well(book: Forged) -> None:
    book.entries = book.entries * 2
    book.rechain()


def _round(line: int, change: Callable[[list[Event]], object]) -> Callable[[Forged], object]:
    return _edit(line, lambda event: change(event["changes"]))


def _other_joins(changes: list[Event]) -> None:
    changes[0]["joins"] = "13012900104"


def _without_a_change(event: Event) -> None:
    event["changes"].pop()
    kept = {change["joins"] for change in event["changes"]}
    event["inspectors"] = {who: name for who, name in event["inspectors"].items() if who in kept}


def _above_limit(book: Forged) -> None:
    asked = {**book.event(ASKED_2), "adjustment": "A3", "excess_document": "", "on": "2023-06-06"}
    asked["visits"] = [visit for visit in asked["visits"] if visit != "QH00506"]
    book.insert(LAST + 1, asked)


def _twice_public(book: Forged) -> None:
    event = book.event(RESULTS_3)
    again = {**event, "notice": "results-4", "files": {}, "on": "2023-06-06"}
    book.insert(LAST + 1, again)


def _published(task: str, **more: object) -> Callable[[Forged], object]:
    def apply(book: Forged) -> None:
        event = book.event(RESULTS_3)
        again = {**event, "notice": "results-4", "files": {}, "tasks": {task: "0" * 16}, "on": "2023-06-06", **more}
        book.insert(LAST + 1, again)

    return apply


def _row_changed(book: Forged) -> None:
    content = book.files["public/results-3.csv"].decode("utf-8-sig").replace("未发现问题", "无法联系")
    book.publish("results-3.csv", content.encode("utf-8-sig"))


def _resum(book: Forged) -> None:
    """The pool's list of digests alone."""
    names = sorted(path for path in book.files if path.startswith("pool/") and not path.endswith("SUMS"))
    lines = (f"{sha256(book.files[path])}  {path.removeprefix('pool/')}\n" for path in names)
    book.files["pool/SHA256SUMS"] = "".join(lines).encode()


def _swapped_rows(book: Forged) -> None:
    rows = book.table("pool/conflicts.csv")
    _swap(rows, 1, 2)
    book.write("pool/conflicts.csv", rows)


def _back_on_site(book: Forged) -> None:
    book.files["public/penalties-1.csv"] = book.files["withdrawn/penalties-1.csv"]


def _remade_line(book: Forged) -> None:
    """A digest of the public list, with its file."""
    book.files["public/results-3.csv"] += b"\r\n"
    digest = sha256(book.files["public/results-3.csv"])
    lines = book.files["public/SHA256SUMS"].decode().splitlines()
    kept = [f"{digest}  results-3.csv" if line.endswith("results-3.csv") else line for line in lines]
    book.files["public/SHA256SUMS"] = "".join(f"{line}\n" for line in kept).encode()


def _void_whole_draw(book: Forged) -> None:
    """The voided draw was never there."""
    book.remove(SEALED_1, DRAWN_1, NOTICE_1, VOIDED_1)


YEAR = [
    # The ledger's bytes
    Tampering("one bit flipped", _lines(lambda ls: [*ls[:9], _flip(ls[9]), *ls[10:]]), "chain", at(10), "chain"),
    Tampering("a name in the middle edited", _words(20, "省卫〔2023〕5号", "省卫〔2023〕6号"), "chain", at(20), "chain"),
    Tampering("the line before the last edited", _words(39, "业务培训", "业务考试"), "chain", at(39), "chain"),
    Tampering("the last line edited", _words(LAST, "moved", "other"), "checkpoints", at(LAST), "rewritten", paper=True),
    Tampering("a line dropped", _lines(lambda ls: ls[:11] + ls[12:]), "chain", at(12), "sequence"),
    Tampering("the first line dropped", _lines(lambda ls: ls[1:]), "chain", at(1), "sequence"),
    Tampering("two lines swapped", _lines(lambda ls: [*ls[:25], ls[26], ls[25], *ls[27:]]), "chain", at(26), "sequence"),
    Tampering("a line repeated", _lines(lambda ls: [*ls[:26], *ls[25:]]), "chain", at(27), "sequence"),
    Tampering("a foreign line inserted", _lines(lambda ls: [*ls[:5], b"{}", *ls[5:]]), "chain", at(6), "form"),
    Tampering("the tail cut by a result", _lines(lambda ls: ls[:-1]), "results", "result/tasks.csv:6", "status"),
    Tampering("the tail cut by one line, papers too", _cut_well, "checkpoints", at(39), "cut", paper=True),
    Tampering("the tail cut before a notice", _lines(lambda ls: ls[:36]), "results", "result/tasks.csv:5", "status"),
    Tampering("the tail cut within a line", _bytes(LEDGER, lambda b: b[:-30]), "chain", at(LAST), "unfinished"),
    Tampering("the ledger emptied", _bytes(LEDGER, lambda _: b""), "chain", LEDGER, "empty"),
    Tampering("line ends of Windows", _bytes(LEDGER, lambda b: b.replace(b"\n", b"\r\n")), "chain", at(1), "crlf"),
    Tampering("one line end of Windows", _bytes(LEDGER, lambda b: b[:-1] + b"\r\n"), "chain", at(LAST), "crlf"),
    Tampering("a byte order mark", _bytes(LEDGER, lambda b: b"\xef\xbb\xbf" + b), "chain", at(1), "bom"),
    Tampering("another encoding", _bytes(LEDGER, lambda b: b.decode().encode("gb18030")), "chain", at(1), "json"),
    Tampering("two ledgers joined", _joined, "chain", at(LAST + 1), "sequence"),
    Tampering("two ledgers joined and linked", _joined_well, "dates", at(LAST + 1), "before-ledger"),
    Tampering("a number off", _words(20, '{"seq":20', '{"seq":21'), "chain", at(20), "sequence"),
    Tampering("a link wrong", _lines(lambda ls: [*ls[:19], ls[19].replace(b'"prev":"', b'"prev":"0', 1), *ls[20:]]), "chain", at(20), "chain"),
    Tampering("the first link wrong", _words(1, '"prev":"00', '"prev":"01', chained=True), "chain", at(1), "chain"),
    Tampering("an unknown event", _words(8, '"kind":"issued"', '"kind":"wished"', chained=True), "chain", at(8), "event"),
    Tampering("a field more in an event", _words(8, '"source":""', '"source":"","more":1', chained=True), "chain", at(8), "event"),
    Tampering("a field more in a line", _words(8, '"event":', '"more":1,"event":', chained=True), "chain", at(8), "form"),
    Tampering("a key twice in an event", _words(26, '"outcome":', '"outcome":"PENALISED","outcome":', chained=True), "chain", at(26), "duplicate-key"),
    Tampering("a key twice in a line", _words(8, '"by":', '"by":"别人","by":', chained=True), "chain", at(8), "duplicate-key"),
    Tampering("a day written as a moment", _words(8, '"on":"2023-05-09"', '"on":"2023-05-09T00:00:00"', chained=True), "chain", at(8), "event-form"),
    Tampering("a task that there is not", _set(RESULT_1, task="GGCS/QH99999"), "chain", at(RESULT_1), "unfoldable"),
    Tampering("a list that there is not", _set(LIST_VOIDED, source="R9"), "chain", at(LIST_VOIDED), "unfoldable"),
    # Rewritten, and linked anew: only paper shows what nothing else depends on
    Tampering("the reason of a recusal rewritten", _set(RECUSED, reason="其他"), "checkpoints", at(LAST), "rewritten", paper=True),
    Tampering("the limit on record raised", _edit(DRAWN_2, lambda e: e["adjustment"].update(limit="50%")), "checkpoints", at(LAST), "rewritten", paper=True),
    Tampering("a notice's checkpoint rewritten", _words(RESULTS_1, "#28:", "#27:", chained=True), "printed", at(RESULTS_1), "checkpoint-line"),
    Tampering("the ledger rewritten, its notices not", lambda book: (book.replace(VOIDED_1, "漏登", "多登"), _relink(book, VOIDED_1)), "printed", at(8), "rewritten"),
    # Days
    Tampering("a recusal before the draw", _set(RECUSED, on="2023-05-01"), "dates", at(RECUSED), "other-day"),
    Tampering("a closing before the list", _set(CLOSED, on="2023-05-09"), "dates", at(CLOSED), "before-draw"),
    Tampering("a day to come", _set(CLOSED, on="2023-12-01"), "dates", at(CLOSED), "before-it-happened"),
    Tampering("a notice before what it tells of", _set(RESULTS_3, on="2023-06-01"), "dates", at(RESULTS_3), "before-ledger"),
    Tampering("no time at all", _entered(8, "gestern"), "dates", at(8), "time-form"),
    # Order
    Tampering("a voided draw left out", _void_whole_draw, "order", at(5), "notice-number"),
    Tampering("a draw twice", lambda book: book.insert(8, book.event(DRAWN_2)), "order", at(8), "drawn-twice"),
    Tampering("a draw without a sealing", lambda book: book.remove(SEALED_2), "order", at(6), "not-sealed"),
    Tampering("a pool sealed over the other", lambda book: book.insert(8, book.event(SEALED_2)), "order", at(8), "sealed-twice"),
    Tampering("another list's number", _set(LIST_2, source="R3"), "order", at(LIST_2), "list-number"),
    Tampering("an adjustment's number left out", _set(ASKED_2, adjustment="A5"), "order", at(ASKED_2), "adjustment-number"),
    Tampering("a visit's number left out", _set(OTHERWISE, task="N7"), "order", at(OTHERWISE), "visit-number"),
    # The pool
    Tampering("a subject of the pool edited", _cell("pool/subjects.csv", 5, 2, "某某医院"), "pool", "pool/subjects.csv", "altered"),
    Tampering("the same with SHA256SUMS", lambda book: (book.cell("pool/subjects.csv", 5, 2, "某某医院"), _resum(book)), "pool", "pool/SHA256SUMS", "altered"),
    Tampering("the same with the ledger", _pool("subjects.csv", 5, 2, "某某医院"), "pool", "pool/subjects.csv:229", "two-names"),
    Tampering("a quota lowered by one", _pool("strata.csv", 2, 7, "25"), "quotas", "pool/strata.csv:2", "quota"),
    Tampering("a quota raised by one", _pool("strata.csv", 2, 7, "27"), "selection", at(DRAWN_2), "selection"),
    Tampering("a quota above all", _pool("strata.csv", 2, 7, "319"), "quotas", "pool/strata.csv:2", "quota"),
    Tampering("a ratio changed", _cell("pool/strata.csv", 2, 5, "5%"), "pool", "pool/strata.csv", "altered"),
    Tampering("a ratio raised with the ledger", _pool("strata.csv", 2, 5, "9%"), "quotas", "pool/strata.csv:2", "quota"),
    Tampering("a ratio that is none", _pool("strata.csv", 2, 5, "8"), "quotas", "pool/strata.csv:2", "quota"),
    Tampering("a population changed", _pool("strata.csv", 2, 3, "300"), "quotas", "pool/strata.csv:2", "population"),
    Tampering("a must flag set", _pool("subjects.csv", 423, 4, "0"), "quotas", "pool/strata.csv:2", "must"),
    Tampering("a must flag moved", lambda book: (book.cell("pool/subjects.csv", 423, 4, "0"), book.cell("pool/subjects.csv", 430, 4, "1"), book.reseal()), "selection", at(DRAWN_2), "selection"),
    Tampering("an excluded row dropped", _bytes("pool/excluded.csv", lambda b: b[: b[:-1].rindex(b"\n") + 1]), "pool", "pool/excluded.csv", "altered"),
    Tampering("a conflict removed", _bytes("pool/conflicts.csv", lambda b: b.replace(b"13012900103,QH00002\n", b"")), "pool", "pool/conflicts.csv", "altered"),
    Tampering("a conflict removed with the ledger", lambda book: (_bytes("pool/conflicts.csv", lambda b: b.replace(b"13012900103,QH00002\n", b""))(book), book.reseal()), "teams", at(DRAWN_2), "team"),
    Tampering("a load changed with the ledger", _pool("inspectors.csv", 2, 4, "9"), "teams", at(DRAWN_2), "team"),
    Tampering("a pool with line ends of Windows", lambda book: (_bytes("pool/excluded.csv", lambda b: b.replace(b"\n", b"\r\n"))(book), book.reseal()), "pool", "pool/excluded.csv:1", "pool-form"),
    Tampering("a pool in another order", lambda book: (_swapped_rows(book), book.reseal()), "pool", "pool/conflicts.csv:2", "pool-form"),
    Tampering("a stratum twice in the pool", _pool("strata.csv", 3, 0, "GGCS"), "pool", "pool/strata.csv:2", "id-form"),
    Tampering("rules that never end", lambda book: (_bytes("pool/rules.json", lambda b: b.replace(b'"size":2', b'"size":200000000'))(book), book.reseal()), "pool", "pool/rules.json", "rules"),
    Tampering("rules changed with the ledger", lambda book: (_bytes("pool/rules.json", lambda b: b.replace(b'"tickets":"shared"', b'"tickets":"independent"'))(book), book.reseal()), "selection", at(DRAWN_2), "selection"),
    Tampering("a file of the pool removed", _remove("pool/conflicts.csv"), "pool", "pool/conflicts.csv", "missing"),
    Tampering("a file of the pool never listed", lambda book: (book.files.pop("pool/conflicts.csv"), book.reseal()), "pool", "pool/SHA256SUMS", "not-listed"),
    Tampering("SHA256SUMS of the pool removed", _remove("pool/SHA256SUMS"), "pool", "pool/SHA256SUMS", "missing"),
    Tampering("the pool of the voided draw removed", lambda book: [book.files.pop(p) for p in list(book.files) if p.startswith("voided/1/pool/")], "pool", "voided/1/pool/SHA256SUMS", "missing"),
    Tampering("the pool of the voided draw edited", _cell("voided/1/pool/subjects.csv", 5, 2, "某某医院"), "pool", "voided/1/pool/subjects.csv", "altered"),
    # The draw
    Tampering("another seed", _edit(DRAWN_2, lambda e: e.update(_seed("130129-2023-01"))), "selection", at(DRAWN_2), "selection"),
    Tampering("the seed changed", _set(DRAWN_2, seed="0" * 64), "seed", at(DRAWN_2), "seed"),
    Tampering("the seed line edited", _edit(DRAWN_2, lambda e: e.update(seed_line=e["seed_line"] + "|given:1")), "seed", at(DRAWN_2), "seed-line"),
    Tampering("a source edited", _set(DRAWN_2, sources=[OTHER_SEED]), "seed", at(DRAWN_2), "seed-line"),
    Tampering("a source of no known kind", _edit(DRAWN_2, lambda e: e.update(_seed("130129-2023-01", "local:123"))), "seed", at(DRAWN_2), "source-form"),
    Tampering("a source with a bar in it", _edit(DRAWN_2, lambda e: e.update(_seed("130129-2023-01", "given:1|2"))), "seed", at(DRAWN_2), "seed-field"),
    Tampering("another draw's seed line", _edit(DRAWN_2, lambda e: e.update(_seed("130129-2023-02"))), "seed", at(DRAWN_2), "seed-line"),
    Tampering("the grade upgraded", _set(DRAWN_2, grade="public"), "grade", at(DRAWN_2), "grade"),
    Tampering("lottery numbers that nobody announced", _edit(DRAWN_2, lambda e: e.update(_seed("130129-2023-01", "ssq:2023099:010512182633+09"), grade="public")), "grade", at(DRAWN_2), "grade"),
    Tampering("a drawn subject swapped for another", _edit(DRAWN_2, _next_in_order), "selection", at(DRAWN_2), "selection"),
    Tampering("a drawn subject left out", _edit(DRAWN_1, _drop_subject), "selection", at(DRAWN_1), "selection"),
    Tampering("two drawn subjects out of order", _edit(DRAWN_2, lambda e: _swap(e["drawn"]["GGCS"], 0, 1)), "selection", at(DRAWN_2), "selection"),
    Tampering("why a subject was drawn", _edit(DRAWN_2, lambda e: e["drawn"]["GGCS"][0].update(why="must")), "selection", at(DRAWN_2), "selection"),
    Tampering("a visit renamed", _edit(DRAWN_1, lambda e: e["visits"][0].update(visit="QH00000")), "visits", at(DRAWN_1), "visit"),
    Tampering("a visit split from its strata", _edit(DRAWN_1, lambda e: next(v for v in e["visits"] if len(v["strata"]) > 1)["strata"].reverse()), "visits", at(DRAWN_1), "visit"),
    Tampering("two teams swapped", _edit(DRAWN_1, _swap_teams), "teams", at(DRAWN_1), "team"),
    Tampering("a member of a team swapped", _edit(DRAWN_1, lambda e: e["visits"][0].update(team=["13012900104", "13012900113"])), "teams", at(DRAWN_1), "team"),
    Tampering("an uneven load excused", _set(DRAWN_1, unevenness=[["13012900101"]]), "certificates", at(DRAWN_1), "certificate"),
    Tampering("somebody's name left out", _edit(DRAWN_1, lambda e: e["inspectors"].popitem()), "teams", at(DRAWN_1), "team-names"),
    # Result files
    Tampering("a ticket changed", _cell("result/tickets.csv", 7, 3, "0" * 64), "tickets", "result/tickets.csv:7", "altered"),
    Tampering("a subject marked as not drawn", _cell("result/tickets.csv", 4, 4, "0"), "tickets", "result/tickets.csv:4", "altered"),
    Tampering("tickets in another order", _bytes("result/tickets.csv", lambda b: b"\n".join([*(ls := b.split(b"\n"))[:2], ls[3], ls[2], *ls[4:]])), "tickets", "result/tickets.csv:3", "altered"),
    Tampering("a ticket of the voided draw", _cell("voided/1/result/tickets.csv", 2, 3, "0" * 64), "tickets", "voided/1/result/tickets.csv:2", "altered"),
    Tampering("the tickets removed", _remove("result/tickets.csv"), "tickets", "result/tickets.csv", "missing"),
    Tampering("a task further than it is", _cell("result/tasks.csv", 9, 5, "published"), "results", "result/tasks.csv:9", "status"),
    Tampering("a task of another visit", _cell("result/tasks.csv", 9, 1, "QH00001"), "results", "result/tasks.csv:9", "altered"),
    Tampering("another inspector on a team", _cell("result/teams.csv", 9, 1, "13012900101"), "results", "result/teams.csv:9", "altered"),
    Tampering("another name on a team", _cell("result/teams.csv", 9, 2, "监督员99"), "results", "result/teams.csv:9", "altered"),
    Tampering("another figure in draw.json", _bytes("result/draw.json", lambda b: b.replace(b'"tasks": 132', b'"tasks": 131')), "results", _where("result/draw.json", '"tasks": 131'), "altered"),
    # Lists
    Tampering("a list's pool edited", _cell("received/R1/pool/subjects.csv", 2, 2, "甲"), "pool", "received/R1/pool/subjects.csv", "altered"),
    Tampering("a list's subject left out", _edit(LIST_2, lambda e: e.update(subjects={"YLWS": []}, visits=[], inspectors={})), "lists", at(LIST_2), "unmatched"),
    Tampering("a list's subject renamed", _edit(LIST_2, lambda e: e["names"].update(X0002="别家")), "lists", at(LIST_2), "other-name"),
    Tampering("a list's unknown firm called known", _set(LIST_2, unmatched=[]), "lists", at(LIST_2), "unmatched"),
    Tampering("a list's team changed", _edit(LIST_2, lambda e: e["visits"][0].update(team=["13012900106"])), "lists", at(LIST_2), "team-names"),
    Tampering("a list's papers edited", _cell("received/R1/tasks.csv", 2, 4, "别家"), "results", "received/R1/tasks.csv:2", "altered"),
    Tampering("papers of a list that was taken back", _cell("voided/R2/teams.csv", 2, 1, "13012900101"), "results", "voided/R2/teams.csv:2", "altered"),
    Tampering("a list from somebody else", _set(LIST_1, drawn_by="市卫生健康委"), "checkpoints", at(LAST), "rewritten", paper=True),
    # Rounds
    Tampering("somebody else joins", _round(ROUND_1, _other_joins), "rounds", at(ROUND_1), "change"),
    Tampering("a list's round: somebody else joins", _round(ROUND_R1, _other_joins), "rounds", at(ROUND_R1), "change"),
    Tampering("a round in another order", _round(ROUND_2, lambda c: _swap(c, 0, 1)), "rounds", at(ROUND_2), "change"),
    Tampering("a place kept in a round", _edit(ROUND_2, _without_a_change), "rounds", at(ROUND_2), "leaves"),
    Tampering("a cause changed in a round", _round(ROUND_1, lambda c: c[0].update(because="chain")), "rounds", at(ROUND_1), "leaves"),
    Tampering("whoever is away is back", _set(ROUND_2, unavailable=[]), "rounds", at(ROUND_2), "unavailable"),
    Tampering("a round with another seed", _edit(ROUND_2, lambda e: e.update(_seed("130129-2023-01/r2"))), "rounds", at(ROUND_2), "change"),
    Tampering("a round with the draw's seed", lambda book: book.edit(ROUND_1, lambda e: e.update({k: book.event(DRAWN_2)[k] for k in ("seed", "seed_line", "sources")})), "seed", at(ROUND_1), "seed-line"),
    Tampering("a round with a typed seed", _edit(ROUND_2, lambda e: e.update(_seed("130129-2023-01/r2", "given:7"), grade="given")), "grade", at(ROUND_2), "given-by-hand"),
    Tampering("a round out of number", _set(ROUND_2, round=3), "seed", at(ROUND_2), "seed-line"),
    Tampering("a round without its recusal", lambda book: book.remove(RECUSED), "rounds", at(ROUND_1 - 1), "leaves"),
    Tampering("a recusal without its round", lambda book: book.remove(ROUND_R1), "recusals", at(RECUSED_R1), "no-round"),
    Tampering("somebody recused who was not there", _set(RECUSED, inspector="13012900104"), "recusals", at(RECUSED), "not-on-team"),
    Tampering("a recusal from another firm", _set(RECUSED, subject="QH00002"), "recusals", at(RECUSED), "other-subject"),
    # Replacement
    Tampering("a request above the limit", _above_limit, "limit", at(LAST + 1), "above-limit"),
    Tampering("the excess paper blanked", _set(ASKED_2, excess_document=""), "limit", at(ASKED_2), "above-limit"),
    Tampering("an approval missing", lambda book: book.remove(THIRD_LEVEL), "approvals", at(ROUND_2 - 1), "not-approved"),
    Tampering("approvals out of order", _edit(FIRST_LEVEL, lambda e: e.update(level="市卫生健康委")), "approvals", at(FIRST_LEVEL), "approval-level"),
    Tampering("an approval without a paper", _set(SECOND_LEVEL, document_no=" "), "approvals", at(SECOND_LEVEL), "no-document"),
    Tampering("an approval older than the one below", _set(THIRD_LEVEL, on="2023-05-19"), "approvals", at(THIRD_LEVEL), "approval-date"),
    Tampering("a request for other visits", _edit(ASKED_1, lambda e: e["visits"].pop()), "rounds", at(ROUND_2), "leaves"),
    Tampering("taken back without a reason", _set(WITHDRAWN, reason=""), "approvals", at(WITHDRAWN), "no-reason"),
    Tampering("closed as if nothing were left", _set(WITHDRAWN, why="nothing-left"), "approvals", at(WITHDRAWN), "something-left"),
    # Papers of what was voided
    Tampering("a draw voided without a paper", _set(VOIDED_1, document_no=""), "voids", at(VOIDED_1), "no-document"),
    Tampering("a list taken back without a reason", _set(LIST_VOIDED, reason=" "), "voids", at(LIST_VOIDED), "no-reason"),
    Tampering("a task closed without a paper", _set(CLOSED, document_no=""), "voids", at(CLOSED), "no-document"),
    # Findings
    Tampering("an old value rewritten", _edit(CORRECTED, lambda e: e["replaced"].update(problems="无")), "findings", at(CORRECTED), "old-value"),
    Tampering("a result rewritten under its correction", _edit(RESULT_2, lambda e: e["values"].update(problems="无")), "findings", at(CORRECTED), "old-value"),
    Tampering("a result before the draw", _edit(RESULT_1, lambda e: e["values"].update(check_ended="2023-05-01T09:00")), "findings", at(RESULT_1), "before-draw"),
    Tampering("a result of a closed task", _set(LAST, task="R1/YLWS/X0001"), "findings", at(LAST), "task-closed"),
    # What was published
    Tampering("a published file edited", _bytes("public/results-1.csv", lambda b: b.replace("未发现问题".encode(), "无法联系".encode())), "published", "public/results-1.csv", "altered"),
    Tampering("a published page edited", _bytes("public/draw-1.html", lambda b: b.replace(b"<", b" <", 1)), "published", "public/draw-1.html", "altered"),
    Tampering("a published file removed", _remove("public/adjustments-1.csv"), "published", "public/adjustments-1.csv", "missing"),
    Tampering("a withdrawn file back on the site", _back_on_site, "published", "public/penalties-1.csv", "still-public"),
    Tampering("a withdrawn file edited", _bytes("withdrawn/penalties-1.csv", lambda b: b + b" "), "published", "withdrawn/penalties-1.csv", "altered"),
    Tampering("a published file edited with its digest", _remade_line, "published", "public/results-3.csv", "altered"),
    Tampering("a published row edited with the ledger", _row_changed, "notices", at(RESULTS_3), "other-row"),
    Tampering("a digest in the index", _bytes("public/index.html", lambda b: re.sub(rb"[0-9a-f]{64}", b"1" * 64, b, count=1)), "public", _where("public/index.html", "1" * 64), "not-on-record"),
    Tampering("a line of the public list dropped", _bytes("public/SHA256SUMS", lambda b: b[b.index(b"\n") + 1 :]), "public", "public/SHA256SUMS", "not-listed"),
    Tampering("the index removed", _remove("public/index.html"), "public", "public/index.html", "missing"),
    Tampering("a notice that was never published", lambda book: book.files.update({"public/results-9.csv": b"x"}), "public", "public/results-9.csv", "not-on-record"),
    Tampering("a published task kept from the ledger", _edit(RESULTS_1, lambda e: e["tasks"].popitem()), "notices", "public/results-1.csv:3", "row-too-many"),
    Tampering("a withdrawn file that was never published", _edit(PENALTIES_1, lambda e: e["files"].clear()), "public", "withdrawn/penalties-1.csv", "not-on-record"),
    Tampering("results in a notice of the plan", _set(PLAN, tasks={"GGCS/QH00543": "0" * 16}), "notices", at(PLAN), "tasks-of-no-result"),
    Tampering("a ticket of the public copy", _cell("public/result/tickets.csv", 7, 3, "0" * 64), "public", "public/result/tickets.csv:7", "altered"),
    Tampering("a subject of the public pool", _cell("public/pool/subjects.csv", 5, 2, "某某医院"), "public", "public/pool/subjects.csv", "altered"),
    Tampering("another pool in public", _bytes("public/pool/SHA256SUMS", lambda b: b.replace(b"rules", b"Rules")), "public", "public/pool/SHA256SUMS", "altered"),
    Tampering("another seed in public", _bytes("public/result/draw.json", lambda b: re.sub(rb"local:0", b"local:1", b)), "public", "public/result/draw.json", "not-on-record"),
    Tampering("a result published twice", _twice_public, "notices", at(LAST + 1), "already-published"),
    Tampering("a closed task published", _published("R1/YLWS/X0001"), "notices", at(LAST + 1), "task-closed"),
    Tampering("an open task published", _published("GGCS/QH00576"), "notices", at(LAST + 1), "not-done"),
    Tampering("a correction of nothing", _published("GGCS/QH00446", corrects="results-8"), "notices", at(LAST + 1), "corrects-nothing"),
]  # fmt: skip

FIRST, FIRST_VOID, SEALING, DRAW, KEY = 1, 2, 3, 4, 5
SEALED_KINDS = {FIRST: "sealed", FIRST_VOID: "seal-voided", SEALING: "sealed", DRAW: "drawn", KEY: "key-revealed"}
SSQ, DLT, OWN_KEY = "ssq:2023099:010512182633+09", "dlt:23098:0311192735+0208", f"key:{'2':0>64}"


def _sources(*sources: str, **more: object) -> Callable[[Forged], object]:
    """Other sources of the seed, with its line and digest."""
    line = "|".join(("ssj1", "seed", "T-2023", *sources))
    return _set(DRAW, sources=list(sources), seed_line=line, seed=sha256(line.encode()), **more)


SEALED = [
    Tampering("another issue announced", _set(SEALING, announced=["ssq:2023098", "dlt:23098"]), "grade", at(DRAW), "not-announced"),
    Tampering("announced in another order", _set(SEALING, announced=["dlt:23098", "ssq:2023099"]), "grade", at(DRAW), "not-announced"),
    Tampering("one source fewer announced", _set(SEALING, announced=["ssq:2023099"]), "grade", at(DRAW), "not-announced"),
    Tampering("too few outcomes for the grade", lambda book: (_set(SEALING, announced=["ssq:2023099"])(book), _sources(SSQ, OWN_KEY)(book)), "grade", at(DRAW), "grade"),
    Tampering("another issue drawn", _sources(SSQ.replace("099", "100", 1), DLT, OWN_KEY), "grade", at(DRAW), "not-announced"),
    Tampering("other numbers drawn", _sources("ssq:2023099:010512182633+10", DLT, OWN_KEY), "selection", at(DRAW), "selection"),
    Tampering("numbers out of order", _sources("ssq:2023099:051201182633+09", DLT, OWN_KEY), "seed", at(DRAW), "source-form"),
    Tampering("a number out of range", _sources("ssq:2023099:010512182634+09", DLT, OWN_KEY), "seed", at(DRAW), "source-form"),
    Tampering("a typed seed in place of the announced", _sources("given:1", DLT, OWN_KEY, grade="given"), "grade", at(DRAW), "not-announced"),
    Tampering("drawn before the results were out", _set(SEALING, known_on="2023-09-20"), "grade", at(DRAW), "before-known"),
    Tampering("announced when the results were out", _set(SEALING, known_on="2023-08-01"), "grade", at(SEALING), "known-already"),
    Tampering("last month's lottery announced", lambda book: (_set(SEALING, announced=["ssq:2023009", "dlt:23098"])(book), _sources(SSQ.replace("099", "009", 1), DLT, OWN_KEY)(book)), "grade", at(SEALING), "known-already"),
    Tampering("nothing announced after all", _set(SEALING, announced=[], known_on=None, key_commitment=""), "grade", at(DRAW), "key"),
    Tampering("sealed and drawn in one breath", lambda book: (_entered(SEALING, "2023-09-16T09:00:00+08:00")(book), _set(SEALING, on="2023-09-14")(book)), "dates", at(SEALING), "other-day"),
    Tampering("another key committed", _set(SEALING, key_commitment="0" * 64), "grade", at(DRAW), "key"),
    Tampering("another key in the seed", _sources(SSQ, DLT, f"key:{'3':0>64}"), "grade", at(DRAW), "key"),
    Tampering("no key in the seed", _sources(SSQ, DLT), "grade", at(DRAW), "key"),
    Tampering("another key revealed", _set(KEY, key="3".rjust(64, "0")), "order", at(KEY), "key"),
    Tampering("a public seed called local", _set(DRAW, grade="local"), "grade", at(DRAW), "grade"),
    Tampering("a sealing voided after the draw", lambda book: book.insert(5, {**book.event(FIRST_VOID), "on": "2023-09-16"}, at="2023-09-16T10:00:00+08:00"), "voids", at(5), "nothing-to-void"),
    Tampering("a sealing voided without a paper", _set(FIRST_VOID, document_no=""), "voids", at(FIRST_VOID), "no-document"),
    Tampering("the pool of the voided sealing edited", _cell("voided/S1/pool/subjects.csv", 2, 2, "甲"), "pool", "voided/S1/pool/subjects.csv", "altered"),
    Tampering("the list of changes edited", _bytes("pool-changes.csv", lambda b: b + b"x"), "pool", "pool-changes.csv", "altered"),
    Tampering("fewer changes than there were", _edit(SEALING, lambda e: e["changes"].update(added=0)), "pool", at(SEALING), "change-counts"),
    Tampering("another draw's key revealed", _set(KEY, draw="T-2022"), "order", at(KEY), "other-draw"),
    Tampering("the list of changes removed", _remove("pool-changes.csv"), "pool", "pool-changes.csv", "missing"),
    Tampering("somebody's name changed at the draw", _edit(DRAW, lambda e: e["inspectors"].update(P1="监督员09")), "teams", at(DRAW), "other-name"),
    Tampering("the proof of an uneven load left out", _set(DRAW, unevenness=[]), "certificates", at(DRAW), "certificate"),
    Tampering("a smaller proof of an uneven load", _set(DRAW, unevenness=[["P1"]]), "certificates", at(DRAW), "certificate"),
]  # fmt: skip
