"""The network: one encoder, every head. Plain torch, so that the exported graph holds no more than what runs.

The encoders are those of MiniLM (Wang et al. 2020, a small BERT) and MPNet (Song et al. 2020, a BERT with relative
positions); the syntax head is the biaffine one of Dozat and Manning (2017).
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from extractor.pipeline.encoding import CASES, LINES, QUOTES


@dataclass(frozen=True)
class EncoderConfig:
    vocabulary: int
    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    relative_buckets: int = 0
    first_position: int = 0
    types: int = 2
    eps: float = 1e-12
    kept: tuple[int, ...] = ()

    @classmethod
    def of(cls, folder: Path, kept: Sequence[int] = ()) -> "EncoderConfig":
        """kept: which of the published layers to take, all by default."""
        c = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        relative = c.get("relative_attention_num_buckets", 0)
        return cls(
            c["vocab_size"], c["hidden_size"], len(kept) or c["num_hidden_layers"],
            c["num_attention_heads"], c["intermediate_size"],
            c["max_position_embeddings"], relative, 2 if relative else 0,
            c.get("type_vocab_size", 0) if not relative else 0,
            c["layer_norm_eps"], tuple(kept),
        )  # fmt: skip


class FusedAttention(torch.autograd.Function):
    """Attention as the one operator that onnxruntime has for it (``com.microsoft.MultiHeadAttention``); export only."""

    @staticmethod
    def forward(ctx: object, q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None, heads: int) -> Tensor:
        return q + 0 * (k + v)  # only the shape matters while the graph is traced

    @staticmethod
    def symbolic(g, q, k, v, bias, heads):  # type: ignore[no-untyped-def]
        none = torch.onnx.symbolic_helper._optional_input_placeholder_tensor(g)
        extra = [] if bias is None else [none, none, bias]
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, *extra, num_heads_i=heads).setType(q.type())


class Layer(nn.Module):
    def __init__(self, c: EncoderConfig, dropout: float) -> None:
        super().__init__()
        self.heads = c.heads
        self.dropout = dropout
        self.qkv = nn.Linear(c.hidden, 3 * c.hidden)
        self.out = nn.Linear(c.hidden, c.hidden)
        self.norm1 = nn.LayerNorm(c.hidden, eps=c.eps)
        self.up = nn.Linear(c.hidden, c.inner)
        self.down = nn.Linear(c.inner, c.hidden)
        self.norm2 = nn.LayerNorm(c.hidden, eps=c.eps)

    def forward(self, x: Tensor, mask: Tensor | None, bias: Tensor | None) -> Tensor:
        """x: (b, p, hidden); mask: (b, p); bias: (1, heads, p, p) added to the attention scores, or none."""
        b, p, d = x.shape
        if mask is None:
            q, k, v = self.qkv(x).split(d, -1)
            mixed = FusedAttention.apply(q, k, v, bias, self.heads)
        else:
            q, k, v = self.qkv(x).view(b, p, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
            hidden = ((1.0 - mask.to(x.dtype)) * -10000.0)[:, None, None, :].expand(-1, -1, p, -1)
            full = hidden if bias is None else hidden + bias
            forgotten = self.dropout if self.training else 0.0
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=full, dropout_p=forgotten)
            mixed = mixed.transpose(1, 2).reshape(b, p, d)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))

    def drop(self, x: Tensor) -> Tensor:
        return F.dropout(x, self.dropout, self.training) if self.dropout else x


class Encoder(nn.Module):
    """dropout: inside the layers; where there is no GPU it costs more than all the rest, so 0 by default."""

    def __init__(self, c: EncoderConfig, dropout: float = 0.0) -> None:
        super().__init__()
        self.config = c
        self.words = nn.Embedding(c.vocabulary, c.hidden)
        self.positions = nn.Embedding(c.positions, c.hidden)
        self.case = nn.Embedding(CASES, c.hidden)
        self.quote = nn.Embedding(QUOTES, c.hidden)
        self.line = nn.Embedding(LINES, c.hidden)
        for feature in (self.case, self.quote, self.line):
            nn.init.zeros_(feature.weight)
        self.norm = nn.LayerNorm(c.hidden, eps=c.eps)
        self.layers = nn.ModuleList(Layer(c, dropout) for _ in range(c.layers))
        if c.relative_buckets:
            self.relative = nn.Embedding(c.relative_buckets, c.heads)

    def forward(self, pieces: Tensor, case: Tensor, quote: Tensor, line: Tensor, mask: Tensor | None) -> list[Tensor]:
        """All (b, p); mask: 1 where there is a piece. Returns the embeddings and each layer's output.

        Without a mask, as it is exported, there is no padding, and the attention is what onnxruntime has for it.
        """
        p = pieces.shape[1]
        place = torch.arange(p, device=pieces.device)
        x = self.words(pieces) + self.positions(place + self.config.first_position)
        x = self.norm(x + self.case(case) + self.quote(quote) + self.line(line))
        bias = None
        if self.config.relative_buckets:
            buckets = relative_buckets(place, self.config.relative_buckets)
            bias = self.relative(buckets).permute(2, 0, 1)[None].to(x.dtype)
        outputs = [x]
        for layer in self.layers:
            x = layer(x, mask, bias)
            outputs.append(x)
        return outputs

    def load(self, folder: Path) -> None:
        """Take the published weights, whose names differ by family."""
        source = load_file(folder / "model.safetensors")
        source = {k.removeprefix("bert.").removeprefix("mpnet."): v for k, v in source.items()}
        mpnet = "encoder.relative_attention_bias.weight" in source
        state = self.state_dict()
        state["words.weight"] = source["embeddings.word_embeddings.weight"]
        state["positions.weight"] = source["embeddings.position_embeddings.weight"]
        if not mpnet:  # one segment only, so its type embedding belongs to every position
            state["positions.weight"] = state["positions.weight"] + source["embeddings.token_type_embeddings.weight"][0]
        else:
            state["relative.weight"] = source["encoder.relative_attention_bias.weight"]
        for kind in ("weight", "bias"):
            state[f"norm.{kind}"] = source[f"embeddings.LayerNorm.{kind}"]
            for i, published in enumerate(self.config.kept or range(self.config.layers)):
                old, new = f"encoder.layer.{published}.", f"layers.{i}."
                names = ("q", "k", "v") if mpnet else ("self.query", "self.key", "self.value")
                state[f"{new}qkv.{kind}"] = torch.cat(
                    [source[f"{old}attention.{'attn.' if mpnet else ''}{n}.{kind}"] for n in names]
                )
                state[f"{new}out.{kind}"] = source[f"{old}attention.{'attn.o' if mpnet else 'output.dense'}.{kind}"]
                norm = "attention.LayerNorm" if mpnet else "attention.output.LayerNorm"
                state[f"{new}norm1.{kind}"] = source[f"{old}{norm}.{kind}"]
                state[f"{new}up.{kind}"] = source[f"{old}intermediate.dense.{kind}"]
                state[f"{new}down.{kind}"] = source[f"{old}output.dense.{kind}"]
                state[f"{new}norm2.{kind}"] = source[f"{old}output.LayerNorm.{kind}"]
        self.load_state_dict(state)


def relative_buckets(place: Tensor, buckets: int, farthest: int = 128) -> Tensor:
    """(p, p) MPNet's bucket of every distance: exact near by, logarithmic far away."""
    distance = place[:, None] - place[None, :]
    half = buckets // 2
    bucket = (distance < 0).long() * half
    n = distance.abs()
    exact = half // 2
    far = exact + (torch.log(n.float().clamp(min=1) / exact) / math.log(farthest / exact) * (half - exact)).long()
    return bucket + torch.where(n < exact, n, far.clamp(max=half - 1))


