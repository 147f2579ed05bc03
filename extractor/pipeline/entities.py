"""Entities on the ``Doc``, from the encoder's reading."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.pipeline.decoding import best_tags, log_softmax, spans_of
from extractor.pipeline.encoder import Reading
from extractor.pipeline.labelled import LabelledComponent


class EntitiesComponent(LabelledComponent):
    """spaCy component ``extractor_entities``: ``doc.ents``."""

    def __init__(self, nlp: Language, name: str) -> None:
        super().__init__(name)

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = doc._.reading
        if not len(reading.words):
            return doc
        labels, words = self.settings["entity"], reading.words
        found = spans_of(best_tags(log_softmax(reading.entity)))
        doc.set_ents([Span(doc, int(words[a]), int(words[b - 1]) + 1, label=labels[k]) for a, b, k in found])
        return doc
