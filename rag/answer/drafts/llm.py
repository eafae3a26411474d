"""Answers that a language model drafts. No sentence of it is shown before it was verified.

What a model writes is hostile input: every sentence goes through `check`, links and markup never pass, and a draft that goes
round in circles, does not end, or breaks off leaves what was verified until then.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import Any, Protocol

from rag.answer.drafts.forms import AS_WORD, MARK, MARKS, is_whole, sentences
from rag.answer.drafts.packing import Packed, Spot, pack, single_sentences
from rag.answer.orders import is_order, is_planted, reported
from rag.errors import ModelError
from rag.index.rank import RankedSentence
from rag.models.base import Writer
from rag.models.reading import TICK, pieces
from rag.settings import without_secrets
from rag.text import detect, fold, tokenize
from rag.text.question import analyse
from rag.text.stopwords import function_words
from rag.types import Citation, Claim, Event, Hit, Packing, Refused

MAX_SENTENCES = 12  # drafted, of one prompt
MAX_SHOWN = 5
MAX_SHOWN_WEAK = 2  # of a model that copies sentences: the third best has seldom to do with the question
MAX_CHARACTERS = 4000  # of one prompt's draft, whatever the server makes of the limit in tokens
MAX_REPEATS = 2  # sentences that repeat an earlier one, after which a draft is going round in circles
MAX_ASTRAY = 4  # refused one after the other, after which nothing better is to come ...
MAX_ASTRAY_WEAK = 2  # ... of a model that only copies, and no longer does

_PLACES = 3  # passages that a sentence without a mark is compared with

_SLIPPED_IN = 2  # words put into a copied sentence that are from another one, which make no fact of their own
_WHOLE = 4  # words of a sentence of which it can be told that it was copied
_TELLING = 3  # words from which a sentence's language can be told
_BY_SCRIPT = {
    "bg": True,
    "ru": True,
    "uk": True,
    "be": True,
    "mk": True,
    "en": False,
}  # whether a language is written in Cyrillic
_NEAR_RANK = 10
_NEAR_SCORE = 4.0  # as far as an extractive answer reaches at most; scores are logits
_CLOSE_SCORE = 2.0  # of the sample's sentences so close to the best one 55 % answer, of those near the question 37 %

# Asks for something that the question does not hold; without such a word it asks whether, and its own words may be the answer.
_OPEN_QUESTION = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how|кто|кого|кому|кем|ком|что|чего|чему|чем|чей|чья|чьё|чье|чьи|чьих|как|какой|какая"
    r"|какое|какие|какого|какую|каким|каких|каком|каков|какова|каково|каковы|когда|где|куда|откуда|почему|зачем|отчего|сколько|скольких"
    r"|насколько|кой|коя|кое|кои|кого|чий|чия|чие|чии|какво|какъв|каква|какви|кога|къде|накъде|откъде|защо|колко|докога|откога)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:ли|дали|whether)\b|^\W*(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could)\b", re.IGNORECASE
)
MARKUP = re.compile(
    r"\w+://|www\.|!\[|\]\(|<[a-z/!]|[‹<]/?\w+[^\s›>]*[›>]|[|¦]|&#|\b(?:data|javascript|mailto):|[\w.-]+@[\w-]+\."
    r"|\b[\w-]+\.(?:[a-z]{2,12}|рф|бг|бел|укр)/"
    r"|(?-i:\b[a-z0-9-]{2,}\.[a-z]{2,12}\b)",  # which a page may make a link of; names have a capital
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
    model's work. `spots` are sentences that may answer, best first (see `close`): a weak model is given these.
    """

    def __init__(
        self,
        writer: Writer,
        question: str,
        language: str | None,
        hits: Sequence[Hit],
        check: Check,
        *,
        spots: Sequence[Spot] = (),
    ) -> None:
        self.claims: list[Claim] = []
        self.refused: list[Refused] = []
        self.packing: Packing | None = None
        self.problem: str | None = None
        self.timings: dict[str, float] = {}
        self._writer, self._question, self._language, self._check = writer, question, language, check
        self._hits, self._spots = hits, spots
        self._seen: set[str] = set()

    def __iter__(self) -> Generator[Claim | Refused | None, None, None]:
        started = time.monotonic()
        try:
            prompts, self.packing = pack(self._writer, self._question, self._language, self._hits, self._spots)
        except ModelError as error:
            prompts, self.problem = (), str(error)
        else:
            if not prompts:
                self.problem = self._nothing_given()
        yield from self.written(prompts, started)

    def written(self, prompts: Sequence[Packed], started: float | None = None) -> Generator[Claim | Refused | None, None, None]:
        """The same of prompts that are packed already. `started` is when the work on it began."""
        started = time.monotonic() if started is None else started
        try:
            for prompt in prompts:
                with closing(self._of(prompt)) as steps:
                    for step in steps:
                        if isinstance(step, Claim):
                            self.timings.setdefault("first", time.monotonic() - started)
                        yield step
                if self._is_enough:
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

    def _nothing_given(self) -> str:
        if self._writer.weak and not single_sentences(self._hits, self._language, self._spots):
            return "what comes closest is not in the reader's language, and a model so small does not translate"
        return f"no passage fits into its context of {self._writer.window} tokens"

    @property
    def _is_enough(self) -> bool:
        return len(self.claims) >= (MAX_SHOWN_WEAK if self._writer.weak else MAX_SHOWN)

    def _of(self, prompt: Packed) -> Generator[Claim | Refused | None, None, None]:
        drafted = repeats = astray = 0
        due = time.monotonic()
        role, said = prompt.messages[-1]
        begun = [f"{said} "] if role == "ai" else []  # which the model goes on with, and does not repeat
        hits = tuple(map(reported, prompt.hits))
        most_astray = MAX_ASTRAY_WEAK if self._writer.weak else MAX_ASTRAY
        with closing(pieces(self._writer, prompt.messages)) as draft:
            for sentence in sentences(_capped(chain(begun, draft)), self._language):
                if sentence is None:
                    if time.monotonic() >= due:
                        due = time.monotonic() + TICK
                        yield None
                    continue
                sentence = without_secrets(sentence)  # a server knows its key, and may say it
                key = fold(MARKS.sub("", sentence)).text
                if key in self._seen:
                    repeats += 1
                else:
                    self._seen.add(key)
                    drafted += 1
                    verdict = self._judge(sentence, hits)
                    astray = astray + 1 if isinstance(verdict, Refused) else 0
                    yield verdict
                    if self._writer.weak and astray == 0:
                        return  # it has said the one sentence that it was given
                if repeats >= MAX_REPEATS or drafted >= MAX_SENTENCES or astray >= most_astray or self._is_enough:
                    return

    def _judge(self, sentence: str, hits: Sequence[Hit]) -> Claim | Refused:
        text = MARKS.sub("", sentence)
        verdict = self._no_answer(sentence, text)
        if verdict is None:
            verdict = self._check(sentence, hits) if MARK.search(sentence) else self._place(sentence, hits)
        if not isinstance(verdict, Refused):
            verdict = self._unfit(sentence, verdict.citations) or verdict
        if isinstance(verdict, Refused):
            self.refused.append(verdict)
            return verdict
        claim = Claim(text, verdict.citations)
        self.claims.append(claim)
        return claim

    def _unfit(self, sentence: str, citations: Sequence[Citation]) -> Refused | None:
        """Why a sentence that stands may not be shown all the same for what it rests on."""
        if any(is_planted(citation.quote) for citation in citations):
            return Refused(sentence, "It rests on a sentence that is no report.", "order")
        for citation in citations:
            added = _added(MARKS.sub("", sentence), citation.quote)
            if 0 < len(added) <= (_SLIPPED_IN if len(citations) > 1 else len(added)):
                return Refused(sentence, f"It is the source's sentence, but for “{added[0]}”, which is not there.", "added")
        if self._writer.weak and len(citations) > 1:
            return Refused(sentence, "It is put together from several sentences, by a model too small for it.", "composite")
        if self._writer.weak and not all(_copies(MARKS.sub("", sentence), citation.quote) for citation in citations):
            return Refused(sentence, "It is put in other words than the source's, by a model too small for it.", "reworded")
        return None

    def _no_answer(self, sentence: str, text: str) -> Supported | Refused | None:
        """Why a sentence cannot be part of an answer, whatever the passages say; None where it can."""
        if MARKUP.search(sentence):
            return Refused(sentence, "It holds a link or markup.", "markup")
        if not is_whole(sentence):
            return Refused(sentence, "It breaks off.", "unfinished")
        if AS_WORD.search(sentence):
            return Refused(sentence, "The number of a passage stands in it as a word.", "unreadable")
        if text.endswith("?") or adds_nothing(self._question, text):
            return Refused(sentence, "It only repeats the question.", "question")
        if is_order(text):
            return Refused(sentence, "It is an order, not a report.", "order")
        if _in_another_language(text, self._language):
            return Refused(sentence, "It is not in the reader's language.", "language")
        return None

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


