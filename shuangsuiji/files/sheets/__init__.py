"""Sheets out: the task list for the office, and for each inspector a workbook with visits, items and the return form.

They hold addresses and telephone numbers: working papers, never to be published. `form` declares the return form's
columns, for whoever reads it back.
"""

from shuangsuiji.files.sheets.batch import file_of_each, files_of_lists, write_sheets, write_some

__all__ = ["file_of_each", "files_of_lists", "write_sheets", "write_some"]
