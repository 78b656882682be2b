"""What ``ssj seal`` shows: the digest in groups and as a QR code, the announced sources by name, what to do when."""

import sys
from collections.abc import Iterator

from shuangsuiji.actions.seal import SealResult
from shuangsuiji.actions.timestamp import RequestResult, StampResult
from shuangsuiji.actions.unseal import RevealResult, UnsealResult
from shuangsuiji.core.draw.sources import announced, bits, grade_announced, outcomes
from shuangsuiji.core.year.events import PoolChanges, Sealed
from shuangsuiji.core.year.sealtext import CHANGES, qr_text
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.problems import as_json, show_problems

_GROUP, _LINE = 8, 4


def show_sealed(result: SealResult) -> None:
    """The sealing on stdout, warnings on stderr."""
    show_problems(result.problems)
    console, sealed = answers(), result.sealed
    console.print(plain(f"{result.plan.title}：名册已封存，记入台账第 {result.checkpoint.lines} 行。"), soft_wrap=True)
    number = len({subject.subject for subject in result.pool.subjects})
    console.print(f"检查对象 {number} 家，执法人员 {len(result.pool.inspectors)} 名，基准日 {sealed.as_of}。")
    if sealed.changes is not None:
        console.print(plain(changes_sentence(sealed.changes)), soft_wrap=True)
    console.print("名册摘要（SHA-256）：")
    for line in grouped(sealed.pool_digest):
        console.print(f"  {line}", style="bold", highlight=False)
    _qr(sealed)
    for line in announced_lines(sealed):
        console.print(plain(line), soft_wrap=True)
    if sealed.key_commitment:
        console.print(f"密封密钥的摘要：{sealed.key_commitment}", soft_wrap=True, highlight=False)
        said = f"密钥在 {result.dossier.key}：不要外传，另存一份到别处。丢了它，这次抽取做不了也核验不了。"
        notices().print(plain(said), style="yellow", soft_wrap=True)
    console.print(f"校验点：{result.checkpoint}", soft_wrap=True)
    console.print(f"定稿名册：{result.dossier.pool}", soft_wrap=True)
    console.print(_next(sealed), soft_wrap=True)


def print_sealed(result: SealResult) -> None:
    """The same for a program."""
    sealed = result.sealed
    print_json(
        {
            "ok": True,
            **sealed_json(sealed),
            "qr": qr_text(sealed),
            "checkpoint": result.checkpoint._asdict(),
            "pool": str(result.dossier.pool),
            "problems": [as_json(problem) for problem in result.problems],
        }
    )


def sealed_json(sealed: Sealed) -> dict[str, object]:
    """A sealing for a program."""
    return {
        "draw": sealed.draw,
        "sealed_on": sealed.on.isoformat(),
        "pool_digest": sealed.pool_digest,
        "announced": list(sealed.announced),
        "bits": bits(outcomes(sealed.announced)),
        "grade": grade_announced(sealed.announced) if sealed.announced else None,
        "known_on": sealed.known_on.isoformat() if sealed.known_on else None,
        "key_commitment": sealed.key_commitment or None,
        "changes": sealed.changes.model_dump() if sealed.changes else None,
    }


def show_unsealed(result: UnsealResult) -> None:
    """That a sealing was voided."""
    console = answers()
    console.print(f"封存已作废，记入台账第 {result.checkpoint.lines} 行；这是本方案第 {result.times} 次作废封存。")
    console.print(f"原定稿名册移到 {plain(result.kept)}，摘要仍在台账里。", soft_wrap=True)
    console.print("下一步：改好名册和方案，换用新的期号，再用 ssj seal 封存并重新公示。", soft_wrap=True)


def print_unsealed(result: UnsealResult) -> None:
    """The same for a program."""
    print_json({"ok": True, "voided": result.times, "kept": result.kept, "checkpoint": result.checkpoint._asdict()})


