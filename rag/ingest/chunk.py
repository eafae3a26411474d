"""A document's sentences, gathered into passages of a size that the embedder takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.text import split_sentences
from rag.types import Document, Span

# What a break within a paragraph costs, against the squared emptiness of a passage (0 full, 1 empty): paragraphs are kept
# whole unless that leaves passages a third emptier.
_WITHIN_PARAGRAPH = 0.1
_MOST_SENTENCES = 64  # in a passage; bounds the search on texts of one-word sentences


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage to be: `document.text[start:end]`, of these whole sentences, with no skipped text between them."""

    start: int
    end: int
    sentences: tuple[Span, ...]


def chunk(document: Document, *, max_tokens: int, count_tokens: Callable[[Sequence[str]], list[int]]) -> tuple[Chunk, ...]:
    """The document's passages, in order, not overlapping: each character that is no space and not in a skipped span is in
    exactly one sentence of exactly one of them.

    A passage is a run of sentences of at most `max_tokens` together, by the embedder's `count_tokens` (called once, with
    all sentences); a longer sentence is a passage of its own. A skipped span ends a passage. Among all ways to break, the
    one is taken whose passages are evenest and break paragraphs least.
    """
    text = document.text
    split = (split_sentences(text, start, end, language=document.language) for start, end in _regions(document))
    regions = [sentences for sentences in split if sentences]
    flat = [text[start:end] for sentences in regions for start, end in sentences]
    counts = count_tokens(flat) if flat else []
    chunks: list[Chunk] = []
    at = 0
    for sentences in regions:
        for first, last in _breaks(text, sentences, counts[at : at + len(sentences)], max_tokens):
            chunks.append(Chunk(sentences[first][0], sentences[last - 1][1], tuple(sentences[first:last])))
        at += len(sentences)
    return tuple(chunks)


def _regions(document: Document) -> Iterator[Span]:
    """What is left of the text between the skipped spans."""
    at = 0
    for start, end in (*document.skipped, (len(document.text), len(document.text))):
        if at < start:
            yield at, start
        at = end


def _breaks(text: str, sentences: Sequence[Span], counts: Sequence[int], most: int) -> list[tuple[int, int]]:
    """The cheapest division of the sentences into runs of at most `most` tokens, as (first, last + 1) indexes.

    Dynamic programming over the place of each break: `cost[i]` is that of the best division of the first i sentences.
    """
    cost = [0.0] + [float("inf")] * len(sentences)
    origin = [0] * (len(sentences) + 1)
    for end in range(1, len(sentences) + 1):
        whole = end == len(sentences) or "\n" in text[sentences[end - 1][1] : sentences[end][0]]
        penalty = 0.0 if whole else _WITHIN_PARAGRAPH
        tokens = 0
        for start in range(end - 1, max(-1, end - 1 - _MOST_SENTENCES), -1):
            tokens += counts[start]
            if tokens > most and start < end - 1:
                break
            empty = max(0.0, 1 - tokens / most)
            if (candidate := cost[start] + empty * empty + penalty) < cost[end]:
                cost[end], origin[end] = candidate, start
    runs: list[tuple[int, int]] = []
    end = len(sentences)
    while end:
        runs.append((origin[end], end))
        end = origin[end]
    return runs[::-1]
