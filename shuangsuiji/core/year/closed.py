"""Sealed draws (protocol §8): pool and result are closed to the public until the key is."""

from shuangsuiji.core.refusal import Refusal
from shuangsuiji.core.year.state import State


def is_closed(state: State) -> bool:
    """Whether what is sealed, or drawn, may not be published yet."""
    return state.sealed is not None and bool(state.sealed.key_commitment) and not state.revealed


def refuse_closed(state: State, what: str) -> None:
    """Raises Refusal where `what` would tell whom a sealed draw took."""
    if state.drawn is not None and is_closed(state):
        raise Refusal(
            "not-revealed",
            f"本方案是密封抽取，密钥还没有公开，不能{what}。",
            todo="检查做完后用 ssj seal --reveal 公开密钥，再公示。",
            source="抽取规则 §8：密钥公布以前，名册和结果不公开",
        )