INPUTS = ("pieces", "case", "quote", "line", "mask", "first")
MIXES = ("attribution", "syntax", "entity", "discourse")
LINK, ARC, LABEL, COREF, CLAIMS = 96, 192, 96, 64, 128


class Reader(nn.Module):
    """Encoder and heads; every output is an array over words.

    sizes: number of labels of the heads ``attribution, entity, upos, xpos, lemma, relation``.
    dropout: before the heads, and within the encoder's layers.
    """

    def __init__(
        self, config: EncoderConfig, sizes: dict[str, int], dropout: float = 0.1, encoder_dropout: float = 0.0
    ) -> None:
        super().__init__()
        d = config.hidden
        self.encoder = Encoder(config, encoder_dropout)
        self.sizes = sizes
        self.mix = nn.ParameterDict({m: nn.Parameter(self._prefer_last(config.layers)) for m in MIXES})
        self.drop = nn.Dropout(dropout)
        self.attribution = nn.Linear(d, sizes["attribution"])
        self.link = nn.Linear(d, 2 * LINK)
        self.entity = nn.Linear(d, sizes["entity"])
        self.tags = nn.Linear(d, sizes["upos"] + sizes["xpos"] + sizes["lemma"] + 1)
        self.arcs = nn.Linear(d, 2 * ARC)
        self.arc_bilinear = nn.Linear(ARC, ARC)
        self.labels = nn.Linear(d, 2 * LABEL)
        self.label_out = nn.Linear(LABEL, sizes["relation"])
        self.worth = nn.Linear(d, 4)
        self.claims: nn.Module | None = None  # fitted when all else is: see `fit_claims`
        self.coref = nn.Sequential(nn.Linear(d, d), nn.GELU(), nn.Linear(d, 2 * COREF))
        self.coref_near = nn.Parameter(torch.zeros(12))
        self.coref_new = nn.Linear(d, 1)

    @staticmethod
    def _prefer_last(layers: int) -> Tensor:
        start = torch.zeros(layers + 1)
        start[-1] = 2.0
        return start

    def words(
        self, pieces: Tensor, case: Tensor, quote: Tensor, line: Tensor, mask: Tensor | None, first: Tensor
    ) -> dict[str, Tensor]:
        """first: (b, w) the index of each word's first piece. Returns a (b, w, hidden) mix of layers for each group."""
        outputs = self.encoder(pieces, case, quote, line, mask)
        shares = torch.stack([self.mix[m].softmax(0) for m in MIXES]).to(outputs[0].dtype)
        if mask is None:  # one text at a time: whole rows are picked, and one matrix product mixes them for all groups
            picked = torch.stack([o[0].index_select(0, first[0]) for o in outputs])
            mixed = (shares @ picked.flatten(1)).view(len(MIXES), 1, *picked.shape[1:])
        else:
            index = first[:, :, None].expand(-1, -1, outputs[0].shape[2])
            mixed = torch.tensordot(shares, torch.stack([o.gather(1, index) for o in outputs]), dims=1)
        return {m: self.drop(x) for m, x in zip(MIXES, mixed, strict=True)}

    def forward(
        self, pieces: Tensor, case: Tensor, quote: Tensor, line: Tensor, mask: Tensor | None, first: Tensor
    ) -> dict[str, Tensor]:
        w = self.words(pieces, case, quote, line, mask, first)
        a, s, e, d = (w[m] for m in MIXES)
        arcs = F.gelu(self.arcs(s))
        dependent, head = arcs[..., :ARC], arcs[..., ARC:]
        return {
            "attribution": self.attribution(a),
            "link": self.link(a),
            "entity": self.entity(e),
            "tags": self.tags(s),
            "arc_dependent": self.arc_bilinear(dependent),
            "arc_head": head,
            "label": self.labels(s),
            "worth": self._worth(d),
            "coref": torch.cat((self.coref(d), self.coref_new(d)), -1),
        }

    def _worth(self, words: Tensor) -> Tensor:
        """(b, w, 4): for ClaimBuster and for the debates, what each word says and how much it counts."""
        worth = self.worth(words)
        return worth if self.claims is None else torch.cat((self.claims(words), worth[..., 2:]), -1)


def with_layers(state: dict[str, Tensor], kept: Sequence[int]) -> dict[str, Tensor]:
    """The weights of a reader with only these of its layers, numbered anew; each mix keeps their shares."""
    place = {str(k): i for i, k in enumerate(kept)}
    fewer = {}
    for name, value in state.items():
        if name.startswith("encoder.layers."):
            _, _, layer, rest = name.split(".", 3)
            if layer in place:
                fewer[f"encoder.layers.{place[layer]}.{rest}"] = value
        else:
            fewer[name] = value[[0, *(k + 1 for k in kept)]] if name.startswith("mix.") else value
    return fewer


def claims_head(hidden: int) -> nn.Sequential:
    """Whether ClaimBuster's readers would check it: (…, hidden) to (…, 2), value and weight."""
    return nn.Sequential(nn.Dropout(0.2), nn.Linear(hidden, CLAIMS), nn.GELU(), nn.Dropout(0.2), nn.Linear(CLAIMS, 2))
