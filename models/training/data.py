"""The training data, each source as examples over words: what the encoder reads and what each head should say.

No text of any source is part of the project; where each comes from and its licence stands in the model card.
"""

import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import spacy

from extractor.pipeline.encoding import Encoding, WordPieces, encode
from models.training.labels import ATTRIBUTION, ENTITIES, Vocabulary, bio, lemma_script

IGNORE = -100


@dataclass
class Example:
    """One document: its encoding and the labels that its source knows.

    labels: name of a head to (w,) ints, IGNORE where unknown.
    mentions: coreference mentions as (head word, chain), in order of the text.
    taught: what a teacher gives each of the sentences as the chance that ClaimBuster's readers would check it.
    """

    name: str
    source: str
    encoding: Encoding
    labels: dict[str, np.ndarray] = field(default_factory=dict)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    sentences: list[tuple[int, int, float]] = field(default_factory=list)
    taught: np.ndarray | None = None
    words: list[str] = field(default_factory=list)
    gap: tuple[int, list[int], list[int]] | None = None


@cache
def tokenizer() -> "spacy.Language":
    return spacy.blank("en")


def tokens_of(text: str) -> tuple[list[str], np.ndarray]:
    """spaCy's words of a text, white space left out, and the character offset of each."""
    doc = tokenizer().make_doc(text)
    kept = [t for t in doc if not t.is_space]
    return [t.text for t in kept], np.asarray([t.idx for t in kept], dtype=np.int64)


def polnear(path: Path, wordpieces: WordPieces) -> Iterator[Example]:
    """PolNeAR: attribution tags (BIO over source, cue, content) and, for each tagged word, the word it links to.

    A word of a content links to the first word of its cue (without a cue, of its source), a word of a cue to the first
    word of its source, a further part of a cue or source to the first word of the first part; a word with nothing to
    link to links to the first word of its own span.
    """
    for line in path.open(encoding="utf-8"):
        article = json.loads(line)
        words, starts = tokens_of(article["text"])
        ends = starts + np.asarray([len(w) for w in words])
        tags = np.zeros(len(words), dtype=np.int64)
        links = np.full(len(words), IGNORE, dtype=np.int64)

        def span(part: list[int], starts: np.ndarray = starts, ends: np.ndarray = ends) -> tuple[int, int]:
            return int(np.searchsorted(ends, part[0], "right")), int(np.searchsorted(starts, part[1], "left"))

        for attribution in article["attributions"]:
            parts = {
                r: [s for p in attribution.get(r, []) if (s := span(p))[0] < s[1]] for r in ("source", "cue", "content")
            }
            heads = {r: p[0][0] for r, p in parts.items() if p}
            for role, label in (("content", 5), ("cue", 3), ("source", 1)):
                for k, (a, b) in enumerate(parts[role]):
                    tags[a:b] = label + 1
                    tags[a] = label
                    if role == "content":
                        target = heads.get("cue", heads.get("source", heads["content"]))
                    elif role == "cue":
                        target = heads.get("source", a) if k == 0 else heads["cue"]
                    else:
                        target = a if k == 0 else heads["source"]
                    links[a:b] = target
        encoding = encode(article["text"], words, starts, wordpieces)
        yield Example(article["id"], "polnear", encoding, {"attribution": tags, "link": links}, words=words)


