"""Markdown: the text that a reader sees, with the fields of its front matter."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from extractor.documents.blocks import Blocks, one_line
from extractor.documents.decoding import decode
from extractor.documents.document import Document
from extractor.documents.jsonl import as_date
from extractor.documents.limits import read_all

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(\w+)\s*:\s*(.*?)\s*$", re.MULTILINE)


def read(stream: BinaryIO, name: str) -> Iterator[Document]:
    """The one document that a Markdown file is."""
    yield from_markdown(decode(read_all(stream)), name)


def from_markdown(source: str, doc_id: str = "") -> Document:
    """Headings, paragraphs, list items and cells as paragraphs; images, code blocks and HTML left out."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(source)
    fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front.group(1))} if front else {}
    blocks = Blocks()
    title, heading = fields.get("title", ""), False
    for token in MarkdownIt("commonmark").enable("table").parse(source[front.end() :] if front else source):
        if token.type == "heading_open":
            heading = token.tag == "h1"
        if token.type == "inline":
            text = one_line("".join(_TEXT.get(t.type, str)(t.content) for t in token.children or ()))
            blocks.add(text)
            if heading and not title:
                title = text
            heading = False
    document = blocks.document(
        doc_id, title, fields.get("url", ""), as_date(fields.get("date")), fields.get("author", "")
    )
    return replace(document, speaker=fields.get("speaker", ""))


_TEXT = {
    "softbreak": lambda _: " ",
    "hardbreak": lambda _: " ",
    "image": lambda _: "",
    "html_inline": lambda _: "",
}
