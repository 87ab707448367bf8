"""Tables as rows of text: CSV and XLSX, read within limits, and written.

Touch it when a file of a spreadsheet program is read or written wrongly; what its columns mean is
decided in ``intake/sheets``.
"""
