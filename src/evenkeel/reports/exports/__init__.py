"""What leaves for people's own tools: files, a feed that spreadsheets refresh from, and views for SQL.

Everything is put into one neutral form first (`Sheet`: typed columns, rows in portions, definitions). A format (`kinds/`)
only writes it down, so that a workbook, a CSV and a feed never disagree about what was asked, or about who may see it.
"""
