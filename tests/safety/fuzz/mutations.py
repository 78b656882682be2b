"""Good bytes become bad ones: anyhow, or with a care for the form, so that they come further than the first check.

Everything comes from the `Random` that is given, so that an input can be made again from its number.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import yaml

from shuangsuiji.core.ledger.chain import ZERO, digest
from shuangsuiji.files.unzip import DAMAGED, read

Mutation = Callable[[Random, bytes, Sequence[bytes]], bytes]
"""(chance, good bytes, all good ones of the same kind) → bad bytes."""

HOSTILE = (
    "", " ", "0", "-1", "1", "9" * 400, "1e400", "-0.0", "NaN", "Infinity", "²", "½", "Ⅳ", "١٢٣", "９９９", "〇", "三",
    "0000-00-00", "2023-02-30", "9999-12-31", "10000-01-01", "0001-01-01", "2023.5.1", "2023年5月", "20230501",
    "45047", "2958466", "-45047", "12:30", "25:61", "2023-05-09T10:00:00+99:99", "2023-05-09T10:00:00Z",
    "true", "null", "~", "None", "[]", "{}", "=1+1", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "A" * 40_000,
    "长" * 300, "\x00", "\x1b[2J\x1b]0;x\x07", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\x85", "\ud800",
    "../../x", "..\\..\\x", "/etc/passwd", "C:\\x", "CON", "nul.txt", "a/b", "x.", "<b>&\"'", "]]>", "{{ 7*7 }}",
    "{% for x in y %}", "{{ self.__class__ }}", "{{ ''.join(rows) }}", "#REF!", "&a", "*a", "!!python/name:os.system",
    "<<", "- - -", "[[[[", "{a: {b: {c", ": :", "|", ">", "%YAML 9.9", "---", "…", "🀄", "👍🏽", "䶮", "公共场所",
    "公共场所；学校卫生", "合计", "91350100M000100Y43", "91350100M000100Y4", "A1", "P1", "是", "否", "长期",
)  # fmt: skip
"""What people type, what programs trip over, and what attackers try."""

_NUMBERS = (0, 1, 2, 127, 128, 255, 256, 32767, 32768, 65535, 65536, (1 << 31) - 1, 1 << 31, (1 << 32) - 1)
_MOST_ADDED = 1 << 20
_WORD = re.compile(r"[\w./:+-]+|[^\w\s]", re.ASCII)
_XML = re.compile(rb"<[^>]*>|[^<]+")
_VALUE = re.compile(rb'="[^"]*"')


def bytes_anyhow(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:  # noqa: C901 - one case for each way
    """Bits, bytes, numbers and pieces changed, cut, doubled, moved, taken from another file."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(made) + 1)
        length = chance.choice((1, 2, 4, 16, 64, 512, 4096))
        match chance.randrange(9):
            case 0 if at < len(made):
                made[at] ^= 1 << chance.randrange(8)
            case 1 if at < len(made):
                made[at] = chance.choice((0, 1, 9, 10, 34, 44, 60, 127, 128, 255, chance.randrange(256)))
            case 2:
                width, order = chance.choice((1, 2, 4, 8)), chance.choice(("little", "big"))
                made[at : at + width] = (chance.choice(_NUMBERS) % (1 << 8 * width)).to_bytes(width, order)
            case 3:
                del made[at : at + length]
            case 4:
                made[at:at] = made[at : at + length] * chance.choice((1, 1, 2, 50))
            case 5:
                made[at:at] = chance.randbytes(length)
            case 6:
                made[at:at] = _encoded(chance.choice(HOSTILE))
            case 7:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                made[at : at + length] = other[start : start + length]
            case _ if chance.randrange(4) == 0:
                del made[at:]
        if len(made) > len(data) + _MOST_ADDED:
            break
    return bytes(made)


