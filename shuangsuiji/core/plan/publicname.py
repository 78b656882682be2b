"""What the pool calls a subject: its name as the public may read it, for the pool is published as it was sealed.

A unit that bears a person's name is masked (张某), private numbers are hidden: see `core.privacy`. Nearly all names are
plainly those of organisations: patterns that know so spare the draw from looking closer.
"""

import re

from shuangsuiji.core.roster.subject import Subject

_PLAIN = re.compile("[^一幺壹个业主体信护照营经行证身通微\\x00-\u4dff\u9fff-\U0010ffff]{5,}")
"""Five Chinese characters or more, none of them of a word that `masking` looks for."""
_LONG = re.compile("[一-鿾]{5,}")
_LOOKED_FOR = re.compile("微信|身份证|护照|通行证|个体|经营|业主|[一幺壹][三四五六七八九叁肆伍陆柒捌玖]")
_SHORT = re.compile(
    "[\u4e00-\u9ffe]{1,3}(?:[店馆院所厂社场校站室厅吧铺屋部局坊浴队]|客栈|发艺|浴池|美发|理发|美容|超市|酒家|歌城|影城)"
)
"""Up to five, that end as a person's name never does."""


def public_name(subject: Subject) -> str:
    """The name of `subject` as anybody may read it."""
    name = subject.name
    if _is_plain(name) or _SHORT.fullmatch(name):
        return name
    from shuangsuiji.core.privacy.masking import masked  # noqa: PLC0415 - 20 ms that most rosters need not pay

    # Whatever the code says of the owner: a name that is the legal representative's is a person's.
    return masked(name, "" if name == subject.legal_representative else subject.code)


def _is_plain(text: str) -> bool:
    if _PLAIN.fullmatch(text):
        return True
    return _LONG.fullmatch(text) is not None and not _LOOKED_FOR.search(text)


def public_reason(text: str) -> str:
    """Why a subject was left out, without private numbers."""
    if _is_plain(text):
        return text
    from shuangsuiji.core.privacy.masking import scrubbed  # noqa: PLC0415 - see above

    return scrubbed(text)
