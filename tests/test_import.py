"""Nothing heavy is imported before it is needed."""

import subprocess
import sys

import pytest

OURS = {"pandas", "pyarrow", "onnxruntime", "trafilatura"}


@pytest.mark.parametrize(
    ("statement", "heavy"),
    [
        ("import extractor", OURS | {"spacy", "numpy", "rich"}),
        ("import extractor.cli.main", OURS | {"spacy", "numpy", "rich"}),
        ("import extractor.pipeline.factories", OURS),  # spaCy itself imports it
    ],
)
def test_import_is_light(statement, heavy):
    check = f"{statement}; import sys; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_every_public_name_is_there():
    import extractor

    for name in extractor.__all__:
        assert getattr(extractor, name).__doc__
    with pytest.raises(AttributeError):
        _ = extractor.no_such_name
