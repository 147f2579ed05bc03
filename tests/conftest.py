"""What tests share: data from outside the repository, the pipeline, and rows made by hand."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

# On a busy machine time tells nothing about the code.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of data that is not in the repository: `EXTRACTOR_DATA`, by default ``../shared``."""
    folder = Path(os.environ.get("EXTRACTOR_DATA") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("the data outside the repository is not here (EXTRACTOR_DATA)")
    return folder


@pytest.fixture(scope="session")
def nlp():
    """The shipped pipeline, loaded once."""
    if not (ROOT / "models" / "en_statements" / "config.cfg").is_file():
        pytest.skip("the trained pipeline is not in the checkout")
    import extractor

    return extractor.load()
