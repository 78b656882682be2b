"""The house: arrows point inward, core is pure, words are the glossary's, no room is overfull."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "shuangsuiji"
LAYERS = {"core": 0, "files": 1, "actions": 2, "screen": 3, "cli": 4}


def modules(folder: str = "") -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


def test_arrows_point_inward() -> None:
    wrong = [
        (path.name, name)
        for path, tree in modules()
        for name in imported(tree)
        if name.startswith("shuangsuiji.")
        and path.relative_to(PACKAGE).parts[0] in LAYERS
        and LAYERS.get(name.split(".")[1], 0) > LAYERS[path.relative_to(PACKAGE).parts[0]]
    ]

    assert wrong == []


def test_core_imports_the_standard_library_and_pydantic_only() -> None:
    allowed = {"shuangsuiji", "pydantic", "pydantic_core", *sys.stdlib_module_names}

    assert {name.split(".")[0] for _, tree in modules("core") for name in imported(tree)} <= allowed


def test_core_has_no_clock_no_randomness_and_no_files() -> None:
    forbidden = {"random", "secrets", "os", "pathlib", "time", "tempfile", "uuid", "subprocess", "socket"}

    assert not {name.split(".")[0] for _, tree in modules("core") for name in imported(tree)} & forbidden
    source = "".join(path.read_text("utf-8") for path, _ in modules("core"))
    assert not re.findall(r"\.now\(|\.today\(|open\(", source)


def test_every_module_says_what_it_is_for() -> None:
    silent = [path.name for path, tree in modules() if not ast.get_docstring(tree)]

    assert silent == []


def test_hardly_a_room_is_above_three_hundred_lines() -> None:
    sizes = sorted(len(path.read_text("utf-8").splitlines()) for path, _ in modules())

    assert sizes[len(sizes) // 2] <= 150
    assert [size for size in sizes if size > 350] == []


def test_no_folder_is_named_for_a_kind_of_code() -> None:
    kinds = {"utils", "helpers", "common", "manager", "data", "info", "misc"}

    assert not {path.stem for path in PACKAGE.rglob("*")} & kinds


def test_every_word_of_the_glossary_is_found_in_the_code() -> None:
    rows = (REPOSITORY / "docs" / "glossary.md").read_text("utf-8")
    words = re.findall(r"\| `(\w+)` ", rows)
    source = "".join(path.read_text("utf-8") for path, _ in modules())

    assert len(words) > 25
    assert [word for word in words if not re.search(rf"\b{word}\b", source, re.IGNORECASE)] == []


def test_all_the_randomness_of_the_program_is_one_call() -> None:
    callers = [
        path.name for path, tree in modules() if {"random", "secrets"} & {name.split(".")[0] for name in imported(tree)}
    ]

    assert callers == ["options.py"]


def test_the_program_starts_no_shell() -> None:
    assert not {name.split(".")[0] for _, tree in modules() for name in imported(tree)} & {"subprocess", "pty"}
