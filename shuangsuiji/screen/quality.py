"""The quality of the roster as ``ssj check`` shows it: a score per stratum, and of how many subjects what is wrong."""

from pathlib import Path

from shuangsuiji.core.quality.judging import Quality, Share
from shuangsuiji.core.quality.measures import KINDS, MEASURES, shown
from shuangsuiji.screen.console import answers, plain


def show_quality(quality: Quality, file: Path | None) -> None:
    """The table on stdout, without the kinds of which nothing was found."""
    from rich.table import Table  # noqa: PLC0415 - see console

    console = answers()
    whole = quality.whole
    if not whole.subjects:
        return
    kinds = [kind for kind in KINDS if whole.counts.get(kind)]
    if kinds:
        table = Table(show_footer=True)
        table.add_column("代码", "合计")
        table.add_column("得分", shown(whole.score), justify="right")
        for kind in kinds:
            table.add_column(MEASURES[kind].name, str(whole.counts[kind]), justify="right")
        for share in quality.shares:
            counts = (str(share.counts.get(kind) or "") for kind in kinds)
            table.add_row(share.code, shown(share.score), *counts)
        console.print("名册质量（满分 100；各项为家数）：", soft_wrap=True)
        console.print(table)
    else:
        console.print("名册质量：100.0 分，代码、地址、电话、重复、许可证、检查日期都没有问题。", soft_wrap=True)
    if file is not None:
        console.print(f"质量报告：{plain(str(file))}（内部使用，不得公开）", soft_wrap=True)
    elif kinds:
        console.print("逐条的清单和评分办法：ssj check --quality 名册质量.xlsx。", soft_wrap=True)


def quality_json(quality: Quality | None, file: Path | None) -> dict[str, object] | None:
    """The same for a program: every kind, also those of which nothing was found."""
    if quality is None:
        return None
    return {
        "as_of": quality.frame.day,
        "until": quality.frame.until,
        "years": quality.frame.years,
        "weights": {kind: MEASURES[kind].weight for kind in KINDS},
        **_share(quality.whole),
        "strata": [{"stratum": share.code, "name": share.name, **_share(share)} for share in quality.shares],
        "file": str(file) if file else None,
    }


def _share(share: Share) -> dict[str, object]:
    found = {kind: share.counts.get(kind, 0) for kind in KINDS}
    return {"subjects": share.subjects, "score": shown(share.score) or None, "found": found}
