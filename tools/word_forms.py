"""Make the Word templates of the forms for the visit: 随机抽查通知书 (visit-notice), 抽查情况记录表 (visit-record).

    python tools/word_forms.py [TEMPLATES]

- One visit after another in a Jinja loop; each is a section of its own that begins on the front of a sheet.
- Styles and page parts come from ``word/`` as for the notices; ``forms/`` adds to them or takes their place.

Same input, same bytes.
"""

import sys
from pathlib import Path

from visit_notice import notice
from visit_record import record
from word_pieces import NAMESPACES, footer
from word_templates import HERE, TEMPLATES, zipped


def made(body: str, foot: bytes) -> dict[str, bytes]:
    """The parts of one template."""
    parts: dict[str, bytes] = {}
    for folder in (HERE / "word", HERE / "forms"):
        parts |= {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    styles = parts["word/styles.xml"].replace(b"</w:styles>", parts.pop("word/more-styles.xml") + b"</w:styles>")
    settings = parts["word/settings.xml"].replace(b"  <w:evenAndOddHeaders/>\n", b"")
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    document = f"{head}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>\n"
    return {
        **parts,
        "word/styles.xml": styles,
        "word/settings.xml": settings,
        "word/footer1.xml": foot,
        "word/document.xml": document.encode(),
    }


def forms() -> dict[str, bytes]:
    """The templates by name."""
    return {
        "visit-notice.docx": zipped(made(notice(), footer("第 ", "PAGE", " 页"))),
        "visit-record.docx": zipped(made(record(), footer("第 ", "PAGE", " 页　共 ", "SECTIONPAGES", " 页"))),
    }


def main() -> None:
    """Write them into the folder of templates."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES
    for name, content in forms().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
