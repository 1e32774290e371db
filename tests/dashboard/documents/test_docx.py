# ruff: noqa: SLF001 # python-docx has no door to these parts

import io
import re
import zipfile

import docx
from docx.oxml.ns import qn

from dashboard.documents import docx as writer
from dashboard.documents.content import Break, Heading
from tests.dashboard.documents.sample import sample


def parts(lang: str = "es") -> dict[str, str]:
    """The parts of the file by name."""
    with zipfile.ZipFile(io.BytesIO(writer.write(sample(lang)))) as pack:
        return {name: pack.read(name).decode("utf-8", "replace") for name in pack.namelist()}


def opened(lang: str = "es", rows: int = 1) -> docx.document.Document:
    return docx.Document(io.BytesIO(writer.write(sample(lang, rows=rows))))


def test_texts_have_real_styles() -> None:
    used = [paragraph.style.name for paragraph in opened().paragraphs]
    assert used[:4] == ["Title", "Subtitle", "Escala Lead", "Heading 1"]
    assert {"Heading 2", "List Bullet", "List Number", "Caption", "Escala Note"} <= set(used)


def test_a_second_list_begins_at_one_again() -> None:
    lists = [paragraph for paragraph in opened().paragraphs if paragraph.style.name == "List Number"]
    numberings = [paragraph._p.pPr.numPr.numId.val for paragraph in lists]
    assert numberings[0] == numberings[1] != numberings[2]


def test_the_head_of_a_table_is_repeated_and_rows_stay_whole() -> None:
    table = opened(rows=12).tables[0]
    assert table.style.name == "Escala Table"
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True] + [False] * 48
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "A table"


def test_the_file_says_who_and_in_which_language() -> None:
    about = opened().core_properties
    assert (about.author, about.last_modified_by, about.language) == ("Escala", "Escala", "es-CO")
    assert about.title == "Saint Vincent and the Grenadines: a sample"
    assert about.comments == ""
    assert about.created.isoformat() == "2026-11-28T12:00:00+00:00"
    assert set(re.findall(r'<w:lang [^>]*w:val="([\w-]+)"', parts()["word/styles.xml"])) == {"es-CO"}
    assert set(re.findall(r'<w:lang [^>]*w:val="([\w-]+)"', parts("en")["word/styles.xml"])) == {"en"}


def test_nothing_of_the_template_and_nothing_outside_the_file() -> None:
    every = parts()
    assert not [name for name in every if "thumbnail" in name or "customXml" in name or "vba" in name.lower()]
    assert not [name for name, text in every.items() if 'TargetMode="External"' in text]
    whole = "".join(every.values())
    assert not [name for name in ("Macintosh", "python-docx", "Normal.dotm") if name in whole]


def test_pages_are_numbered_by_fields_and_addresses_are_links() -> None:
    every = parts()
    feet = "".join(text for name, text in every.items() if "footer" in name)
    assert all(field in feet for field in (" PAGE ", " NUMPAGES "))
    assert 'HYPERLINK "https://publicadministration.un.org/"' in every["word/document.xml"]
    assert 'HYPERLINK "javascript' not in every["word/document.xml"]


def test_hostile_texts_arrive_as_text() -> None:
    told = [paragraph.text for paragraph in opened().paragraphs if "alert" in paragraph.text]
    assert told[0].startswith("<script>alert(1)</script> #import")
    assert not {"\x07", "\u202e"} & set(told[0])


def test_a_figure_has_a_text_and_a_picture_of_its_own() -> None:
    every = parts()
    described = re.search(r'<wp:docPr [^>]*descr="([^"]*)"', every["word/document.xml"])
    assert described is not None
    assert described[1] == "Two dimensions: 2, none."
    assert [name for name in every if name.startswith("word/media/")] == ["word/media/image1.png"]


def test_cells_have_styles_of_their_own() -> None:
    head, row = opened().tables[0].rows[:2]
    assert {cell.paragraphs[0].style.name for cell in head.cells} == {"Escala Table Head"}
    assert {cell.paragraphs[0].style.name for cell in row.cells} == {"Escala Table Text"}


def test_a_new_page_begins_with_its_heading_and_not_with_an_empty_line() -> None:
    document = sample("es", extra=(Break(), Heading(2, "Annex")))
    file = docx.Document(io.BytesIO(writer.write(document)))
    annex = next(paragraph for paragraph in file.paragraphs if paragraph.text == "Annex")
    assert annex.paragraph_format.page_break_before
    assert "w:br" not in {child.tag for child in annex._p.iter()}
    assert [p.text for p in file.paragraphs if p.paragraph_format.page_break_before] == ["Annex"]
