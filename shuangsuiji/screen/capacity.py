"""Whether the visits of a plan fit into its weeks: what ``ssj schedule --preview`` and ``ssj check`` show of it."""

from collections.abc import Mapping

from shuangsuiji.actions.plannable import Preview
from shuangsuiji.core.scheduling.capacity import Shortage
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.problems import as_json

_NAMED = 6


def show_preview(found: Preview) -> None:
    """The sum, and each shortage with what would do."""
    answers().print(plain(found.plan.title), style="bold", soft_wrap=True)
    show_capacity(found)
    if found.is_over:
        notices().print(
            "检查期间已过，不能再排期：没有查完的照实登记；经批准延长的，先改方案的 period，再重新公示方案。"
        )
    elif found.capacity.shortages:
        change = "请假的人用 ssj adjust replace 换人，或改方案" if found.is_drawn else "请先改方案或补充人员"
        notices().print(f"以上排不下：{change}。什么也没有写。")
    else:
        todo = "可以排期：ssj schedule。" if found.is_drawn else "抽取以后用 ssj schedule 排期。"
        notices().print(f"按人手和日子算得下。{todo}")


def show_capacity(found: Preview) -> None:
    """One line; one more for each shortage."""
    console = answers()
    console.print(sentence(found), soft_wrap=True)
    for shortage in found.capacity.shortages:
        said = shortage_said(shortage, found.names, is_drawn=found.is_drawn)
        console.print(plain(f"  排不下：{said}"), style="red", soft_wrap=True)


def sentence(found: Preview) -> str:
    """The sum: how many visits by how many people in how many weeks, needed against possible."""
    c = found.capacity
    about = "还有" if found.is_drawn else "约"
    over = "（期间已过，按整个期间算）" if found.is_over else ""
    if not c.days:
        need = f"检查工作量：{about} {c.visits} 次检查、{c.places} 人次"
        return f"{need}，{found.first} 至 {found.last} 没有一天可以排{over}。"
    return (
        f"检查工作量：{about} {c.visits} 次检查、{c.places} 人次，{c.inspectors} 人，"
        f"{found.first} 至 {found.last} 有 {c.days} 个工作日、{c.weeks} 周{over}；"
        f"平均每人每周要查 {c.needed:.1f} 次，最多能查 {c.possible:.1f} 次"
        f"（每天 {c.limits.per_day} 次、每周 {c.limits.per_week} 次，已扣除请假）。"
    )


def shortage_said(shortage: Shortage, names: Mapping[str, str], *, is_drawn: bool) -> str:
    """Who cannot do what, and the figure that would do; once teams are drawn, nothing can be drawn for fewer."""
    people = "、".join(names.get(i, i) for i in shortage.inspectors[:_NAMED])
    if len(shortage.inspectors) > _NAMED:
        people += f"等 {len(shortage.inspectors)} 人"
    strata = "、".join(names.get(code, code) for code in shortage.strata)
    remedies = [f"schedule.per_week 改为 {shortage.per_week}"] if shortage.per_week else []
    remedies += [f"再增加 {shortage.more} 人"] if shortage.more and not is_drawn else []
    what = f"“{strata}”要 {shortage.places} 人次，只有{people}能去，最多 {shortage.room} 人次。"
    others = "用 ssj adjust replace 换人、经批准延长 period" if is_drawn else "延长 period、减少抽查家数"
    return what + (f"{'，或'.join(remedies)}，就排得下；也可以{others}。" if remedies else f"可以{others}。")


def print_preview(found: Preview) -> None:
    """The same for a program."""
    print_json({"ok": not found.capacity.shortages, "draw": found.plan.draw, **capacity_json(found)})


def capacity_json(found: Preview) -> dict[str, object]:
    """All figures."""
    c = found.capacity
    return {
        "visits": c.visits,
        "places": c.places,
        "inspectors": c.inspectors,
        "first": found.first,
        "last": found.last,
        "workdays": c.days,
        "weeks": c.weeks,
        "room": c.room,
        "needed_per_week": round(c.needed, 2),
        "possible_per_week": round(c.possible, 2),
        **c.limits._asdict(),
        "drawn": found.is_drawn,
        "shortages": [one._asdict() for one in c.shortages],
        "problems": [as_json(problem) for problem in found.problems],
    }
