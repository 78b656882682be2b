"""Which file it is: encodings, delimiters, spreadsheets by other names, web pages that are called Excel."""

from tests.importing.messy.forms import C1, C2, C3, Messy, Sheet, csv, html, numbered, xls, xlsx

_ROWS = [["单位名称", "统一社会信用代码", "地址"], ["赵䶮宾馆", C1, "东风路1号"], ["清泉浴池", C2, "西关村"]]
_SAYS = f"""
名册
单位名称|专业|统一社会信用代码|地址
赵䶮宾馆|公共场所|{C1}|东风路1号
清泉浴池|公共场所|{C2}|西关村
改动
2|专业||公共场所|定专业|单位名称里有关键词“宾馆”
3|专业||公共场所|定专业|单位名称里有关键词“浴池”
"""


def _lines(delimiter: str) -> str:
    return "\n".join(map(delimiter.join, _ROWS))


def _plain(name: str, file: str, content: bytes, *more: str) -> Messy:
    return Messy(name, {file: content}, _SAYS + "\n".join(more))


PLAIN = [
    _plain("csv, UTF-8, comma", "名单.csv", csv(_lines(","))),
    _plain("csv, UTF-8 with a byte order mark, CRLF", "名单.csv", csv(_lines(","), "utf-8-sig", "\r\n")),
    _plain("txt, GB18030, tab", "名单.txt", csv(_lines("\t"), "gb18030", "\r\n")),
    _plain("csv, UTF-16, tab, as Excel's 'Unicode text'", "名单.csv", csv(_lines("\t"), "utf-16", "\r\n")),
    _plain("txt, UTF-16 without byte order mark", "名单.txt", csv(_lines("\t"), "utf-16-le", "\r\n")),
    _plain("txt, UTF-16 big-endian without byte order mark", "名单.txt", csv(_lines(","), "utf-16-be", "\r\n")),
    _plain(
        "csv whose every cell is quoted, semicolons", "名单.csv", csv(_lines('";"').replace("\n", '"\n"').join('""'))
    ),
    _plain("an old xls that is called csv", "名单.csv", xls(Sheet("名单", _ROWS))),
    _plain("an xlsx that is called xls", "名单.xls", xlsx(Sheet("名单", _ROWS))),
    _plain(
        "a csv that is called xls",
        "名单.xls",
        csv(_lines(","), "gb18030"),
        "提醒",
        "|文件名像 Excel 表格，内容却是纯文本，已按纯文本读入。",
    ),
    _plain(
        "a csv that is called xlsx, in UTF-16",
        "名单.xlsx",
        csv(_lines("\t"), "utf-16"),
        "提醒",
        "|文件名像 Excel 表格，内容却是纯文本，已按纯文本读入。",
    ),
]

BIG5 = Messy(
    "csv, Big5, semicolon, traditional headings: names stay as they are",
    {
        "名單.csv": csv(
            f"單位名稱;統一社會信用代碼;監督專業;經營狀態\n某某賓館;{C1};公共場所;正常\n某某診所;{C2};醫療衛生;停業\n",
            "big5",
        )
    },
    f"""
名册
单位名称|专业|统一社会信用代码|状态
某某賓館|公共场所|{C1}|正常
某某診所|医疗卫生|{C2}|停业
改动
2C|专业|公共場所|公共场所|规范写法|繁体改为简体
3C|专业|醫療衛生|医疗卫生|规范写法|繁体改为简体
3D|状态|停業|停业|规范写法|繁体改为简体
列
A|單位名稱|单位名称|按标题
B|統一社會信用代碼|统一社会信用代码|按标题
C|監督專業|专业|按标题
D|經營狀態|状态|按标题
""",
)

