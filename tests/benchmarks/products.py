"""What share of the time from files to rows goes into anything but the encoder's matrix products."""

import json
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from figures import Figure, Goal, Part
from sizes import Sizes
from speed import rows
from texts import described, newspaper, words_of, written
from timing import stay_on_one_core

PRODUCTS = frozenset(
    {
        "Attention",
        "DynamicQuantizeMatMul",
        "FusedMatMul",
        "Gemm",
        "MatMul",
        "MatMulInteger",
        "MatMulIntegerToFloat",
        "MultiHeadAttention",
        "QAttention",
        "QLinearMatMul",
    }
)
"""Operators of ONNX and onnxruntime that multiply matrices; attention is counted as a whole, softmax included."""


def outside_products(sizes: Sizes) -> Part:
    """One run under onnxruntime's profiler, which gives the time in each node; its own cost counts as outside.

    An article is read before, as in the other measures of what lasts, so that imports do not count.
    """
    stay_on_one_core()
    import onnxruntime

    import extractor

    with written(newspaper(sizes.words)) as paths:
        rows(paths[:1])
    # the encoder begins a session anew, which the profiler watches
    extractor.load().get_pipe("encoder").from_disk(extractor.model_path() / "encoder")  # type: ignore[attr-defined]

    with TemporaryDirectory() as folder:

        def profiled() -> onnxruntime.SessionOptions:
            options = plain()
            options.enable_profiling = True
            options.profile_file_prefix = str(Path(folder) / "profile")
            return options

        plain = onnxruntime.SessionOptions
        with patch.object(onnxruntime, "SessionOptions", profiled):
            return _measured(sizes)


def _measured(sizes: Sizes) -> Part:
    import extractor

    session = extractor.load().get_pipe("encoder").session  # type: ignore[attr-defined]
    texts = newspaper(sizes.words)
    with written(texts) as paths:
        began, on_core = time.perf_counter_ns(), time.process_time()
        found = rows(paths)
        whole, on_core = (time.perf_counter_ns() - began) / 1e3, time.process_time() - on_core
    nodes: Counter[str] = Counter()
    graph = 0.0
    for event in json.loads(Path(session.end_profiling()).read_text(encoding="utf-8")):
        if event["cat"] == "Node" and event["name"].endswith("_kernel_time"):
            nodes[event["args"]["op_name"]] += event["dur"]
        elif event["name"] == "model_run":
            graph += event["dur"]
    products = sum(spent for operator, spent in nodes.items() if operator in PRODUCTS)
    shares = {"products": products / whole, "rest of the graph": (graph - products) / whole, "else": 1 - graph / whole}
    percent = {name: 100 * share for name, share in shares.items()}
    figure = Figure(
        "share of time outside the encoder's matrix products",
        100 - percent["products"],
        "%",
        percent,
        "%",
        Goal(45, 25, fewer=True),
    )
    dearest = ", ".join(f"{operator} {spent / whole:.1%}" for operator, spent in nodes.most_common(6))
    notes = [
        f"shares of the time by onnxruntime's profiler, over {words_of(texts):,} words and {found} rows: {described()}",
        f"the dearest nodes: {dearest}",
    ]
    if on_core < 0.95 * whole / 1e6:
        notes.append(f"the machine was busy: only {on_core * 1e6 / whole:.0%} of a core was had")
    return Part([figure], notes)
