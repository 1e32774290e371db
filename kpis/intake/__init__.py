"""Reads a person's own tables: a file as people save it in, unambiguous figures out.

A file passes four rooms: its bytes become cells (`files`, `decoding`, `separators`, `workbook`), the cells
a table with headings (`layout`), the table figures by area (`indicators`) or the structure of an index
(`structure`), every number through the same reader (`numbers`). What can be read is read, and what was left
out is listed in `notes`; what has two meanings is refused as a `TableError` with file, row, column and
remedy, in both languages.
"""

from kpis.intake.files import read_bytes, read_grid, read_grids
from kpis.intake.grid import Grid
from kpis.intake.indicators import Indicators, read_indicators
from kpis.intake.numbers import Mark, NumberReader
from kpis.intake.structure import Structure, read_structure_table

__all__ = [
    "Grid",
    "Indicators",
    "Mark",
    "NumberReader",
    "Structure",
    "read_bytes",
    "read_grid",
    "read_grids",
    "read_indicators",
    "read_structure_table",
]
