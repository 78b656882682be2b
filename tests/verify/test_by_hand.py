"""What a stranger checks a draw with: two Python files of the standard library, a shell script, and a page of commands."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shuangsuiji.files.starter.county import CHECKERS, checkers
from tests.conftest import REPOSITORY, County
from tests.verify.forging import Forged, sha256
from tests.verify.golden import golden_year, read, sealed_year, told

DOCS = REPOSITORY / "docs"
GUIDE = (DOCS / "verify-by-hand.md").read_text("utf-8")
SHELL = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
needs_shell = pytest.mark.skipif(
    not (shutil.which("sh") and shutil.which("sha256sum")), reason="no sh or no sha256sum here"
)


def run(program: str, folder: Path, *papers: str) -> tuple[int, str]:
    words = ["sh"] if program.endswith(".sh") else [sys.executable, "-B", "-I"]
    if program == "verify_rounds.py":
        words.remove("-I")  # it stands on the other file, beside it
    done = subprocess.run(
        [*words, DOCS / program, folder, *papers], check=False, capture_output=True, text=True, encoding="utf-8"
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A year with void, lists, recusal, replacement, results and notices."""
    with told(tmp_path_factory.mktemp("year") / "county") as story:
        golden_year(story)
        yield story.dossier


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small county with a public seed and a key."""
    with told(tmp_path_factory.mktemp("public") / "county", empty=True) as story:
        sealed_year(story)
        yield story.dossier


def test_the_standalone_file_keeps_its_promise() -> None:
    text = (DOCS / "verify_standalone.py").read_text("utf-8")
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }

    assert len(text.splitlines()) < 200
    assert max(map(len, text.splitlines())) <= 132
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize("program", ["verify_standalone.py", "verify_rounds.py", "verify.sh"])
def test_a_whole_year_holds(year: Path, public: Path, program: str) -> None:
    for dossier in (year, public):
        code, said = run(program, dossier)

        assert code == 0, said
        assert "BAD" not in said


def test_every_round_of_the_year_and_the_teams_after_it_are_computed(year: Path) -> None:
    _, said = run("verify_rounds.py", year)

    for line in (
        "round 1 of 130129-2023-01",
        "round 2 of 130129-2023-01",
        "round 1 of 130129-2023-01/R1",
        "teams as they are now of R1",
    ):
        assert f"ok   {line}\n" in said
    assert said.endswith("all holds\n")


def test_the_grade_and_what_was_announced_are_told(public: Path) -> None:
    _, said = run("verify_standalone.py", public)

    for line in (
        "announced sources",
        "sealed before, drawn after they were known",
        "sealed pool and key",
        "grade public",
    ):
        assert f"ok   {line}\n" in said


def altered(change: Callable[[Forged], object]) -> Callable[[Path, Path], Path]:
    def write(dossier: Path, folder: Path) -> Path:
        forged = Forged(read(dossier))
        change(forged)
        for name, content in forged.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return folder

    return write


def line(forged: Forged, kind: str) -> int:
    """The last line of a kind."""
    return max(n for n, entry in enumerate(forged.entries, 1) if entry["event"]["kind"] == kind)


def edit(kind: str, change: Callable[[dict], object]) -> Callable[[Forged], object]:  # type: ignore[type-arg]
    return lambda forged: forged.edit(line(forged, kind), change)


def swapped(event: dict) -> None:  # type: ignore[type-arg]
    first, second = (visit["team"] for visit in event["visits"][:2])
    event["visits"][0]["team"], event["visits"][1]["team"] = second, first


YEAR = {
    "a letter of a line": (lambda f: f.replace(1, "plan-1", "plan-2"), "ledger line 2"),
    "a line that is gone": (lambda f: setattr(f, "raw", f.raw[:4] + f.raw[5:]), "ledger line 5"),
    "a team swapped": (edit("drawn", swapped), "visits and teams"),
    "a visit of another stratum": (edit("drawn", lambda e: e["visits"][0].update(strata=["XXWS"])), "visits and teams"),
    "a subject dropped": (edit("drawn", lambda e: e["drawn"]["GGCS"].pop()), "selection"),
    "another seed": (edit("drawn", lambda e: e.update(seed="0" * 64)), "seed of 130129-2023-01"),
    "a better grade": (edit("drawn", lambda e: e.update(grade="public")), "grade local"),
    "another pool than was sealed": (edit("sealed", lambda e: e.update(pool_digest="0" * 64)), "sealed pool and key"),
    "a ticket": (lambda f: f.cell("result/tickets.csv", 5, 3, "0" * 64), "1038 tickets"),
    "a ticket of the voided draw": (lambda f: f.cell("voided/1/result/tickets.csv", 5, 3, "0" * 64), "1038 tickets"),
    "a name in the pool": (lambda f: f.cell("pool/subjects.csv", 5, 2, "别家"), "6 pool files"),
    "a quota below the ratio": (lambda f: (f.cell("pool/strata.csv", 2, 7, "25"), f.reseal()), "numbers of GGCS"),
    "a pool file that is not listed": (
        lambda f: (f.files.pop("pool/conflicts.csv"), f.reseal()), "conflicts.csv",
    ),
    "a published file": (lambda f: f.files.update({"public/draw-2.csv": b"x"}), "published draw-2.csv"),
    "a published file that is gone": (lambda f: f.files.pop("withdrawn/penalties-1.csv"), "published penalties-1.csv"),
    "an unfinished line": (lambda f: f.files.update({"ledger.jsonl": f.files["ledger.jsonl"] + b"{"}), "ledger, 40 lines"),
}  # fmt: skip
ROUNDS = {
    "another joins": (edit("redrawn", lambda e: e["changes"][0].update(joins=e["changes"][1]["joins"])), "round 2 of"),
    "a change that nobody asked for": (
        edit("redrawn", lambda e: e["changes"][0].update(leaves="13012900199")), "all who leave had asked",
    ),
    "a round twice": (edit("redrawn", lambda e: e.update(round=1)), "round 1 of"),
    "a typed seed": (edit("redrawn", lambda e: e.update(grade="given")), "grade local of the round"),
    "a team on the paper": (lambda f: f.cell("result/teams.csv", 2, 1, "13012900199"), "teams as they are now"),
    "a list's pool": (lambda f: f.cell("received/R1/pool/subjects.csv", 2, 2, "别家"), "6 pool files"),
}  # fmt: skip
PUBLIC = {
    "another issue than announced": (
        edit("sealed", lambda e: e.update(announced=["ssq:2023098", "dlt:23098"])),
        "announced sources",
    ),
    "sealed when the numbers were out": (
        edit("sealed", lambda e: e.update(known_on=e["on"])),
        "sealed before, drawn after",
    ),
    "another key than promised": (edit("sealed", lambda e: e.update(key_commitment="0" * 64)), "sealed pool and key"),
    "drawn without a sealing": (lambda f: f.remove(line(f, "sealed")), "drawn without a sealed pool"),
}


@pytest.mark.parametrize("name", YEAR)
def test_what_was_altered_in_a_year_is_named(year: Path, tmp_path: Path, name: str) -> None:
    change, said = YEAR[name]

    told = run("verify_standalone.py", altered(change)(year, tmp_path))

    assert told[0] == 1, told[1]
    assert f"BAD  {said}" in told[1] or said in told[1].split("BAD")[-1]


@pytest.mark.parametrize("name", ROUNDS)
def test_what_was_altered_in_a_round_is_named(year: Path, tmp_path: Path, name: str) -> None:
    change, said = ROUNDS[name]

    told = run("verify_rounds.py", altered(change)(year, tmp_path))

    assert told[0] == 1, told[1]
    assert f"BAD  {said}" in told[1]


@pytest.mark.parametrize("name", PUBLIC)
def test_what_was_altered_in_a_public_draw_is_named(public: Path, tmp_path: Path, name: str) -> None:
    change, said = PUBLIC[name]

    told = run("verify_standalone.py", altered(change)(public, tmp_path))

    assert told[0] == 1, told[1]
    assert f"BAD  {said}" in told[1]


@pytest.mark.parametrize(
    "numbers", ["051201182633+09", "010512182634+09", "010512182633+17", "0105121826+09", "010512182626+09"]
)
def test_numbers_that_no_lottery_draws_are_named(public: Path, tmp_path: Path, numbers: str) -> None:
    def change(forged: Forged) -> None:
        forged.edit(
            line(forged, "drawn"), lambda event: event.update(sources=[f"ssq:2023099:{numbers}", *event["sources"][1:]])
        )
        event = forged.event(line(forged, "drawn"))
        text = "|".join(["ssj1", "seed", "T-2023", *event["sources"]])
        forged.edit(line(forged, "drawn"), lambda event: event.update(seed_line=text, seed=sha256(text.encode())))

    code, said = run("verify_standalone.py", altered(change)(public, tmp_path))

    assert code == 1
    assert "BAD  3 sources of it" in said


@pytest.fixture
def published(sample: County, tmp_path: Path) -> Path:
    """What a website shows of the draw of the guide: no ledger, no inspectors."""
    assert sample.ssj("draw", "--seed", "2023", "--no-sheets").code == 0
    folder = tmp_path / "public"
    shutil.copytree(
        sample.dossier / "pool", folder / "pool", ignore=shutil.ignore_patterns("inspectors.csv", "conflicts.csv")
    )
    shutil.copytree(
        sample.dossier / "result", folder / "result", ignore=shutil.ignore_patterns("teams.csv", "tasks.csv")
    )
    for name, content in checkers().items():
        (folder / "check").mkdir(exist_ok=True)
        (folder / "check" / name).write_bytes(content)
    return folder


@needs_shell
def test_every_command_of_the_guide_runs_and_agrees(published: Path) -> None:
    said = []
    for block in SHELL:
        words = block.replace("python3", f'"{sys.executable}" -B')
        done = subprocess.run(
            ["sh", "-ec", words], cwd=published, check=False, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, (block, done.stdout, done.stderr)
        said.append(done.stdout)

    assert len(SHELL) == 7
    digest, seed, ticket, stratum = said[0], said[2], said[3], said[4]
    for both in (digest, seed, ticket):
        first, second = both.splitlines()[:2]
        assert first.split()[0] in second
    assert re.findall(r"seed=(\w{64})", SHELL[4]) == [seed.split()[0]]
    computed, told = stratum.splitlines()[:3], stratum.splitlines()[3:]
    assert [row.split() for row in computed] == [[row.split(",")[3], row.split(",")[1]] for row in told]
    assert said[5] == "ok   .: 1038 tickets, 132 drawn\n"
    assert said[6].endswith("all holds\n")


def test_the_windows_commands_name_the_same_texts() -> None:
    for text in re.findall(r"printf '%s' '(ssj1[^']*)'", GUIDE):
        assert f"Hash '{text}'" in GUIDE


@needs_shell
def test_the_published_folder_is_checked_by_the_programs_that_lie_in_it(year: Path) -> None:
    folder = year / "public"
    for words in (["sh", "check/verify.sh", "."], [sys.executable, "-B", "check/verify_standalone.py", "."]):
        done = subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True, encoding="utf-8")

        assert (done.returncode, "BAD" in done.stdout) == (0, False), done.stderr
        assert "1038 tickets" in done.stdout


@needs_shell
def test_a_public_folder_is_checked_as_far_as_it_goes(published: Path) -> None:
    assert run("verify_standalone.py", published)[1].endswith("all holds\n")
    path = published / "result" / "draw.json"
    path.write_bytes(path.read_bytes().replace(b"given:2023", b"given:2024"))

    for program in ("verify_standalone.py", "verify.sh"):
        code, said = run(program, published)
        assert code == 1
        assert "seed" in said


@needs_shell
@pytest.mark.parametrize("shell", ["dash", "bash", "busybox sh", "ksh", "zsh"])
def test_the_script_runs_in_every_shell_that_is_here(published: Path, shell: str) -> None:
    if shutil.which(shell.split(maxsplit=1)[0]) is None:
        pytest.skip(f"{shell} is not installed")

    done = subprocess.run([*shell.split(), DOCS / "verify.sh", published], check=False, capture_output=True, text=True)

    assert (done.returncode, done.stdout.endswith("1038 tickets, 132 drawn\n")) == (0, True), done.stderr


def test_the_files_do_not_depend_on_the_consoles_language(public: Path, tmp_path: Path) -> None:
    """A Windows console of an old code page: what cannot be written is written as an escape, not a crash."""
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    folder = shutil.copytree(public, tmp_path / "卷宗")
    words = [sys.executable, "-B", DOCS / "verify_standalone.py", folder]

    done = subprocess.run(words, check=False, capture_output=True, env=environment)

    assert done.returncode == 0, done.stderr


def test_the_checkers_are_packaged() -> None:
    assert set(checkers()) == set(CHECKERS)
    for name, content in checkers().items():
        assert content == (DOCS / name).read_bytes()
        assert f'"docs/{name}" = "shuangsuiji/county/docs/{name}"' in (REPOSITORY / "pyproject.toml").read_text("utf-8")
