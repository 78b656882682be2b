"""Money as platforms want it: 万元, to the fen, without a float anywhere."""

from decimal import Decimal


def in_wan(yuan: str) -> str:
    """Yuan as recorded (``2000``, ``2000.50``), in 万元 and exact; blank stays blank.

    >>> in_wan("2000"), in_wan("2000.50"), in_wan("0.01"), in_wan("0"), in_wan("1000000"), in_wan("")
    ('0.2', '0.20005', '0.000001', '0', '100', '')
    """
    if not yuan:
        return ""
    text = f"{Decimal(yuan).scaleb(-4):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
