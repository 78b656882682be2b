"""The tag files of a bag: manifests and ``bag-info.txt``, as text and back.

- A manifest line is ``DIGEST  PATH``; of the path ``%``, CR and LF are percent-encoded, only those (RFC 8493 §2.1.3).
- ``bag-info.txt`` holds ``Label: value`` lines; a line that begins with a blank continues the one before (§2.2.2).
"""

from collections.abc import Iterable, Mapping

ALGORITHMS = ("sha256", "sha512")
"""§2.4: both must be supported, SHA-512 should be made; the first is what ``sha256sum`` and the ledger use."""
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
VERSIONS = ("1.0", "0.97")
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_CODED = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))


def manifest(digests: Mapping[str, str]) -> bytes:
    """The manifest of one algorithm, paths in order."""
    return "".join(f"{digests[path]}  {coded(path)}\n" for path in sorted(digests)).encode()


def read_manifest(content: bytes) -> dict[str, str]:
    """Digest by path. Raises ValueError where a line is none, or a path stands twice."""
    found: dict[str, str] = {}
    for number, line in enumerate(content.decode("utf-8-sig").splitlines(), 1):
        digest, _, path = line.partition(" ")
        name = decoded(path.lstrip(" *"))
        if not digest or not name or name in found:
            raise ValueError(f"line {number}")
        found[name] = digest.lower()
    return found


def coded(path: str) -> str:
    r"""A path as manifests have it.

    >>> coded("data/95%\n.jpg"), decoded("data/95%25%0A.jpg") == "data/95%\n.jpg"
    ('data/95%25%0A.jpg', True)
    """
    for plain, code in _CODED:
        path = path.replace(plain, code)
    return path


def decoded(path: str) -> str:
    """The path that a manifest's line means."""
    for plain, code in reversed(_CODED):
        path = path.replace(code, plain).replace(code.lower(), plain)
    return path


def info(entries: Iterable[tuple[str, str]]) -> bytes:
    """``bag-info.txt``; line breaks in a value become blanks, a blank value is left out."""
    lines = [f"{label}: {' '.join(value.split())}\n" for label, value in entries if value.strip()]
    return "".join(lines).encode()


def read_info(content: bytes) -> dict[str, str]:
    """Value by label; of a repeated label the last."""
    found: dict[str, str] = {}
    label = ""
    for line in content.decode("utf-8-sig").splitlines():
        if line[:1] in {" ", "\t"} and label:
            found[label] += f" {line.strip()}"
        elif ":" in line:
            label, _, value = line.partition(":")
            found[label] = value.strip()
    return found