WEB_PAGE = Messy(
    "a platform's export: a web page that is called xls",
    {
        "导出.xls": html(
            [
                ["检查对象信息导出"],
                ["序号", "企业名称", "统一社会信用代码", "注册地址", "成立日期", "联系电话"],
                ["1", "悦来宾馆&amp;餐厅", C1, "东风路1号&nbsp;", "2015-03-02 00:00:00", "13800000001"],
                ["2", "春风<b>理发</b>店", C2, "建设街2号<br/>二层", "2016-04-03", "13800000002"],
                ["3", "清泉浴池", C3, "&nbsp;", "", "&#48;311-80000003"],
            ],
            head="<style>td{mso-number-format:'\\@'}</style><script>var a = '<td>x</td>';</script>",
        )
    },
    f"""
名册
单位名称|专业|统一社会信用代码|地址|联系电话|登记日期
悦来宾馆&餐厅|公共场所|{C1}|东风路1号|13800000001|2015-03-02
春风理发店|公共场所|{C2}|建设街2号二层|13800000002|2016-04-03
清泉浴池|公共场所|{C3}||0311-80000003|
改动
3D|地址|东风路1号\u00a0|东风路1号|规范写法|去掉多余的空格
3E|登记日期|2015-03-02 00:00:00|2015-03-02|规范写法|日期改为年-月-日
4D|地址|建设街2号⏎二层|建设街2号二层|规范写法|去掉换行
5D|地址|\u00a0||规范写法|去掉多余的空格
3|专业||公共场所|定专业|单位名称里有关键词“宾馆”
4|专业||公共场所|定专业|单位名称里有关键词“理发”
5|专业||公共场所|定专业|单位名称里有关键词“浴池”
列
A|序号||不导入
B|企业名称|单位名称|按标题
D|注册地址|地址|按标题
E|成立日期|登记日期|按标题
没有导入
第1行|检查对象信息导出|标题或说明
提醒
|文件名像 Excel 表格，内容却是网页（HTML），已按网页里的表格读入。
""",
)

WEB_PAGE_MERGED = Messy(
    "a web page with headings over two rows and an area over several",
    {
        "导出.xls": (
            "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><table><tr><td>导航</td></tr></table><TABLE>"
            "<thead><tr><th rowspan=2>乡镇<th rowspan=2>单位名称<th colspan=2>许可证"
            "<tr><th>编号<th>有效期至</thead><tbody>"
            "<tr><td rowspan='2'>东关镇<td>悦来宾馆<td>A-1<td>2026/5/31"
            "<tr><td>春风理发店<td>A-2<td>2026/6/30"
            "</TABLE></body></html>"
        ).encode()
    },
    f"""
名册
单位名称|专业|对象编号|区域|许可证号|许可证有效期
悦来宾馆|公共场所|{numbered("悦来宾馆")}|东关镇|A-1|2026-05-31
春风理发店|公共场所|{numbered("春风理发店")}|东关镇|A-2|2026-06-30
改动
导出.xls“第2个表格”3D|许可证有效期|2026/5/31|2026-05-31|规范写法|日期改为年-月-日
导出.xls“第2个表格”4A|区域||东关镇|规范写法|合并单元格，按第一格补齐
导出.xls“第2个表格”4D|许可证有效期|2026/6/30|2026-06-30|规范写法|日期改为年-月-日
导出.xls“第2个表格”3|专业||公共场所|定专业|单位名称里有关键词“宾馆”
导出.xls“第2个表格”4|专业||公共场所|定专业|单位名称里有关键词“理发”
导出.xls“第2个表格”3|对象编号||{numbered("悦来宾馆")}|编号|没有任何编号
导出.xls“第2个表格”4|对象编号||{numbered("春风理发店")}|编号|没有任何编号
列
导出.xls“第2个表格”A|乡镇|区域|按标题
导出.xls“第2个表格”C|许可证/编号|许可证号|按标题
导出.xls“第2个表格”D|许可证/有效期至|许可证有效期|按标题
没有导入
导出.xls“第1个表格”||这张工作表里没有名单
提醒
导出.xls|文件名像 Excel 表格，内容却是网页（HTML），已按网页里的表格读入。
""",
)

CASES = [*PLAIN, BIG5, WEB_PAGE, WEB_PAGE_MERGED]
