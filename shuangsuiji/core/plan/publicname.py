"""What the pool calls a subject: its name as the public may read it, for the pool is published as it was sealed.

A unit that bears a person's name is masked (张某), private numbers are hidden: see `core.privacy`. Nearly all names are
plainly those of organisations; what is known so at a glance spares the draw from looking closer.
"""

from shuangsuiji.core.roster.subject import Subject

_LONGEST_PERSON = 4
_ENDS = (
    *"店馆院所厂社场校站室厅吧铺屋部局坊浴队",
    *("客栈", "发艺", "浴池", "美发", "理发", "美容", "超市", "酒家", "歌城", "影城"),
)
"""As a person's name never ends."""
_WORDS = ("微信", "身份证", "护照", "通行证", "个体", "经营", "业主", "Q", "q", "Ｑ", "ｑ")
_SIGNS = frozenset("微身护通个经业QqＱｑ")
"""What `core.privacy` looks for in letters, and the signs of which one is in each."""
_NUMERALS = frozenset("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖")
_TELEPHONE = 11


def public_name(subject: Subject) -> str:
    """The name of `subject` as anybody may read it."""
    name = subject.name
    if _is_plain(name) and (len(name) > _LONGEST_PERSON or name.endswith(_ENDS)):
        return name
    from shuangsuiji.core.privacy.masking import masked  # noqa: PLC0415 - 20 ms that most rosters need not pay

    # Whatever the code says of the owner: a name that is the legal representative's is a person's.
    return masked(name, "" if name == subject.legal_representative else subject.code)


def public_reason(text: str) -> str:
    """Why a subject was left out, without private numbers."""
    if _is_plain(text.replace("：", "")):
        return text
    from shuangsuiji.core.privacy.masking import scrubbed  # noqa: PLC0415 - see above

    return scrubbed(text)


def _is_plain(text: str) -> bool:
    """Whether there are letters only, and none of a number, a bracket or a word beside a person's name."""
    if not text.isalpha() or (not _SIGNS.isdisjoint(text) and any(word in text for word in _WORDS)):
        return False
    return len(text) < _TELEPHONE or sum(sign in _NUMERALS for sign in text) < _TELEPHONE
