"""Who said it: the person or body behind each attribution, by the fullest name that the document gives."""

from extractor.statements.speakers.labels import speaker_at
from extractor.statements.speakers.resolve import resolve
from extractor.statements.speakers.speaker import Speaker

__all__ = ["Speaker", "resolve", "speaker_at"]
