"""
Elements of a large XML document one after the other, with their lines. Pure.

Entities and document types are refused (defusedxml), depth and text are bounded; only elements
whose names are wanted are held, and only until they have been handed out.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from meters.readings.refusals import NotXml

BLOCK = 64 * 1024
DEEPEST = 64
LONGEST_TEXT = 4096
MOST_CHILDREN = 20_000


@dataclass(slots=True)
class Element:
    """One element: its name without namespace, its text, and its wanted children."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def find(self, name: str) -> "Element | None":
        """The first element of that name below this one."""
        for child in self.children:
            if child.name == name:
                return child
            if (found := child.find(name)) is not None:
                return found
        return None

    def all(self, name: str) -> list["Element"]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def child_text(self, name: str) -> str:
        """The text of the first child of that name, without blanks; empty when there is none."""
        found = self.all(name)
        return found[0].text.strip() if found else ""


def entries(stream: BinaryIO, *, keep: frozenset[str], each: str = "entry") -> Iterator[Element]:
    """
    Each `each` element when it ends, holding below it only elements named in `keep`; besides, an
    empty `entry` when one begins, if something else is asked for.

    :raises NotXml: with the line where reading ended
    """
    stream.seek(0)
    handler = _Handler(keep, each)
    parser = make_parser()
    parser.setFeature(feature_namespaces, True)
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    try:
        while block := stream.read(BLOCK):
            parser.feed(block)
            yield from handler.take()
        parser.close()
        yield from handler.take()
    except SAXParseException as fault:
        raise NotXml(line=fault.getLineNumber() or 1, fault=fault.getMessage()[:80]) from None
    except DefusedXmlException as fault:
        raise NotXml(line=handler.line(), fault=type(fault).__name__) from None
    except (SAXException, ValueError, LookupError) as fault:
        raise NotXml(line=handler.line(), fault=str(fault)[:80]) from None


class _Handler(ContentHandler):
    def __init__(self, keep: frozenset[str], each: str) -> None:
        super().__init__()
        self.keep, self.each = keep, each
        self.open: list[Element | None] = []
        self.ready: deque[Element] = deque()
        self.depth = 0
        self.locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802
        self.locator = locator

    def line(self) -> int:
        return (self.locator.getLineNumber() if self.locator else 0) or 1

    def take(self) -> Iterator[Element]:
        while self.ready:
            yield self.ready.popleft()

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise SAXException("nested too deeply")
        local = name[1]
        if local == "entry" and self.each != "entry":
            self.ready.append(Element("entry", self.line()))
        begins = local == self.each and not self.open
        if begins or (self.open and local in self.keep):
            told = {key[1]: value[:LONGEST_TEXT] for key, value in attrs.items()}
            self.open.append(Element(local, self.line(), told))
        elif self.open:
            self.open.append(None)

    def characters(self, content: str) -> None:
        top = self.open[-1] if self.open else None
        if top is not None and len(top.text) < LONGEST_TEXT:
            top.text += content[:LONGEST_TEXT]

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        self.depth -= 1
        if not self.open:
            return
        ended = self.open.pop()
        if ended is None:
            return
        if not self.open:
            self.ready.append(ended)
            return
        holder = next((held for held in reversed(self.open) if held is not None), None)
        if holder is not None:
            if len(holder.children) >= MOST_CHILDREN:
                raise SAXException("too many elements in one")
            holder.children.append(ended)
