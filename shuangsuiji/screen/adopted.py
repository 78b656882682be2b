"""What ``ssj check`` tells of the reviewed sheet: how many became 必查, how many grades changed, by which rule."""

from shuangsuiji.core.risk.adopted import Adopted
from shuangsuiji.screen.console import answers, plain


def show_adopted(found: Adopted | None) -> None:
    """Numbers, in all and by rule."""
    if found is None:
        return
    said = f"列为必查 {len(found.must)} 家，调整等级 {len(found.grades)} 家，不采用 {found.declined} 行"
    answers().print(f"风险研判（{plain(found.file)}，{found.as_of}）：{said}。", soft_wrap=True)
    for rule in found.rules:
        parts = [f"必查 {rule.must} 家"] if rule.must else []
        parts += [f"等级 {rule.grades} 家"] if rule.grades else []
        answers().print(f"  {plain(rule.rule)}：{'，'.join(parts)}", soft_wrap=True)


def adopted_json(found: Adopted | None) -> dict[str, object] | None:
    """The same for a program, subjects included."""
    if found is None:
        return None
    return {
        "file": found.file,
        "as_of": found.as_of,
        "must": dict(found.must),
        "grades": {subject: {"from": before, "to": after} for subject, (before, after) in found.grades.items()},
        "rules": [{"rule": one.rule, "must": one.must, "grades": one.grades} for one in found.rules],
        "declined": found.declined,
    }
