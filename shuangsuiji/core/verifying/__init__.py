"""Verification (核对): a dossier's bytes in, a Verdict out. No file, no clock, no exception for any bytes."""

from shuangsuiji.core.verifying.alone import is_public
from shuangsuiji.core.verifying.checkpoints import FORM, tidy
from shuangsuiji.core.verifying.verdict import CHECKS, LEDGER, Check, Fault, Line, Remark, Verdict, shown
from shuangsuiji.core.verifying.verifying import verify

__all__ = [
    "CHECKS",
    "FORM",
    "LEDGER",
    "Check",
    "Fault",
    "Line",
    "Remark",
    "Verdict",
    "is_public",
    "shown",
    "tidy",
    "verify",
]
