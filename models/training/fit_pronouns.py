"""Fit how much each piece of evidence counts for "he" and "she": ``python -m models.training.fit_pronouns``.

Writes the section ``person`` of ``extractor/statements/speakers/weights.toml``; run it again after the encoder changes.

* All weights but one are fitted on the train halves of GAP and OntoGUM, by likelihood, held near those that were set by
  hand (``PRIOR``). The learned score is left out there: the encoder has learned these very texts and is right on nearly
  all of them, so it would seem to need no other evidence.
* How much the learned score counts is one number, the likeliest on the dev halves, which the encoder has not learned.
* ``HELD`` is not fitted: what the document says of someone's gender and the grammar of "He left, thanking him" count
  for more than those texts need.
* Pronouns that words are ascribed to ("she said") keep the weights of the section ``source``, set by hand for news:
  encyclopaedic text, of which GAP is made, hardly has any.
"""

import argparse
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor

from extractor.pipeline import load
from extractor.statements.speakers import evidence
from extractor.statements.speakers.evidence import FEMALE, MALE, Evidence, weigh, weights
from extractor.statements.speakers.referents import Referent
from extractor.statements.speakers.resolver import Resolver
from models.training.data import detokenize, ontogum
from models.training.evaluate_coreference import conll_words, gap_names, gap_rows, resolver_of

PRIOR = {
    "is unknown": -1.2, "is someone": -1.0, "is place": -2.0, "is body": -2.0, "is thing": -2.0, "is people": -2.0,
    "passing": 1.0, "bare unknown": -1.5,
    "gender unsaid": -0.3,
    "sentences": -0.7, "paragraphs": -0.2, "subject": 0.95, "often": 0.4, "quoted": -1.5, "possessive": -0.4,
    "speaker": 1.4, "ahead": -3.0, "in its own phrase": -4.0, "joined": -3.0,
    "object with subject": -2.0, "oblique with subject": -1.0,
}  # fmt: skip
HELD = {"gender": 1.8, "object under subject by bare advcl": -2.5}
UNUSED = frozenset({*HELD, "gender against"})
LEARNED = "learned by name"
FEWEST = 20
"""How many candidates must show a quantity for it to get a weight."""
NEAR_PRIOR = 1.0
SHARE = {"gap": 1.0, "ontogum": 0.5}
"""How much a pronoun of each source counts: those of one OntoGUM chain are much alike."""
TRIED = [round(0.05 * k, 2) for k in range(21)]
WEIGHTS = Path(evidence.__file__).with_name("weights.toml")


@dataclass
class Choice:
    """A pronoun's candidates: what speaks for each, which are right, and how much the pronoun counts."""

    candidates: list[Evidence]
    right: list[bool]
    share: float


def gap_choices(nlp: Language, path: Path) -> Iterator[Choice]:
    """One choice a row of GAP. Where neither name is meant, any other candidate is right."""
    pairs = ((row["Text"], row) for row in gap_rows(path))
    for doc, row in nlp.pipe(pairs, as_tuples=True, batch_size=32):
        resolver = resolver_of(doc)
        weighed = resolver.weighed.get(int(row["Pronoun-offset"]), [])
        meant: list[Referent | None] = []
        others: list[Referent | None] = []
        for span, gold in gap_names(row):
            (meant if gold else others).append(resolver.referent_at(*span))
        right = [any(r is m for m in meant) if meant else all(r is not o for o in others) for _, r in weighed]
        yield Choice([e for e, _ in weighed], right, SHARE["gap"])


def ontogum_choices(nlp: Language, path: Path) -> Iterator[Choice]:
    """One choice for each "he" and "she" of OntoGUM that has its antecedent among the candidates."""
    gold = ontogum(path)
    for name, words in conll_words(path).items():
        text, starts = detokenize(words)
        doc = nlp(text)
        spans = [(int(starts[a]), int(starts[b - 1]) + len(words[b - 1]), chain) for a, b, chain in gold[name]]
        yield from _choices(doc, resolver_of(doc), spans)


def _choices(doc: Doc, resolver: Resolver, mentions: list[tuple[int, int, int]]) -> Iterator[Choice]:
    offsets = [token.idx for token in doc]

    def head(start: int, end: int) -> int:
        return doc[bisect_right(offsets, start) - 1 : bisect_right(offsets, end - 1)].root.i

    chain_of = {head(s, e): chain for s, e, chain in sorted(mentions, key=lambda m: m[0] - m[1])}
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for name in resolver.names.all:
        referent, chain = resolver.referent_at(name.start, name.end), chain_of.get(head(name.start, name.end))
        if referent is not None and chain is not None:
            votes[id(referent)][chain] += 1
    chains = {who: counted.most_common(1)[0][0] for who, counted in votes.items()}
    for position, weighed in resolver.weighed.items():
        token = doc[bisect_right(offsets, position) - 1]
        chain = chain_of.get(token.i)
        if chain is None or token.lower_ not in MALE | FEMALE:
            continue
        right = [chains.get(id(referent)) == chain for _, referent in weighed]
        if any(right):
            yield Choice([e for e, _ in weighed], right, SHARE["ontogum"])


