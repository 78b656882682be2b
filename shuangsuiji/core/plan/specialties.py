"""Which specialty a roster's word means: the plan's codes and names, and those that the item list knows."""

from collections.abc import Iterable

from shuangsuiji.core.plan.layers import Layer
from shuangsuiji.core.plan.model import Plan
from shuangsuiji.core.wording import near


class Specialties:
    """Words → specialty codes of the plan.

    A word is a code or a name. Known besides are the words of the item list: those without a stratum in this plan.
    """

    def __init__(self, plan: Plan, layers: Iterable[Layer], listed: Iterable[str]):
        used = {layer.specialty for layer in layers}
        self._code: dict[str, str] = {code: code for code in used}
        for rule in plan.strata:
            if rule.specialty in (None, rule.code):
                self._code[rule.name] = rule.code
        for code, names in plan.specialties.items():
            self._code.update(dict.fromkeys((code, *names), code))
        self._used = used
        self._listed = set(listed)

    def code(self, word: str) -> str | None:
        """The plan's code for `word`, None where no stratum asks for it."""
        code = self._code.get(word)
        return code if code in self._used else None

    def is_known(self, word: str) -> bool:
        """Whether `word` is a specialty at all."""
        return word in self._code or word in self._listed

    def is_slip(self, word: str) -> bool:
        """Whether an unknown `word` looks like a known one: a typing mistake rather than another trade's word."""
        return bool(near(word, [*self._code, *self._listed], cutoff=0.75))

    def advice(self, word: str) -> str:
        """What to do about an unknown `word`."""
        alike = near(word, [*self._code, *self._listed])
        hint = f"是不是“{alike[0]}”？" if alike else ""
        return f"{hint}可用的专业见方案的 strata；方案没有的，请写进方案的 specialties 或抽查事项清单。"