def near(ranked: Sequence[RankedSentence]) -> tuple[Spot, ...]:
    """Where the ranked sentences stand, best first, that are near the question: the first few, and those scored little lower."""
    return tuple(
        (one.document.id, one.span)
        for rank, one in enumerate(ranked)
        if rank < _NEAR_RANK or ranked[0].score - one.score <= _NEAR_SCORE
    )


def close(ranked: Sequence[RankedSentence]) -> tuple[Spot, ...]:
    """Where the sentences stand that are scored about as high as the best one: what a weak model may copy as an answer."""
    return tuple((one.document.id, one.span) for one in ranked if ranked[0].score - one.score <= _CLOSE_SCORE)


def to_the_point(check: Check, spots: Sequence[Spot]) -> Check:
    """`check`, and beyond it that what a sentence rests on is `near` the question: true and beside the point is no answer."""

    def touches(citation: Citation) -> bool:
        return any(name == citation.doc_id and start < citation.end and citation.start < end for name, (start, end) in spots)

    def both(sentence: str, hits: Sequence[Hit]) -> Supported | Refused:
        verdict = check(sentence, hits)
        if isinstance(verdict, Refused) or any(map(touches, verdict.citations)):
            return verdict
        return Refused(sentence, "What it rests on has little to do with the question.", "beside_the_point")

    return both


