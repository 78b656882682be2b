"""``README.txt`` in an archive: what it is, and how anybody checks it without our program."""

from datetime import date

from shuangsuiji.core.plan.model import Plan

GUIDE = "README.txt"

_TEXT = """\
{agency}
{title}{number}
“双随机、一公开”抽查{what}归档包

一、这是什么

  抽取编号：{draw}
  归档日期：{day}
  台账校验点：{checkpoint}
  （校验点 = 抽取编号#台账行数:最后一行的 SHA-256；归档以前的任务单、公示文书上印的校验点行数不会更大。）

  按 BagIt 1.0（RFC 8493）整理。data 里是归档的文件：
{contents}
  其余是清单：manifest 列出 data 里每个文件的摘要，tagmanifest 列出清单自身的摘要，bag-info.txt 是著录项。

二、怎么核对没有被改动

  先解压，进入本文件所在的文件夹。

  Linux、macOS，在命令行里：

      sha256sum -c manifest-sha256.txt
      sha256sum -c tagmanifest-sha256.txt

  （macOS 把 sha256sum 换成 shasum -a 256。）每行后面都是“OK”或“成功”，就没有改动。

  Windows，在 PowerShell 里：

      Get-Content manifest-sha256.txt -Encoding UTF8 | ForEach-Object {{
        $d, $f = $_ -split '  ', 2
        $f = $f -replace '%0A', "`n" -replace '%0D', "`r" -replace '%25', '%'
        if ((Get-FileHash -LiteralPath $f -Algorithm SHA256).Hash -ne $d) {{ "不符：$f" }}
      }}

  什么也不显示，就没有改动。

  也可以用任何支持 BagIt 的工具核对。{private}
"""
_ALL = """\
    plans/*.yaml        方案
    plans/*/            卷宗：ledger.jsonl 台账，pool 定稿名册，result 抽取结果，sheets 任务单，received 接收的清单，
                        public 公示文书，evidence 证据，voided 作废的抽取
    rosters/            归档时的名册
"""
_PUBLIC = """\
    plans/*/public/     公示过的文书
"""
_PRIVATE = """

三、注意

  包里有个人信息（姓名、电话、地址）和内部情况（回避原因等），按内部档案保管，不要对外提供。
  对外提供的，用 ssj archive --public 另做一份。"""


def guide(plan: Plan, checkpoint: str, day: date, *, public: bool) -> bytes:
    """The text as an old Notepad shows it: with byte order mark and CRLF."""
    text = _TEXT.format(
        agency=_line(plan.agency.name),
        title=_line(plan.title),
        number=f"（{_line(plan.document_no)}）" if plan.document_no else "",
        what="公开文书" if public else "卷宗",
        draw=plan.draw,
        day=day,
        checkpoint=checkpoint,
        contents=_PUBLIC if public else _ALL,
        private="" if public else _PRIVATE,
    )
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _line(text: str) -> str:
    return " ".join(text.split())
