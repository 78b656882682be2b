"""Inspected units as the public may read of them: no person's name, no person's address."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shuangsuiji.core.plan.publicname import public_name
from shuangsuiji.core.privacy.masking import masked, masked_person, person_in, without_people
from shuangsuiji.core.roster.subject import Subject
from shuangsuiji.core.year.disclosure.notice import Matter
from shuangsuiji.core.year.events import Received
from shuangsuiji.core.year.state import OTHERWISE, Task


class Unit(NamedTuple):
    """One unit; `address` and `area` are blank of a natural person. `people`: whom texts about it may not name."""

    name: str
    address: str
    area: str
    people: Mapping[str, str]

    def said(self, text: str) -> str:
        """A text about the unit, its people masked."""
        return without_people(text, self.people) if text else ""


class Units:
    """The units of one notice, by subject id: named as they were drawn, else as today's roster has them."""

    def __init__(self, matter: Matter, wanted: Iterable[str]):
        ids = set(wanted)
        self._known: dict[str, Subject] = {}
        for subject in matter.rosters.subjects:
            if subject.subject in ids:
                self._known.setdefault(subject.subject, subject)
        self._names = {left_out.subject: left_out.name for left_out in matter.pool.excluded}
        self._names |= {subject.subject: subject.name for subject in matter.pool.subjects}
        self._received = {
            source.id: source.event for source in matter.state.sources.values() if isinstance(source.event, Received)
        }
        self._made: dict[tuple[str, str, str], Unit] = {}

    def of(self, task: Task) -> Unit:
        """The unit that a task is about."""
        event = self._received.get(task.source)
        name = task.name if event or task.source == OTHERWISE else ""
        return self.unit(task.subject, name, event.addresses.get(task.subject, "") if event else "")

    def said(self, text: str) -> str:
        """A text about all units so far, such as why their notice is corrected: the people of each masked."""
        for unit in self._made.values():
            text = unit.said(text)
        return text

    def unit(self, subject: str, name: str = "", address: str = "") -> Unit:
        """The unit with that id; `name`, `address`: what a list says that is not our own."""
        key = (subject, name, address)
        if key not in self._made:
            self._made[key] = self._unit(subject, name, address)
        return self._made[key]

    def _unit(self, subject: str, name: str, address: str) -> Unit:
        row = self._known.get(subject)
        called = name or self._names.get(subject) or (row.name if row else "")
        if row and called == public_name(row):
            called = row.name  # the pool has it as the public may read it: it is the whole name that tells what to hide
        code = row.code if row else ""
        shown = masked(called, code)
        if row and row.legal_representative == called:
            shown = masked(called)  # whatever the code says: it is his name
        people = _people(row, called, is_masked=shown != called)
        if _is_private(called, shown):
            return Unit(shown, "", "", people)
        found = (row.address if row else "") or address
        return Unit(shown, without_people(found, people), row.area if row else "", people)


def _is_private(called: str, shown: str) -> bool:
    """Whether masking took a person's name out, not merely a number."""
    return "某" in shown and shown.count("某") > called.count("某")


def _people(row: Subject | None, called: str, *, is_masked: bool) -> dict[str, str]:
    names = [row.legal_representative, row.contact] if row else []
    if is_masked:
        names.append(person_in(called))
    found = {name: shown for name in names if (shown := masked_person(name))}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))
