"""Models of sentence-transformers, by folder and by name, without a network."""

from __future__ import annotations

import json
import shutil
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

from rag.embed import load_embedder
from rag.errors import EmbedderError, PackageMissing
from rag.settings import Settings


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """No network; the attempts to use it."""
    attempts: list[Any] = []

    def refuse(*arguments: Any, **options: Any) -> NoReturn:
        attempts.append(arguments)
        raise OSError("there is no network in this test")

    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return attempts


def _copy(source: Path, folder: Path, **config: Any) -> Path:
    """The model under another folder name, and with more in its own config."""
    shutil.copytree(source, folder, copy_function=lambda a, b: Path(b).symlink_to(a))
    path = folder / "config_sentence_transformers.json"
    values = json.loads(path.read_text(encoding="utf-8")) | config
    path.unlink()
    path.write_text(json.dumps(values), encoding="utf-8")
    return folder


def _prefixes(folder: Path, **settings: str) -> tuple[str | int, str | int]:
    stamp = load_embedder(Settings(embedder=str(folder), **settings)).stamp
    return stamp["query_prefix"], stamp["passage_prefix"]


def test_a_local_folder_is_loaded_without_asking_the_network(hub_folder: Path, offline: list[Any]) -> None:
    embedder = load_embedder(Settings(embedder=str(hub_folder), threads=1))
    near, far = embedder.embed_passages(["The boat sails at noon.", "Bread is dear."]) @ embedder.embed_queries(["ship"])[0]
    assert near > far
    assert embedder.stamp["query_prefix"] == embedder.stamp["passage_prefix"] == ""
    assert offline == []


def test_a_model_in_the_users_models_folder_is_known_by_its_name(hub_folder: Path, tmp_path: Path) -> None:
    _copy(hub_folder, tmp_path / "mine")
    assert load_embedder(Settings(embedder="mine", models_dir=tmp_path)).dim == 384


def test_prompts_come_from_the_models_own_config(hub_folder: Path, tmp_path: Path) -> None:
    folder = _copy(hub_folder, tmp_path / "e5-like", prompts={"query": "ask: ", "passage": "read: "})
    assert _prefixes(folder) == ("ask: ", "read: ")


def test_the_settings_prefixes_win_over_the_models_and_may_be_empty(hub_folder: Path, tmp_path: Path) -> None:
    folder = _copy(hub_folder, tmp_path / "model", prompts={"query": "ask: ", "document": "read: "})
    assert _prefixes(folder, query_prefix="q> ", passage_prefix="") == ("q> ", "")


@pytest.mark.parametrize(("name", "prefixes"), [("my-E5-small", ("query: ", "passage: ")), ("note5", ("", ""))])
def test_only_the_e5_family_gets_its_prefixes_unasked(
    hub_folder: Path, tmp_path: Path, name: str, prefixes: tuple[str, str]
) -> None:
    assert _prefixes(_copy(hub_folder, tmp_path / name)) == prefixes


def test_the_stamp_knows_the_weights_and_not_only_the_name(hub_folder: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    folder = _copy(hub_folder, tmp_path / "model")
    before = load_embedder(Settings(embedder=str(folder))).stamp
    weights = load_file(folder / "model.safetensors")
    weights["embeddings.LayerNorm.bias"] = weights["embeddings.LayerNorm.bias"] + np.float32(0.1)
    (folder / "model.safetensors").unlink()
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    assert load_embedder(Settings(embedder=str(folder))).stamp["weights"] != before["weights"]


@pytest.mark.usefixtures("offline")
def test_a_name_that_cannot_be_reached_is_one_clear_sentence() -> None:
    with pytest.raises(EmbedderError, match=r"nobody/nothing is no folder here.*hub cannot be reached"):
        load_embedder(Settings(embedder="nobody/nothing"))


@pytest.mark.parametrize("name", ["./missing", "/missing/model", "~/missing-model", "a/b/c"])
def test_a_path_that_does_not_exist_is_never_asked_of_the_hub(name: str) -> None:
    with pytest.raises(EmbedderError, match="There is no model folder"):
        load_embedder(Settings(embedder=name))


def test_a_folder_that_holds_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="cannot be loaded by sentence-transformers"):
        load_embedder(Settings(embedder=str(tmp_path)))


def test_a_missing_package_is_named_with_its_pip_line(hub_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(PackageMissing, match="pip install sentence-transformers"):
        load_embedder(Settings(embedder=str(hub_folder)))