def words(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A text's words and lines swapped, doubled, left out, replaced by hostile ones; sometimes in another encoding."""
    if chance.randrange(6) == 0:
        return bytes_anyhow(chance, data, others)
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(chance.choice((1, 1, 2, 4))):
        if chance.randrange(2):
            lines = text.split("\n")
            _shuffled(chance, lines, chance.choice(others).decode("utf-8", "surrogateescape").split("\n"))
            text = "\n".join(lines)
        else:
            found = list(_WORD.finditer(text))
            if found:
                one, two = chance.choice(found), chance.choice(found)
                new = chance.choice((two[0], "", one[0] * 2, chance.choice(HOSTILE), chance.choice(HOSTILE)))
                text = text[: one.start()] + new + text[one.end() :]
    made = text.encode("utf-8", "surrogatepass" if chance.randrange(2) else "replace")
    if chance.randrange(12) == 0:
        code = chance.choice(("gb18030", "utf-16", "utf-8-sig", "cp950"))
        made = made.decode("utf-8", "replace").encode(code, "replace")
    return made


def cells(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A csv's cells, rows and columns swapped, doubled, left out, replaced; or its words."""
    if chance.randrange(4) == 0:
        return words(chance, data, others)
    comma = chance.choice((",", ",", ",", ";", "\t"))
    rows = [line.split(",") for line in data.decode("utf-8", "replace").split("\n")]
    for _ in range(chance.choice((1, 2, 4))):
        row = chance.choice(rows)
        at = chance.randrange(len(row))
        match chance.randrange(6):
            case 0:
                row[at] = chance.choice(HOSTILE)
            case 1:
                other = chance.choice(rows)
                row[at] = chance.choice(other)
            case 2:
                _shuffled(chance, row, chance.choice(rows))
            case 3:
                _shuffled(chance, rows, rows)
            case 4:
                for each in rows:
                    each[at:at] = [chance.choice(each) if each else ""]
            case _:
                row[at] = chance.choice(('"', "'", "\n", '"a\nb"', '""')) + row[at]
        rows = rows or [[""]]
        rows = [row or [""] for row in rows]
    return "\n".join(comma.join(row) for row in rows).encode("utf-8", "surrogatepass")


def tree(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A yaml's values swapped for ones of another kind; or its words."""
    if chance.randrange(3):
        return words(chance, data, others)
    value = yaml.load(data, yaml.CBaseLoader)  # noqa: S506 - every scalar stays text, and it is our own
    for _ in range(chance.choice((1, 2, 3))):
        value = _otherwise(chance, value)
    return yaml.safe_dump(value, allow_unicode=True).encode("utf-8", "surrogatepass")


def lines_of_ledger(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Events of a ledger changed, swapped, doubled or left out, all linked anew; or its words."""
    if chance.randrange(4) == 0:
        return words(chance, data, others)
    entries = [json.loads(line) for line in data.splitlines()]
    for _ in range(chance.choice((1, 1, 2, 3))):
        if chance.randrange(3) == 0:
            _shuffled(chance, entries, entries)
            entries = entries or [json.loads(line) for line in data.splitlines()]
        else:
            entry = dict(chance.choice(entries))
            key = chance.choice(("event", "event", "event", "event", "event", "at", "by"))
            changed = _otherwise(chance, entry[key])
            entries[chance.randrange(len(entries))] = {**entry, key: changed if changed is not None else {}}
    return linked(entries)


def linked(entries: Sequence[dict[str, Any]]) -> bytes:
    """A ledger's lines with numbers and links that hold."""
    prev, made = ZERO, []
    for number, entry in enumerate(entries, 1):
        line = json.dumps({**entry, "seq": number, "prev": prev}, ensure_ascii=chance_of(prev)).encode(
            "utf-8", "replace"
        )
        made.append(line + b"\n")
        prev = digest(line)
    return b"".join(made)


def chance_of(link: str) -> bool:
    """Now and then escaped: told by the link itself."""
    return link[0] in "0123"


def package(chance: Random, data: bytes, others: Sequence[bytes], inside: Mutation | None = None) -> bytes:
    """One or two members of a zip changed, left out, renamed or swapped and packed again; or the zip's own bytes."""
    if chance.randrange(7) == 0:
        return bytes_anyhow(chance, data, others)
    members = unpacked(data)
    for _ in range(chance.choice((1, 1, 1, 2))):
        heavy = [name for name, content in members.items() if content]
        if not heavy:
            break
        name = chance.choice(heavy)
        match chance.randrange(14):
            case 0:
                del members[name]
            case 1:
                members[chance.choice((f"../{name}", name.upper(), f"x/{name}", "\\".join(name.split("/"))))] = members[
                    name
                ]
            case 2:
                members[name] = members[chance.choice(heavy)]
            case 3:
                members[name] = chance.choice(list(unpacked(chance.choice(others)).values()) or [b""])
            case _:
                change = inside or (xml if members[name].lstrip()[:1] == b"<" else bytes_anyhow)
                members[name] = change(chance, members[name], [members[chance.choice(heavy)]])
    return packed(members, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


def xml(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Tags, values and texts of XML changed, moved, doubled, left out."""
    if chance.randrange(5) == 0:
        return bytes_anyhow(chance, data, others)
    parts: list[bytes] = _XML.findall(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not parts:
            return data
        at = chance.randrange(len(parts))
        match chance.randrange(7):
            case 0:
                del parts[at]
            case 1:
                parts.insert(chance.randrange(len(parts) + 1), parts[at])
            case 2 | 3:
                values = list(_VALUE.finditer(parts[at]))
                if values:
                    value = chance.choice(values)
                    new = b'="%b"' % _encoded(chance.choice(HOSTILE)).replace(b'"', b"&quot;")
                    parts[at] = parts[at][: value.start()] + new + parts[at][value.end() :]
            case 4:
                parts[at] = _encoded(chance.choice(HOSTILE)) if not parts[at].startswith(b"<") else parts[at]
            case 5:
                stop = chance.randrange(at, min(len(parts), at + 30))
                parts[at:at] = parts[at:stop] * chance.choice((1, 1, 200))
            case _:
                bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
                parts.insert(chance.choice((0, 1, at)), chance.choice((bomb, b"&b;", b"&#0;", b"<![CDATA[", b"<!--")))
    return b"".join(parts)[: len(data) + _MOST_ADDED]


def word_text(chance: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A Word template's text changed as a text, so that its Jinja is; or its XML."""
    return package(chance, data, others, inside=words if chance.randrange(2) else None)


def packed(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of `members`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", how, compresslevel=1) as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name), member, how)
    return content.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a zip; none of what is no zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {info.filename: read(archive, info) for info in archive.infolist()}
    except DAMAGED:
        return {}


def _shuffled(chance: Random, items: list[Any], others: Sequence[Any]) -> None:
    """One or more of `items` left out, doubled, moved, or taken from `others`."""
    at = chance.randrange(len(items) + 1)
    match chance.randrange(4):
        case 0:
            del items[at : at + chance.choice((1, 1, 3))]
        case 1:
            items[at:at] = items[at : at + 1] * chance.choice((1, 2, 300))
        case 2 if items:
            items.insert(at, items.pop(chance.randrange(len(items))))
        case _ if others:
            items.insert(at, chance.choice(others))


def _otherwise(chance: Random, value: Any) -> Any:  # noqa: PLR0911 - one return for each way
    """The same tree with one value in it changed."""
    if isinstance(value, dict) and value and chance.randrange(8):
        key = chance.choice(list(value))
        if chance.randrange(10) == 0:
            return {(chance.choice(HOSTILE) if one == key else one): each for one, each in value.items()}
        if chance.randrange(12) == 0:
            return {one: each for one, each in value.items() if one != key}
        return {**value, key: _otherwise(chance, value[key])}
    if isinstance(value, list) and value and chance.randrange(8):
        at = chance.randrange(len(value))
        if chance.randrange(5) == 0:
            return [*value[:at], *value[at + 1 :]]
        if chance.randrange(5) == 0:
            return [*value, value[at]]
        return [*value[:at], _otherwise(chance, value[at]), *value[at + 1 :]]
    simple = (None, True, 0, -1, 1, 10**30, 1.5, [], {}, [[]], {"a": None})
    return chance.choice(simple) if chance.randrange(3) == 0 else chance.choice(HOSTILE)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
