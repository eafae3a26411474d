from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.ingest import chunk, read
from rag.ingest.metadata import make_document
from rag.types import Document, Passage

WORDS = ("Мост", "открыли", "during", "2025", "г.", "т.е.", "„Вихър“", "(ТАСС)", "да", "A.", "…", "!?", "—", "3,5", "<p>")
MARKS = (". ", "! ", "? ", "… ", ", ", " ", "\n", "\n\n", ".\n", ". — ", ":\n- ", "\t")
LINES = (
    "Реклама\n",
    "Читайте также: Мост\n",
    "© Иван/ ТАСС\n",
    "date 2025-10-11 ",
    "# Мост\n",
    "---\na: b\n---\n",
    "Поделиться\n",
)


def count(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def document_of(text: str, skipped: tuple[tuple[int, int], ...] = ()) -> Document:
    return Document(id="a", text=text, source="a", sha256="", skipped=skipped)


def check(document: Document, most: int) -> None:
    """Rebuilds the text from the pieces: each character in one sentence of one passage, or skipped."""
    text = document.text
    owners = [0] * len(text)
    for start, end in document.skipped:
        for index in range(start, end):
            owners[index] += 1
    for piece in chunk(document, max_tokens=most, count_tokens=count):
        Passage(1, document.id, 0, piece.start, piece.end, piece.sentences)  # checks the spans' order
        assert (piece.start, piece.end) == (piece.sentences[0][0], piece.sentences[-1][1])
        tokens = sum(count([text[start:end] for start, end in piece.sentences]))
        assert tokens <= most or len(piece.sentences) == 1
        assert not any(start < piece.end and piece.start < end for start, end in document.skipped)
        for start, end in piece.sentences:
            assert text[start:end].strip() == text[start:end]
            for index in range(start, end):
                owners[index] += 1
    for char, times in zip(text, owners, strict=True):
        assert times == 1 or (times == 0 and char.isspace()) or char.isspace(), (text, owners)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from((*WORDS, *MARKS, *LINES)), max_size=60).map("".join), st.integers(1, 40))
def test_every_character_of_an_article_is_in_one_sentence_of_one_passage_or_skipped(text: str, most: int) -> None:
    if text.strip():
        check(make_document("Мост. " + text, source="x", given=[]), most)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.data(), st.integers(1, 40))
def test_every_character_of_any_text_is_in_one_sentence_of_one_passage_or_skipped(
    text: str, data: st.DataObject, most: int
) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    check(document_of(text, tuple(zip(cuts[::2], cuts[1::2], strict=False))), most)


def test_the_seeds_are_rebuilt_from_their_passages(shared: Path) -> None:
    for path in (shared / "seeds").glob("*.txt"):
        document = next(read(path))
        assert isinstance(document, Document)
        check(document, 60)


def words(*lengths: int) -> str:
    return " ".join("Мост" + " да" * (length - 1) + "." for length in lengths)


def sizes(text: str, most: int) -> list[int]:
    chunks = chunk(document_of(text), max_tokens=most, count_tokens=count)
    return [sum(count([text[start:end] for start, end in piece.sentences])) for piece in chunks]


def test_passages_are_even_and_leave_no_single_sentence_behind() -> None:
    # Greedy filling would give 10 and 2.
    assert sizes(words(2, 2, 2, 2, 2, 2), 10) == [6, 6]


def test_a_paragraph_is_kept_whole_where_that_costs_little() -> None:
    # 8 and 4 are as even, but break the second paragraph.
    assert sizes(words(4) + "\n" + words(4, 4), 9) == [4, 8]


def test_a_sentence_over_the_limit_stands_alone() -> None:
    assert sizes(words(3, 30, 3), 10) == [3, 30, 3]


def test_a_skipped_span_ends_a_passage() -> None:
    text = f"{words(3)}\nРеклама\n{words(3)}"
    start = text.index("Реклама")
    document = document_of(text, ((start, start + 7),))
    assert [len(piece.sentences) for piece in chunk(document, max_tokens=100, count_tokens=count)] == [1, 1]


def test_tokens_are_counted_in_one_call() -> None:
    calls: list[int] = []

    def counting(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return count(texts)

    chunk(document_of(f"{words(3, 3)}\n\n{words(3)}", ((0, 1),)), max_tokens=5, count_tokens=counting)
    assert len(calls) == 1


def test_a_document_of_nothing_but_skipped_text_has_no_passages() -> None:
    assert chunk(document_of("Реклама", ((0, 7),)), max_tokens=5, count_tokens=count) == ()
