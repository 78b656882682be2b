"""``verify.html``: the draw and the program that recomputes it, in one file that needs no network (protocol §1 to §7).

- The page is the same for everybody but for its data: a bureau's own templates do not change what proves its draw.
- The data stand in a ``<script type="application/json">``. Whatever names hold, nothing in there can end it: ``<`` and
  all that is not printable are written as JSON's escapes.
"""

import json
import re
from collections.abc import Mapping

from markupsafe import Markup

from shuangsuiji.files.documents.html import render_html
from shuangsuiji.files.starter.county import packaged
from shuangsuiji.files.workspace import Workspace

TEMPLATE = "verify.html.j2"
_MARKUP = re.compile("[<>&]")


def verify_page(facts: Mapping[str, object], files: Mapping[str, bytes]) -> bytes:
    """The page about `files` (paths as in the public folder); `facts`: see `opening.page_facts`."""
    texts = {path: content.decode() for path, content in sorted(files.items())}
    data = Markup(embedded({"facts": facts, "files": texts}))  # noqa: S704 - see above: no markup is left in it
    variables = {key: str(facts[key]) for key in ("title", "agency", "draw")}
    return render_html(Workspace(packaged()), TEMPLATE, {**variables, "data": data})


def embedded(value: object) -> str:
    r"""`value` as JSON that can stand in a page.

    >>> print(embedded({"甲": "</script><!--" + chr(0x2028)}))
    {"甲":"\u003c/script\u003e\u003c!--\u2028"}
    """
    text = _MARKUP.sub(_escape, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return text if text.isprintable() else "".join(sign if sign.isprintable() else _escape(sign) for sign in text)


def _escape(found: re.Match[str] | str) -> str:
    sign = found if isinstance(found, str) else found[0]
    return json.dumps(sign)[1:-1] if ord(sign) > 0x7F else f"\\u{ord(sign):04x}"  # noqa: PLR2004 - ASCII
