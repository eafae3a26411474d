"""Answers that a language model drafts. No sentence of it is shown before it was verified.

What a model writes is hostile input: every sentence goes through `check`, links and markup never pass, and a draft that goes
round in circles, does not end, or breaks off leaves what was verified until then.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, Protocol

from rag.answer.drafts.packing import Packed, pack
from rag.errors import ModelError
from rag.index.rank import RankedSentence
from rag.models.base import Writer
from rag.models.reading import TICK, pieces
from rag.text import detect, fold, split_sentences, tokenize
from rag.types import Citation, Claim, Event, Hit, Packing, Refused

MAX_SENTENCES = 12  # drafted, of one prompt
MAX_SHOWN = 6
MAX_CHARACTERS = 4000  # of one prompt's draft, whatever the server makes of the limit in tokens
MAX_REPEATS = 2  # sentences that repeat an earlier one, after which a draft is going round in circles

_PLACES = 3  # passages that a sentence without a mark is compared with

_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_TELLING = 3  # words from which a sentence's language can be told
_NEAR_RANK = 10
_NEAR_SCORE = 4.0  # as far as an extractive answer reaches at most; scores are logits

_NUMBER = re.compile(r"\d+")
_MARK = re.compile(r"\[(\d+)\]")
_MARKS = re.compile(r"\s*(?:\[\d+\])+")
_SEVERAL = re.compile(r"\[(?:[^\W\d_]+\s+)?(\d+(?:\s*[,;]\s*\d+)*)\]")  # [1, 2] and [passage 1]
_LATE_MARKS = re.compile(r"([.!?…]+)(\s*(?:\[\d+\]\s*)+)")
_APART = re.compile(r"(?<=\d)\]\s+\[(?=\d)")
_OPEN_MARK = re.compile(r"[.!?…][»”\"')]*\s*(?:\[\d+\]\s*)*\[[^\]\n]{0,20}$")
_BULLET = re.compile(r"^(?:(?:[-*•–—#>]+|\d{1,2}[.)])\s+)+")
_LABEL = re.compile(r"^(?:answer|ответ|отговор)\s*:\s*", re.IGNORECASE)
MARKUP = re.compile(
    r"\w+://|www\.|!\[|\]\(|<[a-z/!]|&#|\b(?:data|javascript):|[\w.-]+@[\w-]+\.|\b[\w-]+\.(?:com|org|net|info|biz|io|ru|bg|рф)/",
    re.IGNORECASE,
)


class Supported(Protocol):
    """What a check returns for a sentence that stands: the quotations it rests on."""

    @property
    def citations(self) -> tuple[Citation, ...]: ...


# A drafted sentence whose marks [n] point into the passages, checked against them.
Check = Callable[[str, Sequence[Hit]], Supported | Refused]


class Draft:
    """An answer being written: iterate it, once. It yields each claim and each refusal, and None when there is nothing yet.

    Afterwards `claims` and `refused` hold them all; `packing` is what the model was given; `problem` says why it ended before its
    end, None where it did not; `timings` are seconds, until the first claim and until the end. Closing the iterator ends the
    model's work.
    """

    def __init__(self, writer: Writer, question: str, language: str | None, hits: Sequence[Hit], check: Check) -> None:
        self.claims: list[Claim] = []
        self.refused: list[Refused] = []
        self.packing: Packing | None = None
        self.problem: str | None = None
        self.timings: dict[str, float] = {}
        self._writer, self._question, self._language, self._hits, self._check = writer, question, language, hits, check
        self._seen: set[str] = set()

    def __iter__(self) -> Generator[Claim | Refused | None, None, None]:
        started = time.monotonic()
        try:
            prompts, self.packing = pack(self._writer, self._question, self._language, self._hits)
            if not prompts:
                self.problem = f"no passage fits into its context of {self._writer.window} tokens"
            for prompt in prompts:
                with closing(self._of(prompt)) as steps:
                    for step in steps:
                        if isinstance(step, Claim):
                            self.timings.setdefault("first", time.monotonic() - started)
                        yield step
                if len(self.claims) >= MAX_SHOWN:
                    return
        except ModelError as error:
            self.problem = str(error)
        finally:
            self.timings["writing"] = time.monotonic() - started

    @property
    def fallback(self) -> str | None:
        """Why there is no claim; None where there is one."""
        if self.claims:
            return None
        if self.problem:
            return f"The model wrote nothing that holds: {self.problem}"
        if not self.refused:
            return "The model wrote nothing."
        return f"No sentence that the model wrote could be verified ({len(self.refused)} refused)."

    def events(self) -> Generator[Event, None, None]:
        """The same as events of an answer's stream."""
        for step in self:
            if step is None:
                yield Event("writing")
            elif isinstance(step, Claim):
                yield Event("claim", claim=step)
            else:
                yield Event("refused", refused=step)

    def report(self) -> dict[str, Any]:
        """What an Answer says of its draft: the values of its fields."""
        return {
            "refused": tuple(self.refused),
            "answerer": "model" if self.claims else "extractive",
            "model": self._writer.name,
            "sends_to": self._writer.host,
            "packing": self.packing,
            "fallback": self.fallback,
            "cut_short": self.problem if self.claims else None,
        }

    def _of(self, prompt: Packed) -> Generator[Claim | Refused | None, None, None]:
        drafted = repeats = 0
        due = time.monotonic()
        with closing(pieces(self._writer, prompt.messages)) as draft:
            for sentence in sentences(_capped(draft), self._language):
                if sentence is None:
                    if time.monotonic() >= due:
                        due = time.monotonic() + TICK
                        yield None
                    continue
                key = fold(_MARKS.sub("", sentence)).text
                if key in self._seen:
                    repeats += 1
                else:
                    self._seen.add(key)
                    drafted += 1
                    yield self._judge(sentence, prompt.hits)
                if repeats >= MAX_REPEATS or drafted >= MAX_SENTENCES or len(self.claims) >= MAX_SHOWN:
                    return

    def _judge(self, sentence: str, hits: Sequence[Hit]) -> Claim | Refused:
        if MARKUP.search(sentence):
            verdict: Supported | Refused = Refused(sentence, "It holds a link or markup.", "markup")
        elif _in_another_language(sentence, self._language):
            verdict = Refused(sentence, "It is not in the reader's language.", "language")
        elif _MARK.search(sentence):
            verdict = self._check(sentence, hits)
        else:
            verdict = self._place(sentence, hits)
        if isinstance(verdict, Refused):
            self.refused.append(verdict)
            return verdict
        claim = Claim(_MARKS.sub("", sentence), verdict.citations)
        self.claims.append(claim)
        return claim

    def _place(self, sentence: str, hits: Sequence[Hit]) -> Supported | Refused:
        """The verdict on a sentence without a mark: as if it named the passage that it shares most words with, or the next.

        A mark only says where to look. What counts is that the passage there says so, which is checked as strictly.
        """
        words = {token.text for token in tokenize(sentence)}
        shared = [len(words & {token.text for token in tokenize(hit.text)}) for hit in hits]
        refusals: list[Refused] = []
        for place in sorted(range(len(hits)), key=lambda i: -shared[i])[:_PLACES]:
            verdict = self._check(f"{sentence} [{place + 1}]", hits)
            if not isinstance(verdict, Refused):
                return verdict
            refusals.append(verdict)
        return Refused(sentence, refusals[0].reason, refusals[0].code)


