"""The shipped pipeline holds its floors on the dev data, where that is there; a floor falls only on purpose."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

FLOORS: dict[str, dict[str, float]] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
CEILINGS = {"false alarms on rejects", "calibration_error"}


@pytest.fixture(scope="module")
def scores(nlp: Any, shared_data: Path) -> dict[str, dict[str, float]]:
    from models.training.evaluate import learned, rows

    return {**rows(nlp, shared_data), **learned(nlp, shared_data)}


@pytest.mark.parametrize(("group", "name"), [(g, n) for g, names in FLOORS.items() for n in names])
def test_floor(scores: dict[str, dict[str, float]], group: str, name: str) -> None:
    floor, score = FLOORS[group][name], scores[group][name]
    if name in CEILINGS:
        assert score <= floor, f"{group}, {name}: {score} is above {floor}"
    else:
        assert score >= floor, f"{group}, {name}: {score} is below {floor}"
