"""The parts of an XLSX workbook: a ZIP of XML, each part read within one limit."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from kpis.intake.limits import MAX_PART_BYTES, MAX_UNPACKED_BYTES
from kpis.messages import TableError
from kpis.texts import Text

BLOCK = 1 << 14  # bytes of a long part that are parsed at a time: more elements at once take longer
BOMB = Text(
    "{file}: unpacked, the workbook is larger than {limit} MB. Keep the sheet that is needed.",
)


@dataclass
class Parts:
    """The parts of a workbook, read one by one within one limit.

    tell: is told the share of all bytes, unpacked, that has been gone through, 0 to 1.
    """

    packed: zipfile.ZipFile
    name: str
    tell: Callable[[float], None] | None = None
    left: int = MAX_UNPACKED_BYTES
    passed: int = 0  # bytes of the long parts

    def read(self, part: str) -> bytes:
        """A part unpacked. The size in the directory may be wrong, so the bytes are counted."""
        with self.packed.open(part) as handle:
            content = handle.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise TableError(BOMB, file=self.name, limit=MAX_UNPACKED_BYTES // 1_000_000)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:  # no workbook has them, only attacks
            raise ValueError("a document type")
        return content

    def blocks(self, part: str) -> Iterator[bytes]:
        """A long part in blocks, each told as gone through when the next one is asked for."""
        content = self.read(part)
        whole = max(1, sum(info.file_size for info in self.packed.infolist()))
        for start in range(0, len(content), BLOCK):
            block = content[start : start + BLOCK]
            yield block
            self.passed += len(block)
            if self.tell is not None:
                self.tell(min(1.0, self.passed / whole))

    def tree(self, part: str) -> ElementTree.Element:
        """A small part as a tree."""
        content = self.read(part)
        if len(content) > MAX_PART_BYTES:
            raise TableError(BOMB, file=self.name, limit=MAX_PART_BYTES // 1_000_000)
        return ElementTree.fromstring(content)  # noqa: S314 - no document type, so nothing expands

    def has(self, part: str) -> bool:
        return part in self.packed.namelist()


def links_of(parts: Parts, part: str) -> dict[str | None, tuple[str, str]]:
    """The parts that a part links to, by relationship id: kind and part. Names are free, kinds fixed."""
    folder, _, file = part.rpartition("/")
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    if not parts.has(path):
        return {}
    return {
        link.get("Id"): (
            link.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/"),
        )
        for link in parts.tree(path)
    }


def local(element: ElementTree.Element) -> str:
    """Name without namespace, the only difference between the strict and the usual form of the standard."""
    return element.tag.rpartition("}")[2]


def children_named(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if local(element) == name]
