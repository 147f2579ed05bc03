"""``Document`` to spaCy ``Doc``: the pipelines of ``models/``, every learned head on one encoder pass."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from extractor.documents.document import Document

MODELS = {"small": "en_statements", "large": "en_statements_lg"}
"""Size -> the package that holds the pipeline: the small one is for archives, the large one reads better."""


def model_path(model: str = "small") -> Path:
    """The folder of a shipped pipeline, for ``spacy.load``.

    Raises FileNotFoundError when the installation does not hold it, ValueError when there is none of this size.
    """
    if model not in MODELS:
        raise ValueError(f"no model {model!r}: there are {' and '.join(MODELS)}")
    package = MODELS[model]
    spec = find_spec(package)
    folders = [Path(p) for p in (spec.submodule_search_locations or ())] if spec else []
    folders.append(Path(__file__).resolve().parents[2] / "models" / package)  # a checkout that is not installed
    for folder in folders:
        if (folder / "config.cfg").exists():
            return folder
    raise FileNotFoundError(f"no {model} model: the package {package} holds no config.cfg; install extractor again")


def load(path: str | Path | None = None) -> "Language":
    """The spaCy pipeline of a folder, by default the small one that ships.

    The folder holds all that its tokenizer is, so the one that spaCy would first make of the language is left out.
    """
    import spacy

    import extractor.pipeline.factories  # noqa: F401  registers the components when the package is not installed

    tokenizer = {"@tokenizers": "extractor.UnfilledTokenizer.v1"}
    nlp = spacy.load(path or model_path(), config={"nlp": {"tokenizer": tokenizer}})
    nlp.config["nlp"]["tokenizer"] = {"@tokenizers": "spacy.Tokenizer.v1"}  # what it is from here on, also when saved
    return nlp


def read(nlp: "Language", documents: Iterable["Document"]) -> Iterator[tuple["Document", "Doc"]]:
    """Every document with the ``Doc`` that the pipeline makes of its text, in order.

    Site furniture and speaker labels are read as blanks, so that no statement begins or ends in them; offsets stay.
    """
    pairs = ((nlp.make_doc(_without_furniture(d)), d) for d in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=32):
        yield document, doc


def _without_furniture(document: "Document") -> str:
    """The text with blanks in place of furniture; line ends stay."""
    parts, at = [], 0
    for start, end in sorted(document.furniture):
        start = max(start, at)
        parts.append(document.text[at:start])
        parts += ["\n" if c == "\n" else " " for c in document.text[start:end]]
        at = max(at, end)
    return "".join(parts) + document.text[at:]
