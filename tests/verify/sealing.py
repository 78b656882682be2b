"""What the tests of sealing share: a small county whose plan announces its seed, and the days of its ceremony."""

from tests.conftest import PLAN, County

SEALED_ON, EVE, KNOWN_ON = "2026-08-20T10:00", "2026-08-29T23:59", "2026-08-30T09:00"
ANNOUNCED = ("ssq:2026099", "dlt:26098")
NUMBERS = ("ssq:2026099:010512182633+09", "dlt:26098:0311192735+0208")
SOURCES = tuple(word for source in NUMBERS for word in ("--source", source))
PUBLIC = "seed: {mode: public, sources: [ssq:2026099, dlt:26098], known_on: 2026-08-30}\n"
SECRET = PUBLIC.replace("}", ", sealed: true}")
THIS_YEAR = (("year: 2023", "year: 2026"), ("2023-04-01, end: 2023-11-30", "2026-04-01, end: 2026-11-30"))
PAPER = ("--reason", "名册漏了一家", "--document", "测卫〔2026〕9号")


def announce(county: County, seed: str = PUBLIC, *, plan: str = "2023") -> None:
    """The small county's plan of 2026, with `seed`."""
    text = PLAN
    for old, new in THIS_YEAR:
        assert old in text
        text = text.replace(old, new)
    county.write(f"plans/{plan}.yaml", text + seed)
