"""What ``ssj risk`` shows and what ``ssj check`` tells of a reviewed sheet, and their JSON."""

from shuangsuiji.actions.risk import RiskResult
from shuangsuiji.core.risk.facts import as_told
from shuangsuiji.screen.console import answers, notices, plain, print_json
from shuangsuiji.screen.problems import as_json, show_problems

_SHOWN = 20


def show_risk(made: RiskResult) -> None:
    """How many each rule met, the first suggestions, where the sheet is and what to do with it."""
    from rich.table import Table  # noqa: PLC0415 - see console

    show_problems(made.problems)
    judged = made.judged
    console = answers()
    table = Table()
    for heading in ("规则", "名称", "期间", "几次以上", "符合（家）"):
        table.add_column(heading)
    for rule in judged.rules.rules:
        words = rule.period(made.plan.year, judged.as_of).words
        table.add_row(rule.code, plain(rule.name), words, str(rule.at_least), str(judged.hits[rule.code]))
    console.print(f"{plain(made.plan.title)}：风险研判（{judged.as_of}）", style="bold", soft_wrap=True)
    console.print(table)
    for one in judged.suggestions[:_SHOWN]:
        done = [f"等级 {one.grade_now or '空白'} → {one.grade}"] if one.grade else []
        done += ["必查"] if one.must else []
        console.print(f"  {one.subject} {plain(one.name)}：{'，'.join(done)}（{plain(one.rule)}）", soft_wrap=True)
    if len(judged.suggestions) > _SHOWN:
        console.print(f"  还有 {len(judged.suggestions) - _SHOWN} 行，见表。")
    for text in _besides(made):
        console.print(f"  {text}", soft_wrap=True)
    console.print(f"研判表：{plain(made.shown)}{'（已有，内容相同）' if made.is_same else ''}", soft_wrap=True)
    notices().print(_next(made), soft_wrap=True)


def print_risk(made: RiskResult) -> None:
    """The same for a program."""
    judged = made.judged
    print_json(
        {
            "ok": True,
            "file": made.shown,
            "written": not made.is_same,
            "as_of": judged.as_of,
            "rules_of": "workspace" if made.is_own else "package",
            "rules": [
                {"rule": rule.code, "name": rule.name, "subjects": judged.hits[rule.code]}
                for rule in judged.rules.rules
            ],
            "suggestions": [one._asdict() for one in judged.suggestions],
            "closed": judged.closed,
            "strangers": [fact._asdict() for fact in judged.strangers],
            "lists": made.strangers,
            "settled": made.settled,
            "problems": [as_json(problem) for problem in made.problems],
        }
    )


def _besides(made: RiskResult) -> list[str]:
    judged = made.judged
    told = [] if made.is_own else ["rosters 里没有 risk.yaml，用的是程序自带的规则。"]
    if judged.closed:
        told.append(f"另有 {judged.closed} 家符合规则，但已停业或注销，不列。")
    if judged.strangers:
        told.append(f"有 {len(judged.strangers)} 件的对象不在名录库里，列在“名册里没有的”，如：")
        told += [f"  {fact.subject} {plain(as_told(fact))}" for fact in judged.strangers[:3]]
    told += [f"{plain(file)} 有 {number} 行不是本名录库的单位。" for file, number in made.strangers.items()]
    return told


def _next(made: RiskResult) -> str:
    if made.settled:
        return "本方案的名册已经封存，这张表不影响本次抽取。"
    if not made.judged.suggestions:
        return "没有符合规则的单位，不用复核；留着这张表，也可写进方案，说明研判过。"
    return f"请逐行复核（采用、复核人、复核日期），再在方案里写上：risk: {plain(made.shown)}，用 ssj check 检查。"
