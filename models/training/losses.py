"""What each head is asked to do, as losses over a batch's outputs."""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from models.training.batches import Window
from models.training.data import IGNORE
from models.training.model import COREF, LABEL, LINK, Reader

CLAIMBUSTER, DEBATES = 0, 2  # columns of the worth head, each with the weights of the words after it


def cross_entropy(logits: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
    return F.cross_entropy(
        logits.flatten(0, -2).float(), target.flatten(), ignore_index=IGNORE, label_smoothing=smoothing
    )


def pointer(query: Tensor, key: Tensor, target: Tensor, allowed: Tensor) -> Tensor:
    """Each word points at one word that it may point at: (b, w, d) twice, target (b, w), allowed (b, w or 1, w)."""
    scores = query.float() @ key.float().transpose(1, 2) / query.shape[-1] ** 0.5
    return cross_entropy(scores.masked_fill(~allowed, -1e4), target)


def loss_of(model: Reader, name: str, batch: list[Window], inputs: dict[str, Tensor], out: dict[str, Tensor]) -> Tensor:
    """The loss of a batch of one source, summed over the heads that the source has labels for."""
    lengths = torch.tensor([w.end - w.start for w in batch], device=inputs["first"].device)
    present = torch.arange(inputs["first"].shape[1], device=lengths.device) < lengths[:, None]
    total = out["worth"].float().sum() * 0.0
    if "attribution" in inputs:
        total = total + cross_entropy(out["attribution"], inputs["attribution"])
    for head in ("attribution", "entity"):
        if f"teacher {head}" in inputs:
            total = total + distil(out[head], inputs[f"teacher {head}"], inputs.get(head))
    if "link" in inputs and (inputs["link"] >= 0).any():
        link = out["link"]
        total = total + 0.3 * pointer(link[..., :LINK], link[..., LINK:], inputs["link"], present[:, None, :])
    if "entity" in inputs:
        total = total + cross_entropy(out["entity"], inputs["entity"])
    if "head" in inputs:
        total = total + syntax(model, inputs, out, present)
    if name in ("claimbuster", "debates"):
        total = total + worthiness(name, batch, out["worth"])
    if name == "gap" or any(w.example.mentions for w in batch):
        total = total + coreference(model, batch, out["coref"])
    return total


def distil(logits: Tensor, teacher: Tensor, gold: Tensor | None, temperature: float = 1.5) -> Tensor:
    """Hinton et al. (2015): the student's distribution towards the teacher's, softened. teacher: (b, w, labels)."""
    known = teacher.abs().sum(-1) > 0
    student = F.log_softmax(logits[known].float() / temperature, -1)
    goal = F.softmax(teacher[known].float() / temperature, -1)
    share = 2.0 if gold is not None else 1.5
    return share * temperature**2 * F.kl_div(student, goal, reduction="batchmean")


def syntax(model: Reader, inputs: dict[str, Tensor], out: dict[str, Tensor], present: Tensor) -> Tensor:
    s = model.sizes
    upos, xpos, lemma, sentence = out["tags"].split([s["upos"], s["xpos"], s["lemma"], 1], -1)
    loss = (
        cross_entropy(upos, inputs["upos"])
        + 0.5 * cross_entropy(xpos, inputs["xpos"])
        + 0.3 * cross_entropy(lemma, inputs["lemma"])
    )
    start = inputs["sentence"]
    known = start != IGNORE
    loss = loss + 2 * F.binary_cross_entropy_with_logits(sentence[..., 0][known].float(), start[known].float())
    # a head is looked for among the words of its own sentence, as when the tree is built
    sentences = (start == 1).cumsum(1)
    allowed = (sentences[:, :, None] == sentences[:, None, :]) & present[:, None, :]
    loss = loss + pointer(out["arc_dependent"], out["arc_head"], inputs["head"], allowed)
    # labels are learned on the gold heads
    head = inputs["head"].clamp(min=0)
    dependent, governor = out["label"][..., :LABEL], out["label"][..., LABEL:]
    chosen = governor.gather(1, head[..., None].expand(-1, -1, LABEL))
    logits = model.label_out(F.relu(dependent + chosen).float())
    relation = torch.where(inputs["head"] >= 0, inputs["relation"], IGNORE)
    return loss + cross_entropy(logits, relation)


def pooled(worth: Tensor, column: int) -> Tensor:
    """The score of a stretch of words: their values, each weighted by how much it matters. worth: (w, 4)."""
    weights = worth[:, column + 1].float().softmax(0)
    return (weights * worth[:, column].float()).sum()


def worthiness(name: str, batch: list[Window], worth: Tensor) -> Tensor:
    """Of each whole sentence, its score against its label; and, where a teacher has read it, against what that says.

    A teacher knows ClaimBuster's question alone; what it says of debates is all they say of that question.
    """
    spans: list[tuple[int, int, int]] = []  # column, first word and end in the batch laid out flat
    goals: list[float] = []
    for row, window in enumerate(batch):
        taught = window.example.taught
        shift = row * worth.shape[1] - window.start
        for k, (a, b, label) in enumerate(window.example.sentences):
            if a < window.start or b > window.end:
                continue
            if name == "debates":
                spans.append((DEBATES, a + shift, b + shift))
                goals.append(label)
            elif taught is not None:
                label = (label + float(taught[k])) / 2
            if name == "claimbuster" or taught is not None:
                spans.append((CLAIMBUSTER, a + shift, b + shift))
                goals.append(label if name == "claimbuster" else float(taught[k]))
    if not spans:
        return worth.sum() * 0.0
    scores = pooled_all(worth.flatten(0, 1).float(), spans)
    loss = F.binary_cross_entropy_with_logits(scores, torch.tensor(goals, device=worth.device))
    return 0.5 * loss if name == "claimbuster" else loss


def pooled_all(worth: Tensor, spans: list[tuple[int, int, int]]) -> Tensor:
    """`pooled` of many stretches at once. worth: (w, 4); spans: (column, first word, end) of each."""
    sizes = [b - a for _, a, b in spans]
    words = torch.tensor(np.concatenate([np.arange(a, b) for _, a, b in spans]), device=worth.device)
    columns = torch.tensor(np.repeat([c for c, _, _ in spans], sizes), device=worth.device)
    owner = torch.tensor(np.repeat(np.arange(len(spans)), sizes), device=worth.device)
    values, weights = worth[words, columns], worth[words, columns + 1]
    peak = torch.full((len(spans),), -torch.inf, device=worth.device).scatter_reduce(
        0, owner, weights.detach(), "amax", include_self=False
    )
    shares = (weights - peak[owner]).exp()
    total = torch.zeros_like(peak).index_add(0, owner, shares)
    return torch.zeros_like(peak).index_add(0, owner, shares * values) / total


def distance_bucket(distance: Tensor) -> Tensor:
    """0 to 11: distances in words, doubling."""
    return torch.log2(distance.float().clamp(min=1)).long().clamp(max=11)


def antecedent_scores(model: Reader, coref: Tensor, anaphors: Tensor, candidates: Tensor) -> Tensor:
    """(a, c + 1): how well each candidate word is an anaphor's antecedent; the last column: it has none before it."""
    query, key = coref[anaphors, :COREF].float(), coref[candidates, COREF : 2 * COREF].float()
    scores = query @ key.T / COREF**0.5
    scores = scores + model.coref_near[distance_bucket(anaphors[:, None] - candidates[None, :])]
    return torch.cat((scores, coref[anaphors, -1:].float()), 1)


def coreference(model: Reader, batch: list[Window], coref: Tensor) -> Tensor:
    """Lee et al. (2017), over given mentions: the probability of all right antecedents together."""
    losses = []
    for row, window in enumerate(batch):
        a, b = window.start, window.end
        if window.example.gap is not None:
            pronoun, names, right = window.example.gap
            if not all(a <= i < b for i in (pronoun, *names)):
                continue
            at = torch.tensor([pronoun, *names], device=coref.device) - a
            scores = antecedent_scores(model, coref[row], at[:1], at[1:])[0]
            goal = 0 if right[0] else 1 if right[1] else 2
            losses.append(F.cross_entropy(scores[None], torch.tensor([goal], device=coref.device)))
            continue
        inside = [(i - a, chain) for i, chain in window.example.mentions if a <= i < b]
        if len(inside) < 2:
            continue
        heads, chains = torch.tensor(inside, device=coref.device).T
        scores = antecedent_scores(model, coref[row], heads, heads)
        before = torch.ones(len(inside), len(inside), dtype=torch.bool, device=coref.device).tril(-1)
        allowed = F.pad(before, (0, 1), value=True)
        right = (chains[:, None] == chains[None, :]) & before
        first = ~right.any(1)
        # in a window that begins in mid-document, a chain's first mention here counts as having none before it
        gold = torch.cat((right, first[:, None]), 1)
        scores = scores.masked_fill(~allowed, -1e4)
        loss = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~gold, -1e4), 1)
        losses.append(loss.mean())
    return torch.stack(losses).mean() if losses else coref.sum() * 0.0
