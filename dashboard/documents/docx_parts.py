"""What python-docx has no words for: styles of our own, fields, numbering, head rows, languages."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

import docx as library
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.charts.look import LIGHT

BODY, HEADING = "Arial", "Georgia"  # the first stands on every desk, or a face of the same widths does
TABLE = "Escala Table"
SIZES = {"Title": 20, "Subtitle": 11, "Heading 1": 13, "Heading 2": 12, "Heading 3": 11, "Caption": 9.5}
NOTE, LEAD = "Escala Note", "Escala Lead"
SOURCE = "Escala Source"  # of the list at the end
HEAD, CELL = "Escala Table Head", "Escala Table Text"  # of tables: column heads, all other cells
USED = {
    "Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Header", "Footer", "Title", "TitleChar",
    "Subtitle", "SubtitleChar", "Heading1", "Heading2", "Heading3", "Heading1Char", "Heading2Char",
    "Heading3Char", "HeaderChar", "FooterChar", "ListBullet", "ListNumber", "Caption",
}  # fmt: skip
"""Styles of the template that stay, by id."""
GONE = ("thumbnail", "customXml")  # parts of the template that say nothing of this document
PROGRAM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Escala</Application></Properties>"
)

TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="EscalaTable">
<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
<w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="{LIGHT.outline[1:]}"/>
<w:bottom w:val="single" w:sz="8" w:color="{LIGHT.outline[1:]}"/>
<w:insideH w:val="single" w:sz="4" w:color="{LIGHT.pale[1:]}"/></w:tblBorders>
<w:tblCellMar><w:top w:w="15" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="15" w:type="dxa"/>
<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow">
<w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="{LIGHT.outline[1:]}"/></w:tcBorders></w:tcPr>
</w:tblStylePr></w:style>"""


def colour(hexadecimal: str) -> RGBColor:
    """A colour `#rrggbb`."""
    return RGBColor.from_string(hexadecimal.removeprefix("#").upper())


@cache
def template(tag: str) -> bytes:
    """An empty file: A4, styles, language, nothing that tells of another program. tag: as "es-CO"."""
    docx = library.Document()
    _only_ours(docx)
    section = docx.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin, section.bottom_margin = Cm(1.7), Cm(1.6)
    for style in ("Normal", *SIZES):
        _restyle(docx, style)
    for name, size, tone in (
        (NOTE, 8, LIGHT.muted), (LEAD, 12, LIGHT.ink), (HEAD, 7.5, LIGHT.muted), (CELL, 7.5, LIGHT.ink),
        (SOURCE, 8, LIGHT.ink),
    ):  # fmt: skip
        new: Any = docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        base = "List Bullet" if name == SOURCE else "Normal"
        new.base_style, new.font.size, new.font.color.rgb = docx.styles[base], Pt(size), colour(tone)
        if name == SOURCE:
            new.paragraph_format.space_after = Pt(1)
        if name in (HEAD, CELL):
            new.paragraph_format.space_after, new.font.bold = Pt(0), name == HEAD
            new.paragraph_format.line_spacing = 1.0
    docx.styles.element.append(parse_xml(TABLE_STYLE))
    _speak(docx, tag)
    _without_template(docx)
    stream = io.BytesIO()
    docx.save(stream)
    return stream.getvalue()


def _only_ours(docx: Docx) -> None:
    """Drops the styles that no document of ours uses: python-docx looks through all of them each time."""
    styles = docx.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in USED:
            styles.remove(style)


def _restyle(docx: Docx, name: str) -> None:
    style: Any = docx.styles[name]
    is_heading = name in ("Title", "Heading 1", "Heading 2", "Heading 3")
    family = HEADING if is_heading else BODY
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # those of the theme would win over the names
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), family)
    style.font.size = Pt(SIZES.get(name, 9.5))
    style.font.bold = name in ("Heading 1", "Heading 2", "Heading 3", "Caption")
    style.font.italic = False
    style.font.color.rgb = colour(LIGHT.muted if name == "Subtitle" else LIGHT.ink)
    space = style.paragraph_format
    space.space_before = Pt({"Heading 1": 8, "Heading 2": 8, "Heading 3": 8, "Caption": 6}.get(name, 0))
    space.space_after = Pt(3 if is_heading or name == "Caption" else 4)
    space.line_spacing = 1.08
    space.keep_with_next = is_heading or name == "Caption"
    if name == "Title":
        _accent_below(style.element)


def _accent_below(style: Any) -> None:
    """The line below the title in the accent colour."""
    properties = style.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    line = f'<w:bottom w:val="single" w:sz="12" w:space="4" w:color="{LIGHT.accent[1:]}"/>'
    properties.insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"), "w:shd", "w:tabs", "w:spacing", "w:ind",
        "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr",
    )  # fmt: skip


