"""`frequency` of the plan file: caps per firm and year. What they mean is in `core.plan.frequency`."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from shuangsuiji.core.plan.ratio import said
from shuangsuiji.core.plan.strict import Strict, Text, Values, listed

NON_RANDOM = ("complaint", "tip", "handed-over", "special")
"""Why a visit is made outside the random draw (S1 四)."""
MUST_WORD = "must"
LIST_FORMATS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".yaml", ".yml")
_Counts = Literal["drawn", "received", "otherwise", "complaint", "tip", "handed-over", "special"]
_Cap = Annotated[int, Field(ge=1, le=366)]


class Frequency(Strict):
    """At most `per_year` visits of a subject in one year (`by_grade`: of that credit grade): see `core.plan.frequency`.

    `counts`: what counts, ``otherwise`` = all non-random visits; `already`: files of subjects drawn elsewhere.
    `exempt`: ``must``, codes of strata, files of subjects.
    """

    per_year: _Cap = 1
    by_grade: dict[Text, _Cap] = {}
    counts: Annotated[tuple[_Counts, ...], BeforeValidator(listed)] = ("drawn", "received", "special")
    exempt: Values = ()
    already: Values = ()

    @property
    def exempt_files(self) -> tuple[str, ...]:
        """The files that `exempt` names."""
        return tuple(word for word in self.exempt if word.lower().endswith(LIST_FORMATS))


def refuse_unknown(rule: Frequency, codes: Collection[str]) -> None:
    """Raises PydanticCustomError where `exempt` holds what is neither ``must`` nor a file nor one of `codes`."""
    wrong = [word for word in rule.exempt if word not in {MUST_WORD, *codes, *rule.exempt_files}]
    if wrong:
        known = f"可以写 must（必查单位）、层代码（{'、'.join(sorted(codes))}）或名单文件（如 免限名单.xlsx）。"
        raise said("frequency_exempt", f"frequency.exempt 里的“{'、'.join(wrong)}”不认识。{known}")
