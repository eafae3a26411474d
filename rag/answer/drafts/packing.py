"""Passages packed into a model's context window, best first, counted in its own tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.drafts.prompts import answer_prompt
from rag.models.base import ANSWER_TOKENS, Messages, Writer
from rag.types import Hit, Packing

_SPARE = 16  # tokens that a chat template may add after the prompt
_ALONE = 3  # passages that a weak model is given, each in a prompt of its own


@dataclass(frozen=True, slots=True)
class Packed:
    """A prompt that fits: the passages in it, numbered from 1 in this order, and its tokens."""

    hits: tuple[Hit, ...]
    messages: Messages
    tokens: int


def pack(writer: Writer, question: str, language: str | None, hits: Sequence[Hit]) -> tuple[tuple[Packed, ...], Packing]:
    """The prompts for an answer to `question` from `hits`, best first, and what of the hits is in them.

    All in one prompt; a passage that does not fit is left out, and a shorter one after it may fit still. For a weak model one
    prompt for each of the best passages. None at all where not even one passage fits. `tokens` are those of the largest prompt.
    """
    limit = writer.window - ANSWER_TOKENS - _SPARE
    packed: list[Packed] = []
    for hit in hits:
        if writer.weak and len(packed) == _ALONE:
            break
        together = () if writer.weak or not packed else packed[-1].hits
        tried = (*together, hit)
        messages = answer_prompt(question, language, tuple(one.text for one in tried))
        tokens = writer.count(messages)
        if tokens <= limit:
            packed = [*(packed if writer.weak else ()), Packed(tried, messages, tokens)]
    used = sum(len(one.hits) for one in packed)
    return tuple(packed), Packing(used, len(hits) - used, max((one.tokens for one in packed), default=0), max(0, limit))
