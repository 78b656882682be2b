"""The seed of a draw: by the sealing where it announced public sources, else by the plan's mode."""

from collections.abc import Callable, Sequence
from pathlib import Path

from shuangsuiji.actions.who import Who
from shuangsuiji.core.draw.chance import FIELD, Seed, seed_of
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.refusal import DAMAGED, USAGE, Refusal
from shuangsuiji.core.year.events import Sealed
from shuangsuiji.files.workspace import Dossier

Entropy = Callable[[], str]
"""Gives 64 hex digits from the operating system."""
_RULE = "抽取规则 §2"


def seed_for(
    plan: Plan,
    sealed: Sealed | None,
    dossier: Dossier,
    who: Who,
    *,
    given: str | None,
    sources: Sequence[str],
    entropy: Entropy,
) -> Seed:
    """The seed. What the sealing announced holds, whatever the plan file says since. Raises Refusal.

    `given` = a seed typed by hand; `sources` = announced sources with their numbers.
    """
    if sealed is not None and sealed.announced:
        return _public(plan, sealed, dossier, who, given=given, sources=sources)
    if plan.seed.mode == "public":
        what = "方案规定用公开种子：先封存名册、公布种子来源，等结果出来再抽取。"
        what += "封存时没有公布种子来源。" if sealed else "现在还没有封存。"
        todo = "请凭文书作废封存（ssj seal --void），再重新封存。" if sealed else "请先用 ssj seal 封存名册。"
        raise Refusal("not-sealed", what, todo=todo, source=_RULE)
    if sources:
        what = "方案不是用公开种子（seed 的 mode 不是 public），不能用 --source。"
        todo = "要用公开种子，先把来源写进方案，封存（ssj seal）并公布，再等结果：结果出来以后才选来源，等于挑选结果。"
        raise Refusal("seed-mode", what, todo=todo, source=_RULE)
    if given is None and plan.seed.mode == "given":
        what = "方案规定种子由人工给定，命令里没有给。"
        raise Refusal("seed-missing", what, todo="请加上 --seed 文字。", exit_code=USAGE)
    if given is not None and not (given and FIELD.fullmatch(f"given:{given}")):
        what = f"种子“{given}”里有不能用的字符。"
        todo = "只能用字母、数字和 . _ : + / -，例如 --seed 2023-0509。"
        raise Refusal("seed-form", what, todo=todo, source="抽取规则 §1", exit_code=USAGE)
    return seed_of(plan.draw, (f"local:{entropy()}" if given is None else f"given:{given}",))


def _public(
    plan: Plan, sealed: Sealed, dossier: Dossier, who: Who, *, given: str | None, sources: Sequence[str]
) -> Seed:
    from shuangsuiji.core.draw.sources import announced, faults, public_seed, unlike  # noqa: PLC0415 - rarely needed
    from shuangsuiji.files.sealedkey import read_key  # noqa: PLC0415

    names = [one.name if one else text for text in sealed.announced for one in announced(text)[:1]]
    listed = "、".join(f"{text}（{name}）" for text, name in zip(sealed.announced, names, strict=True))
    told = f"公布的来源依次是：{listed}。"
    details: dict[str, object] = {
        "announced": list(sealed.announced),
        "known_on": sealed.known_on.isoformat() if sealed.known_on else None,
    }
    if plan.draw != sealed.draw:
        what = f"方案的抽取编号改成了 {plan.draw}，封存的是 {sealed.draw}。"
        raise Refusal("draw-id-changed", what, todo="请把方案的 draw 改回去。", source="抽取编号写进种子")
    if given is not None:
        what = "已公布用公开种子，不能由人工给定。"
        raise Refusal("seed-mode", what, todo=f"请去掉 --seed。{told}", source=_RULE, details=details)
    if sealed.known_on is not None and who.now.date() < sealed.known_on:
        what = f"公布的结果要到 {sealed.known_on} 才齐，现在不能抽取。"
        raise Refusal("seed-not-known", what, todo=told, source=_RULE, details=details)
    if not sources:
        what = "请写出公布的来源和结果（--source，每项写一次，或 --sources 文件）。"
        raise Refusal("seed-missing", what, todo=told, exit_code=USAGE, details=details)
    wrong = [fault for source in sources for fault in faults(source)]
    if wrong:
        what = f"种子来源写得不对：{''.join(f'{chr(10)}· {fault}' for fault in wrong)}"
        todo = "请对照官方公告逐位核对，再运行一次。"
        raise Refusal(
            "seed-source", what, todo=todo, source=_RULE, exit_code=USAGE, details={**details, "faults": wrong}
        )
    other = unlike(sources, sealed.announced)
    if other:
        what = f"不是封存时公布的来源：{''.join(f'{chr(10)}· {fault}' for fault in other)}"
        raise Refusal("seed-not-announced", what, todo=told, source=_RULE, details={**details, "faults": other})
    key = read_key(dossier.key, sealed.key_commitment) if sealed.key_commitment else ""
    return public_seed(sealed.draw, sealed.announced, tuple(sources), key)


def sources_in(path: Path) -> list[str]:
    """The sources of a text file, one a line; blank lines and those that begin with # do not count."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as failure:
        raise Refusal("no-file", f"读不了“{path}”。", todo="请核对文件名。", exit_code=USAGE) from failure
    except UnicodeDecodeError as failure:
        what = f"“{path}”不是 UTF-8 文字。"
        raise Refusal("bad-file", what, todo="请存成 UTF-8 的文本文件，每行一项。", exit_code=DAMAGED) from failure
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
