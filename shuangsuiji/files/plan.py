"""The plan's door: a YAML file becomes a Plan, or Problems with their lines."""

import hashlib
from pathlib import Path

from shuangsuiji.core.plan.faults import twice, validated
from shuangsuiji.core.plan.intent import Intent
from shuangsuiji.core.problem import Place, Problem, error
from shuangsuiji.files.yamltree import parse_yaml, unreadable


def read_plan(path: Path, shown_as: str) -> tuple[Intent | None, list[Problem]]:
    """The plan in `path`, or everything that is wrong with it."""
    try:
        content = path.read_bytes()
    except OSError as failure:
        return None, [unreadable(failure, shown_as)]
    tree, lines, problems = parse_yaml(content, shown_as)
    if problems:
        return None, problems
    if not isinstance(tree, dict):
        return None, [error("plan-empty", Place(shown_as), "方案是空的，或不是“名称: 值”的形式。", "请参照样例填写。")]
    plan, problems = validated(tree, lines, shown_as)
    if plan is not None:
        problems = twice(plan, lines, shown_as)
        plan = None if problems else plan
    return (Intent(plan, shown_as, lines, hashlib.sha256(content).hexdigest()) if plan else None), problems
