"""Checkpoints against the ledger: those that somebody has on paper, and those that stand on published notices.

The chain alone cannot see a cut tail or a rewritten end; a checkpoint from any paper can (protocol §9).
"""

import re
from collections.abc import Sequence

from shuangsuiji.core.ledger.chain import ZERO
from shuangsuiji.core.ledger.chain import digest as sha256
from shuangsuiji.core.verifying.story import Files, Story, at
from shuangsuiji.core.verifying.verdict import LEDGER, Check
from shuangsuiji.core.year.events import Drawn, Published, Sealed

_PRINTED = re.compile(rb"#([0-9]{1,9}):([0-9a-f]{64})")
FORM = re.compile(r"(?P<origin>[^#]*)#(?P<lines>[0-9]{1,9}):(?P<digest>[0-9a-f]{64})")


def tidy(text: str) -> str:
    r"""A checkpoint as it was pasted or typed: without blanks and line breaks, its digest in small letters.

    >>> tidy(" T-2023#2:AB\n CD ")
    'T-2023#2:abcd'
    """
    origin, sign, rest = "".join(text.split()).rpartition("#")
    return f"{origin}{sign}{rest.lower()}"


def check_given(story: Story, checkpoints: Sequence[str], check: Check) -> None:
    """The checkpoints that were given, the earliest first."""
    found = [(FORM.fullmatch(tidy(text)), text) for text in checkpoints]
    for match, text in found:
        if match is None:
            check.wrong(text, "checkpoint-form")
    for match in sorted((m for m, _ in found if m), key=lambda m: int(m["lines"])):
        _check(story, match, check)


def check_printed(story: Story, files: Files, check: Check) -> None:
    """The checkpoints on notices: each that of the line before the notice's own, and as its files print it."""
    for one in story.happened:
        if isinstance(one.event, Published):
            _check_files(story, one.event, files, check)
        if isinstance(one.event, Published) and one.event.checkpoint:
            match = FORM.fullmatch(one.event.checkpoint)
            if match is None:
                check.wrong(at(one.line), "checkpoint-form", "", one.event.checkpoint)
            elif int(match["lines"]) != one.line - 1:
                check.wrong(at(one.line), "checkpoint-line", one.line - 1, match["lines"])
            else:
                _check(story, match, check)


def _check_files(story: Story, event: Published, files: Files, check: Check) -> None:
    """What the notice's own files print, as far as they are what was published."""
    for name, digest in event.files.items():
        content = files.get(f"public/{name}") if name.endswith((".html", ".csv")) else None
        if content is not None and sha256(content) == digest:
            for lines, printed in sorted({(int(n), d.decode()) for n, d in _PRINTED.findall(content)}):
                if 0 < lines <= len(story.digests):
                    check.expect(at(lines), "rewritten", printed, story.digests[lines - 1])


def origins(story: Story) -> set[str]:
    """The draw ids that the ledger knows."""
    return {one.event.draw for one in story.happened if isinstance(one.event, Sealed | Drawn)}


def _check(story: Story, match: re.Match[str], check: Check) -> None:
    lines, known = int(match["lines"]), origins(story)
    if known and match["origin"] not in known:
        check.wrong(LEDGER, "other-draw", "、".join(sorted(known)), match["origin"])
    elif lines > len(story.digests):
        check.wrong(at(len(story.digests)), "cut", lines, len(story.digests))
    else:
        digest = story.digests[lines - 1] if lines else ZERO
        check.same(at(lines), "rewritten", match["digest"], digest)
