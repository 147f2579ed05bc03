"""The notebooks of the samples run as they stand, and what they show is kept small."""

import os
import re

import pytest

NOTEBOOKS = ("tour", "who_said_what")
_LARGEST = 300_000  # bytes, so that a code host still shows them


@pytest.fixture
def notebook(root, request):
    """A notebook as it is stored."""
    nbformat = pytest.importorskip("nbformat")
    path = root / "samples" / "notebooks" / f"{request.param}.ipynb"
    assert path.stat().st_size < _LARGEST
    found = nbformat.read(path, as_version=4)
    nbformat.validate(found)
    return found


@pytest.mark.parametrize("notebook", NOTEBOOKS, indirect=True)
def test_what_is_stored_is_a_whole_run(notebook):
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert not any(output.output_type == "error" for cell in cells for output in cell.outputs)
    assert not any(output.get("name") == "stderr" for cell in cells for output in cell.outputs)
    shown = "".join(str(output) for cell in cells for output in cell.outputs)
    assert "extractor-table" in shown and not re.search(r"/(?:home|work|root)/", shown)


@pytest.mark.parametrize("notebook", NOTEBOOKS, indirect=True)
def test_a_notebook_runs(nlp, notebook, root, monkeypatch, tmp_path):
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    pytest.importorskip("matplotlib")
    paths = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    folder = {"metadata": {"path": str(root / "samples" / "notebooks")}}
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources=folder).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    html = [output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})]
    assert any("<mark>" in page for page in html)


def test_both_are_here(root):
    assert {path.stem for path in (root / "samples" / "notebooks").glob("*.ipynb")} == set(NOTEBOOKS)