def show_revealed(result: RevealResult) -> None:
    """That a key is public."""
    console = answers()
    console.print(f"密钥已公开，记入台账第 {result.checkpoint.lines} 行：")
    console.print(f"  {result.key}", highlight=False, soft_wrap=True)
    console.print(f"它的摘要就是封存时公布的 {result.commitment}。", soft_wrap=True, highlight=False)
    console.print("下一步：ssj publish draw 公示抽取结果，任何人可以核验。", soft_wrap=True)


def print_revealed(result: RevealResult) -> None:
    """The same for a program."""
    print_json(
        {
            "ok": True,
            "key": result.key,
            "key_commitment": result.commitment,
            "checkpoint": result.checkpoint._asdict(),
        }
    )


def show_request(result: RequestResult) -> None:
    """Where the request is, and what to do with it."""
    what = "名册摘要" if result.of == "pool" else f"台账第 {result.line} 行的校验点"
    answers().print(plain(f"已写出时间戳请求：{result.file}（{what} {result.digest}）。"), soft_wrap=True)
    said = "下一步：把它交给时间戳服务机构，取回 .tsr 文件，再用 ssj seal --timestamp 文件 登记。"
    answers().print(said, soft_wrap=True)


def print_request(result: RequestResult) -> None:
    """The same for a program."""
    print_json({"ok": True, **result._asdict(), "file": str(result.file)})


def show_stamp(result: StampResult) -> None:
    """What was attested, by whom, when."""
    event, console = result.event, answers()
    what = "名册摘要" if event.of == "pool" else f"台账第 {event.line} 行的校验点"
    console.print(
        plain(f"时间戳已核对并登记：{event.authority} 证明 {what} 在 {event.time}（UTC）已经存在。"), soft_wrap=True
    )
    console.print(plain(f"文件：{result.kept}"), soft_wrap=True)


def print_stamp(result: StampResult) -> None:
    """The same for a program."""
    told = result.event.model_dump(mode="json", exclude={"kind", "v"})
    print_json({"ok": True, **told, "checkpoint": result.checkpoint._asdict()})


def grouped(digest: str) -> list[str]:
    """A digest as people read it out: groups of eight, four a line."""
    groups = [digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP)]
    return [" ".join(groups[at : at + _LINE]) for at in range(0, len(groups), _LINE)]


def changes_sentence(changes: PoolChanges) -> str:
    """How many subjects differ from the pool that was sealed before."""
    said = "，".join(f"{word} {getattr(changes, kind)} 家" for kind, word in CHANGES.items())
    return f"与上一次封存的名册（{changes.against}）相比：{said}。明细见 pool-changes.csv，随方案公示。"


def announced_lines(sealed: Sealed) -> Iterator[str]:
    """The sources, in their order, and when the draw can be done."""
    if not sealed.announced:
        return
    yield "种子来源（抽取时依次写出结果）："
    for number, text in enumerate(sealed.announced, 1):
        one, _ = announced(text)
        yield f"  {number}. {text}（{one.name if one else ''}）"
    total = bits(outcomes(sealed.announced))
    if grade_announced(sealed.announced) == "public":
        yield f"合计约 {total} 比特，等级 public（公开种子）。"
    else:
        yield f"合计只有约 {total} 比特，不足 40：别人可以逐个试算，等级只能记为 given。"
    yield f"全部结果 {sealed.known_on} 公布，当天起才能抽取。"


def _next(sealed: Sealed) -> str:
    if sealed.announced:
        said = f"下一步：在 {sealed.known_on} 以前公示（ssj publish plan），让人知道名册封存在先"
        return f"{said}；结果出来后 ssj draw --source …。"
    return "下一步：抽取（ssj draw）。名册现在可以照常维护，抽取用封存的名册。"


def _qr(sealed: Sealed) -> None:
    """A QR code, on a terminal that can show one."""
    if not sys.stdout.isatty():
        return
    from shuangsuiji.files.documents.qr import qr_lines  # noqa: PLC0415 - needs its library

    lines = qr_lines(qr_text(sealed))
    try:
        "".join(lines).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return
    for line in lines:
        answers().print(line, style="bright_white on black", highlight=False, no_wrap=True, crop=True)
