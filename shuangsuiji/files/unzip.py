"""Zips that may come from anybody: what `zipfile` raises for a bad one, and a read that is bounded whatever it says.

- `ZipFile.read` unpacks a member whole before it cuts it to the size that the zip claims: 900 MB for a claim of 100
  bytes. Reading with a number does not.
- Office programs store or deflate. LZMA asks for as much memory as the file likes, and is refused.
"""

import lzma
import struct
import zipfile
import zlib

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
)
"""What `zipfile` raises for a container that is cut off, damaged or forged."""

USUAL = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How office programs pack."""


def read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One member, never more than it claims. Raises one of `DAMAGED`."""
    with archive.open(info) as member:
        return member.read(info.file_size + 1)
