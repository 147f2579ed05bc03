"""Two figures of the speakers that the scorer of rows does not print: direct quotes, and what high confidence is worth.

Matched and compared as the scorer does it, with its own functions: they stand beside the data, outside the project.
"""

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType

SURE = 0.9


def _tool(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names(shared: Path, rows: Path, articles: Path, gold: Path) -> dict[str, float]:
    """In per cent: direct quotes with the right canonical name, of all; rows said at 0.9 or more that are right.

    Parameters
    ----------
    rows, articles, gold
        JSONL: the table of ``articles``, and the names that its attributions should have.
    """
    product, attribution = _tool(shared / "tools/score_product.py"), _tool(shared / "tools/score_attribution.py")
    texts = {a["id"]: a for a in map(json.loads, articles.read_text(encoding="utf-8").splitlines())}
    by_doc = product.by_doc(product.rows_of(rows))
    counts: Counter[str] = Counter()
    for line in gold.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        article = texts[document["id"]]
        told = attribution.Text(article["text"])
        found = [(r, product.toks(r["content_spans"])) for r in by_doc[document["id"]] if r["kind"] != "statistic"]
        for name in document["speakers"]:
            if not name["speaker"] or name.get("unclear"):
                continue
            content = article["attributions"][name["attribution"]].get("content", [])
            words = product.toks(content)
            score, row = max(((product.dice(words, w), r) for r, w in found), key=lambda x: x[0], default=(0, None))
            right = score >= 0.5 and any(
                product.same(row["speaker"], n) for n in (name["speaker"], *name.get("alt", []))
            )
            if content and told.kind(content) == "direct":
                counts["direct"] += 1
                counts["direct right"] += right
            if score >= 0.5 and row["confidence"] >= SURE:
                counts["sure"] += 1
                counts["sure right"] += right
    return {
        "direct quotes, name of all": round(100 * counts["direct right"] / max(1, counts["direct"]), 1),
        "rows at 0.9 or more, right": round(100 * counts["sure right"] / max(1, counts["sure"]), 1),
        "rows at 0.9 or more": counts["sure"],
    }
