"""QR codes, for papers and screens: what a telephone reads is the text itself, no address of anybody's."""

from io import BytesIO, StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode

_QUIET = 2
"""Blank modules around it; four is the standard, and our page is white anyway."""


def qr_svg(text: str, title: str = "") -> str:
    """An inline ``<svg>`` that scales; `title` for those who do not see it."""
    out = BytesIO()
    _code(text).save(
        out,
        kind="svg",
        border=_QUIET,
        xmldecl=False,
        svgns=True,
        omitsize=True,
        title=title or None,
        nl=False,
        svgclass="qr",
    )
    return out.getvalue().decode()


def qr_png(text: str, scale: int = 8) -> bytes:
    """A PNG, `scale` pixels a module. The same text gives the same bytes."""
    out = BytesIO()
    _code(text).save(out, kind="png", border=4, scale=scale)
    return out.getvalue()


def qr_lines(text: str) -> list[str]:
    """Lines of half blocks for a terminal with dark letters on light, or light on dark: both can be scanned."""
    out = StringIO()
    _code(text).terminal(out, border=_QUIET, compact=True)
    return out.getvalue().splitlines()


def _code(text: str) -> "QRCode":
    import segno  # noqa: PLC0415 - only who seals or publishes

    return segno.make(text, error="m", micro=False, boost_error=False)
