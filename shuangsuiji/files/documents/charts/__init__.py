"""Charts drawn for html (SVG) and for Word (native DrawingML, with its workbook): where a template says so.

A template shows a chart by a paragraph of the class (html) or style (Word) ``chart`` with ``{{ charts.NAME.place }}``.
"""

from typing import Final

COLOURS: Final = {"blue": "6C9BD2", "green": "8CC08C", "amber": "F2B84B", "red": "E5706B", "grey": "C9CED6"}
"""Light enough for dark numbers on them, also where a number is wider than its bar."""

INK: Final = "1D2129"
