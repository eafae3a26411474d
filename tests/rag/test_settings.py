"""Settings: validated, read from the environment in one place, named by a fingerprint."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import Settings, default_archive_dir


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"SVERKA_THREADS": "many"}, "SVERKA_THREADS is 'many'"),
        ({"SVERKA_TREADS": "2"}, "SVERKA_TREADS is not a setting"),
        ({"SVERKA_MODEL": "gpt"}, "model is 'gpt'"),
        ({"SVERKA_EMBEDDER": " "}, "embedder is empty"),
    ],
)
def test_a_wrong_variable_is_named(environ: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Settings.from_env(environ)


def test_arguments_win_over_the_environment() -> None:
    environ = {"SVERKA_EMBEDDER": "from/env", "SVERKA_THREADS": "3", "SVERKA_CACHE": "~/cache"}
    settings = Settings.from_env(environ, embedder="from/argument", threads=None)
    assert (settings.embedder, settings.threads) == ("from/argument", 3)
    assert settings.cache_dir == Path.home() / "cache"


def test_an_unknown_argument_is_refused() -> None:
    with pytest.raises(SettingsError, match="'embeder' is not a setting"):
        Settings.from_env({}, embeder="x")


@pytest.mark.parametrize(("field", "value"), [("passage_tokens", 31), ("passage_tokens", 513), ("threads", -1)])
def test_numbers_out_of_range_are_refused(field: str, value: int) -> None:
    with pytest.raises(SettingsError, match=f"{field} is {value}"):
        Settings(**{field: value})


def test_the_fingerprint_changes_with_what_shapes_an_answer_and_with_nothing_else(tmp_path: Path) -> None:
    base = Settings().fingerprint
    assert base == Settings(threads=2, cache_dir=tmp_path, models_dir=tmp_path).fingerprint
    assert len({base, Settings(embedder="x").fingerprint, Settings(passage_tokens=300).fingerprint}) == 3


def test_the_archive_directory_is_the_variable_or_the_data_directory() -> None:
    assert default_archive_dir({"SVERKA_ARCHIVE": "/somewhere/else"}) == Path("/somewhere/else")
    assert default_archive_dir({}).name == "archive"
