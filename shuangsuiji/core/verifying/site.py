"""The public folder: its list of digests, its index, and whether there is anything in it that was never published.

Where pool and result are public too, they are the sealed and computed ones. Of a pool the inspectors and conflicts may
be left out; ``SHA256SUMS`` binds them all the same.
"""

import json
import re
from collections.abc import Iterator

from shuangsuiji.core.draw.pool import SUMS
from shuangsuiji.core.verifying.notices import PUBLIC, WITHDRAWN
from shuangsuiji.core.verifying.pools import first_difference, sha256
from shuangsuiji.core.verifying.story import Files, Story
from shuangsuiji.core.verifying.verdict import Check, shown
from shuangsuiji.core.year.events import Drawn, Redrawn, Sealed
from shuangsuiji.core.year.publication import Publication

HIDDEN = frozenset({"inspectors.csv", "conflicts.csv"})
"""Files of a pool that a public copy may leave out (the plan's `disclosure`)."""
INDEX = "index.html"
_SUM = re.compile(rb"([0-9a-f]{64})  ([0-9A-Za-z._/-]+)")
_NOTICE = re.compile(r"(plan|items|draw|adjustments|results|penalties)-[0-9]+(-[0-9]+)?\.(html|docx|xlsx|csv)")
_HEX = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")

_SAID = ("draw", "seed_line", "seed", "grade", "pool_digest")
_HEX_TEXT = re.compile(r"[0-9a-f]{64}")


def check_site(story: Story, notices: list[Publication], files: Files, check: Check) -> None:
    """The folder as the ledger says it should be."""
    digests = {name: d for one in notices if not one.is_withdrawn for name, d in one.event.files.items()}
    if notices:
        listed = dict(read_sums(files, PUBLIC, check))
        for name, digest in sorted(digests.items()):
            check.same(f"{PUBLIC}{SUMS}", "not-listed", digest, listed.get(name, ""))
        _check_index(story, notices, files, check)
    ever = {name for one in notices for name in one.event.files}
    for path in files:
        name = path.removeprefix(PUBLIC)
        if path.startswith(PUBLIC) and _NOTICE.fullmatch(name) and name not in ever:
            check.wrong(path, "not-on-record")
        if path.startswith(WITHDRAWN) and path.removeprefix(WITHDRAWN) not in ever:
            check.wrong(path, "not-on-record")
    _check_pool(story, files, check)
    _check_draw(story, files, check)


def read_sums(files: Files, folder: str, check: Check) -> Iterator[tuple[str, str]]:
    """Name and digest of each line of a public ``SHA256SUMS``; each is checked against its file."""
    content = files.get(f"{folder}{SUMS}")
    if content is None:
        check.wrong(f"{folder}{SUMS}", "missing")
        return
    for number, line in enumerate(content.removesuffix(b"\n").split(b"\n") if content else (), 1):
        match = _SUM.fullmatch(line)
        if match is None:
            check.wrong(f"{folder}{SUMS}:{number}", "sums-form", "", line.decode(errors="replace"))
            continue
        digest, name = match[1].decode(), match[2].decode()
        if f"{folder}{name}" in files:
            check.same(f"{folder}{name}", "altered", digest, sha256(files[f"{folder}{name}"]))
        elif name.rpartition("/")[2] not in HIDDEN:
            check.wrong(f"{folder}{name}", "missing", digest)
        yield name, digest


def _check_index(story: Story, notices: list[Publication], files: Files, check: Check) -> None:
    """Every digest that the index shows is one on record."""
    content = files.get(f"{PUBLIC}{INDEX}")
    if content is None:
        check.wrong(f"{PUBLIC}{INDEX}", "missing")
        return
    known = {digest for one in notices for digest in one.event.files.values()} | set(story.digests)
    known |= {sha256(files[path]) for path in files if path.startswith(PUBLIC) and not path.endswith(INDEX)}
    known |= {one.event.checkpoint.rpartition(":")[2] for one in notices}
    for one in story.happened:
        if isinstance(one.event, Sealed | Drawn):
            known.add(one.event.pool_digest)
        if isinstance(one.event, Drawn | Redrawn):
            known.add(one.event.seed)
            known.update(_HEX_TEXT.findall(one.event.seed_line))
    for number, line in enumerate(content.split(b"\n"), 1):
        for digest in _HEX.findall(line):
            if digest.decode() not in known:
                check.wrong(f"{PUBLIC}{INDEX}:{number}", "not-on-record", "", digest.decode())
            else:
                check.passed()


def _check_pool(story: Story, files: Files, check: Check) -> None:
    """A public copy of the pool is one that was sealed."""
    content = files.get(f"{PUBLIC}pool/{SUMS}")
    if content is None:
        return
    sealed = [one.event.pool_digest for one in story.happened if isinstance(one.event, Sealed)]
    found = sha256(content)
    check.same(f"{PUBLIC}pool/{SUMS}", "altered", found if found in sealed else "".join(sealed[-1:]), found)
    for _ in read_sums(files, f"{PUBLIC}pool/", check):
        pass


def _check_draw(story: Story, files: Files, check: Check) -> None:
    """A public draw is one on record; its tickets are those of the dossier, which are computed again."""
    path = f"{PUBLIC}result/draw.json"
    if path not in files:
        return
    try:
        told = json.loads(files[path])
    except (ValueError, RecursionError):
        told = None
    draws = [one.event for one in story.happened if isinstance(one.event, Drawn)]
    said = tuple(told.get(name) for name in _SAID) if isinstance(told, dict) else ()
    known = [(one.draw, one.seed_line, one.seed, one.grade, one.pool_digest) for one in draws]
    if said not in known:
        check.wrong(path, "not-on-record", shown(known[-1] if known else ()), shown(said))
        return
    folders = ("result", *(f"voided/{number}/result" for number in range(1, len(draws) + 1)))
    tickets = [files[one] for one in (f"{folder}/tickets.csv" for folder in folders) if one in files]
    path = f"{PUBLIC}result/tickets.csv"
    if path not in files:
        check.wrong(path, "missing")
    elif files[path] in tickets:
        check.passed()
    else:
        line, expected, found = first_difference(tickets[0] if tickets else b"", files[path])
        check.wrong(f"{path}:{line}", "altered", expected, found)
