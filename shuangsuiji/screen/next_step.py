"""The next thing to do, in one sentence: the last line of ``ssj status``."""

from shuangsuiji.core.year.standing import Step
from shuangsuiji.core.year.state import OWN

_ON_THE_PLATFORM = "录入上级平台后登记，全部一起的用 ssj record --uploaded 时间 --all-open"
_HOW = {
    "task-list": "制作任务单（再运行一次 ssj draw 或 ssj receive）；已另行下达的，用 ssj note issued 登记",
    "check-upload": _ON_THE_PLATFORM,
    "report-upload": _ON_THE_PLATFORM,
    "case-filed": _ON_THE_PLATFORM,
    "penalty-decided": _ON_THE_PLATFORM,
    "case-closed": _ON_THE_PLATFORM,
    "result-public": "用 ssj publish results 公示；已在别处公示的，登记结果公示日期",
    "penalty-public": "用 ssj publish penalties 公示；已在别处公示的，登记处罚公示日期",
    "penalty-withdrawn": "用 ssj publish penalties --withdraw 撤下；在别处公示的，撤下后登记处罚公示撤下日期",
    "follow-up": "复查后用 ssj record 登记复查日期和结果",
    "period-end": "完成检查，收回任务单用 ssj record 登记",
}
"""What to do about a clock, by its id."""


def next_step(step: Step) -> str:
    """The sentence of `step`."""
    n, which = step.number, step.subject
    over = f"方案的实施时间已于 {which} 结束，还没有任务，请先核对方案的 period；要继续的，" if which else ""
    again = "运行 ssj draw" if which == OWN else f"接收一次 {which} 的清单文件（ssj receive）"
    how = _HOW.get(step.clock, "")
    given = f"等结果的来源：{which}。照公布的顺序写出结果：ssj draw --source …" if which else "抽取用 ssj draw"
    return {
        "seal": f"{over}核对名册和方案（ssj check），写好种子来源和 known_on，然后封存名册（ssj seal）。",
        "announce": f"名册已封存：在 {which} 以前公示摘要和种子来源（ssj publish plan）；{which} 起才能抽取。",
        "wait": f"名册已封存并公示：等 {which} 结果公布，当天起抽取（ssj draw --source …）。",
        "draw-sealed": f"名册已封存，可以抽取。{given}。",
        "reveal": "任务都有结果并已公示：公开密封抽取的密钥（ssj seal --reveal），再公示抽取结果（ssj publish draw）。",
        "draw": f"{over}核对名册和方案（ssj check），然后抽取（ssj draw）；上级下达任务清单的，用 ssj receive 接收。",
        "overdue": f"有 {n} 个期限已过，先办“{which}”：{how}。逐项见 ssj deadlines。",
        "approve": f"有 {n} 项调整等待批准，批准后用 ssj adjust approve 登记（最早一项 {which}）。",
        "sheets": f"还没有制作任务单：再{again}，只补做任务单，已有的结果不变。",
        "issue": f"{n} 项任务都还没有结果：把任务单发给执法人员，收回后用 ssj record 登记。",
        "record": f"还有 {n} 项任务没有结果：收回任务单，用 ssj record 登记。",
        "publish": f"任务都有结果了，还有 {n} 项没有公示：用 ssj publish 公示；已在别处公示的，登记公示日期。",
        "withdraw": f"有 {n} 项待批准的调整已没有要换的检查：用 ssj adjust withdraw 撤回（最早一项 {which}）。",
        "clock": f"任务都有结果并已公示，还有 {n} 个期限在走，先办“{which}”：{how}。",
        "close": "任务全部办结并已公示：写年度总结，用 ssj archive 归档。",
    }[step.code]
