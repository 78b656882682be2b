"""What ``ssj verify`` shows: one line for each check, the first thing that does not hold, and what it all means."""

from shuangsuiji.actions.verify import Verified
from shuangsuiji.core.verifying import Line, Verdict
from shuangsuiji.screen.console import answers, plain, print_json
from shuangsuiji.screen.verdict_words import GRADES, REMARKS, WHAT, WHY

_HELD = {True: "相符", False: "不符", None: "未核"}


def show_verified(found: Verified) -> None:
    """The verdict on stdout."""
    console, verdict = answers(), found.verdict
    console.print(plain(_about(found)), soft_wrap=True)
    for line in verdict.lines:
        for text in _told(line):
            console.print(plain(text), soft_wrap=True)
    for remark in verdict.remarks:
        beside = f"（{remark.what}）" if remark.what else ""
        console.print(plain(f"提醒  {remark.where}：{REMARKS[remark.code]}{beside}。"), soft_wrap=True)
    console.print()
    for text in _meaning(found):
        console.print(plain(text), soft_wrap=True)


def print_verified(found: Verified) -> None:
    """The same for a program."""
    verdict = found.verdict
    first = verdict.first_fault
    print_json(
        {
            "ok": verdict.holds,
            "holds": verdict.holds,
            "grade": verdict.grade,
            "draw": verdict.draw,
            "path": str(found.path),
            "dossier": found.base,
            "public_only": verdict.public,
            "lines": verdict.events,
            "checks": [_as_json(line) for line in verdict.lines],
            "first_fault": None if first is None else {"check": first[0], **first[1]._asdict()},
            "remarks": [remark._asdict() for remark in verdict.remarks],
        }
    )


def _about(found: Verified) -> str:
    verdict = found.verdict
    inside = f"（{found.base.rstrip('/')}）" if found.base else ""
    if verdict.public:
        return f"核对 {found.path}{inside}：只有公示文件夹，没有台账。"
    return f"核对 {found.path}{inside}：台账 {verdict.events} 行" + (
        f"，抽取 {verdict.draw}。" if verdict.draw else "。"
    )


def _told(line: Line) -> list[str]:
    what, unit = WHAT[line.check]
    number = f"{line.count} {unit}" if line.count else ""
    if line.holds is None:
        return [f"未核  {what}：缺少所需的文件，或它依据的内容已经不符（{line.unchecked} {unit}）"]
    beside = f"，另有 {line.unchecked} {unit}无法核对" if line.unchecked else ""
    if line.fault is None:
        return [f"相符  {what}：{number}{beside}"]
    others = f"，共 {line.failing} 处不符" if line.failing > 1 else ""
    texts = [f"不符  {what}：{number}{others}{beside}", f"      {line.where}：{WHY[line.why]}"]
    if line.expected:
        texts.append(f"      应为：{line.expected}")
    if line.found:
        texts.append(f"      实为：{line.found}")
    return texts


def _meaning(found: Verified) -> list[str]:
    verdict = found.verdict
    if not verdict.holds:
        check, fault = verdict.first_fault or ("", None)
        where = fault.where if fault else ""
        return [
            f"结论：不相符。最先不符的是“{WHAT[check][0]}”，{where}。",
            "请用备份、归档包或另一份拷贝比对；台账不要手工修改。",
        ]
    if verdict.public:
        later = "结论：公示的内容相符。公示以后的调整和录入，要有卷宗才能核对。"
        return [later, *(_of_grade(verdict) if verdict.grade else ())]
    texts = ["结论：全部相符。", *_of_grade(verdict)]
    if not found.checkpoints:
        texts.append(
            "没有给出纸面的校验点：整本重写的台账自己看不出来。"
            "请把任务单或公示文书上的校验点用 --checkpoint 写上，再核对一次。"
        )
    return texts


def _of_grade(verdict: Verdict) -> list[str]:
    return [f"种子等级 {verdict.grade}：{GRADES[verdict.grade]}"] if verdict.grade else [GRADES[None]]


def _as_json(line: Line) -> dict[str, object]:
    return {
        "check": line.check,
        "count": line.count,
        "holds": line.holds,
        "failing": line.failing,
        "unchecked": line.unchecked,
        "where": line.where,
        "why": line.why,
        "expected": line.expected,
        "found": line.found,
    }