def to_the_point(check: Check, ranked: Sequence[RankedSentence]) -> Check:
    """`check`, and beyond it that what a sentence rests on is near the question: true and beside the point is no answer.

    `ranked` are the sentences found, best first. A quotation is near where it touches one of the first of them, or one whose
    score is little below the best.
    """
    near = [one for rank, one in enumerate(ranked) if rank < _NEAR_RANK or ranked[0].score - one.score <= _NEAR_SCORE]

    def touches(citation: Citation) -> bool:
        return any(
            one.document.id == citation.doc_id and one.span[0] < citation.end and citation.start < one.span[1] for one in near
        )

    def both(sentence: str, hits: Sequence[Hit]) -> Supported | Refused:
        verdict = check(sentence, hits)
        if isinstance(verdict, Refused) or any(map(touches, verdict.citations)):
            return verdict
        return Refused(sentence, "What it rests on has little to do with the question.", "beside_the_point")

    return both


def sentences(draft: Iterable[str], language: str | None) -> Iterator[str | None]:
    """The finished sentences of a draft that comes in pieces, tidied; None for each piece that finishes none.

    A sentence is finished when the next one begins, or the draft ends. Marks after its full stop belong to it ("… . [1]").
    """
    text = ""
    for piece in draft:
        text += piece
        if "<think>" in text.rpartition("</think>")[2] or _OPEN_MARK.search(text):
            yield None
            continue
        text = _normal(text)
        spans = split_sentences(text, language=language)
        if len(spans) < 2:
            yield None
            continue
        yield from filter(None, (tidy(text[start:end]) for start, end in spans[:-1]))
        text = text[spans[-1][0] :]
    text = _normal(text)
    yield from filter(None, (tidy(text[start:end]) for start, end in split_sentences(text, language=language)))


def _normal(text: str) -> str:
    """`text` without what a model thought, and with its marks as we write them: `… words [1][2].`"""
    text = _SEVERAL.sub(lambda found: _marks(found[1]), _THOUGHT.sub("", text))
    return _APART.sub("][", _LATE_MARKS.sub(lambda found: f" {_marks(found[2])}{found[1]} ", text))


def _marks(text: str) -> str:
    return "".join(f"[{number}]" for number in _NUMBER.findall(text))


def _in_another_language(sentence: str, language: str | None) -> bool:
    """Whether a sentence is in another language than the reader's. A few words, or names, tell no language."""
    words = [token for token in tokenize(_MARKS.sub("", sentence)) if token.kind == "word"]
    if language is None or len(words) < _TELLING:
        return False
    return detect(_MARKS.sub("", sentence)) not in (language, None)


def tidy(sentence: str) -> str:
    """A drafted sentence on one line, without bullets, emphasis and labels; empty where it has no letter."""
    text = _BULLET.sub("", " ".join(sentence.replace("**", "").replace("__", "").split()))
    text = _LABEL.sub("", text)
    return text if any(character.isalpha() for character in _MARKS.sub("", text)) else ""


def _capped(draft: Iterable[str]) -> Iterator[str]:
    written = 0
    for piece in draft:
        yield piece
        written += len(piece)
        if written > MAX_CHARACTERS:
            return
