"""The wording is written once: the Word templates are what the tool makes of the html ones; what they use is documented."""

import re
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from jinja2 import Environment, meta

from tests.conftest import REPOSITORY
from tests.publish.papers import KINDS

TEMPLATES = REPOSITORY / "templates"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = spec_from_file_location("word_templates", REPOSITORY / "tools" / "word_templates.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_template_is_what_the_tool_makes(tool: ModuleType, kind: str) -> None:
    assert parts(TEMPLATES / f"{kind}.docx") == tool.made(kind), "run: python tools/word_templates.py"


def test_the_tool_makes_the_same_bytes_each_time(tool: ModuleType) -> None:
    assert tool.zipped(tool.made("results")) == tool.zipped(tool.made("results"))


def test_a_bureaus_own_wording_comes_into_word(tool: ModuleType, tmp_path: Path) -> None:
    for path in TEMPLATES.glob("*.html.j2"):
        (tmp_path / path.name).write_text(path.read_text("utf-8").replace("特此公告。", "本局特此公告。"), "utf-8")

    assert "本局特此公告。" in tool.made("plan", tmp_path)["word/document.xml"].decode()


@pytest.mark.parametrize("kind", [*KINDS, "base"])
def test_what_a_template_uses_stands_in_the_manual(kind: str) -> None:
    manual = (REPOSITORY / "docs" / "templates.md").read_text("utf-8")
    environment = Environment(autoescape=True)
    environment.filters |= {"points": str, "balanced": str}
    source = (TEMPLATES / f"{kind}.html.j2").read_text("utf-8")
    used = meta.find_undeclared_variables(environment.parse(source)) | set(re.findall(r"\brow\.(\w+)", source))

    assert [name for name in sorted(used) if f"`{name}`" not in manual] == []


@pytest.mark.parametrize("kind", KINDS)
def test_headings_and_widths_of_a_table_agree(kind: str) -> None:
    source = (TEMPLATES / f"{kind}.html.j2").read_text("utf-8")
    for table in re.findall(r"<table.*?</table>", source, re.DOTALL):
        widths = [int(width) for width in re.findall(r"width:(\d+)%", table)]
        assert sum(widths) == 100
        assert len(widths) == table.count("<th ") == table.count("<td")
