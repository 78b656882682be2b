"""Time stamps (RFC 3161): the request for one, and whether one that came back holds. Needs no network.

A stamp attests that a digest existed at a time, signed by an authority. Here the digest is the pool's (that of
``SHA256SUMS``) or a checkpoint's (that of a ledger line), so ``openssl ts -verify -digest …`` checks it as well.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from shuangsuiji.core.refusal import DAMAGED, USAGE, Refusal

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

_SHA256 = "2.16.840.1.101.3.4.2.1"
_BEFORE, _AFTER = bytes.fromhex("3039020101 3031 300d06096086480165030402010500 0420"), bytes.fromhex("0101ff")
"""TimeStampReq in DER, around the 32 bytes: version 1, SHA-256; and: send the certificate along."""


class Stamp(NamedTuple):
    """What a stamp says: `digest` (64 hex) existed at `time` (ISO, UTC). `certificate`: SHA-256 of the trusted root."""

    digest: str
    time: str
    authority: str
    certificate: str


def request(digest: str) -> bytes:
    """The request (.tsq) for a stamp: what ``openssl ts -query -digest … -sha256 -cert -no_nonce`` writes."""
    return _BEFORE + bytes.fromhex(digest) + _AFTER


def read_stamp(content: bytes, roots: bytes) -> Stamp:
    """What the response (.tsr) `content` attests. `roots`: the authority's certificates (PEM or DER), its root first.

    Raises Refusal where it is none, was not granted, or its signature does not hold; or where the library is missing.
    """
    try:
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response  # noqa: PLC0415
    except ImportError as missing:
        what = "核对时间戳要用 rfc3161-client，这台电脑没有装。"
        todo = "请装上再登记：pip install 'shuangsuiji[timestamps]'。"
        raise Refusal("no-library", what, todo=todo, exit_code=USAGE) from missing
    try:
        response = decode_timestamp_response(content)
        info = response.tst_info
        imprint = info.message_imprint
        found = [_certificate(der) for der in sorted(response.signed_data.certificates)]
    except ValueError as broken:
        raise _refused("不是时间戳文件（.tsr），或机构没有同意") from broken
    if imprint.hash_algorithm.dotted_string != _SHA256:
        raise _refused("不是用 SHA-256 做的")
    trusted = _certificates(roots)
    tops = [one for one in trusted if one.issuer == one.subject]
    if not tops:
        what = "证书文件里没有根证书（自己签发自己的那一张）。"
        raise Refusal("bad-certificate", what, todo="请向时间戳机构索取根证书。", exit_code=USAGE)
    between = [one for one in trusted if one not in tops]
    try:
        VerifierBuilder(roots=tops, intermediates=between).build().verify(response, imprint.message)
    except (VerificationError, ValueError) as broken:
        raise _refused("签名与所给的根证书核对不上", {"said": str(broken)}) from broken
    return Stamp(
        digest=imprint.message.hex(),
        time=info.gen_time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds"),
        authority=_authority(response, [*found, *trusted]),
        certificate=hashlib.sha256(_der(tops[0])).hexdigest(),
    )


def _authority(response: "TimeStampResponse", known: Sequence["Certificate"]) -> str:
    """Whose signature it is: the subject of the signer's certificate."""
    signers = list(response.signed_data.signer_infos)
    names = [
        one.subject.rfc4514_string()
        for one in known
        for signer in signers
        if (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number)
    ]
    return names[0] if names else signers[0].issuer.rfc4514_string()


def _certificates(content: bytes) -> list["Certificate"]:
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415 - comes with the library

    try:
        return load_pem_x509_certificates(content) if b"-----BEGIN" in content else [_certificate(content)]
    except ValueError as broken:
        what = "证书文件读不懂，要 PEM 或 DER 格式的 X.509 证书。"
        raise Refusal("bad-certificate", what, exit_code=USAGE) from broken


def _certificate(der: bytes) -> "Certificate":
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415 - comes with the library

    return load_der_x509_certificate(der)


def _der(certificate: "Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - comes with the library

    return certificate.public_bytes(Encoding.DER)


def _refused(why: str, details: dict[str, object] | None = None) -> Refusal:
    what, todo = f"时间戳不对：{why}。", "请核对文件，或向时间戳机构重新索取。"
    return Refusal("bad-timestamp", what, todo=todo, exit_code=DAMAGED, details=details)
