"""What a sealing says of itself, on papers and screens alike."""

from shuangsuiji.core.draw.chance import PROTOCOL
from shuangsuiji.core.year.events import Sealed

CHANGES = {
    "added": "新增",
    "removed": "减少",
    "reclassified": "调整抽查层",
    "renamed": "改名",
    "renumbered": "改编号",
}
"""What changed against the last sealed pool, in words."""


def qr_text(sealed: Sealed) -> str:
    """What its QR code says, in ASCII, so that any telephone reads it: draw, pool digest, and what is announced.

    ``ssj1|sealed|T-2026|DIGEST|ssq:2026099|dlt:26098|2026-08-30``.
    """
    parts = [PROTOCOL, "sealed", sealed.draw, sealed.pool_digest, *sealed.announced]
    if sealed.known_on is not None:
        parts.append(sealed.known_on.isoformat())
    if sealed.key_commitment:
        parts.append(f"sha256(key):{sealed.key_commitment}")
    return "|".join(parts)
