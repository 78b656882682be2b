"""How many of a stratum are drawn (protocol §4).

- Ratios are exact fractions; rounding is integer arithmetic.
- ``ceil`` is the default: it never falls below an announced ratio.
- ``all_below`` and ``minimum`` raise the number; the population caps it.
"""

from fractions import Fraction


def rounded(population: int, ratio: Fraction, rounding: str) -> int:
    """`population` × `ratio` under ``ceil``, ``half-up`` or ``floor``.

    >>> [rounded(325, Fraction(8, 100), how) for how in ("ceil", "half-up", "floor")]
    [26, 26, 26]
    >>> [rounded(313, Fraction(8, 100), how) for how in ("ceil", "half-up", "floor")]
    [26, 25, 25]
    """
    p, q = ratio.numerator, ratio.denominator
    match rounding:
        case "ceil":
            return (population * p + q - 1) // q
        case "half-up":
            return (2 * population * p + q) // (2 * q)
        case "floor":
            return population * p // q
        case _:
            raise ValueError(rounding)


def quota(
    population: int,
    *,
    ratio: Fraction | None,
    rounding: str = "ceil",
    count: int | None = None,
    all_below: int | None = None,
    minimum: int | None = None,
) -> int:
    """The number that a rule asks for out of `population`; either `count` or `ratio` is given.

    >>> quota(4, ratio=Fraction(5, 100), all_below=5), quota(2, ratio=None, count=3)
    (4, 2)
    """
    if count is not None:
        number = count
    else:
        assert ratio is not None, "a stratum has a ratio or a count"  # noqa: S101 - the plan's model forbids it
        number = rounded(population, ratio, rounding)
    if all_below is not None and population < all_below:
        number = population
    if minimum is not None:
        number = max(number, minimum)
    return min(number, population)


def number_to_draw(population: int, must: int, quota: int, must_include: str) -> int:
    """The number n of protocol §5, before coverage: `must` counts ``within`` the quota, or comes ``on-top`` of it.

    >>> number_to_draw(100, 3, 8, "within"), number_to_draw(100, 3, 8, "on-top")
    (8, 11)
    """
    return min(population, max(must, quota) if must_include == "within" else must + quota)
