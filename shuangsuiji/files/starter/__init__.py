"""What a new workspace begins with: empty rosters and a commented plan, or the sample county.

Files are made here as bytes by their path in the workspace; `folder` puts them on the disk, all or none.
"""

from shuangsuiji.files.starter.county import codes_form, risk_form, rosters_and_plan, specialties_form, templates
from shuangsuiji.files.starter.first_steps import FIRST_STEPS, first_steps
from shuangsuiji.files.starter.forms import FORMS
from shuangsuiji.files.starter.plan import plan

__all__ = ["empty", "sample"]


def empty(year: int) -> dict[str, bytes]:
    """A workspace to be filled in: four roster forms, codes and keywords, the plan of `year`, the templates."""
    from shuangsuiji.files.starter.workbook import workbook  # noqa: PLC0415 - xlsxwriter takes 80 ms

    return {
        **{f"rosters/{form.file}.xlsx": workbook(form, year) for form in FORMS},
        "rosters/codes.yaml": codes_form(),
        "rosters/risk.yaml": risk_form(),
        "rosters/specialties.yaml": specialties_form(),
        f"plans/{year}.yaml": plan(year),
        **templates(),
        FIRST_STEPS: first_steps(year),
    }


def sample() -> dict[str, bytes]:
    """The invented county: rosters, plan and templates, ready to be drawn."""
    return {**rosters_and_plan(), **templates()}
