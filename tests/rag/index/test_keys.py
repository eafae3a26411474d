"""The keys of lemmas: what is kept of a sentence's words, and made anew when lemmas change."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from rag.archive import Archive
from rag.index.keys import RECIPE, as_name, holding, pack_keys, sentence_keys, unpack_keys, word_key
from rag.index.settle import Settler
from rag.index.store import Store
from rag.text import lemmas
from rag.text.names import name_keys
from rag.types import Document, Query

SAMPLE = {
    "en": "The ministers' aides were flying to Reuters' oldest offices with 380,000 leaflets on 19th May.",
    "ru": "Министры обсуждали с Лавровым железнодорожные перевозки 80-летней давности, сообщило Reuters.",
    "bg": "Министрите обсъждаха железопътните превози от 80-те години, съобщиха агенциите.",
}


def test_a_sentence_has_the_keys_of_its_lemmas_each_once() -> None:
    text = "Bridges here. A bridge there, and bridges everywhere!"
    document = Document(id="a", text=text, source="s", sha256="", language="en")
    first, second = sentence_keys(document, [(0, 13), (14, len(text))])
    assert {word_key("bridge"), word_key("here")} <= set(first.tolist())
    assert second.tolist().count(word_key("bridge")) == 1


def test_a_sentence_has_the_keys_of_its_names_which_are_those_of_no_word() -> None:
    text = "They met Lavrov, and the lavrov grew."
    document = Document(id="a", text=text, source="s", sha256="", language="en")
    (keys,) = sentence_keys(document, [(0, len(text))])
    found = name_keys(text)
    assert found
    assert {word_key(as_name(key)) for key in found} <= set(keys.tolist())
    assert not {word_key(key) for key in found if key != "lavrov"} & set(keys.tolist())


def test_keys_come_back_as_they_were_packed_those_of_a_sentence_without_words_too() -> None:
    document = Document(id="a", text="One two. … Three.", source="s", sha256="", language="en")
    keys = sentence_keys(document, [(0, 8), (9, 10), (11, 17)])
    assert [len(of_sentence) > 0 for of_sentence in keys] == [True, False, True]
    assert [k.tolist() for k in unpack_keys(pack_keys(keys), 3)] == [k.tolist() for k in keys]


def test_holding_says_which_sentence_has_which_word() -> None:
    document = Document(id="a", text="One two. … Three one.", source="s", sha256="", language="en")
    keys = sentence_keys(document, [(0, 8), (9, 10), (11, 21)])
    assert holding(keys, ["one", "three", "four"]).tolist() == [
        [True, False, False],
        [False, False, False],
        [True, True, False],
    ]
    assert holding(keys, []).shape == (3, 0)
    assert holding([keys[1]], ["one"]).tolist() == [[False]]


def test_whoever_changes_lemmas_or_names_raises_the_recipe() -> None:
    """If this fails, lemmas or names have changed: raise RECIPE in rag/index/keys.py, and put the new number and sum here."""
    made = " ".join(word for language, text in SAMPLE.items() for word in (*lemmas(text, language), *name_keys(text)))
    assert (RECIPE, word_key(made)) == (2, 198167704)


@pytest.fixture
def press(archive: Archive, records: Any) -> Archive:
    rows = [{"id": f"d{n}", "text": f"The bridges of town {n} were closed. It rained.", "language": "en"} for n in range(5)]
    archive.index([records(*rows)])
    return archive


def stored_lemmas(archive: Archive) -> list[list[list[int]]]:
    with Store(archive.path).snapshot() as snapshot:
        return [[keys.tolist() for keys in stored.lemmas] for stored in snapshot.load([1, 2, 3, 4, 5])]


def test_kept_keys_are_those_that_the_text_gives(press: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(press.path).snapshot() as snapshot:
        for stored in snapshot.load([1, 2, 3, 4, 5]):
            made = sentence_keys(stored.document, stored.passage.sentences)
            assert [k.tolist() for k in stored.lemmas] == [k.tolist() for k in made]
    monkeypatch.setattr("rag.index.store.sentence_keys", None)
    assert word_key("bridge") in stored_lemmas(press)[2][0]


def test_an_archive_from_before_keys_were_kept_answers_and_gets_them(press: Archive, records: Any) -> None:
    before = stored_lemmas(press)
    conn = sqlite3.connect(press.path / "sverka.sqlite")
    with conn:
        conn.execute("DROP TABLE lemmas")
        conn.execute("DELETE FROM meta WHERE key = 'lemmas'")
    conn.close()
    with Archive.open(press.path) as opened:
        assert stored_lemmas(opened) == before
        assert len(opened.search(Query("closed bridges", k=9))) == 5
        opened.index([records({"id": "new", "text": "One more report.", "language": "en"}, name="more.jsonl")])
        with Store(press.path).snapshot() as snapshot:
            assert snapshot.meta("lemmas") == RECIPE
            assert all(stored.packed_lemmas for stored in snapshot.load([1, 2, 3, 4, 5, 6]))
        assert stored_lemmas(opened) == before


def test_after_a_change_of_recipe_keys_and_lexical_index_are_made_anew(
    press: Archive, records: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shouted(text: str, language: str | None) -> tuple[str, ...]:
        return tuple(f"{word}!" for word in lemmas(text, language))

    for module in ("settle", "store"):
        name = {"settle": "RECIPE", "store": "LEMMAS"}[module]
        monkeypatch.setattr(f"rag.index.{module}.{name}", RECIPE + 1)
    for module in ("keys", "lexical"):
        monkeypatch.setattr(f"rag.index.{module}.lemmas", shouted)
    monkeypatch.setattr("rag.index.settle._AT_ONCE", 2)
    assert word_key("bridge!") in stored_lemmas(press)[0][0], "keys of an old recipe were used"
    press.index([records({"id": "new", "text": "One more report.", "language": "en"}, name="more.jsonl")])
    assert word_key("bridge!") in stored_lemmas(press)[0][0]
    assert len(press.search(Query("bridges", k=9, mode="lexical"))) == 5
    redone: list[int] = []
    monkeypatch.setattr(Settler, "_relexicalise", lambda self: redone.append(1))
    press.index([records({"id": "newer", "text": "And another.", "language": "en"}, name="most.jsonl")])
    assert not redone, "made anew again"


def test_a_removed_passage_leaves_no_keys(press: Archive) -> None:
    press.remove(["d1", "d3"])
    conn = sqlite3.connect(press.path / "sverka.sqlite")
    assert [row[0] for row in conn.execute("SELECT passage FROM lemmas ORDER BY 1")] == [1, 3, 5]
    conn.close()
