"""The answerer that needs no language model: the sentences that answer, quoted exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from rag.answer import scope
from rag.answer.quote import cite
from rag.answer.said.attribution import attribution
from rag.index.rank import RankedSentence
from rag.text import tokenize
from rag.text.numbers import figures
from rag.text.predicates import predicates
from rag.text.question import Question, offers
from rag.types import Candidate, Claim

MAX_CITATIONS = 5  # of one claim: beyond that a reader gains nothing, and the candidates list the rest


MAX_CLAIMS = 5

# How far below the best sentence's score another's may lie. Scores are the logits of a model fitted on which sentence answers.
_NEAR = 1.5
# The same for one that states the kind of thing asked for (a date, a person), where the best does too ...
_OF_KIND = 2.5
# ... and, for an open question, for one that says the same to have happened as is asked about (what they agreed on).
_OF_PREDICATE = 4.0

# Two sentences may say the same from this cosine on. Of sentences that translate each other half reach .88 to .91 (by pair of
# languages), and of neighbours in one article 1 in 100 does (FLORES). "Twelve were killed" and "fifteen were killed" have .94,
# and a denial .92 to what it denies: figures and negation are compared as well.
_SAME = 0.88

# Beginnings of folded words that deny or refuse, and whole words that negate.
_DENIAL = re.compile(
    r"den(?:y|ie)|refus|reject|overturn|without|опроверг|отриц|отрек|отреч|отказ|отверг|отхвърл|отмен"
    r"|(?:not|no|never|neither|nor|none|nobody|nothing|cannot|не|нет|ни|никогда|без|никто|ничего|нельзя|няма|нямаше|никога|никой|нищо|нито)$"
)
_CONTRACTED_NOT = re.compile(r"n['’]t\b")
# Words that set statements of otherwise equal wording apart: weekdays, months, currencies, by their beginnings.
_SETTING = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|понедел|вторник|сред[ауы]$|сряд|четверг|четвъртък|пятниц|петък|суббот|събот|воскрес|недел"
    r"|januar|februar|march$|april|may$|june|july|august|septemb|octob|novemb|decemb|январ|феврал|март|апрел|ма[яйе]$|июн|июл|август"
    r"|сентябр|октябр|ноябр|декабр|януар|февруар|април|юни$|юли$|септемвр|октомвр|ноемвр|декемвр"
    r"|dollar|euro|pound|ruble|rouble|lev|доллар|долар|евро|рубл|лев$|лева$|фунт"
)
_NAME = re.compile(r"\b[A-ZА-ЯЁ][\w'’-]+")


def candidates(sentences: Sequence[RankedSentence], limit: int) -> tuple[Candidate, ...]:
    """The best sentences with their citations."""
    return tuple(Candidate(cite(s.document, *s.span), s.score) for s in sentences[:limit])


def claims(question: Question, sentences: Sequence[RankedSentence]) -> tuple[Claim, ...]:
    """The sentences that answer, best first, a handful; sentences of other documents that say the same are cited with the one
    they repeat. `sentences` are ranked, one or more."""
    groups: list[list[RankedSentence]] = []
    for sentence in _answering(question, sentences):
        group = next((g for g in groups if says_same(g[0], sentence)), None)
        if group is None and len(groups) < MAX_CLAIMS:
            groups.append([sentence])
        elif group is not None and len(group) < MAX_CITATIONS and _another_document(group, sentence):
            group.append(sentence)
    return tuple(_claim(group) for group in groups)


def _answering(question: Question, sentences: Sequence[RankedSentence]) -> Iterator[RankedSentence]:
    """The best sentence, and those near enough below it."""
    best = sentences[0]
    by_kind = question.kind is not None and offers(question, _text(best))
    asked = predicates(question.text)
    for sentence in sentences:
        lag = best.score - sentence.score
        if by_kind:
            belongs = lag <= _OF_KIND and offers(question, _text(sentence))
        else:
            belongs = lag <= _NEAR or (lag <= _OF_PREDICATE and not asked.isdisjoint(predicates(_text(sentence))))
        if belongs:
            yield sentence


def says_same(one: RankedSentence, other: RankedSentence) -> bool:
    """Whether two sentences state the same: close in meaning, with the same figures and events, both or neither denying.

    In one language also with the same weekdays, months and currencies, and the same names in the same order. It rather keeps
    apart what is the same than tells together what is not: sources that repeat one another look like corroboration.
    """
    if float(np.dot(one.vector, other.vector)) < _SAME:
        return False
    same = _figures(one) == _figures(other) and _denies(one) == _denies(other)
    same = same and predicates(_text(one)) == predicates(_text(other)) and not _of_different_wholes(one, other)
    if same and one.document.language == other.document.language:
        same = _settings(one) == _settings(other) and _names(one) == _names(other)
    return same


def _of_different_wholes(one: RankedSentence, other: RankedSentence) -> bool:
    """Whether figures of two sentences hold of different company or people: alone, and with the delegations."""
    here, there = (
        {dimension: marks for dimension, marks in scope.marks(_text(s)).items() if dimension in ("company", "people", "level")}
        for s in (one, other)
    )
    return bool(_figures(one)) and scope.differ(here, there)


def _claim(group: Sequence[RankedSentence]) -> Claim:
    citations = tuple(cite(s.document, *s.span) for s in group)
    return Claim(citations[0].quote, citations)


def _another_document(group: Iterable[RankedSentence], sentence: RankedSentence) -> bool:
    return all(s.document.id != sentence.document.id for s in group)


def _text(sentence: RankedSentence) -> str:
    start, end = sentence.span
    return sentence.document.text[start:end]


def _figures(sentence: RankedSentence) -> frozenset[str]:
    return figures(_text(sentence), sentence.document.language)


def _denies(sentence: RankedSentence) -> bool:
    text = _text(sentence)
    return any(_DENIAL.match(token.text) for token in tokenize(text)) or _CONTRACTED_NOT.search(text) is not None


def _settings(sentence: RankedSentence) -> frozenset[str]:
    return frozenset(match[0] for token in tokenize(_text(sentence)) if (match := _SETTING.match(token.text)))


def _names(sentence: RankedSentence) -> list[str]:
    """The beginnings of capitalised words after the first word, in order, each once; without the agency that the sentence is
    from, which its copies name and it does not."""
    text, (start, end) = _text(sentence), sentence.span
    source = attribution(sentence.document.text, start, end, sentence.document.language)
    if source is not None and source.kind in ("agency", "outlet"):
        low, high = max(source.start - start, 0), max(source.end - start, 0)
        text = text[:low] + " " * (high - low) + text[high:]
    return list(dict.fromkeys(match[0][:4] for match in _NAME.finditer(text) if match.start()))
