"""The list of items (随机抽查事项清单, 一单): every column that S1 三 asks for."""

from collections import Counter

from shuangsuiji.core.year.disclosure.composing import Field, Listing, compose
from shuangsuiji.core.year.disclosure.notice import Matter, Notice

_FIELDS = (
    Field("code", "事项编码", 14),
    Field("name", "抽查事项", 24),
    Field("category", "事项类别", 9),
    Field("specialty", "专业", 11),
    Field("objects", "检查对象", 20),
    Field("body", "抽查主体", 14),
    Field("basis", "抽查依据", 34),
    Field("content", "抽查内容", 40),
    Field("method", "抽查方式", 14),
    Field("ratio", "抽查比例", 9),
    Field("frequency", "抽查频次", 10),
    Field("tests", "检测项目", 20),
    Field("demand", "抽查要求", 20),
)


def notice(matter: Matter) -> Notice:
    """The notice of the whole list."""
    items = matter.rosters.items
    by_specialty = Counter(item.specialty for item in items)
    by_category = Counter(item.category for item in items)
    own = {
        "items_total": len(items),
        "general_total": by_category["一般"],
        "key_total": by_category["重点"],
        "specialties": [{"name": name, "items": number} for name, number in by_specialty.items()],
    }
    rows = [[getattr(item, field.key) for field in _FIELDS] for item in items]
    return compose(matter, "items", "随机抽查事项清单的公示", own, [Listing("rows", "随机抽查事项清单", _FIELDS, rows)])
