"""How large a person's own table may be. Far above any in use, well within a machine's memory."""

MAX_BYTES = 20_000_000  # of a file; the largest index table we know (areas × indicators × years) has 3 MB
MAX_UNPACKED_BYTES = 100_000_000  # of a workbook's parts: XML is ten times its packed size, a bomb a thousand
MAX_PART_BYTES = 10_000_000  # of styles and lists of sheets, which are held as a tree
MAX_ROWS = 100_000  # below the headings
MAX_COLUMNS = 5_000
MAX_CELLS = 5_000_000
MAX_ROWS_ABOVE = 20  # titles and remarks that may stand above the headings
