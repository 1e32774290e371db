"""The template: a workbook with sheets for figures, areas, series and instructions, or a CSV of figures.

Both hold an example that reads without a fault; the lines of the example are replaced by one's own.
"""

from __future__ import annotations

import csv
import io

import xlsxwriter

from kpis.texts import Text, say

Rows = list[list[object]]

SHEETS = (Text("Figures"), Text("Areas"), Text("Series"), Text("Instructions"))
FIGURES = (
    Text("area"), Text("period"), Text("series"), Text("value"), Text("status"), Text("note"),
)  # fmt: skip
AREAS = (Text("code"), Text("name"), Text("parent"), Text("level"))
SERIES = (
    Text(
        "series"
    ), Text("series name"), Text("international KPI"), Text("unit"), Text("direction"), Text("target"),
    Text("target year"), Text("enhanced"), Text("transactional"), Text("connected"),
)  # fmt: skip
AGENCY = Text("agency")
ONLINE = Text("Procedures that can be completed online")
PER_CENT = Text("% of procedures")
EXAMPLE_NOTE = Text("example, replace it")
AGENCY_NAME = Text("Tax agency (example)")
HIGHER = Text("higher")
LINES = (
    Text("Fill in the sheet of figures: one row for each area, period and series. Replace the examples."),
    Text(
        "area: a UN Member State by its code (COL) or name (Colombia), or the code of an area of your "
        "own from the sheet of areas."
    ),
    Text("period: a year (2024), a quarter (2024-Q4) or a month (Apr-2024)."),
    Text(
        "series: the id of a KPI of Escala, such as EGDI, or of a series of your own from the sheet of "
        "series."
    ),
    Text("value: a number. Percentages as 41 or in the format per cent; what is missing stays empty."),
    Text(
        "status (may stay empty): A normal, E estimated, P provisional. note: anything that explains the "
        "figure."
    ),
    Text("Areas of your own: code, name, parent (the area it belongs to; at the top a country) and level."),
    Text(
        "Series of your own: name, unit, direction (higher, lower or context), and if you have them a "
        "target with its year and the values from which a stage is reached (enhanced, transactional, "
        "connected)."
    ),
    Text(
        "A series that measures an international KPI names it; its own target and gates then stand beside it."
    ),
    Text("Save the workbook and open it on the page My data, or check it with: escala import FILE --check"),
)


def figure_rows(lang: str) -> Rows:
    """The example figures."""
    note = say(EXAMPLE_NOTE, lang)
    return [
        ["COL", "2024", "EGDI", 0.8, "E", note],
        ["COL", "2023", "ONLINE", 41.5, "A", note],
        ["COL", "2024", "ONLINE", 48.0, "P", note],
        ["COL-TAX", "2024-Q4", "ONLINE", 72.0, "A", note],
    ]


def xlsx(lang: str) -> bytes:
    """The template as a workbook: text columns for codes and periods, lists where the choice is closed."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        style = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "text": book.add_format({"num_format": "@"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        figures = _sheet(book, lang, SHEETS[0], FIGURES, figure_rows(lang), style)
        figures.data_validation(
            1, 4, 10_000, 4, {"validate": "list", "source": ["A", "E", "P"], "ignore_blank": True}
        )
        _sheet(
            book,
            lang,
            SHEETS[1],
            AREAS,
            [["COL-TAX", say(AGENCY_NAME, lang), "COL", say(AGENCY, lang)]],
            style,
        )
        row: list[object] = [
            "ONLINE",
            say(ONLINE, lang),
            "",
            say(PER_CENT, lang),
            say(HIGHER, lang),
            80,
            2030,
            25,
            50,
            75,
        ]
        series = _sheet(book, lang, SHEETS[2], SERIES, [row], style)
        directions = [say(word, lang) for word in (HIGHER, Text("lower"), Text("context"))]
        series.data_validation(1, 4, 1_000, 4, {"validate": "list", "source": directions})
        about = book.add_worksheet(say(SHEETS[3], lang))
        about.set_column(0, 0, 100)
        for at, line in enumerate(LINES):
            about.write_string(at, 0, say(line, lang), style["wrap"])
    return buffer.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, lang: str, title: Text, heads: tuple[Text, ...], rows: Rows,
    style: dict[str, xlsxwriter.format.Format],
) -> xlsxwriter.worksheet.Worksheet:  # fmt: skip
    sheet = book.add_worksheet(say(title, lang))
    sheet.freeze_panes(1, 0)
    for at, head in enumerate(heads):
        is_text = not any(isinstance(row[at], int | float) for row in rows)
        sheet.set_column(at, at, 24 if at in (1, 3) else 16, style["text"] if is_text else None)
        sheet.write_string(0, at, say(head, lang), style["head"])
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if cell != "":
                sheet.write(number, at, cell)
    return sheet


def csv_file(lang: str) -> bytes:
    """The template as CSV: the figures alone, with columns that describe areas and series of one's own.

    In Spanish its cells are parted by semicolons and decimals by commas, as a spreadsheet there writes them.
    """
    spanish = lang == "es"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if spanish else ",", lineterminator="\r\n")
    heads = (*FIGURES, Text("area name"), Text("parent"), Text("level"), *SERIES[1:2], *SERIES[3:7])
    writer.writerow([say(head, lang) for head in heads])
    described = [say(ONLINE, lang), say(PER_CENT, lang), say(HIGHER, lang), 80, 2030]
    for row in figure_rows(lang):
        area = [say(AGENCY_NAME, lang), "COL", say(AGENCY, lang)] if row[0] == "COL-TAX" else ["", "", ""]
        series = described if row[2] == "ONLINE" else [""] * len(described)
        cells = [str(cell).replace(".", ",") if spanish and isinstance(cell, float) else cell for cell in row]
        writer.writerow([*cells, *area, *series])
    return out.getvalue().encode("utf-8-sig")
