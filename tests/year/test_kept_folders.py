"""What a command is asked to write never takes the place of a ledger, a pool, a roster, a plan or a template."""

from pathlib import Path

import pytest

from tests.conftest import County
from tests.year.returning import Clock


@pytest.fixture
def drawn(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """The small county, drawn; people stand in its folder."""
    Clock(monkeypatch)("2023-05-04T09:00")
    assert county.ssj("draw", "--seed", "1", "--no-sheets").code == 0
    monkeypatch.chdir(county.root)
    return county


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("deadlines", "--ics"), "plans/2023/ledger.jsonl"),
        (("deadlines", "--ics"), "新/../plans/2023.yaml"),
        (("adjust", "log", "--xlsx"), "rosters/subjects.csv"),
        (("adjust", "log", "--xlsx"), "templates/plan.docx"),
        (("adjust", "log", "--forms"), "plans/2023/pool"),
        (("seal", "--request"), "plans/2023/pool/SHA256SUMS"),
    ],
)
def test_what_the_workspace_keeps_is_not_written_over(drawn: County, words: tuple[str, ...], path: str) -> None:
    before = drawn.files()

    answer = drawn.ssj(*words, path)

    assert (answer.code, answer.err.splitlines()[0]) == (
        2,
        f"没有执行  {words[-1]} 不能写到“{Path(path)}”：rosters、plans、templates 里是名册、方案、卷宗和模板，不放别的文件。",
    )
    assert drawn.files() == before


def test_a_folder_that_is_no_folder_is_told_in_chinese(drawn: County) -> None:
    drawn.write("文件夹/说明.txt", "")

    answer = drawn.ssj("adjust", "log", "--xlsx", "文件夹")

    assert (answer.code, answer.err.splitlines()[0]) == (4, "没有执行  写“文件夹”时出错：是文件夹，不是文件。")
