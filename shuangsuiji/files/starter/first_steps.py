"""``说明.txt`` of a new workspace: what is there, and what to do first."""

FIRST_STEPS = "说明.txt"

_TEXT = """\
{year}年“双随机、一公开”抽查工作文件夹

一、这里有什么

  rosters     名册（一单两库），用 Excel 或 WPS 填
    subjects.xlsx      检查对象名录库
    inspectors.xlsx    执法检查人员名录库
    items.xlsx         随机抽查事项清单
    conflicts.xlsx     利害关系（回避）名录
    leave.xlsx         请假登记，排检查日子时才用（ssj schedule）
    codes.yaml         报送其他平台用的代码，导出时才用（ssj export）
    risk.yaml          风险研判的规则：上年的处罚、投诉等怎样变成必查（ssj risk）
    specialties.yaml   定专业用的关键词，导入名单时才用（ssj import）
  plans       方案：{year}.yaml，用记事本打开填
  templates   公示文书等模板，一般不用动

二、先做三件事

  1. 填名册。打开 rosters 里的五张表格，标题上面一行是例子，另有一张“填写说明”。
     没有要回避的，conflicts.xlsx 留空；没有人请假的，leave.xlsx 留空。
     已有现成的名单（平台导出的、别人存的），不用改，用 ssj import 导入，例如：

         ssj import 名单.xlsx --as subjects

     已有现成的名册，也可以直接放进 rosters 换掉同名的表格（.xlsx、.xls、.csv 都行）。
  2. 改方案。用记事本打开 plans 里的 {year}.yaml，按里面的说明改成本单位的。
  3. 检查。在这个文件夹的地址栏里输入 cmd，按回车，在黑色窗口里输入：

         ssj check

     有问题会逐条列出：哪个文件、第几行、怎么改。改好再检查，直到没有错误。

三、抽取

         ssj draw

     一个方案只抽一次。抽取的经过记入台账，任务单做好放在 plans\\{year}\\sheets。

四、请注意

  · plans\\{year} 是卷宗，由程序写入，不要手工增删改。
  · 抽取前先把方案公布；抽取时可请法制、纪检人员到场。
  · 想先看看样子，可在别处输入 ssj init 样例 --sample，里面是一个虚构的县。
"""


def first_steps(year: int) -> bytes:
    """The text as an old Notepad shows it: with byte order mark and CRLF."""
    return _TEXT.format(year=year).replace("\n", "\r\n").encode("utf-8-sig")
