"""A county that a simulation finds nothing wrong with; each test spoils one thing in it."""

from tests.conftest import County

PLAN = """\
draw: T-2023
title: 测试县抽查方案
agency: {code: WJ, name: 测试县卫生健康局}
year: 2023
period: {start: 2023-04-01, end: 2023-11-30}
strata:
  - {code: GGCS, name: 公共场所, ratio: 50%}
  - {code: XXWS, name: 学校卫生, ratio: 50%}
coverage: {years: 5}
"""
PEOPLE = [f"P{n},监督员0{n},公共场所；学校卫生," for n in range(1, 9)]
"""Eight, all of them able to do everything, without a cap."""
PLACES = [f"A{n:02},宾馆{n:02},公共场所,,,2022-05-01" for n in range(1, 21)]
SCHOOLS = [f"B{n:02},小学{n:02},学校卫生,,,2022-05-01" for n in range(1, 11)]


def make(county: County, *, people: list[str] = PEOPLE, subjects: list[str] | None = None, plan: str = PLAN) -> County:
    """Write plan and rosters."""
    county.write("plans/2023.yaml", plan)
    lines = ["执法证号,姓名,专业,任务上限", *people]
    county.write("rosters/inspectors.csv", "\n".join(lines) + "\n")
    heading = "对象编号,单位名称,专业,必查原因,信用风险等级,上次检查日期"
    county.write("rosters/subjects.csv", "\n".join([heading, *(subjects or PLACES + SCHOOLS)]) + "\n")
    return county


def found(county: County, *words: str, seeds: int = 20) -> dict[str, dict]:
    """What a simulation finds, by code."""
    answer = county.ssj("simulate", "--json", "--jobs", "1", "--seeds", str(seeds), *words)
    assert answer.code == 0, answer.err
    return {one["code"]: one for one in answer.json["findings"]}
