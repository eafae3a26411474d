"""Sentence boundaries: exact F1 on sets that we wrote, and what always holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text import split_sentences
from rag.text.sentences import LONGEST

FRAGMENTS = [
    *("Он ", "сказал", "т. е. ", "г. ", "В. ", "1912 ", "2,5 ", "U.S. ", "«", "»", "„", "“", '"', "(", ")", "—", " — "),
    *(".", "!", "?", "…", ". ", "? ", "; ", "\n", "\n\n", " ", "\u00a0", "1. ", "• ", "。"),
    *("слово " * 12, "x" * 300, "a, " * 200),
]
PIECES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=40).map("".join)


def _cases(path: Path) -> list[tuple[str, list[tuple[int, int]]]]:
    """Each text without its marks, and the spans between them, trimmed."""
    cases = []
    for block in path.read_text("utf-8").split("\n===\n"):
        marked = "\n".join(line for line in block.rstrip("\n").split("\n") if not line.startswith("# "))
        spans, at = [], 0
        for part in marked.split("⏐"):
            spans.append((at + len(part) - len(part.lstrip()), at + len(part.rstrip())))
            at += len(part)
        cases.append((marked.replace("⏐", ""), spans))
    return cases


@pytest.mark.parametrize(("name", "at_least"), [("sentences_tuned.txt", 0.99), ("sentences_heldout.txt", 0.97)])
def test_sentences_end_where_a_reader_ends_them(data: Path, name: str, at_least: float) -> None:
    right = found = wanted = 0
    for text, spans in _cases(data / name):
        got = split_sentences(text)
        right += len(set(got) & set(spans))
        found += len(got)
        wanted += len(spans)
    assert wanted >= 80
    assert 2 * right / (found + wanted) >= at_least


@pytest.mark.parametrize(
    "text",
    [
        "В понедельник В. В. Путин прилетел в г. Владивосток.",
        "Роден е на 15 април 1912 г. близо до Пхенян.",
        "Бюджетът е 10,5 млн. лв. годишно, т. е. 3.5 на сто повече.",
        "Mr. Smith of the U.S. Navy visited www.site.com at 3.5 m depth.",
        "«Мы готовы!» — сказал он.",
        "„Готови сме!“, каза той.",
        "Реки, озёра и др. водоёмы",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert split_sentences(text) == ((0, len(text)),)


def test_a_blank_line_always_ends_a_sentence() -> None:
    assert split_sentences("совет решил\n\nчто мост") == ((0, 11), (13, 21))


def test_hard_wrapped_lines_are_joined_and_headings_are_not() -> None:
    wrapped = (
        "The ferry left the port at nine and carried some forty people\n"
        "across the bay to the old town, where the market is held on\n"
        "the first day of the month. Nobody saw it again and nothing\n"
        "was found of it."
    )
    assert [wrapped[a:b].split()[0] for a, b in split_sentences(wrapped)] == ["The", "Nobody"]
    headed = "Ferry lost\nThe boats search\nNobody saw the ferry after nine."
    assert len(split_sentences(headed)) == 3


def test_a_window_of_a_text_has_only_its_own_sentences() -> None:
    text = "Первое. Второе предложение. Третье."
    assert split_sentences(text, 8, 28) == ((8, 27),)
    assert split_sentences(text, 0, 0) == ()


def test_a_table_is_cut_into_bounded_pieces_at_its_separators() -> None:
    text = "; ".join(f"порт {number}, причал {number}" for number in range(200))
    spans = split_sentences(text)
    assert all(end - start <= LONGEST for start, end in spans)
    assert all(text[end - 1] == ";" for _, end in spans[:-1])


@given(PIECES)
def test_sentences_are_ordered_apart_trimmed_bounded_and_whole(text: str) -> None:
    previous, kept = 0, 0
    for start, end in split_sentences(text):
        assert previous <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert end - start <= LONGEST
        kept += sum(not char.isspace() for char in text[start:end])
        previous = end
    assert kept == sum(not char.isspace() for char in text)


@given(PIECES, st.data())
def test_sentences_of_a_window_stay_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = split_sentences(text, start, end)
    assert all(start <= a < b <= end for a, b in spans)
    assert sum(not c.isspace() for a, b in spans for c in text[a:b]) == sum(not c.isspace() for c in text[start:end])
