"""The plan to be filled in, rendered from ``templates/plan.yaml.j2``."""

from shuangsuiji.files.starter.county import PLAN_TEMPLATE, packaged


def plan(year: int) -> bytes:
    """The plan of `year`; with byte order mark and CRLF, because it is edited in the Notepad of an old Windows."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 - 40 ms that other commands need not pay
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    template = (packaged() / "templates" / PLAN_TEMPLATE).read_text(encoding="utf-8")
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, newline_sequence="\r\n"
    )
    return environment.from_string(template).render(year=year).encode("utf-8-sig")
