"""What is not guessed: every place is told, all at once, and nothing is written."""

from tests.importing.messy.forms import C1, Formula, Messy, Sheet, csv, xlsx

NUMBERS = Messy(
    "codes typed as numbers, and other cells that have lost what they held",
    {
        "名单.xlsx": xlsx(
            Sheet(
                "名单",
                [
                    ["单位名称", "统一社会信用代码", "许可证号", "有效期至"],
                    ["悦来宾馆", 913301010000000000, "A-1", "2026-05-31"],
                    ["春风理发店", "9.19901E+17", "A-2", "2026.2.30"],
                    ["清泉浴池", C1, 20230001, "26.5.1"],
                    ["东风宾馆", "", Formula("=VLOOKUP(A5,X:Y,2,0)", "#N/A"), "05/06/2026"],
                ],
            )
        )
    },
    problems="""
名单.xlsx“名单”2B|“913301010000000000”以数字格式存放，只剩 15 位有效数字，后面的位数已经丢失。
名单.xlsx“名单”3B|“9.19901E+17”以数字格式存放，只剩 15 位有效数字，后面的位数已经丢失。
名单.xlsx“名单”3D|没有“2026.2.30”这一天。
名单.xlsx“名单”4D|“26.5.1”的年份只有两位，分不清是哪一年。
名单.xlsx“名单”5C|公式出错（#N/A），读不出内容。
名单.xlsx“名单”5D|“05/06/2026”分不清是 5 月 6 日还是 6 月 5 日。
""",
)

NO_LIST = Messy(
    "headings of which nothing is known",
    {"名单.csv": csv(f"店名,执照号码,传真\n悦来书画院,{C1},0311-80000001\n")},
    problems="""
名单.csv|没有找到检查对象名录库的名单：没有认得出的标题行。
""",
)

UNSURE = Messy(
    "columns that nobody can tell, and a subject of no 专业",
    {"名单.csv": csv(f"店名,执照号码,经营地址,经营场所\n悦来书画院,{C1},东风路1号,东风路1号二层\n")},
    options=["--map", "店名=单位名称"],
    problems="""
名单.csv1C|“经营地址”（C列）看不出是什么（如：东风路1号）。可能是：地址（有 2 列的标题都可以作“地址”）。
名单.csv1D|“经营场所”（D列）看不出是什么（如：东风路1号二层）。可能是：地址（有 2 列的标题都可以作“地址”）。
名单.csv2|“悦来书画院”看不出属于哪个专业。
""",
)

ANSWERED = Messy(
    "the same columns, told by --map: one carried along, one left behind",
    {"名单.csv": csv(f"店名,执照号码,有效日期,传真,片长\n悦来宾馆,{C1},2026.5.1,0311-80000001,张某\n")},
    f"""
名册
单位名称|专业|统一社会信用代码|许可证有效期|片长
悦来宾馆|公共场所|{C1}|2026-05-01|张某
改动
2C|许可证有效期|2026.5.1|2026-05-01|规范写法|日期改为年-月-日
2|专业||公共场所|定专业|单位名称里有关键词“宾馆”
列
A|店名|单位名称|命令里指明（--map）
B|执照号码|统一社会信用代码|按内容
C|有效日期|许可证有效期|命令里指明（--map）
D|传真||不导入
E|片长|片长|照原样保留
""",
    options=["--map", "店名=单位名称", "--map", "C=许可证有效期", "--map", "传真=不导入", "--map", "片长=保留"],
)

SAME_NUMBER = Messy(
    "one 对象编号 for two firms, in two files",
    {
        "东.csv": csv("对象编号,单位名称\nA-1,悦来宾馆\n"),
        "西.csv": csv("对象编号,单位名称\nA-1,清泉浴池\n"),
    },
    problems="""
西.csv2A|编号 A-1 有两个名称：“悦来宾馆”（第2（东.csv）行）和“清泉浴池”。
""",
)

SHIFTED = Messy(
    "a csv with a comma in an address",
    {
        "名单.csv": csv(
            f"单位名称,地址,统一社会信用代码\n悦来宾馆,东风路1号,{C1}\n清泉浴池,西关村,3号,{C1}\n春风理发店,路2号,\n"
        )
    },
    problems="""
名单.csv3|这一行的格数比标题（3 格）多，内容可能错位。
""",
)

BESIDE = Messy(
    "two halves of a list side by side",
    {"名单.csv": csv("序号,单位名称,地址,序号,单位名称,地址\n1,悦来宾馆,东风路1号,2,清泉浴池,西关村\n")},
    problems="""
名单.csv1|左右并排了两份名单（标题重复两遍），没法一行一行地读。
""",
)

NO_TABLE = Messy(
    "an export that is a page asking for the password",
    {"导出.xls": b"<html><body><form>\xe8\xaf\xb7\xe7\x99\xbb\xe5\xbd\x95</form></body></html>"},
    problems="""
导出.xls|文件内容是网页（HTML），里面没有表格。
""",
)

CASES = [NUMBERS, NO_LIST, UNSURE, ANSWERED, SAME_NUMBER, SHIFTED, BESIDE, NO_TABLE]