def adds_nothing(question: str, sentence: str) -> bool:
    """Whether a sentence holds no telling word but the question's own, where that asks for more than whether it is so."""
    if _WHETHER.search(question) or not _OPEN_QUESTION.search(question):
        return False
    asked = {key for term in analyse(question).terms for key in (term.lemma, term.folded, *term.keys)}
    return all({term.lemma, term.folded, *term.keys} & asked for term in analyse(sentence).terms)


def _added(sentence: str, quote: str) -> list[str]:
    """The telling words that a sentence has beyond all words of the quotation in their order; none where it has not those.

    Among so many words that stand there, one that does not is too little for a check of the whole.
    """
    words, source = ([token.text for token in tokenize(text)] for text in (sentence, quote))
    left = iter(words)
    if len(source) < _WHOLE or not all(word in left for word in source):
        return []
    return [word for word in Counter(words) - Counter(source) if word not in function_words(None)]


def _copies(sentence: str, quote: str) -> bool:
    """Whether a sentence is the quotation word for word. What is left out may be who says so."""
    words, source = ([token.text for token in tokenize(text)] for text in (sentence, quote))
    return words == source


def _in_another_language(text: str, language: str | None) -> bool:
    """Whether a sentence is in another language than the reader's. A few words tell no language, but their script may."""
    if language is None:
        return False
    letters = [character for character in text if character.isalpha()]
    cyrillic = sum("\u0400" <= character <= "\u052f" for character in letters) * 2 > len(letters)
    if language in _BY_SCRIPT and cyrillic is not _BY_SCRIPT[language]:
        return True
    words = [token for token in tokenize(text) if token.kind == "word"]
    return len(words) >= _TELLING and detect(text) not in (language, None)


def _capped(draft: Iterable[str]) -> Iterator[str]:
    written = 0
    for piece in draft:
        yield piece
        written += len(piece)
        if written > MAX_CHARACTERS:
            return
