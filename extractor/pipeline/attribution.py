"""Attributions as the encoder reads them: who (source) says (cue) what (content)."""

from dataclasses import dataclass, field

from spacy.tokens import Span


@dataclass
class Attribution:
    """One attribution on a ``Doc``.

    content: the parts of what is said, in order; never empty.
    cue: the words that ascribe ("writes", "according to"), in order; empty when there are none.
    source: the mention of who is responsible, in order of the text; empty when there is none.
    probability: how sure the reader is of the whole, 0 to 1.
    """

    content: list[Span]
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    probability: float = 1.0