def conllu(path: Path) -> Iterator[tuple[str, str, list[list[str]], list[int], list[int]]]:
    """Documents of a treebank: name, text, token rows, character offset of each token, index of sentence starts."""
    name, text, rows, offsets, firsts = "", "", [], [], []  # type: ignore[var-annotated]
    glue, until, paragraph = True, "", False
    for line in [*path.read_text(encoding="utf-8").split("\n"), "# newdoc id = "]:
        if line.startswith("# newdoc"):
            if rows:
                yield name, text, rows, offsets, firsts
            name, text, rows, offsets, firsts = line.split("=")[-1].strip(), "", [], [], []
            glue = True
        elif (line.startswith("# newpar") and "=" in line) or line.strip() == "# newpar":
            paragraph = True
        elif line.startswith("# sent_id"):
            firsts.append(len(rows))
            if rows and paragraph:
                text, glue = text + "\n\n", True
            paragraph = False
            first_row = len(rows)
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            if "." in cells[0]:
                continue
            spaced = "SpaceAfter=No" not in cells[9]
            if "-" in cells[0]:
                until, range_spaced = cells[0].split("-")[1], spaced
                if not glue:
                    text += " "
                glue = True
                begin, surface = len(text), cells[1]
                text += surface
                taken = 0
                continue
            if until:
                # the words of a contraction share its surface
                rest = surface[taken:]
                at = rest.lower().find(cells[1].lower()) if cells[0] != until else 0
                length = len(rest) if cells[0] == until else len(cells[1]) if at == 0 else max(1, len(rest) // 2)
                offsets.append(begin + min(taken, len(surface) - 1))
                taken += length
                if cells[0] == until:
                    until, glue = "", not range_spaced
            else:
                if not glue:
                    text += " "
                offsets.append(len(text))
                text += cells[1]
                glue = not spaced
            rows.append([*cells, str(first_row)])


def treebank(
    path: Path, wordpieces: WordPieces, vocabulary: Vocabulary, chains: dict[str, list[tuple[int, int]]]
) -> Iterator[Example]:
    """Universal Dependencies: tags, lemma scripts, heads, labels, sentence starts; chains where OntoGUM has them."""
    for name, text, rows, offsets, firsts in conllu(path):
        words = [r[1] for r in rows]
        starts = np.asarray(offsets, dtype=np.int64)
        sentence = np.zeros(len(rows), dtype=np.int64)
        sentence[[f for f in firsts if f < len(rows)]] = 1
        heads = np.asarray([int(r[10]) + int(r[6]) - 1 if int(r[6]) else i for i, r in enumerate(rows)])
        labels = {
            "upos": np.asarray([vocabulary.id("upos", r[3]) for r in rows]),
            "xpos": np.asarray([vocabulary.id("xpos", r[4]) for r in rows]),
            "lemma": np.asarray([vocabulary.id("lemma", lemma_script(r[1], r[2])) for r in rows]),
            "head": heads,
            "relation": np.asarray([vocabulary.id("relation", r[7]) for r in rows]),
            "sentence": sentence,
        }
        example = Example(name, path.stem, encode(text, words, starts, wordpieces), labels, words=words)
        if name in chains:
            example.mentions = heads_of_mentions(chains[name], heads, len(rows))
        yield example


def heads_of_mentions(mentions: list[tuple[int, int, int]], heads: np.ndarray, size: int) -> list[tuple[int, int]]:
    """Mentions as (syntactic head word, chain): the word of the span whose own head lies outside it."""
    found = {}
    for a, b, chain in mentions:
        if b <= size:
            outside = [i for i in range(a, b) if not a <= heads[i] < b or heads[i] == i]
            found.setdefault((outside or [b - 1])[0], chain)
    return sorted(found.items())


def ontogum(path: Path) -> dict[str, list[tuple[int, int, int]]]:
    """Coreference mentions by document as (first word, end, chain)."""
    documents: dict[str, list[tuple[int, int, int]]] = {}
    name, opened, at = "", {}, 0  # type: ignore[var-annotated]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# begin document"):
            name, opened, at = line.split("document")[1].strip(), {}, 0
            documents[name] = []
        elif line and not line.startswith("#"):
            for mark in re.findall(r"\(\d+\)|\(\d+|\d+\)", line.split("\t")[2]):
                chain = int(mark.strip("()"))
                if mark.startswith("("):
                    opened.setdefault(chain, []).append(at)
                if mark.endswith(")"):
                    documents[name].append((opened[chain].pop(), at + 1, chain))
            at += 1
    return documents


NO_SPACE_BEFORE = re.compile(r"^(?:[.,;:!?%)\]}…’”]|n't|n’t|['’](?:s|re|ve|ll|d|m|S))")
NO_SPACE_AFTER = re.compile(r"[(\[{$£€“‘#]$")


def detokenize(words: list[str]) -> tuple[str, np.ndarray]:
    """Tokens put back to text as a newspaper would set them, and the character offset of each."""
    text, starts, opened = "", [], False
    for i, word in enumerate(words):
        glued = i == 0 or NO_SPACE_BEFORE.match(word) is not None or NO_SPACE_AFTER.search(words[i - 1]) is not None
        if word == '"':
            glued, opened = (glued if not opened else True), not opened
        elif i and words[i - 1] == '"' and opened:
            glued = True
        if not glued:
            text += " "
        starts.append(len(text))
        text += word
    return text, np.asarray(starts, dtype=np.int64)


def newswire_documents(path: Path) -> Iterator[tuple[str, list[list[tuple[str, str]]]]]:
    """Documents of the worldwide newswire: name, and sentences of (word, tag)."""
    name, document, sentence = "", [], []  # type: ignore[var-annotated]
    for line in [*path.read_text(encoding="utf-8").splitlines(), "", "# doc "]:
        if line.startswith("# doc"):
            if document:
                yield name, document
            name, document = line[6:], []
        elif not line.strip():
            if sentence:
                document.append(sentence)
            sentence = []
        else:
            cells = line.split()  # a few lines are aligned by spaces, and the tag of a few is missing
            sentence.append((cells[0], cells[-1] if len(cells) > 1 else "O"))


def newswire(path: Path, wordpieces: WordPieces) -> Iterator[Example]:
    """Entities of the worldwide newswire, a document an example, some sentences set as paragraphs of their own."""
    for name, document in newswire_documents(path):
        rng = random.Random(name)
        text, words, starts, tags = "", [], [], []  # type: ignore[var-annotated]
        for sentence in document:
            part, offsets = detokenize([w for w, _ in sentence])
            if text:
                text += rng.choice((" ", " ", " ", "\n\n"))
            starts += [len(text) + int(o) for o in offsets]
            text += part
            words += [w for w, _ in sentence]
            tags += [ENTITIES.index(t) for _, t in sentence]
        encoding = encode(text, words, np.asarray(starts, dtype=np.int64), wordpieces)
        yield Example(name, "newswire", encoding, {"entity": np.asarray(tags, dtype=np.int64)}, words=words)


def claimbuster(path: Path, wordpieces: WordPieces, seed: int = 0, group: int = 8) -> Iterator[Example]:
    """ClaimBuster: debate sentences, some alone, some after the ones before them in the debate.

    ``sentences`` holds (first word, end, worthiness 0 or 1) of each labelled sentence.
    """
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    rows.sort(key=lambda r: (r["File_id"], int(r["Line_number"])))
    rng = random.Random(seed)
    at = 0
    while at < len(rows):
        size = rng.choice((1, 1, 2, group))
        chosen = [rows[at]]
        while len(chosen) < size and at + len(chosen) < len(rows):
            following = rows[at + len(chosen)]
            if (
                following["File_id"] != chosen[-1]["File_id"]
                or int(following["Line_number"]) > int(chosen[-1]["Line_number"]) + 2
            ):
                break
            chosen.append(following)
        yield labelled_sentences(
            f"{chosen[0]['File_id']}-{chosen[0]['Sentence_id']}",
            "claimbuster",
            [(r["Text"], float(r["Verdict"] == "1")) for r in chosen],
            wordpieces,
        )
        at += len(chosen)


def debate_rows(path: Path) -> list[tuple[str, bool]]:
    """The lines of a CheckThat! transcript, and whether factcheck.org checked each."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(r[2], r[3] == "1") for r in rows if len(r) >= 4]


def debate(path: Path, wordpieces: WordPieces) -> Example:
    """A CheckThat! transcript, turn after turn; worthiness 1 where factcheck.org checked the line."""
    return labelled_sentences(path.stem, "debates", [(t, float(y)) for t, y in debate_rows(path)], wordpieces)


def labelled_sentences(name: str, source: str, rows: list[tuple[str, float]], wordpieces: WordPieces) -> Example:
    text = ""
    bounds = []
    for sentence, _ in rows:
        text += " " if text else ""
        bounds.append((len(text), len(text) + len(sentence)))
        text += sentence
    words, starts = tokens_of(text)
    spans = []
    for (begin, end), (_, label) in zip(bounds, rows, strict=True):
        a, b = np.searchsorted(starts, (begin, end))
        if a < b:
            spans.append((int(a), int(b), label))
    return Example(name, source, encode(text, words, starts, wordpieces), sentences=spans, words=words)


def gap(path: Path, wordpieces: WordPieces) -> Iterator[Example]:
    """GAP: an ambiguous pronoun and two names; ``gap`` is (pronoun word, words of A, words of B), chain says which."""
    for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        words, starts = tokens_of(row["Text"])

        def at(offset: str, text: str, starts: np.ndarray = starts) -> int:
            """The last word of a name: the head of an English name."""
            return int(np.searchsorted(starts, int(offset) + len(text), "left")) - 1

        pronoun = int(np.searchsorted(starts, int(row["Pronoun-offset"]), "right")) - 1
        a, b = at(row["A-offset"], row["A"]), at(row["B-offset"], row["B"])
        a_right, b_right = row["A-coref"].upper() == "TRUE", row["B-coref"].upper() == "TRUE"
        example = Example(row["ID"], "gap", encode(row["Text"], words, starts, wordpieces), words=words)
        example.gap = (pronoun, [a, b], [int(a_right), int(b_right)])
        yield example


def attribution_names() -> tuple[str, ...]:
    return bio(ATTRIBUTION)
