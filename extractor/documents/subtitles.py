"""Subtitles (WebVTT and SRT): what is said, as paragraphs, each the turn of its speaker where the file names one."""

import re
from collections.abc import Iterator
from html import unescape
from typing import BinaryIO

from extractor.documents.blocks import Blocks, one_line
from extractor.documents.decoding import decode
from extractor.documents.document import Document
from extractor.documents.limits import read_all
from extractor.documents.transcript import split_label
from extractor.errors import ExtractorError

_TIMES = re.compile(
    r"^[ \t]*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})[ \t]*-->[ \t]*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})",
    re.MULTILINE,
)
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"</?[a-zA-Z\d:.][^>]*>|\{\\[^}]*\}")
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*$")
_PAUSE = 2.0  # seconds after which a finished sentence ends its paragraph
_LONGEST = 700  # characters after which it ends it without a pause


def read(stream: BinaryIO, name: str) -> Iterator[Document]:
    """The one document that a subtitle file is; raises E111 when it holds no cue."""
    text = decode(read_all(stream)).replace("\r\n", "\n")
    blocks = Blocks()
    speaker, words, end = "", "", 0.0
    for start, stop, said in _cues(text):
        for line_speaker, line in said:
            new = line_speaker is not None and line_speaker != speaker
            paused = bool(_SENTENCE_END.search(words)) and (start - end > _PAUSE or len(words) > _LONGEST)
            if new or paused:
                blocks.add(words, speaker)
                words = ""
            if line_speaker is not None:
                speaker = line_speaker
            words = f"{words} {line}".strip()
        end = stop
    blocks.add(words, speaker)
    document = blocks.document(name)
    if not document.text:
        raise ExtractorError("E111", "a subtitle file without a cue")
    yield document


def _cues(text: str) -> Iterator[tuple[float, float, list[tuple[str | None, str]]]]:
    """Start and end in seconds, and the lines with the speaker that each names (None: goes on)."""
    times = list(_TIMES.finditer(text))
    before: list[str] = []
    for index, found in enumerate(times):
        begin = text.find("\n", found.end())
        finish = times[index + 1].start() if index + 1 < len(times) else len(text)
        payload = text[begin:finish].strip("\n").split("\n\n")[0] if begin >= 0 else ""
        lines = [line for line in payload.split("\n") if line.strip() and line not in before]  # rolling captions repeat
        before = payload.split("\n")
        yield _seconds(found, 0), _seconds(found, 4), [_speaker(line) for line in lines]


def _seconds(found: re.Match[str], group: int) -> float:
    hours, minutes, seconds, thousandths = (int(found.group(group + n) or 0) for n in (1, 2, 3, 4))
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _speaker(line: str) -> tuple[str | None, str]:
    voice = _VOICE.search(line)
    line = one_line(unescape(_TAG.sub("", _VOICE.sub("", line))))
    changed = line.startswith((">>", "- ", "– "))
    line = line.lstrip(">-– ") if changed else line
    if voice:
        return one_line(unescape(voice.group(1))), line
    label, rest = split_label(line)
    return (label, rest) if label else ("" if changed else None, line)
