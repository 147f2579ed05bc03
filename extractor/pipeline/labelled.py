"""What every component with labels of its own shares: its labels, as JSON beside the pipeline."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

Self = TypeVar("Self", bound="LabelledComponent")


class LabelledComponent:
    """A component whose labels (and small arrays) come from ``labels.json`` in its folder of the pipeline."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.settings: dict[str, Any] = {}

    def ready(self) -> None:
        """Called when the labels have been read."""

    def from_disk(self: Self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Read the labels."""
        self.settings = json.loads((Path(path) / "labels.json").read_text(encoding="utf-8"))
        self.ready()
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the labels."""
        Path(path).mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.settings, ensure_ascii=False, indent=1)
        (Path(path) / "labels.json").write_text(text + "\n", encoding="utf-8")
