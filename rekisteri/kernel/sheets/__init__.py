"""Tables as files: what other programs hand over is read, and what is handed to them is written, as CSV and Excel."""

from rekisteri.kernel.sheets.reading import LARGEST, Sheet, open_sheet
from rekisteri.kernel.sheets.writing import csv_bytes, csv_file, xlsx_file

__all__ = ["LARGEST", "Sheet", "csv_bytes", "csv_file", "open_sheet", "xlsx_file"]