def fit(choices: list[Choice]) -> dict[str, float]:
    """The likeliest weights, held near the prior."""
    choices = [c for c in choices if any(c.right) and not all(c.right)]
    counts = Counter(name for c in choices for e in c.candidates for name, value in e.items() if value)
    names = sorted(
        n for n, count in counts.items() if count >= FEWEST and not n.startswith("learned") and n not in UNUSED
    )
    place = {name: k for k, name in enumerate(names)}
    rows = [e for c in choices for e in c.candidates]
    values = np.zeros((len(rows), len(names)), dtype=np.float32)
    for row, known in enumerate(rows):
        for name, value in known.items():
            if name in place:
                values[row, place[name]] = value
    fixed = torch.tensor([sum(HELD[n] * e.get(n, 0.0) for n in HELD) for e in rows])
    group = torch.tensor([k for k, c in enumerate(choices) for _ in c.candidates])
    right = torch.tensor([r for c in choices for r in c.right])
    share = torch.tensor([c.share for c in choices])
    prior = torch.tensor([PRIOR.get(n, 0.0) for n in names])
    fitted = prior.clone().requires_grad_(True)
    matrix = torch.from_numpy(values)
    search = torch.optim.LBFGS([fitted], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        search.zero_grad()
        scores = matrix @ fitted + fixed
        missed = _log_sums(scores, group, len(choices)) - _log_sums(scores - 1e4 * ~right, group, len(choices))
        total = (share * missed).sum() + NEAR_PRIOR * ((fitted - prior) ** 2).sum()
        total.backward()
        return total

    search.step(loss)
    return dict(zip(names, fitted.detach().tolist(), strict=True))


def _log_sums(scores: Tensor, group: Tensor, n: int) -> Tensor:
    """(n,) the log of the summed exponentials of each group's scores."""
    most = torch.full((n,), -1e9).scatter_reduce(0, group, scores.detach(), "amax")
    return most + torch.log(torch.zeros(n).index_add(0, group, torch.exp(scores - most[group])))


def use(found: dict[str, float]) -> None:
    """Make these the weights of this process."""
    known = weights("person")
    known.clear()
    known.update(found)


def likelihood(choices: list[Choice]) -> float:
    """The mean log-likelihood of the right candidates, under the weights in use."""
    total = 0.0
    for choice in choices:
        scores = np.array([weigh(e, "person") for e in choice.candidates])
        total += choice.share * float(np.logaddexp.reduce(scores[np.array(choice.right)]) - np.logaddexp.reduce(scores))
    return total / sum(choice.share for choice in choices)


def write(found: dict[str, float]) -> None:
    """Put the weights in the place of the section ``person``; the rest of the file stays."""
    lines = "".join(f'"{name}" = {value:.3f}\n' for name, value in sorted(found.items()) if abs(value) >= 0.0005)
    text = WEIGHTS.read_text(encoding="utf-8")
    text = re.sub(r"(?ms)^\[person\]\n.*?(?=^\[)", lambda _: f"[person]\n{lines}\n", text)
    WEIGHTS.write_text(text, encoding="utf-8")


def main() -> None:
    """Fit, choose, write; print how many pronouns are right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--pipeline", type=Path, help="the folder of a pipeline; the shipped one by default")
    arguments = parser.parse_args()
    nlp, folder = load(arguments.pipeline), arguments.data / "coref"

    def choices(split: str) -> list[Choice]:
        return [
            *gap_choices(nlp, folder / f"gap-{split}.tsv"),
            *ontogum_choices(nlp, folder / f"ontogum-{split}.conll"),
        ]

    use(PRIOR | HELD)
    fitted = fit(choices("train")) | HELD
    use(fitted)
    dev = [choice for choice in choices("dev") if any(choice.right)]
    found = {}
    for weight in TRIED:
        use(fitted | {LEARNED: weight})
        found[weight] = likelihood(dev)
    best = max(found, key=lambda weight: found[weight])
    write(fitted | {LEARNED: best})
    print({LEARNED: best, "log-likelihood": round(found[best], 4), "without": round(found[0.0], 4)})


if __name__ == "__main__":
    main()
