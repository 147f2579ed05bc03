"""Political text in, a table out of who said what and which statistics.

``extract(source)`` gives the statements of one document, ``extract_many(documents)`` of many, ``rank(source)`` every
sentence in the order to check them, ``load()`` the spaCy pipeline underneath, and ``model_path()`` its folder.
Nothing heavy is imported before the first of them is called.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.api import extract, extract_many, load, model_path, rank
    from extractor.documents.document import Document
    from extractor.errors import ExtractorError, Failure
    from extractor.table.statements import Statements

__all__ = [
    "Document",
    "ExtractorError",
    "Failure",
    "Statements",
    "extract",
    "extract_many",
    "load",
    "model_path",
    "rank",
]

_HOMES = {
    "Document": "extractor.documents.document",
    "ExtractorError": "extractor.errors",
    "Failure": "extractor.errors",
    "Statements": "extractor.table.statements",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "extractor.api")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
