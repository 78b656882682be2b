"""The documents are true: every command is documented, and what they show runs."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from shuangsuiji.cli.main import app
from tests.conftest import REPOSITORY, County

README = (REPOSITORY / "README.md").read_text("utf-8")
CLERKS = (REPOSITORY / "README.zh-CN.md").read_text("utf-8")
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
BLOCKS = re.findall(r"(<!-- command: \w+ -->\n)?```sh\n(.*?)```", README, re.DOTALL)
SHOWN = sorted(set(re.findall(r"`(ssj [^`…]*)`", README + CLERKS)))


@pytest.fixture
def shell(sample: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample county as the current folder, and `ssj` on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "ssj"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m shuangsuiji "$@"\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONUTF8", "1")
    return sample.root


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_both_readmes_and_has_chinese_help(command: str, shell: Path) -> None:
    assert f"ssj {command}" in README
    assert f"ssj {command}" in CLERKS
    told = subprocess.run(["ssj", command, "--help"], cwd=shell, check=True, capture_output=True, text=True).stdout
    assert told.startswith(f"用法：ssj {command}")
    assert not re.findall(r"Usage|Options|Arguments|Show this message|\[OPTIONS\]|\[required\]", told)


@pytest.mark.parametrize("block", [block for mark, block in BLOCKS if not mark])
def test_what_the_readme_shows_in_a_block_runs(block: str, shell: Path) -> None:
    done = subprocess.run(["bash", "-ec", block], cwd=shell, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", SHOWN)
def test_what_a_readme_shows_in_a_line_is_understood(command: str, shell: Path) -> None:
    if "--void" in command:
        subprocess.run(["ssj", "draw", "--no-sheets"], cwd=shell, check=True, capture_output=True)
    done = subprocess.run(["bash", "-ec", command], cwd=shell, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_the_seed_that_the_readme_computes_by_hand_is_that_of_the_draw(sample: County) -> None:
    line = re.search(r"printf '(ssj1\|seed\|[^']+)' \| sha256sum", README)
    assert line

    drawn = sample.ssj("draw", "--seed", "2023", "--no-sheets", "--json").json

    assert drawn["seed_line"] == line[1]


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
    broken = [
        (document.name, link)
        for document in documents
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
        if not (document.parent / link).exists()
    ]

    assert len(documents) >= 8
    assert broken == []
