"""``python -m tests.safety.fuzz``: mutated inputs at every door, for so many seconds or so many inputs.

Exit code 1 where anything broke; each is kept, made small, in ``tests/safety/corpus/DOOR/``.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random

from tests.safety.fuzz.doors import Door, doors
from tests.safety.fuzz.shrinking import shrunk
from tests.safety.fuzz.watching import Outcome, Watcher

_TOLD_EACH = 5000
CORPUS = Path(__file__).parents[1] / "corpus"


def spoilt(door: Door, seed: int, number: int) -> bytes:
    """The input of that number: the same for the same three."""
    chance = Random(f"{door.name}/{seed}/{number}")
    return door.spoil(chance, chance.choice(door.good), door.good)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 1 where anything broke."""
    wanted = _options(arguments)
    os.environ["SSJ_BY"] = "经办人"
    with tempfile.TemporaryDirectory() as folder:
        everything = doors(Path(folder), _set_clock)
        chosen = [door for door in everything if not wanted.door or door.name in wanted.door]
        watcher = Watcher(lambda: everything)
        try:
            told = _Told(chosen)
            with suppress(KeyboardInterrupt):
                for door, data, name in _inputs(chosen, wanted):
                    found = watcher.one(door.name, data)
                    told.count(door, found, name)
                    if found.is_fault and not name.startswith("corpus"):
                        told.keep(door, data, found, watcher)
            told.show()
            return 1 if told.faults else 0
        finally:
            watcher.stop()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--inputs", type=int, default=0, help="so many in all, instead of --seconds")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--door", action="append", default=[])
    parser.add_argument("--corpus-only", action="store_true")
    return parser.parse_args(arguments)


def _inputs(chosen: Sequence[Door], wanted: argparse.Namespace) -> Iterator[tuple[Door, bytes, str]]:
    """First what broke once, then fresh ones: each door in its turn, as often as its weight says."""
    for door in chosen:
        for path in sorted((CORPUS / door.name).glob("*.bin")):
            yield door, path.read_bytes(), f"corpus {path.name}"
    turns = [door for door in chosen for _ in range(door.weight)]
    Random(0).shuffle(turns)
    until = time.monotonic() + wanted.seconds
    for number in count() if not wanted.corpus_only else ():
        if number >= wanted.inputs if wanted.inputs else time.monotonic() > until:
            return
        door, at = turns[number % len(turns)], wanted.first + number
        yield door, spoilt(door, wanted.seed, at), f"seed {wanted.seed} number {at}"


class _Told:
    """What is said at the end."""

    def __init__(self, chosen: Sequence[Door]):
        self.chosen = chosen
        self.faults: list[str] = []
        self._kinds: dict[str, Counter[str]] = defaultdict(Counter)
        self._worst: dict[str, Outcome] = defaultdict(lambda: Outcome(""))
        self._largest: dict[str, float] = defaultdict(float)
        self._total = 0
        self._seen: set[tuple[str, str]] = set()

    def count(self, door: Door, found: Outcome, name: str) -> None:
        self._kinds[door.name][found.what] += 1
        if found.seconds > self._worst[door.name].seconds:
            self._worst[door.name] = found._replace(told=name)
        self._largest[door.name] = max(self._largest[door.name], found.mb)
        self._total += 1
        if self._total % _TOLD_EACH == 0:
            _say(f"{self._total} inputs, {len(self.faults)} faults")
        if found.is_fault:
            self.faults.append(f"{door.name}: {name}: {found.what} {found.told}")

    def keep(self, door: Door, data: bytes, found: Outcome, watcher: Watcher) -> None:
        """Make it small and put it into the corpus, once for each place in the code."""
        sign = (door.name, found.told.partition(":")[0] + found.told.partition(":")[2].partition(":")[0])
        if sign in self._seen:
            return
        self._seen.add(sign)
        _say(f"{door.name}: {found.what} {found.told}")

        def breaks(less: bytes) -> bool:
            again = watcher.one(door.name, less)
            return again.what == found.what and again.told.partition(":")[0] == found.told.partition(":")[0]

        small = shrunk(data, breaks) if found.what == "crash" else data
        path = CORPUS / door.name / f"{sha256(small).hexdigest()[:12]}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(small)

    def show(self) -> None:
        """A line for each door, then what broke."""
        total = sum(sum(kinds.values()) for kinds in self._kinds.values())
        for door in self.chosen:
            kinds, worst = self._kinds[door.name], self._worst[door.name]
            how = "  ".join(f"{what} {number}" for what, number in sorted(kinds.items()))
            _say(
                f"{door.name:14}{sum(kinds.values()):8}  worst {worst.seconds:6.2f} s ({worst.told})  {self._largest[door.name]:5.0f} MB  {how}"
            )
        _say(f"{total} inputs, {len(self.faults)} faults")
        for fault in self.faults[:50]:
            _say(f"  {fault}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _set_clock(moment: str) -> None:
    from shuangsuiji.cli import clock  # noqa: PLC0415 - only here is it set

    now = datetime.fromisoformat(moment).astimezone()
    clock.now = lambda: now


if __name__ == "__main__":
    sys.exit(main())
