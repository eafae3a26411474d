"""What the documents say to a question, sentence by sentence, as the cross-check compares it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from rag.answer.check.gentilics import place_of
from rag.answer.cross.nearness import alike, likeness, nearness
from rag.answer.orders import addresses_a_machine
from rag.answer.quote import cite
from rag.answer.said.attribution import Attributed, attribution
from rag.index.evidence import Features
from rag.index.rank import RankedSentence
from rag.index.wordwise import WordMatch
from rag.text import lemmas
from rag.text.names import name_keys
from rag.text.normalise import fold_word
from rag.text.predicates import predicates
from rag.types import Citation, Claim, Document, day
from rag.values import Value, read_values

MAX_DOCUMENTS = 30
BEHIND = 18.0  # how far below the best sentence of all the best one of a document may lie, in the ranking's scores
MAX_SENTENCES = 7  # of one document
WITHIN = 9.0  # how far below the document's best sentence another of it may lie, in the ranking's scores
_FEW = 6  # documents that are heard however far below they lie
_CONTEXT = 400  # characters before and after a sentence that are looked at for what it goes with
_LEAD = 1500  # characters of a document in which its names are looked for, beside its sentences

_CAPITALS = re.compile(r"(?:[A-ZА-ЯЁ]\.){2,}|[A-ZА-ЯЁ0-9][\w’'-]*(?:[ \u00a0][A-ZА-ЯЁ][\w’'-]*)*")
_ADJECTIVE = re.compile(
    r"\b((\w{3,}?)(?:[оеи]в|ин|ен|ан|й)?ск)(?:и|а|о|ия|ият|ата|ото|ите|ий|ая|ое|ие|ого|ому|ой|ую|им|ых|их|ими|ими|ом)\b",
    re.IGNORECASE,
)
_GENTILIC = re.compile(r"\b[A-Z][a-z]+(?:ans?|ch|ese|ish|eks?|is?|iss)\b")
_BREAK = re.compile(r"[;:()—–]|,\s|\.\s")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that may answer: its citation, what stands around it in its document, and the ranking's score.

    Of a claim whose document is not at hand the quotation stands for all of it.
    """

    citation: Citation
    before: str
    after: str
    score: float = 0.0
    cosine: float = 0.0
    match: float = 0.0
    vector: Features | None = field(default=None, repr=False, compare=False)
    document: Document | None = field(default=None, repr=False)
    words: WordMatch | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        return self.citation.quote

    @property
    def language(self) -> str | None:
        return self.citation.language

    @property
    def reported(self) -> date | None:
        return None if self.citation.published is None else day(self.citation.published)

    @property
    def values(self) -> tuple[Value, ...]:
        """What the sentence states, dates resolved against the report's own."""
        return _values(self.text, self.language, self.reported)

    @property
    def lemmas(self) -> frozenset[str]:
        return _lemmas(self.text, self.language)

    def attributed(self) -> Attributed | None:
        """Who the sentence comes from, where its document says so."""
        if self.document is None:
            return attribution(self.text, 0, len(self.text), self.language)
        return _attributed(self.document.text, self.citation.start, self.citation.end, self.language)

    def near(self, start: int, end: int) -> float | None:
        """How near to `text[start:end]` it speaks of what is asked (`rag.answer.cross.nearness`)."""
        return nearness(self.text, self.words, start, end)

    def likeness(self, start: int, end: int, term: str) -> float | None:
        """How well `text[start:end]` goes with a word of the question (`rag.answer.cross.nearness`)."""
        return likeness(self.text, self.words, start, end, term)

    def alike(self, span: tuple[int, int], other: Statement, place: tuple[int, int]) -> float | None:
        """How alike in meaning the two words are that are most so, of this `text[span]` and of the other's `text[place]`."""
        return alike((self.text, self.words, span), (other.text, other.words, place))

    def has(self, terms: Iterable[str]) -> float | None:
        """How well it has one of these words of the question, in meaning; None where that is not known."""
        if self.words is None or not len(self.words.codes):
            return None
        best = dict(zip(self.words.terms, self.words.similar.max(axis=0).tolist(), strict=True))
        return max((best[term] for term in terms if term in best), default=None)

    def clause(self, start: int, end: int) -> str:
        """The clause of the sentence around `text[start:end]`."""
        low = max((m.end() for m in _BREAK.finditer(self.text, 0, start)), default=0)
        after = _BREAK.search(self.text, end)
        return self.text[low : after.start() if after else len(self.text)]


@dataclass(frozen=True, slots=True)
class Report:
    """One document's sentences on the question, best first.

    `has` is how well they have each telling word of the question, in meaning and whatever language; empty where it is not
    known. `missing` are names of the question that it lacks.
    """

    doc_id: str
    statements: tuple[Statement, ...]
    text: str = field(repr=False)
    keys: frozenset[str] = field(repr=False)
    has: Mapping[str, float] = field(default_factory=dict, repr=False, compare=False)
    missing: tuple[str, ...] = ()

    @property
    def reported(self) -> date | None:
        return self.statements[0].reported

    @property
    def language(self) -> str | None:
        return self.statements[0].language

    @property
    def score(self) -> float:
        return self.statements[0].score


