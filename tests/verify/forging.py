"""A dossier in the hands of somebody who alters it, with as little or as much care as he likes.

`rechain` is the forger who redoes everything: links, the checkpoints on notices and in their files, digests, the list
of digests and the index. What he cannot redo is paper.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

LEDGER = "ledger.jsonl"
Event = dict[str, Any]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Forged:
    """The files of a dossier, and the ledger's lines as dicts."""

    def __init__(self, files: Mapping[str, bytes]):
        self.files = dict(files)

    @property
    def raw(self) -> list[bytes]:
        return self.files[LEDGER].split(b"\n")[:-1]

    @raw.setter
    def raw(self, lines: list[bytes]) -> None:
        self.files[LEDGER] = b"".join(line + b"\n" for line in lines)

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.raw]

    @entries.setter
    def entries(self, entries: list[dict[str, Any]]) -> None:
        self.raw = [_text(entry) for entry in entries]

    def event(self, line: int) -> Event:
        """The event on a line, to look at."""
        event: Event = self.entries[line - 1]["event"]
        return event

    def replace(self, line: int, old: str, new: str) -> None:
        """Words of one line, nothing else."""
        lines = self.raw
        assert old.encode() in lines[line - 1], lines[line - 1][:3000]
        lines[line - 1] = lines[line - 1].replace(old.encode(), new.encode(), 1)
        self.raw = lines

    def edit(self, line: int, change: Callable[[Event], object]) -> None:
        """An event, with everything after it redone."""
        entries = self.entries
        change(entries[line - 1]["event"])
        self.entries = entries
        self.rechain()

    def remove(self, *lines: int) -> None:
        """Whole lines, with everything after them redone."""
        self.entries = [entry for number, entry in enumerate(self.entries, 1) if number not in lines]
        self.rechain()

    def insert(self, line: int, event: Event, **fields: str) -> None:
        """An event before a line (past the last one: at the end), with everything after it redone."""
        entries = self.entries
        like = entries[min(line, len(entries)) - 1]
        entries.insert(line - 1, {**like, **fields, "event": event})
        self.entries = entries
        self.rechain()

    def rechain(self) -> None:
        """All that hangs on the ledger's bytes."""
        prev, made = "0" * 64, []
        for number, entry in enumerate(self.entries, 1):
            event = entry["event"]
            if event["kind"] == "published":
                old = event["checkpoint"]
                event["checkpoint"] = f"{old.partition('#')[0]}#{number - 1}:{prev}"
                for name in event["files"]:
                    self._print(event, name, old)
            made.append(_text({**entry, "seq": number, "prev": prev}))
            prev = sha256(made[-1])
        self.raw = made

    def publish(self, name: str, content: bytes) -> None:
        """A published file, with its digest wherever it stands."""
        old, new = sha256(self.files[f"public/{name}"]), sha256(content)
        self.files[f"public/{name}"] = content
        for path in (LEDGER, "public/SHA256SUMS", "public/index.html"):
            self.files[path] = self.files[path].replace(old.encode(), new.encode())
        self.rechain()

    def table(self, path: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.files[path].decode(), newline="")))

    def write(self, path: str, rows: list[list[str]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.files[path] = text.getvalue().encode()

    def cell(self, path: str, row: int, column: int, text: str) -> None:
        """One cell of a table; row 1 is the heading."""
        rows = self.table(path)
        assert rows[row - 1][column] != text
        rows[row - 1][column] = text
        self.write(path, rows)

    def reseal(self, folder: str = "pool") -> None:
        """A pool's ``SHA256SUMS`` and its digest in the ledger, with everything after it redone."""
        names = sorted(path for path in self.files if path.startswith(f"{folder}/") and not path.endswith("SUMS"))
        old = sha256(self.files[f"{folder}/SHA256SUMS"])
        lines = (f"{sha256(self.files[path])}  {path.rpartition('/')[2]}\n" for path in names)
        self.files[f"{folder}/SHA256SUMS"] = "".join(lines).encode()
        new = sha256(self.files[f"{folder}/SHA256SUMS"])
        for path in (LEDGER, "result/draw.json"):
            self.files[path] = self.files[path].replace(old.encode(), new.encode())
        self.rechain()

    def _print(self, event: Event, name: str, old: str) -> None:
        path = next((f"{folder}/{name}" for folder in ("public", "withdrawn") if f"{folder}/{name}" in self.files), "")
        if not path or sha256(self.files[path]) != event["files"][name]:
            return
        before = event["files"][name]
        self.files[path] = self.files[path].replace(old.encode(), event["checkpoint"].encode())
        event["files"][name] = sha256(self.files[path])
        for other in ("public/SHA256SUMS", "public/index.html"):
            text = self.files[other].replace(before.encode(), event["files"][name].encode())
            self.files[other] = text.replace(old.encode(), event["checkpoint"].encode())


def _text(entry: Mapping[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
