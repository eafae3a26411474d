"""Searching by words through the archive: operators with inflection and filters, and an index made by another version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.errors import ArchiveDamaged
from rag.types import Query

ROWS = (
    {"id": "ru-1", "language": "ru", "outlet": "Вестник", "text": "Рабочие нового моста говорили с Сергеем Одинцовым."},
    {"id": "ru-2", "language": "ru", "outlet": "Курьер", "text": "Новый паром стоял под мостом, пока не ушли рабочие."},
    {"id": "bg-1", "language": "bg", "outlet": "Вестник", "text": "Мостът над реката и старият ферибот бяха затворени."},
    {"id": "bg-2", "language": "bg", "outlet": "Куриер", "text": "Мостовете се пазят, а вицепрезидентът Ким Чен-ун мълчи."},
    {"id": "en-1", "language": "en", "outlet": "Herald", "text": "Workers of the new bridge spoke of the ferries."},
    {"id": "en-2", "language": "en", "outlet": "Herald", "text": "The bridge is closed, said a well-known engineer."},
)


@pytest.fixture
def press(archive: Archive, records: Callable[..., Path]) -> Archive:
    archive.index([records(*ROWS)])
    return archive


@pytest.mark.parametrize("mode", ["lexical", "hybrid", "dense"])
@pytest.mark.parametrize(
    ("text", "languages", "outlets", "expected"),
    [
        ('"новый мост"', (), (), {"ru-1"}),
        ('"новый мост" рабочие', ("bg",), (), set()),
        ('"Сергей Одинцов"', (), (), {"ru-1"}),
        ("рабочие -паром", ("ru",), (), {"ru-1"}),
        ("мост -паромы", ("ru",), (), {"ru-1"}),
        ('"мост" -ферибота', ("bg",), (), {"bg-2"}),
        ('"мост" -ферибот -мълча', ("bg",), (), set()),
        ('"мост"', ("bg",), ("Вестник",), {"bg-1"}),
        ('"Ким Чен Ун"', (), (), {"bg-2"}),
        ("bridge -ferry", ("en",), (), {"en-2"}),
        ('"well known" bridge', (), (), {"en-2"}),
        ("bridge -closed", ("en",), ("Herald",), {"en-1"}),
        ('"the new bridge', ("en",), (), {"en-1", "en-2"}),
    ],
)  # fmt: skip
def test_operators_hold_in_each_mode_and_beside_filters(
    press: Archive, mode: str, text: str, languages: tuple[str, ...], outlets: tuple[str, ...], expected: set[str]
) -> None:
    hits = press.search(Query(text, languages=languages, outlets=outlets, mode=mode))  # type: ignore[arg-type]
    assert {hit.document.id for hit in hits} == expected


@pytest.mark.parametrize("quotes", ['"{}"', "«{}»", "„{}“", "“{}”"])
def test_in_a_question_no_character_is_an_operator(press: Archive, quotes: str) -> None:
    asked = f"Какво е известно за {quotes.format('новый мост')} -мост"
    assert len(press.retrieve(Query(asked)).hits) == len(ROWS)


def lexical_folder(archive: Archive) -> Path:
    (folder,) = archive.path.glob("lexical-*")
    return folder


def test_an_index_of_another_version_is_refused_in_a_search_and_made_anew_by_the_next_indexing(
    press: Archive, records: Callable[..., Path], tmp_path: Path
) -> None:
    (lexical_folder(press) / "recipe").unlink()
    with Archive.open(press.path) as archive:
        with pytest.raises(ArchiveDamaged, match="sverka rebuild"):
            archive.search(Query("мост", mode="lexical"))
        archive.index([records(*ROWS)])
        assert {hit.document.id for hit in archive.search(Query('"новый мост"'))} == {"ru-1"}
        assert not archive.verify().problems
    (lexical_folder(press) / "recipe").write_text("0")
    with Archive.open(press.path) as archive:
        archive.rebuild()
        assert {hit.document.id for hit in archive.search(Query('"новый мост"'))} == {"ru-1"}