def reports(
    sentences: Sequence[RankedSentence],
    claims: Sequence[Claim] = (),
    *,
    documents: int = MAX_DOCUMENTS,
    each: int = MAX_SENTENCES,
    within: float = WITHIN,
) -> list[Report]:
    """The documents of the ranked sentences, best first, so many at most and with so many sentences each; then those that only
    the claims cite. `within` is how far below its document's best sentence another of it may lie."""
    found: dict[str, list[RankedSentence]] = {}
    for sentence in sentences:
        if _planted(sentence):
            continue
        known = found.get(sentence.document.id)
        if known is None:
            far = len(found) >= _FEW and sentences[0].score - sentence.score > BEHIND
            if len(found) >= documents or far:
                continue
            known = found[sentence.document.id] = []
        near = not known or known[0].score - sentence.score <= within
        if near and len(known) < each and all(s.span != sentence.span for s in known):
            known.append(sentence)
    made = [_report_of(group) for group in found.values()]
    cited: dict[str, dict[tuple[int, int], Citation]] = {}
    for citation in (c for claim in claims for c in claim.citations):
        if citation.doc_id not in found:
            cited.setdefault(citation.doc_id, {}).setdefault((citation.start, citation.end), citation)
    return made + [_report_cited(doc_id, tuple(places.values())) for doc_id, places in cited.items()]


def _report_of(group: Sequence[RankedSentence]) -> Report:
    document = group[0].document
    text = document.text
    statements = tuple(
        Statement(
            cite(document, *s.span),
            text[max(0, s.span[0] - _CONTEXT) : s.span[0]],
            text[s.span[1] : s.span[1] + _CONTEXT],
            s.score,
            s.cosine,
            s.match,
            s.vector,
            document,
            s.words,
        )
        for s in group
    )
    lead = "\n".join((document.title or "", _reported(document)[:_LEAD]))
    head = "\n".join((lead, *(s.text for s in statements)))
    named = document_keys(lead).union(*(document_keys(s.text) for s in statements))
    return Report(document.id, statements, head, named, _has(statements))


def _reported(document: Document) -> str:
    """The text of a document without what a page or file put around it: its footer names what no report does."""
    kept, place = [], 0
    for start, end in sorted(document.skipped):
        kept.append(document.text[place:start])
        place = max(place, end)
    return "".join((*kept, document.text[place:]))


def _has(statements: Sequence[Statement]) -> dict[str, float]:
    found: dict[str, float] = {}
    for words in (s.words for s in statements if s.words is not None and len(s.words.codes)):
        for term, match in zip(words.terms, words.similar.max(axis=0).tolist(), strict=True):
            found[term] = max(found.get(term, -1.0), match)
    return found


def _report_cited(doc_id: str, citations: Sequence[Citation]) -> Report:
    statements = tuple(Statement(citation, "", "") for citation in citations)
    text = "\n".join((citations[0].title or "", *(c.quote for c in citations)))
    return Report(doc_id, statements, text, document_keys(text))


def _planted(sentence: RankedSentence) -> bool:
    """Whether it is no report but an order to a language model: it is nobody's side of anything."""
    return _addressed(sentence.document.text[slice(*sentence.span)])


_addressed = lru_cache(maxsize=4096)(addresses_a_machine)


@lru_cache(maxsize=4096)
def document_keys(text: str) -> frozenset[str]:
    """The keys of all names in a text, and of the names that its adjectives are made from (кадорският, Turkish)."""
    # Only the words with capitals: most of the time went into the others, which have no keys.
    keys = set(name_keys(" , ".join(_CAPITALS.findall(text))))
    for adjective in set(_ADJECTIVE.findall(text)):
        whole, stem = adjective
        keys.update(name_keys(whole.capitalize()))
        keys.update(name_keys(stem.capitalize()))
    for match in {*_GENTILIC.findall(text), *(match[0] for match in _ADJECTIVE.finditer(text))}:
        keys.update(place_of(fold_word(match)))
    return frozenset(keys)


@lru_cache(maxsize=4096)
def _values(text: str, language: str | None, reported: date | None) -> tuple[Value, ...]:
    return read_values(text, language, published=reported)


@lru_cache(maxsize=4096)
def _lemmas(text: str, language: str | None) -> frozenset[str]:
    return frozenset(lemmas(text, language))


@lru_cache(maxsize=1024)
def _attributed(text: str, start: int, end: int, language: str | None) -> Attributed | None:
    return attribution(text, start, end, language)


def overlap(asked: Iterable[str], language: str | None, question: str, statement: Statement, part: str | None = None) -> float:
    """How many of the question's telling words stand in the statement, or in a `part` of it: by lemma in the same language, else
    by what is said to happen."""
    words = statement.text if part is None else part
    shared = len(told(question) & told(words))
    if language == statement.language:
        return max(float(len(set(asked) & (statement.lemmas if part is None else _lemmas(words, language)))), float(shared))
    return float(shared)


@lru_cache(maxsize=8192)
def told(text: str) -> frozenset[str]:
    """What a text says to have happened (`rag.text.predicates`)."""
    return predicates(text)


@lru_cache(maxsize=512)
def report_stems(text: str, language: str | None) -> frozenset[str]:
    """The beginnings, five letters long, of a text's lemmas."""
    return frozenset(lemma[:5] for lemma in lemmas(text, language))
