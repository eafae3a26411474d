"""The lexical index: what is searched for, what matches, and the scan of what is not in it yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.errors import ArchiveDamaged
from rag.index.lexical import (
    Entry,
    LexicalIndex,
    LexicalView,
    lexical_fields,
    lexical_writer,
    names_field,
    open_lexical,
    query_terms,
)
from rag.index.operators import parse_operators
from rag.index.tail import TailPassage, search_tail
from rag.types import Document, Query

TEXTS = {
    1: "The bridge over the river was opened in May.",
    2: "Bridges were opened in May and in June, one bridge after the other, on every river of the land.",
    3: "Nobody opened the old ferry.",
    4: "Мосты открыли в мае.",
    5: "A man of the river spoke.",
}


def entry(id_: int, text: str, title: str = "", **filters: object) -> Entry:
    language = "ru" if "ы" in text else "en"
    document = Document(id=str(id_), text=text, source="s", sha256="", title=title or None, language=language)
    values = {"language": language, "outlet": None, "day": 0} | filters
    document = replace(document, language=values["language"])  # type: ignore[arg-type]
    fields, names = lexical_fields(document, 0, len(text)), names_field(document, 0, len(text))
    return Entry(id_, fields, **values, names=names)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with lexical_writer(tmp_path / "lexical") as writer:
        writer.update(entry(id_, text) for id_, text in TEXTS.items())
    return tmp_path / "lexical"


def view(folder: Path) -> LexicalView:
    return LexicalView(open_lexical(folder), 0)


def found(folder: Path, text: str, query: Query | None = None, *, limit: int = 10) -> list[int]:
    terms = query_terms(text, ("en", "ru"))
    return [id_ for id_, _ in view(folder).search(terms, query or Query(text), limit=limit)]


def test_a_documents_fields_are_its_lemmas_its_words_and_its_titles_lemmas() -> None:
    document = Document(id="a", text="XX The Bridges were opened. YY", source="s", sha256="", title="Ferries", language="en")
    body, surface, title = lexical_fields(document, 3, 27)
    assert surface == "the bridges were opened"
    assert "bridge" in body.split()
    assert len(body.split()) == len(surface.split())
    assert title.split()[0] == "ferry"
    assert "-FRS" in title.split()


def test_each_word_is_searched_for_once_and_function_words_not_at_all() -> None:
    terms = query_terms("Who opened the bridge, the bridge of the river?", ("en",))
    assert [term.surface for term in terms] == ["opened", "bridge", "river"]
    assert terms[0].lemmas == ("open",)


def test_where_there_are_only_function_words_they_are_searched_for() -> None:
    assert [term.surface for term in query_terms("who is who", ("en",))] == ["who", "is"]


def test_words_have_a_lemma_in_each_language_of_the_archive() -> None:
    (term,) = query_terms("мостовете", ("bg", "ru"))
    assert "мост" in term.lemmas
    (plain,) = query_terms("мост", ())
    assert plain.lemmas == ("мост",)


def test_other_forms_of_a_word_match_and_its_own_form_first(folder: Path) -> None:
    assert set(found(folder, "bridges")) == {1, 2}
    assert found(folder, "bridges", limit=1) == [2]
    assert found(folder, "мост") == [4]
    assert found(folder, "nothing of the kind") == []


def test_a_rare_word_counts_more_than_a_common_one(folder: Path) -> None:
    assert found(folder, "opened ferry")[0] == 3


def test_a_title_counts_and_less_than_the_text(folder: Path) -> None:
    with lexical_writer(folder) as writer:
        writer.update([entry(6, "Words about something else.", "Ferry"), entry(7, "Words about the ferry and else.", "Words")])
    ranked = found(folder, "ferry")
    assert set(ranked) == {3, 6, 7}
    assert ranked[-1] == 6


def test_a_name_in_a_title_counts_in_whatever_spelling(folder: Path) -> None:
    with lexical_writer(folder) as writer:
        writer.update([entry(6, "Words about something else.", "Zelensky leaves"), entry(7, "Words.", "Others")])
    assert found(folder, "Зеленски") == [6]


def test_filters_are_exact(folder: Path) -> None:
    with lexical_writer(folder) as writer:
        writer.update(
            [
                entry(10, "A bridge.", outlet="The Herald", day=date(2025, 5, 1).toordinal()),
                entry(11, "A bridge.", outlet="Herald", day=date(2025, 5, 2).toordinal()),
                entry(12, "A bridge.", outlet="Herald"),
                entry(13, "A bridge.", language=None),
            ]
        )
    assert set(found(folder, "bridge")) == {1, 2, 10, 11, 12, 13}
    assert set(found(folder, "bridge", Query("q", outlets=("Herald",)))) == {11, 12}
    assert set(found(folder, "bridge", Query("q", outlets=("Herald", "The Herald"), until=date(2025, 5, 1)))) == {10}
    assert set(found(folder, "bridge", Query("q", since=date(2025, 5, 1)))) == {10, 11}
    assert 13 not in found(folder, "bridge", Query("q", languages=("en",)))
    assert found(folder, "bridge", Query("q", languages=("fr",))) == []


def test_filters_do_not_change_scores(folder: Path) -> None:
    terms = query_terms("bridge river", ("en",))
    plain = dict(view(folder).search(terms, Query("q"), limit=10))
    filtered = dict(view(folder).search(terms, Query("q", languages=("en",)), limit=10))
    assert filtered == pytest.approx(plain)


def test_updating_twice_is_the_same_as_once(folder: Path) -> None:
    for _ in range(2):
        with lexical_writer(folder) as writer:
            writer.update([entry(1, TEXTS[1]), entry(8, "One more bridge.")], dead=[3, 99])
    assert view(folder).ids() == [1, 2, 4, 5, 8]
    assert view(folder).passages == 5
    assert found(folder, "ferry") == []


def test_rarity_is_told_by_passages(folder: Path) -> None:
    index = view(folder)
    assert index.document_frequency("bridge") == 2
    assert index.document_frequency("river") == 3
    assert index.document_frequency("unheard") == 0


def test_a_view_does_not_change_and_the_next_one_does(folder: Path) -> None:
    index = LexicalIndex()
    _, first = index.view(1, folder, 5)
    with lexical_writer(folder) as writer:
        writer.update([entry(8, "One more bridge.")], dead=[1])
        assert index.view(1, folder, 5)[1] is first
        assert first.ids() == [1, 2, 3, 4, 5]
        _, second = index.view(2, folder, 8)
        assert second.ids() == [2, 3, 4, 5, 8]
        assert second.max_id == 8
    assert first.ids() == [1, 2, 3, 4, 5]


def test_a_missing_folder_and_a_broken_one_are_told_apart(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_lexical(tmp_path / "nothing")
    (folder / "meta.json").write_text("{}")
    with pytest.raises(ArchiveDamaged, match="sverka rebuild"):
        open_lexical(folder)


def as_tail(id_: int, text: str) -> TailPassage:
    return TailPassage.of(id_, entry(id_, text).fields, entry(id_, text).names)


@pytest.mark.parametrize("text", ["bridge", "bridges river", "who opened the ferry in May", "мост", "unheard"])
def test_what_is_not_indexed_yet_is_scored_as_it_will_be(folder: Path, tmp_path: Path, text: str) -> None:
    """All but passage 5 scanned, against all indexed: the same passages, with scores close by."""
    with lexical_writer(tmp_path / "few") as writer:
        writer.update([entry(5, TEXTS[5])])
    terms = query_terms(text, ("en", "ru"))
    tail = [as_tail(id_, words) for id_, words in TEXTS.items() if id_ != 5]
    scanned = dict(search_tail(tail, terms, view(tmp_path / "few")))
    indexed = dict(view(folder).search(terms, Query(text), limit=10))
    indexed.pop(5, None)
    assert scanned == pytest.approx(indexed, rel=0.15)


def test_operators_hold_for_the_indexed_and_for_the_scanned(folder: Path) -> None:
    operators = parse_operators('"opened in May" -June')
    terms = query_terms(operators.text, ("en",))
    operators = operators.within(("en", "ru"))
    assert [id_ for id_, _ in view(folder).search(terms, Query("q"), limit=10, operators=operators)] == [1]
    assert view(folder).allowed(operators) == [1]
    tail = [as_tail(id_, words) for id_, words in TEXTS.items()]
    assert [id_ for id_, _ in search_tail(tail, terms, None, operators=operators)] == [1]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Зеленски", "Приехал Зеленский."), ("пхенян", "A train left Pyongyang."), ("Чен-ун", "Говори Чен Ун."),
        ("Ченун", "Kim Jong Un spoke."), ("USA", "Они уехали в США."), ("министър", "Говори премиер-министърът."),
        ("премиер-министър", "Говори премиер министърът."),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_spelt_and_a_hyphenated_word_by_its_parts(folder: Path, asked: str, written: str) -> None:
    with lexical_writer(folder) as writer:
        writer.update([entry(20, written, language="bg" if "ът" in written else "ru"), entry(21, "Other words of the land.")])
    assert found(folder, asked)[:1] == [20]


def test_another_spelling_counts_for_less_than_the_same(folder: Path) -> None:
    with lexical_writer(folder) as writer:
        writer.update([entry(20, "Then Zelensky left."), entry(21, "Then Zelenskyy left."), entry(22, "Then Zelenski left.")])
    assert found(folder, "Zelenskyy")[0] == 21
    assert set(found(folder, "Zelenskyy")) >= {20, 21, 22}


def test_an_index_of_another_recipe_is_refused_with_what_to_do(folder: Path) -> None:
    (folder / "recipe").write_text("1")
    with pytest.raises(ArchiveDamaged, match="sverka rebuild"):
        open_lexical(folder)
    with pytest.raises(ArchiveDamaged, match="another version"), lexical_writer(folder):
        pass
