"""Tables of articles: which of their columns hold what, whatever they are called."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extractor.documents.document import Document
from extractor.documents.jsonl import from_record
from extractor.errors import ExtractorError, Failure

_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "full_text", "maintext", "transcript", "speech"),
    "id": ("id", "doc_id", "article_id", "uid", "guid"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publish_date", "publication_date", "pubdate", "created_at"),
    "url": ("url", "link", "source_url", "permalink"),
    "byline": ("byline", "author", "authors"),
    "speaker": ("speaker", "speaker_name"),
}


def find_columns(header: Iterable[str]) -> dict[str, str]:
    """Field -> the column that holds it; raises `ExtractorError` E121 when none holds the text."""
    lower = {str(name).strip().lower().replace(" ", "_"): name for name in header}
    found = {field: next((lower[name] for name in names if name in lower), None) for field, names in _NAMES.items()}
    columns = {field: name for field, name in found.items() if name is not None}
    if "text" not in columns:
        raise ExtractorError(
            "E121", f"no column called {', '.join(_NAMES['text'][:3])}: {', '.join(map(str, lower))[:100]}"
        )
    return columns


def read_rows(
    rows: Iterable[Mapping[Any, Any]], columns: dict[str, str], name: str, first: int
) -> Iterator[Document | Failure]:
    """A document for each row; a row without text is reported by its number, counted from ``first``."""
    for number, row in enumerate(rows, start=first):
        if any(row.get(None) or ()):  # where `csv` puts cells that no column is left for
            yield Failure(
                f"{name}:{number}", "E111", "more cells than columns: text with separators needs quotation marks"
            )
        else:
            yield read_row({field: row.get(column) for field, column in columns.items()}, f"{name}:{number}")


def read_row(record: Mapping[str, Any], name: str) -> Document | Failure:
    """The document of one row's fields; ``name``: its id where it has none, and what its failure is called by."""
    if not isinstance(record["text"], str) or not record["text"].strip():
        return Failure(name, "E121", "a row without text")
    return from_record(record, name)
