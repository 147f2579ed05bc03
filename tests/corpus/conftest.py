"""The cheap reading that these tests use in place of the pipeline, where worker processes find it by name."""

import os
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def documents(tmp_path):
    """Makes a JSON Lines file of small documents and gives its name: ``documents(70, {3: "text of the fourth"})``."""
    import json

    def documents(count, texts=None, name="in.jsonl"):
        lines = []
        for number in range(count):
            text = (texts or {}).get(number, f"“Words {number},” said Orla Quint. She has {number} bees. Naïve 😀.")
            lines.append(json.dumps({"id": f"d{number}", "text": text, "title": f"=T{number}", "url": "", "n": None}))
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
        return str(tmp_path / name)

    return documents


@pytest.fixture
def killed():
    """Runs a function in a process of its own that is a copy of this one; gives the signal that ended it, or 0."""

    def killed(function):
        pid = os.fork()
        if not pid:
            code = 1
            try:
                function()
                code = 0
            finally:
                os._exit(code)
        status = os.waitpid(pid, 0)[1]
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        return signal.Signals(os.WTERMSIG(status)) if os.WIFSIGNALED(status) else 0

    return killed
