"""Sheets out: the task list for the office, and for each inspector a workbook with visits, items and the return form.

They hold addresses and telephone numbers: working papers, never to be published. `form` declares the return form's
columns, for whoever reads it back.
"""

from shuangsuiji.files.sheets.batch import write_sheets

__all__ = ["write_sheets"]
