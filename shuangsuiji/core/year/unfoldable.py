"""A ledger line that is an event, and yet cannot have happened.

It names a task, visit or list that there is not, or records what is no date, amount or code.

No command of ours writes such a line. It is a Refusal already, so that whoever folds a ledger need not know.
"""

from shuangsuiji.core.refusal import DAMAGED, Refusal


class Unfoldable(Refusal):
    """Raised by the fold: `line` is the ledger's, `kind` the event's, `missing` what it names in vain."""

    def __init__(self, line: int, kind: str, unknown: Exception):
        self.line, self.kind = line, kind
        self.missing = str(unknown.args[0]) if unknown.args else ""
        why = f"它说到的“{self.missing}”，以前的各行里没有"
        if isinstance(unknown, ValueError):
            why = f"“{self.missing}”不是这一项该有的内容"
        super().__init__(
            "ledger-damaged",
            f"台账第{line}行不对：{why}。台账可能被改动过，没有写入任何内容。",
            todo="请用 ssj verify 核对，用备份的台账恢复；不要手工修改台账。",
            exit_code=DAMAGED,
            details={"line": line, "why": "unfoldable"},
        )