def _speak(docx: Docx, tag: str) -> None:
    """The language of all texts."""
    for lang in docx.styles.element.iter(qn("w:lang")):
        lang.attrib.clear()
        lang.set(qn("w:val"), tag)
        lang.set(qn("w:eastAsia"), tag)


def _without_template(docx: Docx) -> None:
    for container in (docx.part.package.rels, docx.part.rels):
        for key in [key for key, rel in container.items() if any(part in rel.target_ref for part in GONE)]:
            container.pop(key)
    for rel in docx.part.package.rels.values():
        if rel.target_ref.endswith("app.xml"):
            rel.target_part._blob = PROGRAM.encode()  # noqa: SLF001 # python-docx has no door to this part


def restyle(paragraph: Paragraph, style: str) -> None:
    """Gives a paragraph a style of ours by its id; by its name all styles are looked through each time."""
    paragraph._p.style = style.replace(" ", "")  # noqa: SLF001


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field that the program of the reader works out, such as PAGE; shown: until it has."""
    for kind, text in (("begin", ""), ("instr", code), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind == "instr":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)  # noqa: SLF001
        elif kind != "text":
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run._r.append(sign)  # noqa: SLF001


def add_link(paragraph: Paragraph, url: str) -> None:
    """An address that opens, as a field: a link of the other kind makes the file depend on an outer part."""
    before = len(paragraph.runs)
    add_field(paragraph, f'HYPERLINK "{url}"', url)
    for run in paragraph.runs[before:]:
        run.font.color.rgb, run.font.underline = colour(LIGHT.accent), True


def running(docx: Docx, title: str, page: str) -> None:
    """The title above every page but the first, the number below each. page: "Page {n} of {all}"."""
    section = docx.sections[0]
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.text, head.style = title, NOTE
    for foot in (section.footer, section.first_page_footer):
        paragraph = foot.paragraphs[0]
        paragraph.style, paragraph.alignment = NOTE, WD_ALIGN_PARAGRAPH.RIGHT
        for part in re.split(r"(\{\w+\})", page):
            if part in ("{n}", "{all}"):
                add_field(paragraph, "PAGE" if part == "{n}" else "NUMPAGES", "1")
            elif part:
                paragraph.add_run(part)


def numbered_anew(docx: Docx) -> int:
    """The id of a numbering that begins at one, of the kind of the style List Number."""
    numbering: Any = docx.part.numbering_part.element
    of_style: Any = docx.styles["List Number"].element
    kind = numbering.num_having_numId(of_style.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(kind)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def number(paragraph: Paragraph, numbering: int) -> None:
    """Puts a paragraph of the style List Number into a numbering."""
    properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.get_or_add_numPr().get_or_add_numId().val = numbering


def add_gap(docx: Docx) -> None:
    """The paragraph that must stand between a table and what follows, as low as a line can be."""
    space = docx.add_paragraph("", NOTE).paragraph_format
    space.line_spacing, space.space_after = Pt(5), Pt(0)


def on_new_page(element: Any) -> None:
    """Begins a page with an element. A break of its own would leave an empty page after a full one."""
    if element.tag == qn("w:p"):
        Paragraph(element, None).paragraph_format.page_break_before = True  # type: ignore[arg-type]  # needs no parent


def head_row(row: Any) -> None:
    """Marks a row as the head, which is repeated on every page of its table."""
    _row_property(row, "w:tblHeader")


def whole_row(row: Any) -> None:
    """Lets no page break within a row."""
    _row_property(row, "w:cantSplit")


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001


def beside(docx: Docx, widths: list[int]) -> list[Any]:
    """Cells beside each other without lines, each with one paragraph. widths: in EMU."""
    grid = docx.add_table(rows=1, cols=len(widths))
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for cell, width in zip(grid.rows[0].cells, widths, strict=True):
        cell.width = width
    whole_row(grid.rows[0])
    return list(grid.rows[0].cells)


def describe_table(table: Any, caption: str) -> None:
    """The caption as the table's own title for who cannot see it, and which cells are heads."""
    properties = table._tbl.tblPr  # noqa: SLF001
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    look.attrib.clear()
    for key, text in (("val", "06A0"), ("firstRow", "1"), ("firstColumn", "1"), ("lastRow", "0"),
                      ("lastColumn", "0"), ("noHBand", "1"), ("noVBand", "1")):  # fmt: skip
        look.set(qn(f"w:{key}"), text)
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption)
    properties.append(title)
