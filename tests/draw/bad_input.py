"""Bad input by name: what a user did, and the exact sentence that `ssj` answers with."""

import io
from typing import NamedTuple

from tests.conftest import INSPECTORS, ITEMS, PLAN, SUBJECTS


class Bad(NamedTuple):
    """`files` replace those of the small county (None: removed); `says` stands, to the letter, in the answer."""

    name: str
    files: dict[str, str | bytes | None]
    says: str


def plan(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in PLAN, old
    return {"plans/2023.yaml": PLAN.replace(old, new)}


def more(text: str) -> dict[str, str | bytes | None]:
    return {"plans/2023.yaml": PLAN + text}


def subjects(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in SUBJECTS, old
    return {"rosters/subjects.csv": SUBJECTS.replace(old, new)}


def inspectors(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in INSPECTORS, old
    return {"rosters/inspectors.csv": INSPECTORS.replace(old, new)}


def items(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in ITEMS, old
    return {"rosters/items.csv": ITEMS.replace(old, new)}


def workbook(rows: list[list[object]], *, merged: bool = False) -> dict[str, str | bytes | None]:
    import xlsxwriter  # noqa: PLC0415 - only here

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("名录库")
    if merged:
        sheet.merge_range(0, 0, 0, 3, "单位名称、专业、对象编号、区域")
    for number, row in enumerate(rows):
        sheet.write_row(number + merged, 0, row)
    book.close()
    return {"rosters/subjects.csv": None, "rosters/subjects.xlsx": buffer.getvalue()}


GOOD_ROWS: list[list[object]] = [line.split(",") for line in SUBJECTS.splitlines()]

BAD = [
    Bad(
        "a required column is missing",
        subjects("单位名称", "甲乙丙"),
        "rosters/subjects.csv，第1行，“单位名称”列：缺少“单位名称”列。标题可以写作：单位名称、被监督单位、被监督单位名称、检查对象名称、检查对象、对象名称、企业名称、单位、名称。",
    ),
    Bad(
        "a heading is nearly right",
        subjects("单位名称", "单位名字"),
        "rosters/subjects.csv，第1行，“单位名称”列：缺少“单位名称”列。最相近的标题是“单位名字”。标题可以写作：单位名称、被监督单位、被监督单位名称、检查对象名称、检查对象、对象名称、企业名称、单位、名称。",
    ),
    Bad(
        "two columns have the same heading",
        subjects("区域\n", "单位名称\n"),
        "rosters/subjects.csv，第1行，“单位名称”列：“单位名称”（B列）、“单位名称”（D列）都是“单位名称”，不知道以哪一列为准。只留一列，或改掉另一列的标题。",
    ),
    Bad(
        "an id stands twice in one stratum",
        subjects("A2,乙宾馆", "A1,甲宾馆"),
        "rosters/subjects.csv，第3行，“对象编号”列（A列）：编号 A1（“甲宾馆”）在“公共场所”这一层重复出现。请删去重复的一行，或改正编号。",
    ),
    Bad(
        "one id has two names",
        subjects("A2,乙宾馆", "A1,乙宾馆"),
        "rosters/subjects.csv，第3行，“对象编号”列（A列）：编号 A1 有两个名称：“甲宾馆”（第2行）和“乙宾馆”。一个编号只能是一家单位，请改正编号或名称。",
    ),
    Bad(
        "an id was typed as a number",
        workbook([GOOD_ROWS[0], [91130129000000.0, *GOOD_ROWS[1][1:]]]),
        "rosters/subjects.xlsx，工作表“名录库”，第2行，“对象编号”列（A列）：编号以数字格式存放（91130129000000），可能已丢失位数或前导零。把该列设为“文本”格式后重新填写。",
    ),
    Bad(
        "an id has a character that no ticket can carry",
        subjects("A2", "A|2"),
        "rosters/subjects.csv，第3行，“对象编号”列（A列）：“乙宾馆”的编号“A|2”不合规定。只能用字母、数字、点、下划线和连字符，以字母或数字开头，不超过 64 个字符。",
    ),
    Bad(
        "an id is Chinese",
        subjects("A2", "甲2"),
        "rosters/subjects.csv，第3行，“对象编号”列（A列）：“乙宾馆”的编号“甲2”不合规定。只能用字母、数字、点、下划线和连字符，以字母或数字开头，不超过 64 个字符。",
    ),
    Bad(
        "neither id nor credit code is given",
        subjects("A2,", ","),
        "rosters/subjects.csv，第3行，“对象编号”列（A列）：“乙宾馆”既没有对象编号，也没有统一社会信用代码。请填写其中一个。",
    ),
    Bad(
        "a name is blank",
        subjects("乙宾馆", ""),
        "rosters/subjects.csv，第3行，“单位名称”列（B列）：单位名称空着。请填写单位名称。",
    ),
    Bad(
        "a specialty is blank",
        subjects("A2,乙宾馆,公共场所", "A2,乙宾馆,"),
        "rosters/subjects.csv，第3行，“专业”列（C列）：“乙宾馆”没有填专业。请填写专业。",
    ),
    Bad(
        "a specialty is unknown",
        subjects("A2,乙宾馆,公共场所", "A2,乙宾馆,公共厕所"),
        "rosters/subjects.csv，第3行，“专业”列（C列）：“乙宾馆”的专业“公共厕所”不认识。是不是“公共场所”？可用的专业见方案的 strata；方案没有的，请写进方案的 specialties 或抽查事项清单。",
    ),
    Bad(
        "an inspector's specialty is unknown",
        inspectors("P1,监督员01,公共场所", "P1,监督员01,放射"),
        "rosters/inspectors.csv，第2行，“专业”列（C列）：“监督员01”的专业“放射”不认识。可用的专业见方案的 strata；方案没有的，请写进方案的 specialties 或抽查事项清单。",
    ),
    Bad(
        "a date is no date",
        subjects("区域\n", "上次检查日期\n"),
        "rosters/subjects.csv，第2行，“上次检查日期”列（D列）：“东”不是日期。写成 2023-05-01 的样子；没有日期就留空。",
    ),
    Bad(
        "the roster is empty",
        {"rosters/subjects.csv": "对象编号,单位名称,专业\n"},
        "rosters/subjects.csv：检查对象名录库里一行也没有。请填写名册。",
    ),
    Bad(
        "the roster file has no bytes",
        {"rosters/subjects.csv": b""},
        "rosters/subjects.csv：文件是空的。请填写内容；不需要它就删除它。",
    ),
    Bad(
        "the roster is missing",
        {"rosters/subjects.csv": None},
        "rosters/subjects.*：缺少检查对象名录库：rosters 文件夹里没有 subjects.xlsx（或 .xls、.csv、.yaml）。请放入名册。",
    ),
    Bad(
        "there are two rosters of one name",
        {"rosters/subjects.yaml": "- {对象编号: A1}\n"},
        "rosters/subjects.*：有多个同名名册：subjects.csv、subjects.yaml。请只留一个，其余移出 rosters。",
    ),
    Bad(
        "the roster has no heading row",
        {"rosters/subjects.csv": "甲,乙,丙\n1,2,3\n"},
        "rosters/subjects.csv：没有找到标题行。必须有的标题：单位名称、专业。其他标题：对象编号、统一社会信用代码、类别、地址、区域、法定代表人、联系人、联系电话、许可证号、许可证有效期、信用风险等级、必查原因、上次检查日期、登记日期、状态、备注。在数据上方加一行标题。",
    ),
    Bad(
        "the heading is merged into one cell",
        workbook([r[:2] for r in GOOD_ROWS[1:]], merged=True),
        "rosters/subjects.xlsx：没有找到标题行。必须有的标题：单位名称、专业。其他标题：对象编号、统一社会信用代码、类别、地址、区域、法定代表人、联系人、联系电话、许可证号、许可证有效期、信用风险等级、必查原因、上次检查日期、登记日期、状态、备注。在数据上方加一行标题。",
    ),
    Bad(
        "the bytes are neither UTF-8 nor GB18030",
        {"rosters/subjects.csv": b"\xff\xff\x80\x81" * 9},
        "rosters/subjects.csv：文字编码无法识别。请另存为“CSV UTF-8”，或另存为 .xlsx。",
    ),
    Bad(
        "GBK bytes in the plan are read, its fault is still found",
        {"plans/2023.yaml": PLAN.replace("50%", "8").encode("gbk")},
        "plans/2023.yaml，第7行：strata → 第1项 → ratio：抽查比例“8”没有百分号。如果是百分之8，请写成 8%；如果是 8 家，请改用 count: 8。",
    ),
    Bad(
        "an inspector stands twice",
        inspectors("P2,监督员02", "P1,监督员02"),
        "rosters/inspectors.csv，第3行，“执法证号”列（A列）：执法证号 P1 与第2行“监督员01”重复。请删去重复的一行或改正号码。",
    ),
    Bad(
        "the certificate of all has expired",
        inspectors("2030-01-01", "2020-01-01"),
        "plans/2023.yaml，第7行：“公共场所”可派的执法人员只有 0 人，检查组需要 2 人。请补充有此专业、在岗、证件有效的人员。",
    ),
    Bad(
        "no lawful inspector for a stratum",
        inspectors("公共场所；学校卫生", "公共场所"),
        "plans/2023.yaml，第8行：“学校卫生”可派的执法人员只有 0 人，检查组需要 2 人。请补充有此专业、在岗、证件有效的人员。",
    ),
    Bad(
        "an inspector's agency is unknown",
        {
            "rosters/inspectors.csv": INSPECTORS.replace("主办", "所属部门")
            .replace(",是,", ",外县,")
            .replace(",否,", ",,")
        },
        "rosters/inspectors.csv，第2行，“所属部门”列（D列）：“监督员01”的所属部门“外县”方案里没有。本机关人员请留空或填“测试县卫生健康局”；联合检查的部门请写进方案的 departments。",
    ),
    Bad(
        "a lead is neither yes nor no",
        inspectors(",是,东", ",大概,东"),
        "rosters/inspectors.csv，第2行，“主办”列（D列）：“监督员01”的主办一栏“大概”看不懂。请填“是”或“否”。",
    ),
    Bad(
        "a cap is no number",
        inspectors("东,,2030", "东,很多,2030"),
        "rosters/inspectors.csv，第2行，“任务上限”列（F列）：“很多”不是整数。填写 0、1、2 这样的整数；没有就留空。",
    ),
    Bad(
        "a cap is below the load",
        {"rosters/inspectors.csv": INSPECTORS.replace("证件有效期", "已有任务").replace(",,2030-01-01", ",1,3")},
        "rosters/inspectors.csv，第2行，“任务上限”列（F列）：“监督员01”的任务上限 1 小于已有任务 3。请改正其中一个。",
    ),
    Bad(
        "a conflict names an unknown inspector",
        {"rosters/conflicts.csv": "执法证号,对象编号\nP9,A1\n"},
        "rosters/conflicts.csv，第2行，“执法证号”列（A列）：执法证号“P9”不在执法检查人员名录库里。请核对号码。",
    ),
    Bad(
        "a conflict names an unknown subject",
        {"rosters/conflicts.csv": "执法证号,对象编号\nP1,A9\n"},
        "rosters/conflicts.csv，第2行，“对象编号”列（B列）：对象编号“A9”不在检查对象名录库里。请核对编号。",
    ),
    Bad(
        "an item stands twice",
        items("X-1", "G-1"),
        "rosters/items.csv，第3行，“事项编码”列（A列）：事项编码 G-1 重复。请改正编码或删去重复的一行。",
    ),
    Bad(
        "an item has no legal basis",
        items("《学校卫生工作条例》", ""),
        "rosters/items.csv，第3行，“抽查依据”列（D列）：事项“学校卫生”的抽查依据空着。请补上。",
    ),
    Bad(
        "a ratio of 8 instead of 8 %",
        plan("公共场所, ratio: 50%", "公共场所, ratio: 8"),
        "plans/2023.yaml，第7行：strata → 第1项 → ratio：抽查比例“8”没有百分号。如果是百分之8，请写成 8%；如果是 8 家，请改用 count: 8。",
    ),
    Bad(
        "a ratio of 0.08",
        plan("公共场所, ratio: 50%", "公共场所, ratio: 0.08"),
        "plans/2023.yaml，第7行：strata → 第1项 → ratio：抽查比例“0.08”没有百分号。如果是百分之8，请写成 8%。",
    ),
    Bad(
        "a ratio of 108 %",
        plan("公共场所, ratio: 50%", "公共场所, ratio: 108%"),
        "plans/2023.yaml，第7行：strata → 第1项 → ratio：抽查比例“108%”不在 0 到 100% 之间。应大于 0、不超过 100%。",
    ),
    Bad(
        "a ratio of 0 %",
        plan("公共场所, ratio: 50%", "公共场所, ratio: 0%"),
        "plans/2023.yaml，第7行：strata → 第1项 → ratio：抽查比例“0%”不在 0 到 100% 之间。应大于 0、不超过 100%。",
    ),
    Bad(
        "a ratio in words",
        plan("公共场所, ratio: 50%", "公共场所, ratio: 一半"),
        "plans/2023.yaml，第7行：strata → 第1项 → ratio：抽查比例“一半”看不懂。请写成百分数，如 8%。",
    ),
    Bad(
        "neither ratio nor count",
        plan("公共场所, ratio: 50%", "公共场所"),
        "plans/2023.yaml，第7行：strata → 第1项：每一层要写 ratio（比例）、count（家数）、by_grade（按等级）中的一个，只写一个。",
    ),
    Bad(
        "ratio and count together",
        plan("公共场所, ratio: 50%", "公共场所, ratio: 50%, count: 3"),
        "plans/2023.yaml，第7行：strata → 第1项：每一层要写 ratio（比例）、count（家数）、by_grade（按等级）中的一个，只写一个。",
    ),
    Bad(
        "a stratum is empty",
        plan("code: XXWS, name: 学校卫生", "code: FSWS, name: 放射卫生"),
        "plans/2023.yaml，第8行：“放射卫生”这一层没有检查对象。请核对名册的专业和方案的条件。",
    ),
    Bad(
        "a quota above the population",
        plan("公共场所, ratio: 50%", "公共场所, count: 30"),
        "plans/2023.yaml，第7行：“公共场所”要抽 30 家，名册里只有 5 家。请改小 count，或补全名册。",
    ),
    Bad(
        "expect disagrees",
        plan("公共场所, ratio: 50%", "公共场所, ratio: 50%, expect: 26"),
        "plans/2023.yaml，第7行：“公共场所”写明应抽 26 家，按名册（5 家）和规则应抽 3 家。请核对名册、比例和 expect，一致后再抽取。",
    ),
    Bad(
        "total disagrees",
        more("total: 132\n"),
        "plans/2023.yaml，第9行：合计写的是 132 家，按名册和比例应抽 4 家。请核对名册、比例和 total，一致后再抽取。",
    ),
    Bad(
        "a stratum stands twice",
        plan("code: XXWS, name: 学校卫生", "code: GGCS, name: 公共场所"),
        "plans/2023.yaml，第8行：层代码 GGCS 用了两次。每层的代码不能重复。",
    ),
    Bad(
        "a stratum's code is lower case",
        plan("code: GGCS", "code: ggcs"),
        "plans/2023.yaml，第7行：strata → 第1项 → code：代码“ggcs”不合规定。只能用大写字母、数字、点和连字符，以字母或数字开头，不超过 32 个字符。",
    ),
    Bad(
        "an item of the plan is unknown",
        plan("公共场所, ratio: 50%", "公共场所, ratio: 50%, items: [G-9]"),
        "plans/2023.yaml，第7行：“公共场所”的抽查事项 G-9 不在抽查事项清单里。请核对事项编码。",
    ),
    Bad(
        "an unknown key of the plan",
        more("coverge: {years: 5}\n"),
        "plans/2023.yaml，第9行：不认识“coverge”这一项。是不是想写“coverage”？",
    ),
    Bad(
        "an unknown key of a stratum",
        plan("公共场所, ratio: 50%", "公共场所, raito: 50%"),
        "plans/2023.yaml，第7行：不认识“strata → 第1项 → raito”这一项。是不是想写“ratio”？",
    ),
    Bad(
        "an unknown value",
        more("visits: merged\n"),
        "plans/2023.yaml，第9行：“visits”不能是“merged”。只能是 merge、separate。",
    ),
    Bad(
        "a key is missing",
        plan("title: 测试县抽查方案\n", ""),
        "plans/2023.yaml，第1行：缺少“title”。请补上这一项。",
    ),
    Bad(
        "a year is no number",
        plan("year: 2023", "year: 今年"),
        "plans/2023.yaml，第4行：“year”应是整数，现在是“今年”。",
    ),
    Bad(
        "the period ends before it begins",
        plan("start: 2023-04-01", "start: 2024-04-01"),
        "plans/2023.yaml，第5行：period：结束日期 2023-11-30 早于开始日期 2024-04-01。请对调或改正。",
    ),
    Bad(
        "a date that does not exist",
        plan("start: 2023-04-01", "start: 2023-02-30"),
        "plans/2023.yaml，第5行：“period → start”应是日期，写成 2023-04-01 的样子，现在是“2023-02-30”。",
    ),
    Bad(
        "a team of one",
        more("team: {size: 1}\n"),
        "plans/2023.yaml，第9行：检查组不得少于 2 人（行政处罚法第四十二条）。请把 team.size 改为 2 或更多。",
    ),
    Bad(
        "tabs in YAML",
        plan("  - {code: GGCS", "\t- {code: GGCS"),
        "plans/2023.yaml，第7行：用制表符（Tab）缩进，YAML 不允许。请把 Tab 换成空格。",
    ),
    Bad(
        "a bracket is not closed",
        plan("2023-11-30}", "2023-11-30"),
        "plans/2023.yaml，第6行：YAML 写法有误。请检查这一行附近的缩进、冒号后的空格、引号和括号是否成对。",
    ),
    Bad(
        "a key stands twice",
        more("year: 2024\n"),
        "plans/2023.yaml，第9行：“year”写了两次。请只保留一个。",
    ),
    Bad(
        "an alias",
        more("team: &t {size: 2}\nseed: *t\n"),
        "plans/2023.yaml，第9行：用了锚点和别名（& 和 *）。请把内容直接写在这里。",
    ),
    Bad(
        "a tag",
        more("rounding: !!python/name:os.system ceil\n"),
        "plans/2023.yaml，第9行：用了类型标记“tag:yaml.org,2002:python/name:os.system”。请删去标记。",
    ),
    Bad(
        "the plan is empty",
        {"plans/2023.yaml": ""},
        "plans/2023.yaml：方案是空的，或不是“名称: 值”的形式。请参照样例填写。",
    ),
    Bad(
        "a condition on a column that no roster has",
        more("exclude: {规模: 大, reason: 另行安排}\n"),
        "plans/2023.yaml，第1行：方案的条件用到“规模”列，检查对象名录库里没有这一列。请核对列名，或在名册里补上这一列。",
    ),
    Bad(
        "an exclusion without a reason",
        more("exclude: {区域: 东}\n"),
        "plans/2023.yaml，第9行：exclude → 第1项：按条件排除必须写 reason（理由），理由随定稿名册公开。",
    ),
    Bad(
        "an excluded list that is not there",
        more("exclude: 名单.csv\n"),
        "名单.csv：找不到这个文件。请核对文件名和位置。",
    ),
    Bad(
        "a grade without a ratio",
        plan("公共场所, ratio: 50%", "公共场所, by_grade: {A: 50%}"),
        "plans/2023.yaml，第1行：方案的条件用到“信用风险等级”列，检查对象名录库里没有这一列。请核对列名，或在名册里补上这一列。",
    ),
    Bad(
        "overlapping strata",
        plan("code: XXWS, name: 学校卫生", "code: GG2, name: 东区, specialty: GGCS, where: {区域: 东}"),
        "rosters/subjects.csv，第2行，“专业”列（C列）：“甲宾馆”同时落入“公共场所”、“东区”，同一专业的各层不能重叠。请修改方案里这些层的 where 条件。",
    ),
    Bad(
        "a rule on areas and a subject without one",
        {**more("team: {area: own}\n"), **subjects("公共场所,东\nA2", "公共场所,\nA2")},
        "rosters/subjects.csv，第2行，“区域”列（D列）：“甲宾馆”没有填区域，方案按区域派人（team.area）。请填写区域。",
    ),
    Bad(
        "no column of ids",
        subjects("对象编号", "序号"),
        "rosters/subjects.csv：既没有“对象编号”列，也没有“统一社会信用代码”列。请至少补上其中一列。",
    ),
    Bad(
        "a public seed is asked for without its sources",
        more("seed: {mode: public}\n"),
        "plans/2023.yaml，第9行：seed：公开种子要写明 sources，例如 sources: [ssq:2026099, dlt:26098]。",
    ),
    Bad(
        "a public seed is asked for without the day on which it is out",
        more("seed: {mode: public, sources: [ssq:2023099, dlt:23098]}\n"),
        "plans/2023.yaml，第9行：seed：公开种子要写明 known_on：全部结果公布的那一天，例如 known_on: 2026-08-30。",
    ),
    Bad(
        "a source that there is not",
        more("seed: {mode: public, sources: [sqq:2023099, dlt:23098], known_on: 2023-08-30}\n"),
        "plans/2023.yaml，第9行：seed → sources → 第1项：没有“sqq”这种种子来源，是不是“ssq”（双色球）？",
    ),
    Bad(
        "an issue of the wrong width",
        more("seed: {mode: public, sources: [ssq:2023099, dlt:2023098], known_on: 2023-08-30}\n"),
        "plans/2023.yaml，第9行：seed → sources → 第2项：“dlt:2023098”写法不对："
        "大乐透预告写成 dlt:26098（5位期号：年份后2位和3位序号）。",
    ),
    Bad(
        "a source twice, and one that cannot be out on that day",
        more("seed: {mode: public, sources: [ssq:2023150, ssq:2023150], known_on: 2023-08-30}\n"),
        "plans/2023.yaml，第9行：seed：“ssq:2023150”写了两次：同一个结果只能用一次。"
        "双色球第2023150期最早 2023-12-14 才有结果，known_on 写的是 2023-08-30。",
    ),
    Bad(
        "a sealed draw by a seed that is not public",
        more("seed: {sealed: true}\n"),
        "plans/2023.yaml，第9行：seed：密封抽取（sealed: true）要用公开种子（mode: public）。",
    ),
    Bad(
        "a word beside the seed's own",
        more("seed: {mode: public, sources: [ssq:2023099, dlt:23098], know_on: 2023-08-30}\n"),
        "plans/2023.yaml，第9行：不认识“seed → know_on”这一项。是不是想写“known_on”？",
    ),
]
