"""What programs outside may use."""

from __future__ import annotations

import inspect
import subprocess
import sys

import rag
from rag import errors, types


def test_the_public_names_are_these_and_each_exists() -> None:
    assert sorted(set(rag.__all__)) == list(rag.__all__)
    assert all(getattr(rag, name) is not None for name in rag.__all__)


def test_every_error_is_public_and_is_drawn_in_the_tree() -> None:
    tree = {name for name, value in vars(errors).items() if inspect.isclass(value) and value.__module__ == "rag.errors"}
    assert tree <= set(rag.__all__)
    assert all(name in (errors.__doc__ or "") for name in tree)
    assert all(issubclass(getattr(rag, name), rag.SverkaError) for name in tree)


def test_every_value_that_flows_through_is_public() -> None:
    values = {name for name, value in vars(types).items() if inspect.isclass(value) and value.__module__ == "rag.types"}
    assert values <= set(rag.__all__)


def test_importing_the_library_brings_no_heavy_package() -> None:
    heavy = ("torch", "gradio", "chromadb", "langchain_core", "sentence_transformers", "transformers", "onnx", "numpy")
    code = f"import sys, rag; print([name for name in {heavy!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
