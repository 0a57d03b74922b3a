"""What a CSV or XLSX file holds, as sheets of rows of text cells.

Each reader looks the whole file through first and reads it only afterwards, so that a file that is refused
has cost little.
"""

from portal.decoding import UnreadableFile
from portal.tabular.separated import separated_rows
from portal.tabular.sheets import MAX_ROWS, Sheet
from portal.tabular.workbooks import workbook_sheets


def read_sheets(name: str, data: bytes, *, max_rows: int = MAX_ROWS) -> list[Sheet]:
    """Return the visible sheets that are not empty; at least one.

    Cells come as text: dates as 2020-08-19, numbers as Excel shows them at full precision (15 digits), true
    and false as 是 and 否; of cells merged downwards, each has the text. Raises UnreadableFile for a file
    that is too large, damaged, encrypted, of another type, or has macros, links to other workbooks, formulas
    or error values; the first such cell is named.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending == "xlsx":
        sheets = workbook_sheets(data, max_rows)
    elif ending in {"csv", "tsv"}:
        sheets = [Sheet("", separated_rows(data, max_rows))]
    elif ending in {"xlsm", "xltm", "xlam"}:
        raise UnreadableFile("不接受带宏的Excel文件，请另存为.xlsx后再上传。")
    elif ending in {"xls", "xlsb", "et", "ods"}:
        raise UnreadableFile(f"不支持.{ending}文件，请另存为.xlsx后再上传。")
    else:
        raise UnreadableFile("只支持.xlsx和.csv文件。")
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise UnreadableFile("表格是空的。")
    return sheets
