"""Seeds and their grades (protocol §2): the line, its digest, the form of every source, what was announced.

- ``public`` only where a sealing, entered before, announced exactly these sources, with enough outcomes, and the draw
  was not before the day on which all of them were out.
- A hand may give the seed of a re-draw only where it gave that of the draw.
"""

import re
from collections.abc import Iterator
from datetime import date

from shuangsuiji.core.draw.chance import FIELD, PROTOCOL, Grade, grade_of
from shuangsuiji.core.draw.sources import KINDS, announced, faults, grade_announced, unlike
from shuangsuiji.core.ledger.chain import digest as sha256
from shuangsuiji.core.verifying.pools import Pools
from shuangsuiji.core.verifying.story import Past, Reception, Sealing, Story, at
from shuangsuiji.core.verifying.verdict import Check, Remark
from shuangsuiji.core.year.events import Drawn, Published, Redrawn, Sealed, TimestampAttached

_HEX = r"[0-9a-f]{64}"
_FORMS = {"local": re.compile(_HEX), "key": re.compile(_HEX), "given": re.compile(r"[0-9A-Za-z._:+/-]+")}


def check_seed(where: str, draw: str, event: Drawn | Redrawn, check: Check) -> None:
    """The seed of a draw or of a round; `draw` = ``DRAW`` or ``DRAW/rN``."""
    line = "|".join((PROTOCOL, "seed", draw, *event.sources))
    strange = [source for source in (draw, *event.sources) if not FIELD.fullmatch(source)]
    formless = [source for source in event.sources if not has_form(source)]
    if strange or not event.sources:
        check.wrong(where, "seed-field", "", "".join(strange[:1]))
    elif formless:
        check.wrong(where, "source-form", "", formless[0])
    elif check.expect(where, "seed-line", line, event.seed_line):
        check.same(where, "seed", sha256(line.encode()), event.seed)


def check_grade(sealing: Sealing, entered: dict[int, str], check: Check) -> Grade | None:
    """The grade that the draw of `sealing` deserves; `entered`: when each line was."""
    event, sealed, where = sealing.drawn, sealing.sealed, at(sealing.drawn_line)
    if event is None:
        return None
    key = event.sources[-1:] if event.sources[-1:] and event.sources[-1].startswith("key:") else ()
    given = event.sources[: len(event.sources) - len(key)]
    deserved = grade_of(event.sources)
    if sealed.announced:
        different = unlike(given, sealed.announced)
        if different:
            wanted, found = _first_unlike(given, sealed.announced)
            check.wrong(where, "not-announced", wanted, found)
            return "given"
        if not _announced_in_time(sealing, event, entered, check):
            return "given"
        deserved = grade_announced(sealed.announced)
    elif any(source.partition(":")[0] in KINDS for source in given):
        deserved = "given"  # numbers that nobody announced are numbers that somebody chose
    _check_key(where, sealed, key, check)
    check.same(where, "grade", deserved, event.grade)
    return deserved


def check_round_grade(where: str, event: Redrawn, source: Drawn | None, mode: str | None, check: Check) -> None:
    """The grade of a round. `source`: the draw that it changes, None for a list; `mode`: the seed's on record."""
    kinds = {one.partition(":")[0] for one in event.sources}
    deserved: Grade = "given" if kinds & KINDS.keys() else grade_of(event.sources)
    if source is None and mode is None:
        check.cannot()  # an older ledger does not say; the plan did
        return
    allowed = source.grade == "given" if source is not None else mode == "given"
    if deserved == "given" and not allowed:
        check.wrong(where, "given-by-hand", source.grade if source is not None else mode, "given")
    else:
        check.same(where, "grade", deserved, event.grade)


def draw_ids(story: Story, reception: Reception | None, pools: Pools) -> list[str]:
    """What a list's rounds may be called after: the plan's draw, as the list's own pool or a sealing says."""
    pool = pools.read(f"{reception.folder}pool", reception.received.pool_digest) if reception else None
    sealed = [one.event.draw for one in story.happened if isinstance(one.event, Sealed | Drawn)]
    return list(dict.fromkeys([*([pool.rules.draw] if pool else []), *sealed]))


def rounds_before(past: Past, line: int, source: str) -> int:
    """How many rounds a source had before a line."""
    found = past.before(line).sources.get(source)
    return found.rounds if found else 0


def unseen_sealing(story: Story, sealing: Sealing | None) -> Iterator[Remark]:
    """That nobody outside could know of a sealing before its sources were out: no notice, no time stamp."""
    if sealing is None or sealing.drawn is None or not sealing.sealed.announced or sealing.until:
        return
    known_on = sealing.sealed.known_on or sealing.sealed.on
    for one in story.happened[sealing.line : sealing.drawn_line - 1]:
        match one.event:
            case Published() as event if event.what == "plan" and event.on < known_on:
                return
            case TimestampAttached() as event if event.time[:10] < known_on.isoformat():
                return
            case _:
                pass
    yield Remark("sealing-unseen", at(sealing.line))


def has_form(source: str) -> bool:
    """Whether a source is written as the protocol wants it: widths, ranges, order."""
    word, colon, rest = source.partition(":")
    if word in _FORMS:
        return bool(colon) and bool(_FORMS[word].fullmatch(rest))
    return not faults(source)


def _first_unlike(given: tuple[str, ...], told: tuple[str, ...]) -> tuple[str, str]:
    """The first place at which a seed's sources are not those announced."""
    for place in range(max(len(given), len(told))):
        wanted, found = "".join(told[place : place + 1]), "".join(given[place : place + 1])
        if not wanted or not found or unlike([found], [wanted]):
            return wanted, found
    return "", ""


def _announced_in_time(sealing: Sealing, event: Drawn, entered: dict[int, str], check: Check) -> bool:
    """Whether the announcement came before the results, and the draw after them."""
    sealed, where = sealing.sealed, at(sealing.drawn_line)
    if entered.get(sealing.line) == entered.get(sealing.drawn_line):
        check.wrong(where, "not-sealed-before", at(sealing.line), at(sealing.drawn_line))
        return False
    if sealed.known_on is not None and event.on < sealed.known_on:
        check.wrong(where, "before-known", sealed.known_on, event.on)
        return False
    if sealed.known_on is not None and sealed.known_on <= sealed.on:
        check.wrong(at(sealing.line), "known-already", sealed.on, sealed.known_on)
        return False
    for text in sealed.announced:
        one, _ = announced(text)
        last = one.days[1] if one is not None and one.days else date.max
        if one is None or last <= sealed.on:
            check.wrong(at(sealing.line), "known-already", sealed.on, text)
            return False
    return True


def _check_key(where: str, sealed: Sealed, key: tuple[str, ...], check: Check) -> None:
    """The key of a sealed draw, against what the sealing committed to."""
    if bool(key) != bool(sealed.key_commitment):
        check.wrong(where, "key", sealed.key_commitment, "".join(key))
    elif key and _FORMS["key"].fullmatch(key[0][4:]):
        check.same(where, "key", sealed.key_commitment, sha256(bytes.fromhex(key[0][4:])))
