"""The shipped pipelines hold their floors on the dev data, where that is there; a floor falls only on purpose."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

FLOORS: dict[str, dict[str, dict[str, float]]] = {
    model: tomllib.loads((Path(__file__).parent / f"floors{suffix}.toml").read_text(encoding="utf-8"))
    for model, suffix in (("small", ""), ("large", "-large"))
}
CEILINGS = {"false alarms on rejects", "calibration_error"}


@cache
def scores(model: str, shared: Path) -> dict[str, dict[str, float]]:
    from extractor.pipeline import load, model_path
    from models.training.evaluate import learned, rows

    nlp = load(model_path(model))
    return {**rows(nlp, shared), **learned(nlp, shared)}


@pytest.mark.parametrize(
    ("model", "group", "name"),
    [(m, g, n) for m, groups in FLOORS.items() for g, names in groups.items() for n in names],
)
def test_floor(shared_data: Path, model: str, group: str, name: str) -> None:
    floor, score = FLOORS[model][group][name], scores(model, shared_data)[group][name]
    if name in CEILINGS:
        assert score <= floor, f"{model}, {group}, {name}: {score} is above {floor}"
    else:
        assert score >= floor, f"{model}, {group}, {name}: {score} is below {floor}"
