"""An invented county for the tests of the sheets: obviously invented names, everything else as in a real one."""

from dataclasses import replace

from shuangsuiji.core.year.briefing import Assignment, Briefing, ItemCard, Member, StratumLine, SubjectCard

STRATA = (
    StratumLine("GGCS", "公共场所", 325, "8%", 26, 26, ("GGCS-01", "GGCS-02")),
    StratumLine("YLWS", "医疗卫生", 268, "7%", 19, 19, ("YLWS-01",)),
    StratumLine("CRBFZ", "传染病防治", 226, "23%", 52, 52, ("CRBFZ-01", "CRBFZ-02", "CRBFZ-03")),
)

ITEMS = (
    ItemCard(
        "GGCS-01",
        "公共场所卫生管理情况",
        "《中华人民共和国传染病防治法》第五十三条；《公共场所卫生管理条例》第三条、第十条；《公共场所卫生管理条例实施细则》第三条、第二十六条",
        "设置卫生管理部门或人员情况；建立卫生管理档案情况；从业人员健康体检情况；设置禁止吸烟警语标志情况；对空气、微小气候、水质、采光、照明、噪声、顾客用品用具等进行卫生检测情况；公示卫生许可证、卫生信誉度等级和卫生检测信息情况；对顾客用品用具进行清洗、消毒、保洁情况",
        "实地核查、抽样检测",
        "室内空气质量、公共用品用具、游泳池水、沐浴用水",
        "每家至少抽检1类样品",
        "重点",
    ),
    ItemCard(
        "GGCS-02",
        "集中空调通风系统卫生",
        "《公共场所集中空调通风系统卫生管理办法》第三条",
        "建立集中空调通风系统卫生档案情况；卫生检测或评价情况；清洗消毒情况",
        "实地核查",
        "",
        "",
        "一般",
    ),
    ItemCard(
        "YLWS-01",
        "医疗机构依法执业情况",
        "《中华人民共和国基本医疗卫生与健康促进法》第九十四条；《医疗机构管理条例》第五条、第四十条；《中华人民共和国医师法》第六条",
        "医疗机构资质（《医疗机构执业许可证》、人员资格、诊疗活动、健康体检）管理情况；医疗卫生人员管理情况；药品和医疗器械、临床用血管理情况；医疗技术管理情况；医疗文书管理情况",
        "实地核查、书面检查",
        "",
        "持续巩固医疗美容行业突出问题专项治理成果",
        "重点",
    ),
    ItemCard(
        "CRBFZ-01", "预防接种管理", "《中华人民共和国疫苗管理法》第七条", "疫苗接收、储存、接种等情况", "实地核查"
    ),
    ItemCard(
        "CRBFZ-02", "传染病疫情报告", "《传染病防治法》第五十三条", "疫情报告管理制度；瞒报、缓报、谎报情况", "书面检查"
    ),
    ItemCard(
        "CRBFZ-03",
        "消毒隔离、医疗废物",
        "《医疗废物管理条例》第五条；《消毒管理办法》第三十六条",
        "消毒隔离制度落实情况；医疗废物分类收集、转运、登记、暂存处置情况；病原微生物实验室生物安全管理情况",
        "实地核查、抽样检测",
        "紫外线灯辐照强度、医务人员手、使用中消毒液",
        "二级以上医院抽检",
    ),
)

TOWNS = ("城关镇", "白鹭镇", "柳泉河镇", "槐湾岭镇")
KINDS = ("宾馆", "理发店", "美容店", "诊所", "村卫生室", "沐浴场所")


def subject(number):
    town, kind = TOWNS[number % 4], KINDS[number % 6]
    long = "（原某某商务服务有限责任公司青禾分公司）" if number % 7 == 0 else ""
    return SubjectCard(
        f"130129{number:06d}",
        f"青禾县{town}样例{kind}{number:03d}号{long}",
        kind,
        f"青禾县{town}样例路{number}号" + ("院内东侧临街门市一层至二层" if number % 5 == 0 else ""),
        town,
        f"负责人{number:03d}",
        f"联系人{number:03d}",
        f"1380000{number % 10000:04d}",
        f"青卫公证字〔2021〕第{number:04d}号" if number % 3 else "",
        "2025-06-30" if number % 3 else "",
        "ABCD"[number % 4],
        "上年度抽检不合格" if number % 9 == 0 else "",
    )


def inspector(number):
    return Member(f"13012900{number:04d}", f"监督员{number:02d}", number % 4 == 0)


def county(inspectors=16, visits=30):
    strata = [stratum.code for stratum in STRATA]
    assignments = []
    for number in range(1, visits + 1):
        mine = (strata[number % 3],) if number % 4 else tuple(sorted({strata[1], strata[2]}, key=strata.index))
        pair = (number % inspectors, (number * 2 + 1 + number // inspectors) % inspectors)
        team = tuple(
            inspector(place + 1)
            for place in sorted({*pair} if pair[0] != pair[1] else {pair[0], (pair[0] + 1) % inspectors})
        )
        card = subject(number)
        assignments.append(Assignment(card.subject, card, mine, team))
    return Briefing(
        draw="130129-2023-01",
        title="2023年青禾县卫生健康局“双随机、一公开”监督抽查工作实施方案",
        document_no="青卫法监〔2023〕3号",
        agency="青禾县卫生健康局",
        drawn_on="2023-05-09",
        period_start="2023-04-01",
        period_end="2023-11-30",
        grade="public",
        seed="4f1d3c6a" * 8,
        pool_digest="9b2e7a10" * 8,
        checkpoint="130129-2023-01 47 " + "c0ffee12" * 8,
        voided=0,
        strata=STRATA,
        items=ITEMS,
        assignments=tuple(assignments),
    )


def with_subject(briefing, **changes):
    """`briefing`, of whose first visit the subject's card is changed."""
    first, *others = briefing.assignments
    return replace(briefing, assignments=(first._replace(subject=first.subject._replace(**changes)), *others))
