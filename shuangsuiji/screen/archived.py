"""What ``ssj archive`` shows: where the archive is, and what to keep with it."""

from shuangsuiji.actions.archive import Archived
from shuangsuiji.screen.console import answers, plain, print_json
from shuangsuiji.screen.problems import as_json, show_problems

_KB, _MB = 1 << 10, 1 << 20


def show_archived(found: Archived) -> None:
    """The archive on stdout, warnings on stderr."""
    show_problems(found.problems)
    console = answers()
    if not found.fresh:
        console.print(plain(f"已有内容相同的归档，没有再做：{found.path}"), soft_wrap=True)
    else:
        console.print(plain(f"已归档：{found.path}（{_size(found.path.stat().st_size)}）"), soft_wrap=True)
    total = _size(sum(one.size for one in found.payload))
    console.print(f"内有 {len(found.payload)} 个文件，{total}；摘要已全部回读核对。")
    console.print(plain(f"台账校验点：{found.checkpoint}"), soft_wrap=True)
    if found.public:
        console.print("只有公示过的文书，可以对外提供。")
    else:
        console.print("包里有个人信息，按内部档案保管；对外提供用 --public 另做一份。怎么核对，见包里的 README.txt。")


def print_archived(found: Archived) -> None:
    """The same for a program."""
    print_json(
        {
            "ok": True,
            "draw": found.plan.draw,
            "path": str(found.path),
            "fresh": found.fresh,
            "public": found.public,
            "files": len(found.payload),
            "bytes": sum(one.size for one in found.payload),
            "payload": {one.path: one.sha256 for one in found.payload},
            "checkpoint": found.checkpoint._asdict(),
            "problems": [as_json(problem) for problem in found.problems],
        }
    )


def _size(number: int) -> str:
    return f"{number / _MB:.1f} MB" if number >= _MB else f"{max(1, number // _KB)} KB"
