"""Paragraphs that a format gives one by one, put together to the text that offsets count in."""

from dataclasses import dataclass, field, replace
from datetime import date

from extractor.documents.decoding import without_surrogates
from extractor.documents.document import Document, Turn
from extractor.documents.furniture import furniture_spans

_BREAK = "\n\n"


@dataclass
class Blocks:
    """Paragraphs of a document, in the order of reading, with a blank line between them in its text."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _turns: list[Turn] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)

    def add(self, paragraph: str, speaker: str = "") -> None:
        """Append a paragraph, if it holds anything; ``speaker``: whose words all of it is."""
        paragraph = without_surrogates(paragraph).strip()
        if not paragraph:
            return
        start = self._length + (len(_BREAK) if self._parts else 0)
        self._parts.append(paragraph)
        self._length = start + len(paragraph)
        if speaker:
            last = self._turns[-1] if self._turns else None
            if last and last.speaker == speaker and last.end == start - len(_BREAK):
                self._turns[-1] = replace(last, end=self._length)
            else:
                self._turns.append(Turn(start, self._length, speaker))

    def page(self) -> None:
        """Begin a page with the next paragraph."""
        self._pages.append(self._length + (len(_BREAK) if self._parts else 0))

    def document(
        self,
        doc_id: str,
        title: str = "",
        url: str = "",
        published: date | None = None,
        byline: str = "",
    ) -> Document:
        """The document that the paragraphs make up, its lines of furniture marked."""
        text = _BREAK.join(self._parts)
        return Document(
            text=text,
            doc_id=doc_id,
            title=title,
            url=url,
            published=published,
            byline=byline,
            turns=tuple(self._turns),
            pages=tuple(self._pages),
            furniture=furniture_spans(text),
        )


def one_line(text: str) -> str:
    """``text`` with every run of blanks and line ends as one space."""
    return " ".join(text.split())
