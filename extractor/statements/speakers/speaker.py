"""What is known about who is responsible for one statement."""

from dataclasses import dataclass

from extractor.statements.statement import Spans


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is responsible for the words of one attribution.

    name: the fullest name that the document gives, else the mention as it stands; empty when nobody can be named.
    mention: the mention nearest the statement, verbatim ("she"); empty when there is none.
    mention_spans: character offsets of the mention's parts in the document's text.
    role: what the document says the speaker is ("Home Secretary"), else empty.
    method: how the name was reached: ``named``, ``partial name``, ``pronoun``, ``nominal``, ``turn``,
        ``continued`` or ``none``.
    confidence: how likely the name is right, 0 to 1.
    """

    name: str = ""
    mention: str = ""
    mention_spans: Spans = ()
    role: str = ""
    method: str = "none"
    confidence: float = 0.0
