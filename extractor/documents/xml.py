"""Hansard as ParlParse gives it: XML with a DTD of its own entities, speeches with given speakers.

Entities that the file itself declares are read, external ones never, and one that blows up is refused by the parser's
bound on amplification. Format: https://parser.theyworkforyou.com (Open Parliament Licence).
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from extractor.documents.blocks import Blocks, one_line
from extractor.documents.document import Document
from extractor.documents.jsonl import as_date
from extractor.documents.limits import read_all
from extractor.errors import ExtractorError, Failure

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BOMB = re.compile("amplification|reference loop|excessive|huge", re.IGNORECASE)


def parse(data: bytes) -> Any:
    """The root element of an XML document; raises E111 when it is broken, E113 when its entities blow up."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if _BOMB.search(str(error)):
            raise ExtractorError("E113", f"XML that blows up: {error.msg}") from None
        raise ExtractorError("E111", f"broken XML: {error.msg}") from None


def read(stream: BinaryIO, name: str) -> Iterator[Document | Failure]:
    """A document for each debate: what stands under one heading, each speech a turn of its speaker.

    Its id is the heading's (``uk.org.publicwhip/debate/2009-10-27d.141.0``), its url that of the first speech.
    """
    root = parse(read_all(stream))
    if not root.xpath("//speech"):
        raise ExtractorError("E110", f"XML, but not of Hansard: <{root.tag}> without a <speech>")
    major, minor, speeches = "", "", []
    heading = None
    for element in root.iter("major-heading", "minor-heading", "oral-heading", "speech"):
        if element.tag == "speech":
            speeches.append(element)
            continue
        if speeches:
            yield _debate(heading, major, minor, speeches, name)
            speeches = []
        if element.tag == "minor-heading":
            minor = one_line("".join(element.itertext()))
        else:
            major, minor = one_line("".join(element.itertext())), ""
        heading = element
    if speeches:
        yield _debate(heading, major, minor, speeches, name)


def _debate(heading: Any, major: str, minor: str, speeches: list[Any], name: str) -> Document:
    blocks = Blocks()
    blocks.add(minor or major)
    for speech in speeches:
        speaker = "" if speech.get("nospeaker") == "true" else speech.get("speakername") or ""
        for paragraph in speech.iter("p"):
            blocks.add(one_line("".join(paragraph.itertext())), speaker)
    first = heading if heading is not None else speeches[0]
    doc_id = first.get("id") or name
    day = _DAY.search(doc_id) or _DAY.search(name)
    return blocks.document(
        doc_id=doc_id,
        title=": ".join(part for part in (major, minor) if part),
        url=speeches[0].get("url") or first.get("url") or "",
        published=as_date(day.group()) if day else None,
    )
