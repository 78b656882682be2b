"""Nothing that a file can contain harms the tool: a clear sentence, bounded time and memory, nothing written.

What stands elsewhere is not tested again here:

- far cells, bombs of zeros, passwords, truncated and mislabelled workbooks, circles in an xls: `tests/files/test_tables_guard.py`
- 100,000 formatted blank rows, odd XML, error cells: `tests/files/test_tables_spreadsheet.py`; encodings, quotes and NUL
  in a csv: `test_tables_delimited.py`; aliases, tags and depth in yaml: `test_yamltree.py`, `test_tables_records.py`
- file names on every system: `tests/files/test_sheets_names.py`; what commands may not write over: `tests/year/test_kept_folders.py`
- a full disk and a killed process at every write: `tests/draw/test_robust.py`, `tests/year/test_crash.py`,
  `tests/publish/test_publish_crash.py`; while importing: `tests/importing/test_import_command.py`
- hostile texts in sheets, notices (html, Word, xlsx, csv), forms, exports, the page: `tests/files/test_sheets.py`,
  `tests/publish/test_documents.py`, `test_forms.py`, `test_export.py`, `tests/verify/test_page.py`
- templates that are wrong, endless or curious: `tests/publish/test_documents_templates.py`
- archives that must not be unpacked: `tests/publish/test_archive.py`; dossiers of any bytes: `tests/verify/test_any_bytes.py`
"""
