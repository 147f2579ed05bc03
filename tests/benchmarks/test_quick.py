"""The benchmarks run, from texts to table, file and plot: little of a few of them, in this environment."""

import importlib
import json
import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest


@pytest.fixture
def texts(root, monkeypatch, tmp_path):
    """The module that makes the texts, without data from outside the repository."""
    monkeypatch.syspath_prepend(str(root / "tests" / "benchmarks"))
    monkeypatch.setenv("EXTRACTOR_DATA", str(tmp_path))
    return importlib.import_module("texts")


def run(root, *arguments):
    environment = os.environ | {"PYTHONPATH": str(root)}
    command = [sys.executable, str(root / "tests" / "benchmarks" / "run.py"), "--quick", "--here", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_it_measures_prints_writes_and_plots(nlp, root, tmp_path):
    done = run(root, "--only", "memory", "--only", "fp32", "--folder", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "≤ 600 MB" in done.stdout and "no fp32 graph was given" in done.stdout
    parts = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    growth, peak = parts["memory"]["figures"]
    assert set(growth["sides"]) == {"10 documents", "50 documents", "100 documents"}
    assert peak["value"] >= max(growth["sides"].values()) > 50
    assert parts["fp32"]["figures"][0]["value"] is None
    bars = ElementTree.parse(tmp_path / "figures.svg").findall(".//{*}rect")
    assert len(bars) == 3 and max(float(bar.attrib["width"]) for bar in bars) == 330


def test_a_part_that_fails_does_not_pass_for_done(nlp, root, tmp_path):
    done = run(root, "--only", "fp32", "--fp32", str(tmp_path / "missing.onnx"), "--folder", str(tmp_path))
    assert done.returncode == 1
    assert json.loads((tmp_path / "figures.json").read_text(encoding="utf-8")) == {}


def test_texts_are_of_the_length_and_always_the_same(texts):
    found = texts.documents(300, 2_000)
    assert all(300 <= len(text.split()) < 500 for text in found)
    assert 2_000 <= texts.words_of(found) < 2_500
    assert found == texts.documents(300, 2_000)
    assert len(set(found)) == len(found)


def test_every_letter_has_words_of_its_own(texts):
    found = list(texts.letters(300, 60))
    names = {text.rpartition("said ")[2] for text in found}
    assert len(names) == len(found) == 300
