"""The sheet 填写说明: what an inspector must know to fill the form and send it back, on one page."""

from shuangsuiji.files.sheets.form import SHEET
from shuangsuiji.files.sheets.paper import Paper

NAME = "填写说明"

PARTS = (
    (
        "一、检查",
        (
            "检查时执法人员不少于2名，并出示执法证件。与检查对象有利害关系、应当回避的，检查前报告，重新抽取人员。",
            "检查对象和检查人员原则上不得擅自调整。因病、休假、调离等难以执行的，报批后按批准的结果执行。",
        ),
    ),
    (
        "二、填写",
        (
            f"只填“{SHEET}”表的浅黄色单元格，一项任务一行。不要增删行列，不要改动表头和工作表名称。",
            "有下拉箭头的从列表中选择；日期填作2023-5-9，时间填作2023-5-9 14:30；金额以元为单位；没有的内容留空。",
            "发现问题已责令改正的，填责令改正日期和改正期限，复查后补填复查情况；行政处罚的，填立案、处罚决定、结案情况。",
            "检查时单位已关闭等情形，抽查结果选无法联系，并选结果细类。",
            "同一项任务由检查组商定一人填写发回；如实填写，不得虚报、漏报。",
        ),
    ),
    (
        "三、时限",
        (
            "现场检查结束后24小时内上传检查结果；接到检测结果报告后24小时内上传检测结果。两个24小时分别计算。",
            "立案、作出处罚决定、结案后，均在5日内录入。",
            "责令改正的，期限届满时及时复查；全部任务在检查期间结束前完成。",
        ),
    ),
    (
        "四、发回",
        (
            "填好后直接保存（仍为 .xlsx 格式，不要另存为其他格式，不要截图或者拍照），把本文件发回下达任务的承办人。",
            "可以分几次发回：每完成一批就发一次，以后有复查、处罚、结案等情况的，在同一文件上补填后再发。",
            "本文件含有地址、联系电话等信息，只供执法工作使用，不得外传。",
        ),
    ),
)

JOINT = (
    "五、联合检查",
    (
        "与“同去的其他部门”一道去、一起查；文书由各部门的检查人员分别签名。",
        "一项任务一个结果，商定后由一个部门填写；都填的要一致，否则不能录入。",
        "其他部门的立案、处罚由它自己录入、公示，本表只填移送机关、移送日期。",
    ),
)


def guide(paper: Paper, *, joint: bool = False) -> None:
    """Write it; with `joint` what holds where several departments go together."""
    sheet = paper.sheet(NAME, [4, 90], landscape=False)
    sheet.line(NAME, "title", lowest=44)
    for heading, sentences in (*PARTS, *([JOINT] if joint else [])):
        sheet.line(heading, "prose head", lowest=34)
        for number, sentence in enumerate(sentences, start=1):
            sheet.write(sheet.row, 0, f"{number}.", "prose")
            sheet.line(sentence, "prose", first=1, lowest=24)
