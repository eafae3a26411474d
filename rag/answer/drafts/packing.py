"""Passages packed into a model's context window, best first, counted in its own tokens.

Fewer than fit, and of a long one the part around its best sentence: what a model reads costs as much time as what it writes, and
a small one loses the answer among what it need not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.drafts.prompts import answer_prompt
from rag.models.base import ANSWER_TOKENS, Messages, Writer
from rag.types import Hit, Packing

_SPARE = 16  # tokens that a chat template may add after the prompt
_TOGETHER = 5  # passages in one prompt at most ...
_SURE, _ENOUGH = 3, 1000  # ... and beyond the third only while the prompt has no more tokens
_ALONE = 3  # passages that a weak model is given, each in a prompt of its own
_BEFORE, _AFTER = 2, 2  # sentences of a passage that are given with its best one: who "he" is, and what came of it
_SHORT = 600  # characters; a passage of no more is given whole


@dataclass(frozen=True, slots=True)
class Packed:
    """A prompt that fits: the passages in it, numbered from 1 in this order, and its tokens."""

    hits: tuple[Hit, ...]
    messages: Messages
    tokens: int


def given(hit: Hit, *, weak: bool = False) -> str:
    """What a model is given of a passage: its best sentence and those around, all of a short one; a weak model less."""
    spans = hit.passage.sentences
    if not weak and hit.passage.end - hit.passage.start <= _SHORT:
        return hit.text
    before, after = (1, 1) if weak else (_BEFORE, _AFTER)
    best = spans.index(hit.best_sentence)
    return hit.document.text[spans[max(0, best - before)][0] : spans[min(best + after, len(spans) - 1)][1]]


def pack(writer: Writer, question: str, language: str | None, hits: Sequence[Hit]) -> tuple[tuple[Packed, ...], Packing]:
    """The prompts for an answer to `question` from `hits`, best first, and what of the hits is in them.

    The best ones in one prompt; a passage that does not fit is left out, and a shorter one after it may fit still. For a weak
    model one prompt for each of the best passages in the reader's language, since it cannot translate; the very best one where
    there is none. None at all where not even one passage fits. `tokens` are those of the largest prompt.
    """
    limit = writer.window - ANSWER_TOKENS - _SPARE
    packed: list[Packed] = []
    example = not writer.weak or language == "en"  # a model so small repeats an example in a language that it hardly knows
    for hit in _readable(hits, language) if writer.weak else hits:
        if sum(len(one.hits) for one in packed) == (_ALONE if writer.weak else _TOGETHER):
            break
        together = () if writer.weak or not packed else packed[-1].hits
        tried = (*together, hit)
        texts = tuple(given(one, weak=writer.weak) for one in tried)
        messages = answer_prompt(question, language, texts, example=example)
        tokens = writer.count(messages)
        if tokens <= (limit if len(tried) <= _SURE else min(limit, _ENOUGH)):
            packed = [*(packed if writer.weak else ()), Packed(tried, messages, tokens)]
    used = sum(len(one.hits) for one in packed)
    return tuple(packed), Packing(used, len(hits) - used, max((one.tokens for one in packed), default=0), max(0, limit))


def _readable(hits: Sequence[Hit], language: str | None) -> Sequence[Hit]:
    own = [hit for hit in hits if language is None or hit.document.language in (language, None)]
    return own or hits[:1]
