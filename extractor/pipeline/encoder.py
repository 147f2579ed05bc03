"""The one pass of the encoder: an ONNX graph over overlapping windows of words, every head's output from it."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, IS_SPACE, ORTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipeline.encoding import Encoding, WordPieces, encode, window_inputs

if TYPE_CHECKING:
    import onnxruntime

Floats = NDArray[np.float32]

HALF = ("link", "arc_dependent", "arc_head", "label", "coref")
"""Outputs that are kept at half precision: they are wide, and only compared with each other."""


@dataclass
class Reading:
    """What the encoder says of a ``Doc``, over its words (the tokens that are not white space).

    text: what was read. words: (w,) index of each word's token. forms: each word as it stands in the text. starts: (w,)
    its character offset. Each further array has w rows:
    attribution (7), entity (19): scores of O, then B and I of each kind; tags (4): part of speech, fine tag and
    lemma script as indices, and the score of a sentence beginning here; arc_dependent, arc_head: the score of a head
    is their product; label: two halves, dependent and head; link: two halves, from and to; worth (4): value and weight
    for each of two notions of what is worth checking; coref: anaphor, antecedent, and the score of having none.
    """

    text: str
    words: NDArray[np.int64]
    forms: list[str]
    starts: NDArray[np.int64]
    encoding: Encoding
    outputs: dict[str, NDArray[Any]]

    def __getattr__(self, name: str) -> NDArray[Any]:
        try:
            return self.__dict__["outputs"][name]
        except KeyError:
            raise AttributeError(name) from None

    def let_go(self, *names: str) -> None:
        """Drop wide outputs once the component that they are for has read them: a long document's are 2 kB a word."""
        for name in names:
            self.outputs.pop(name, None)


def text_of(doc: Doc) -> str:
    """The text of a ``Doc``, from its reading where it has one: ``doc.text`` puts it together anew each time."""
    reading: Reading | None = doc._.reading if Doc.has_extension("reading") else None
    return doc.text if reading is None else reading.text


@dataclass(frozen=True)
class Window:
    """A stretch ``[start, end)`` of a document's words that goes through the encoder at once.

    kept: the words of it, as another stretch, whose outputs are taken from this window and not from a neighbour.
    """

    start: int
    end: int
    kept: tuple[int, int]


class EncoderComponent:
    """spaCy component ``extractor_encoder``: sets ``doc._.reading``.

    window: most word pieces the encoder sees at once, two special ones included.
    overlap: words that neighbouring windows share; each word is read in one of them, and they part between sentences.
    """

    def __init__(self, nlp: Language, name: str, window: int, overlap: int) -> None:
        self.name = name
        self.window, self.overlap = window, overlap
        self._session: onnxruntime.InferenceSession | None = None
        self._wordpieces: WordPieces | None = None
        self._path: Path | None = None
        if not Doc.has_extension("reading"):
            Doc.set_extension("reading", default=None)

    def __call__(self, doc: Doc) -> Doc:
        if self._wordpieces is None:
            raise ValueError("the encoder has no weights: load the pipeline with extractor.load()")
        orth, offsets, spaced, is_space = doc.to_array([ORTH, IDX, SPACY, IS_SPACE]).astype(np.uint64).T
        forms = [doc.vocab.strings[o] for o in orth.tolist()]
        text = "".join([form + " " if space else form for form, space in zip(forms, spaced.tolist(), strict=True)])
        words = np.flatnonzero(is_space == 0)
        if len(words) != len(doc):
            forms = [forms[i] for i in words.tolist()]
        starts = offsets[words].astype(np.int64)
        encoding = encode(text, forms, starts, self._wordpieces)
        doc._.reading = Reading(text, words, forms, starts, encoding, self._outputs(encoding, self._wordpieces))
        return doc

    def _outputs(self, encoding: Encoding, wordpieces: WordPieces) -> dict[str, NDArray[Any]]:
        """Every output over all words.

        One window at a time: without padding, attention takes its fast way, and what is said of a text does not hang on
        what is read beside it (the scales of int8 are those of a whole input).
        """
        session, n = self.session, len(encoding)
        if not n:
            return {name: np.zeros((0, 1), np.float32) for name in self._names}
        whole: dict[str, NDArray[Any]] = {}
        for window in self.windows(encoding):
            inputs = window_inputs([(encoding, window.start, window.end)], wordpieces)
            del inputs["mask"]
            a, b = window.kept
            for name, values in zip(self._names, session.run(None, inputs), strict=True):
                if name not in whole:
                    kind = np.float16 if name in HALF else np.float32
                    whole[name] = np.zeros((n, values.shape[-1]), dtype=kind)
                whole[name][a:b] = values[0, a - window.start : b - window.start]
        return whole

    def windows(self, encoding: Encoding) -> Iterator[Window]:
        """Overlapping windows that cover every word of a document."""
        n, first, start, seam = len(encoding), encoding.first, 0, 0
        while start < n:
            end = int(np.searchsorted(first, first[start] + self.window - 2, "right")) - 1
            end = min(n, max(end, start + 1))
            if end == n:
                yield Window(start, end, (seam, n))
                return
            following = max(start + 1, end - self.overlap)
            next_seam = max(seam + 1, self._seam(encoding, following, end))
            yield Window(start, end, (seam, next_seam))
            start, seam = min(following, next_seam), next_seam

    @staticmethod
    def _seam(encoding: Encoding, start: int, end: int) -> int:
        """Where in the overlap ``[start, end)`` of two windows the one hands over to the other.

        At the beginning of a paragraph, a line or a sentence near the middle, so that what belongs together is read
        together; in the very middle where there is none.
        """
        places = np.arange(start, end)
        quality = np.where(encoding.line[start:end] > 0, 2.0, encoding.after_stop[start:end])
        depth = np.minimum(places - start, end - places) / max(1, end - start)
        return int(places[(quality + depth).argmax()]) if len(places) else end

    @property
    def session(self) -> "onnxruntime.InferenceSession":
        """The graph, read at first use and run on one thread: processes, not threads, make a batch faster."""
        if self._session is None:
            os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # it looks up its makers' host when it lives a while
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            options.enable_mem_pattern = False  # it keeps a plan for every length that ever comes
            assert self._path is not None
            self._session = onnxruntime.InferenceSession(
                str(self._path / "reader.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._names = [o.name for o in self._session.get_outputs()]
        return self._session

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "EncoderComponent":
        """Use the graph ``reader.onnx`` (its weights may stand beside it) and the vocabulary ``tokenizer.json``."""
        self._path = Path(path)
        self._session = None
        self._wordpieces = WordPieces(self._path / "tokenizer.json")
        self._names = json.loads((self._path / "outputs.json").read_text(encoding="utf-8"))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Copy the graph and the vocabulary to a folder."""
        import shutil

        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
        if self._path is not None and self._path.resolve() != target.resolve():
            for file in self._path.iterdir():
                shutil.copyfile(file, target / file.name)
