"""Passages packed into a model's context window, best first, counted in its own tokens.

Fewer than fit, and of a long one the part around its best sentence: what a model reads costs as much time as what it writes, and
a small one loses the answer among what it need not read. A weak one is given single sentences, to copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer.drafts.prompts import answer_prompt, copy_prompt
from rag.answer.orders import is_planted, reported
from rag.models.base import ANSWER_TOKENS, Messages, Writer
from rag.types import Hit, Packing, Span

Spot = tuple[str, Span]  # a document and a place in it

_SPARE = 16  # tokens that a chat template may add after the prompt
_TOGETHER = 5  # passages in one prompt at most ...
_SURE, _ENOUGH = 3, 1000  # ... and beyond the third only while the prompt has no more tokens
_SENTENCES = 3  # that a weak model is given, each in a prompt of its own: between two it loses itself
_BEFORE, _AFTER = 2, 2  # sentences of a passage that are given with its best one: who "he" is, and what came of it
_SHORT = 600  # characters; a passage of no more is given whole


@dataclass(frozen=True, slots=True)
class Packed:
    """A prompt that fits: the passages in it, numbered from 1 in this order, and its tokens."""

    hits: tuple[Hit, ...]
    messages: Messages
    tokens: int


def given(hit: Hit) -> str:
    """What a model is given of a passage: its best sentence and those around, all of a short one."""
    spans = hit.passage.sentences
    if hit.passage.end - hit.passage.start <= _SHORT:
        return hit.text
    best = spans.index(hit.best_sentence)
    return hit.document.text[spans[max(0, best - _BEFORE)][0] : spans[min(best + _AFTER, len(spans) - 1)][1]]


def pack(
    writer: Writer, question: str, language: str | None, hits: Sequence[Hit], spots: Sequence[Spot] = ()
) -> tuple[tuple[Packed, ...], Packing]:
    """The prompts for an answer to `question` from `hits`, best first, and what of the hits is in them.

    The best ones in one prompt; a passage that does not fit is left out, and a shorter one after it may fit still. For a weak
    model the best sentences of the hits (`spots`, best first; where there are none, each hit's best one) in the reader's
    language, since it cannot translate: each alone in a prompt. None at all where not even one fits. `tokens` are those of the
    largest prompt.
    """
    limit = writer.window - ANSWER_TOKENS - _SPARE
    if writer.weak:
        packed = _alone(writer, question, single_sentences(hits, language, spots), limit)
    else:
        packed = _together(writer, question, language, hits, limit)
    used = len({hit.passage.id for one in packed for hit in one.hits})
    return packed, Packing(used, len(hits) - used, max((one.tokens for one in packed), default=0), max(0, limit))


def _together(writer: Writer, question: str, language: str | None, hits: Sequence[Hit], limit: int) -> tuple[Packed, ...]:
    packed: Packed | None = None
    for hit in hits:
        tried = (*(packed.hits if packed else ()), hit)
        if len(tried) > _TOGETHER:
            break
        messages = answer_prompt(question, language, tuple(map(given, tried)))
        tokens = writer.count(messages)
        if tokens <= (limit if len(tried) <= _SURE else min(limit, _ENOUGH)):
            packed = Packed(tried, messages, tokens)
    return (packed,) if packed else ()


def _alone(writer: Writer, question: str, sentences: Sequence[Hit], limit: int) -> tuple[Packed, ...]:
    packed: list[Packed] = []
    for hit in sentences:
        messages = copy_prompt(question, hit.text)
        tokens = writer.count(messages)
        if tokens <= limit:
            packed.append(Packed((hit,), messages, tokens))
        if len(packed) == _SENTENCES:
            break
    return tuple(packed)


def single_sentences(hits: Sequence[Hit], language: str | None, spots: Sequence[Spot] = ()) -> tuple[Hit, ...]:
    """The sentences of `hits` at `spots`, in their order, that are in this language: each as a hit whose passage is nothing else.

    Without `spots`, each hit's best sentence. Of several that read the same, the first; none that is an order to a machine.
    """
    places = spots or [(hit.document.id, hit.best_sentence) for hit in hits]
    holders = {(hit.document.id, span): hit for hit in map(reported, reversed(hits)) for span in hit.passage.sentences}
    found: dict[str, Hit] = {}
    for place in places:
        hit = holders.get(place)
        if hit is None or (language is not None and hit.document.language not in (language, None)):
            continue
        start, end = span = place[1]
        text = hit.document.text[start:end]
        if text not in found and not is_planted(text):
            alone = replace(hit.passage, start=start, end=end, sentences=(span,))
            found[text] = replace(hit, passage=alone, best_sentence=span)
    return tuple(found.values())
