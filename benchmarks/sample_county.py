"""Writes rosters/subjects.xlsx: the subjects of 青禾县, an invented county, as a bureau would keep them.

Run as ``python benchmarks/sample_county.py``. The same bytes come out every time: whatever looks random is a hash of
words, and the file carries a fixed date. Nine strata, modelled on the plan of a real county (plans/2023.yaml); every
name, code, number and date is invented: no region has the digits 990129, no telephone the area code 0000.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

ROSTER = Path(__file__).resolve().parent.parent / "rosters" / "subjects.xlsx"
COUNTY = "青禾县"
KEPT_UNTIL = datetime(2023, 3, 20, 9, tzinfo=UTC)

TOWNS = ("城关镇", "云岭镇", "柳泉镇", "石桥镇", "白鹭镇", "清溪镇", "槐湾乡", "南屏乡")
STREETS = ("人民路", "青禾大街", "建设街", "文化路", "振兴街", "东风路")
VILLAGES = [
    first + last
    for first in "柳槐桃杏枣榆松梨桑竹兰荷菊云月星霞溪潭岩峰鹤雁鹿"
    for last in ("家庄", "各营", "湾", "沟", "峪", "坪", "坡", "屯", "寨")
]

MUST = {
    "碧波游泳馆": ("2022年池水抽检不合格", date(2022, 7, 20)),
    "丽人美容院": ("2022年被投诉举报3次", date(2022, 9, 6)),
    "城关镇桃湾村卫生室": ("2022年因医疗废物管理受行政处罚", date(2022, 6, 14)),
    "柳泉镇松湾小学": ("2022年教室照明检测不合格", date(2022, 10, 18)),
}
GONE = {
    "春燕造型室": ("停业", "2023年2月核实，已停业"),
    "秀英造型室": ("注销", "2022年12月营业执照注销"),
    "安康内科诊所": ("注销", "2022年9月《医疗机构执业许可证》注销"),
    "槐湾乡峰沟教学点": ("停业", "2022年秋季并入槐湾乡中心小学"),
}
LAPSED = {"小芳理发店": date(2022, 11, 15), "望月客栈": date(2023, 3, 10)}
REMARKS = {
    "碧波游泳馆": "季节性经营（5月至10月）",
    "青禾县中医医院": "2022年门诊楼改造",
    "如归宾馆": "2022年更换经营者",
    "石桥镇中心幼儿园": "2021年迁至现址",
}


class Kind(NamedTuple):
    """What the subjects of one kind share; `registry` begins their 统一社会信用代码, `licence` their 许可证号."""

    category: str
    specialties: str
    registry: str | None = None
    licence: str | None = None


class Subject(NamedTuple):
    """One subject before it has its numbers."""

    name: str
    kind: Kind
    town: str
    address: str


def lot(*words: object, sides: int) -> int:
    """A number below `sides` that hangs on `words` alone."""
    text = "|".join(map(str, (COUNTY, *words)))
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big") % sides


def day(*words: object, first: date, last: date) -> date:
    """A weekday between `first` and `last`."""
    chosen = first + timedelta(lot(*words, sides=(last - first).days + 1))
    return max(first, chosen - timedelta(max(0, chosen.weekday() - 4)))


def credit_code(registry: str, number: int) -> str:
    """An 18-character code whose two check characters are right (GB 11714, GB 32100) and whose region does not exist.

    >>> credit_code("12", 1)
    '12990129QH000001XY'
    """
    body = f"QH{number:06d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(sign, 36) * weight for sign, weight in zip(body, weights, strict=True)) % 11
    code = f"{registry}990129{body}{'0X987654321'[rest]}"
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(code))
    return code + signs[-total % 31]


def placed(name: str, kind: Kind) -> Subject:
    """A subject in a street: in the town that its name says, else four in ten in the county town."""
    says = TOWNS[0] if name.startswith((COUNTY, "城")) else name
    named = next((town for town in TOWNS if says.startswith(town)), None)
    town = named or TOWNS[max(0, lot("town", name, sides=12) - 4)]
    street = STREETS[lot("street", name, sides=len(STREETS))] if town == TOWNS[0] else "商贸街"
    return Subject(name, kind, town, f"{COUNTY}{town}{street}{lot('house', name, sides=180) + 1}号")


def several(words: str, ends: str, kind: Kind) -> Iterator[Subject]:
    """Each of `words` with the first of `ends`, then each with the second, and so on."""
    return (placed(word + end, kind) for end in ends.split() for word in words.split())


def in_villages(villages: list[str], end: str, kind: Kind) -> Iterator[Subject]:
    """One subject in each of `villages`, which lie in the towns in order."""
    for village in villages:
        town = TOWNS[VILLAGES.index(village) * len(TOWNS) // len(VILLAGES)]
        yield Subject(f"{town}{village}{end}", kind, town, f"{COUNTY}{town}{village}村")


def medical() -> Iterator[Subject]:
    both = "医疗卫生；传染病防治"
    public = Kind("综合医院", f"{both}；放射卫生；妇幼健康", "12", "医证")
    yield placed("青禾县人民医院", public)
    yield placed("青禾县中医医院", public._replace(category="中医医院"))
    yield placed("青禾县妇幼保健院", public._replace(category="妇幼保健院"))
    yield placed("青禾康宁医院", Kind("综合医院", f"{both}；放射卫生", "52", "医证"))
    yield placed("青禾仁和骨科医院", Kind("专科医院", f"{both}；放射卫生", "52", "医证"))
    yield placed("青禾安禾妇产医院", Kind("专科医院", f"{both}；妇幼健康", "52", "医证"))
    yield placed("青禾松龄护理院", Kind("护理院", both, "52", "医证"))
    yield placed("青禾县疾病预防控制中心", Kind("疾病预防控制中心", "传染病防治", "12"))
    for town in TOWNS:
        scope = f"{both}；放射卫生" if town == "云岭镇" else both
        yield placed(f"{town}卫生院", Kind("乡镇卫生院", scope, "12", "医证"))
    yield from several("城东 城西 城南 城北", "社区卫生服务站", Kind("社区卫生服务站", both, "12", "医证"))
    yield placed("洁雅口腔门诊部", Kind("门诊部", f"{both}；放射卫生", "91", "医证"))
    yield placed("康民综合门诊部", Kind("门诊部", both, "91", "医证"))
    yield placed("丽颜医疗美容诊所", Kind("诊所", f"公共场所；{both}", "91", "医证"))
    words = "康民 济世 仁心 杏林 百草 惠安 同德 和顺 安康 慈安"
    yield from islice(several(words, "诊所 中医诊所 口腔诊所 内科诊所", Kind("诊所", both, "92", "医证")), 39)
    for place, village in enumerate(VILLAGES[:204], start=1):
        scope = both if place % 5 == 1 and place > 1 else "医疗卫生"
        yield from in_villages([village], "村卫生室", Kind("村卫生室", scope))


def schools() -> Iterator[Subject]:
    own_water = {"南屏乡初级中学", "槐湾乡初级中学", "清溪镇初级中学"}
    both = "学校卫生；传染病防治"
    public = Kind("高中", both, "12")
    yield placed("青禾县第一中学", public._replace(specialties=f"{both}；公共场所"))
    yield from several("青禾县", "第二中学 实验中学", public)
    yield placed("青禾县职业技术教育中心", public._replace(category="中等职业学校"))
    for name in (*(f"城关镇第{number}初级中学" for number in "一二三四"), *(f"{town}初级中学" for town in TOWNS[1:])):
        scope = f"{both}；饮水卫生" if name in own_water else both
        yield placed(name, Kind("初中", scope, "12"))
    primary = public._replace(category="小学")
    yield from several("城关镇", "第一小学 第二小学 第三小学 第四小学 第五小学 第六小学", primary)
    yield from several(" ".join(TOWNS), "中心小学", primary)
    yield from in_villages([*VILLAGES[2::9], *VILLAGES[5::9], *VILLAGES[8::108]], "小学", primary)
    yield from in_villages(VILLAGES[3::20], "教学点", public._replace(category="教学点"))
    nursery = public._replace(category="幼儿园")
    yield from several(" ".join(TOWNS), "中心幼儿园", nursery)
    words = "小太阳 金摇篮 童乐 蓝天 七彩 小天使 启明 春苗 向日葵 小星星 育才 新芽 彩虹"
    yield from several(words, "幼儿园 双语幼儿园", nursery._replace(registry="52"))


def public_places() -> Iterator[Subject]:
    shop = Kind("理发店", "公共场所", "92", "公证")
    firm = shop._replace(registry="91")
    hall = Kind("文化场所", "公共场所", "12")
    grand = Kind("宾馆", "公共场所；饮水卫生", "91", "公证")
    yield from several("青禾温泉 云岭镇观云", "大酒店", grand)
    words = "悦来 如归 云岭 禾香 福临 鸿运 晨光 清溪 平安 金穗 翠湖 望月 好客 锦程 四季 春晓 远方"
    yield from islice(several(words, "宾馆 旅馆 客栈", shop._replace(category="宾馆")), 50)
    words = "小芳 阿珍 丽丽 阿强 小敏 红梅 春燕 阿军 志强 晓峰 玉兰 秀英 小龙 阿霞 国庆 文静 小波 美玲 阿辉"
    ends = "理发店 美发店 发艺 发屋 理容店 造型室 形象店 美发工作室"
    yield from islice(several(words, ends, shop._replace(registry=None)), 134)
    words = "丽人 伊人 雅韵 美颜 芳华 水漾 花语 静雅 紫薇 佳人 素颜 如意"
    beauty = Kind("美容店", "公共场所", None, "公证")
    yield from several(words, "美容院 美甲店 护肤馆 养生馆", beauty)
    words = "清泉 碧水 春风 暖阳 玉泉 舒心 沁园"
    yield from several(words, "浴池 洗浴中心 足浴店 汗蒸馆", shop._replace(category="沐浴场所"))
    words = "惠民 禾丰 百顺 利民 鑫鑫 顺达 佳惠 四方 同乐 金禾"
    yield from several(words, "超市 购物广场 商场", firm._replace(category="商场超市"))
    yield from several("星光 夜莺 欢唱 音悦 麦田 银河", "歌厅 歌城", shop._replace(category="歌舞厅"))
    yield from several("青禾 云岭", "影城", firm._replace(category="影剧院"))
    yield placed("碧波游泳馆", firm._replace(category="游泳场所"))
    yield from several("动力 飞扬 禾力 晨练 健友", "健身房", shop._replace(category="体育场所"))
    yield placed("青禾书店", firm._replace(category="书店"))
    yield placed("青禾汽车站候车室", firm._replace(category="候车室"))
    yield from several("青禾县", "图书馆 文化馆 博物馆", hall)
    yield placed("青禾县体育馆", hall._replace(category="体育场所"))


def others() -> Iterator[Subject]:
    water = Kind("集中式供水", "饮水卫生", "12", "水证")
    yield placed("青禾县自来水有限公司", water._replace(specialties="饮水卫生；职业卫生", registry="91"))
    yield from several("云岭镇 柳泉镇 石桥镇", "集中供水站", water)
    maker = Kind("消毒产品生产企业", "消毒产品", "91", "消证")
    yield placed("青禾县净洁卫生用品厂", maker._replace(specialties="消毒产品；职业卫生"))
    yield placed("青禾县清源消毒剂有限公司", maker)
    words = (
        "青禾宏达 青禾鑫源 青禾永固 青禾华昌 青禾金禾 青禾恒泰 青禾瑞丰 青禾兴业 青禾广源 青禾立信 青禾同创 青禾泰安"
    )
    ends = "石材有限公司 建材有限公司 家具厂 铸造厂 水泥制品厂 饲料有限公司 印刷厂 农机修造厂"
    yield from islice(several(words, ends, Kind("用人单位", "职业卫生", "91")), 85)


HEADINGS = {
    "序号": 6, "对象编号": 11, "单位名称": 27, "统一社会信用代码": 22, "类别": 16, "专业": 40, "区域": 9, "地址": 32,
    "法定代表人": 12, "联系人": 11, "联系电话": 14, "许可证号": 27, "许可证有效期": 13, "信用风险等级": 13,
    "必查原因": 31, "上次检查日期": 13, "登记日期": 12, "状态": 7, "备注": 37,
}  # fmt: skip
CENTRED = {"序号", "区域", "信用风险等级", "状态", "许可证有效期", "上次检查日期", "登记日期"}
"""The columns with their widths, and which of them stand in the middle."""


def row(number: int, subject: Subject) -> dict[str, str | int | date | None]:
    """The cells of one subject by heading."""
    name, kind = subject.name, subject.kind
    registered = day("registered", name, first=date(2004, 1, 1), last=date(2022, 10, 31))
    licence = ends = None
    if kind.licence:
        years = 5 if kind.licence == "医证" else 4
        issued = max(registered, day("issued", name, first=date(2020, 2, 1), last=date(2022, 12, 31)))
        ends = LAPSED.get(name, issued.replace(year=issued.year + years, day=min(issued.day, 28)))
        licence = f"青禾卫{kind.licence}字〔{ends.year - years}〕第{number:04d}号"
    visited: date | None = day("visited", name, first=date(2018, 3, 1), last=date(2022, 11, 30))
    if (visited and visited <= registered) or lot("unknown", name, sides=10) < 2:
        visited = None
    reason, visited = MUST.get(name, (None, visited))
    status, remark = GONE.get(name, ("正常", REMARKS.get(name)))
    return {
        "序号": number,
        "对象编号": f"QH{number:05d}",
        "单位名称": name,
        "统一社会信用代码": credit_code(kind.registry, number) if kind.registry else None,
        "类别": kind.category,
        "专业": kind.specialties,
        "区域": subject.town,
        "地址": subject.address,
        "法定代表人": f"代表人{number:03d}",
        "联系人": f"联系人{number:03d}",
        "联系电话": f"0000-{number:07d}",
        "许可证号": licence,
        "许可证有效期": ends,
        "信用风险等级": "C" if reason else "AAAAAAAAAAABBBBBBBCD"[lot("grade", name, sides=20)],
        "必查原因": reason,
        "上次检查日期": visited,
        "登记日期": registered if lot("dated", name, sides=12) else None,
        "状态": status,
        "备注": remark,
    }


def write(rows: list[dict[str, str | int | date | None]], path: Path) -> None:
    """Lay the roster out as a bureau prints it: title, headings, rows, 合计."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties(
        {"title": f"{COUNTY}卫生监督检查对象名录库", "author": f"{COUNTY}卫生健康局", "created": KEPT_UNTIL}
    )
    sheet = book.add_worksheet("检查对象名录库")
    plain = {"font_name": "宋体", "font_size": 10, "border": 1, "border_color": "#A6A6A6", "valign": "vcenter"}
    title = book.add_format({"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"})
    under = book.add_format({"font_name": "宋体", "font_size": 10, "align": "right", "valign": "vcenter"})
    heads = {**plain, "font_name": "黑体", "bold": True, "bg_color": "#D9E2F3", "align": "center", "text_wrap": True}
    heading, total = book.add_format(heads), book.add_format({**plain, "bold": True})
    cells = {False: {**plain, "num_format": "@"}, True: {**plain, "num_format": "@", "align": "center"}}
    text = {centred: book.add_format(cell) for centred, cell in cells.items()}
    number = book.add_format({**cells[True], "num_format": "0"})
    dated = book.add_format({**cells[True], "num_format": "yyyy-mm-dd"})

    right = len(HEADINGS) - 1
    sheet.merge_range(0, 0, 0, right, f"{COUNTY}卫生监督检查对象名录库（2023年3月）", title)
    kept = f"填报单位：{COUNTY}卫生计生综合监督执法所    更新日期：{KEPT_UNTIL:%Y-%m-%d}"
    sheet.merge_range(1, 0, 1, right, kept, under)
    sheet.set_row(0, 34)
    sheet.set_row(1, 18)
    sheet.set_row(2, 24)
    for column, (head, width) in enumerate(HEADINGS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, head, heading)
    for line, values in enumerate(rows, start=3):
        for column, head in enumerate(HEADINGS):
            match values[head]:
                case None:
                    sheet.write_blank(line, column, None, text[head in CENTRED])
                case int() as value:
                    sheet.write_number(line, column, value, number)
                case date() as value:
                    sheet.write_datetime(line, column, value, dated)
                case str() as value:
                    sheet.write_string(line, column, value, text[head in CENTRED])
    last = len(rows) + 3
    for column in range(len(HEADINGS)):
        sheet.write_blank(last, column, None, total)
    sheet.write_string(last, 0, "合计", total)
    sheet.write_string(last, 2, f"共{len(rows)}家，其中注销、停业{len(GONE)}家", total)

    sheet.freeze_panes(3, 3)
    sheet.autofilter(2, 0, last - 1, right)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    book.close()


def main() -> None:
    subjects = chain(medical(), schools(), public_places(), others())
    write([row(number, subject) for number, subject in enumerate(subjects, start=1)], ROSTER)


if __name__ == "__main__":
    main()
