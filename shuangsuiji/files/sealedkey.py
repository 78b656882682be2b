"""The key of a sealed draw: ``plans/2023/sealed.key``, 64 hex, readable by its owner only, never public.

Whoever has it can compute the draw as soon as the public numbers are out; without it nobody can.
"""

import hashlib
import re
from pathlib import Path

from shuangsuiji.core.refusal import DAMAGED, Refusal
from shuangsuiji.files.whole import write_whole

_OWNER_ONLY = 0o600
_WAY_OUT = (
    "请从备份恢复这个文件。确实找不到的：公布的结果出来以前，可凭文书作废封存（ssj seal --void），"
    "换用新的期号重新封存；结果出来以后不能再作废，请另立方案和抽取编号，公开说明密钥遗失，原封存留在台账里。"
)


def commitment_of(key: str) -> str:
    """What the sealing tells of the key: SHA-256 of its 32 bytes."""
    return hashlib.sha256(bytes.fromhex(key)).hexdigest()


def write_key(path: Path, key: str) -> None:
    """Keep `key` (64 hex)."""
    write_whole(path, f"{key}\n".encode(), mode=_OWNER_ONLY)


def read_key(path: Path, commitment: str) -> str:
    """The key that was committed to. Raises Refusal (exit 4) where it is lost, or is another one."""
    try:
        key = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise _refusal(
            "key-lost", f"密封密钥“{path}”不见了。没有它算不出种子，这次密封抽取做不了，也没人能核验。"
        ) from None
    except (OSError, UnicodeDecodeError) as failure:
        raise _refusal("key-unreadable", f"读不了密封密钥“{path}”。没有它算不出种子。") from failure
    if not re.fullmatch("[0-9a-f]{64}", key) or commitment_of(key) != commitment:
        raise _refusal(
            "key-wrong", f"“{path}”不是封存时的密钥：与公布的密钥摘要 {commitment} 不符，用它抽取任何人都核验不过。"
        )
    return key


def _refusal(code: str, what: str) -> Refusal:
    return Refusal(code, what, todo=_WAY_OUT, source="抽取规则 §8", exit_code=DAMAGED)
