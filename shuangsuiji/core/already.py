"""What happens only once is on record already: the Refusal that shows when, by whom, and what it was."""

from collections.abc import Mapping

from shuangsuiji.core.refusal import Refusal


class AlreadyOnRecord(Refusal):
    """`did` = what was done (``抽取``), `told` what it was, `never` what was not done now.

    `remade`: whether missing papers were made again on the way.
    """

    def __init__(
        self,
        code: str,
        whole: str,
        *,
        at: str,
        by: str,
        did: str,
        told: str,
        never: str,
        source: str,
        todo: str,
        details: Mapping[str, object],
        remade: bool,
    ):
        what = f"{whole}已于 {at[:16].replace('T', ' ')} 由 {by} {did}（{told}），没有{never}。"
        what += "缺少的结果文件或任务单已按台账补齐。" if remade else ""
        super().__init__(
            code, what, todo=todo, source=source, details={**details, "at": at, "by": by, "remade": remade}
        )
