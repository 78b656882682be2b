"""A Refusal: a rule, or the state of the data, forbids the act. It knows its exit code and makes its own sentence."""

from collections.abc import Sequence

from shuangsuiji.core.problem import Problem

FOUND, USAGE, RULE, DAMAGED = 1, 2, 3, 4
"""Exit codes: something was found · wrong use of the command line · refused by a rule · data damaged or locked."""


class Refusal(Exception):
    """What was refused (`what`), by which rule (`source`), and what would be allowed (`todo`).

    `code` is stable English for programs, `exit_code` one of the four above; `details` is what programs may want.
    `happened`: the act itself is on record and only its papers are not done.
    """

    def __init__(
        self,
        code: str,
        what: str,
        *,
        todo: str = "",
        source: str = "",
        exit_code: int = RULE,
        details: dict[str, object] | None = None,
        happened: bool = False,
    ):
        super().__init__(what)
        self.code, self.what, self.todo, self.source = code, what, todo, source
        self.exit_code, self.details, self.happened = exit_code, details or {}, happened


class Faulty(Refusal):
    """People's files hold Problems that stop the command; all of them are here, warnings too. `files`: which ones."""

    def __init__(self, problems: Sequence[Problem], files: str = "名册或方案"):
        super().__init__("problems", f"{files}有错误，没有写入任何内容。", exit_code=FOUND)
        self.problems = tuple(problems)
