"""How many independent sources stand behind some citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Protocol

from rag.text import tokenize
from rag.text.normalise import fold_word
from rag.text.numbers import figures
from rag.types import Citation

# From this share of common words, in the same order, a sentence is the other one retouched; of two sentences that reporters
# wrote apart about one event few reach .6. Shorter sentences must be the same word for word, and the
# shortest ("Nobody was hurt.") are anybody's.
_RETOUCHED = 0.85
_FEWEST_WORDS = 8
_FEWEST_VERBATIM = 5
_QUOTED = re.compile(r"«[^«»]+»|„[^„“”]+[“”]|“[^“”]+”|\"[^\"]+\"")


class Archive(Protocol):
    """What knows which documents are copies: `rag.archive.Archive`."""

    def origins(self, doc_ids: Iterable[str]) -> dict[str, str]: ...


def independent(citations: Sequence[Citation], origins: Mapping[str, str] | Archive) -> int:
    """How many of the cited reports do not depend on each other, as far as their texts show.

    Those count as one whose documents are copies (have the same origin), whose outlet is the same, or whose quoted sentences
    are, in one language, the same text but for a word or two. Words that both only quote from somebody do not make them so:
    two reporters may have heard one speech. `origins` is the archive, or what its `origins` gave for these documents.
    """
    found = origins if isinstance(origins, Mapping) else origins.origins([c.doc_id for c in citations])
    groups: list[list[Citation]] = []
    for citation in citations:
        depends = [group for group in groups if any(_depend(citation, other, found) for other in group)]
        groups = [group for group in groups if group not in depends]
        groups.append([citation, *(other for group in depends for other in group)])
    return len(groups)


def same_text(one: Citation, other: Citation) -> bool:
    """Whether two quoted sentences are the same text, but for typography and a word or two; never with other figures."""
    if one.language != other.language and None not in (one.language, other.language):
        return False
    words, others = _words(one.quote), _words(other.quote)
    if words == others and len(words) >= _FEWEST_VERBATIM:
        return True
    if min(len(words), len(others)) < _FEWEST_WORDS or figures(one.quote, one.language) != figures(other.quote, other.language):
        return False
    reported, reported_too = _words(_QUOTED.sub(" ", one.quote)), _words(_QUOTED.sub(" ", other.quote))
    if min(len(reported), len(reported_too)) > 1:
        words, others = reported, reported_too
    return SequenceMatcher(None, words, others, autojunk=False).ratio() >= _RETOUCHED


def _depend(one: Citation, other: Citation, origins: Mapping[str, str]) -> bool:
    if origins.get(one.doc_id, one.doc_id) == origins.get(other.doc_id, other.doc_id):
        return True
    if one.outlet is not None and other.outlet is not None and fold_word(one.outlet) == fold_word(other.outlet):
        return True
    return same_text(one, other)


def _words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]
