"""The seeds of a simulation: derived from a word, the same for ever, and none that a real draw can have.

A real seed is the SHA-256 of a line that begins with ``ssj1|seed|`` (protocol §2). The line here begins with
``ssj1|simulate|``: one SHA-256 for both would be a collision of SHA-256.
"""

import hashlib

from shuangsuiji.core.draw.chance import PROTOCOL

WORD = "simulate"
"""Where ``--from`` says nothing."""


def simulated_line(text: str, number: int, year: int = 1) -> str:
    """What a simulated seed is made from; `number` counts draws, `year` those that follow one another.

    >>> simulated_line("simulate", 7)
    'ssj1|simulate|7|1|simulate'
    """
    return f"{PROTOCOL}|simulate|{number}|{year}|{text}"


def simulated(text: str, number: int, year: int = 1) -> str:
    """The simulated seed, 64 hex digits as a real one has."""
    return hashlib.sha256(simulated_line(text, number, year).encode()).hexdigest()
