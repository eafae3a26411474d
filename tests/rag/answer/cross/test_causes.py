"""Why and where: what reports put it down to, and where they say that it happened. All reports are invented."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from rag import crosscheck
from rag.answer.cross.causes import causes, places
from rag.answer.cross.matter import on_the_matter
from rag.answer.cross.statements import reports
from rag.answer.cross.wanted import wanted
from rag.index.rank import RankedSentence
from rag.index.wordwise import WordMatch
from rag.text import split_sentences, stopwords, tokenize
from rag.types import Conflict, Document

DIM = 64


def code(word: str) -> np.ndarray:
    """Signs for a word, the same for the same beginning, and for the bridge in every language."""
    word = "bridge" if word.startswith("мост") else word
    return np.sign(np.random.default_rng(sum(map(ord, word[:4].lower()))).normal(size=DIM))


def report(text: str, *, doc: str, language: str = "en") -> list[RankedSentence]:
    document = Document(id=doc, text=text, source=doc, sha256="", language=language, published=date(2026, 3, 2))
    ignored = stopwords("en") | stopwords("ru") | stopwords("bg")
    made = []
    for n, span in enumerate(split_sentences(text)):
        tokens = [tokenize(word) for word in text[slice(*span)].split()]
        told = [t[0].text for t in tokens if t and t[0].text not in ignored]
        codes = np.packbits(np.stack([code(word) for word in told]) > 0, axis=1)
        words = WordMatch(np.stack([code("bridge")]) / np.sqrt(DIM), ("bridge",), np.array([1.0]), codes)
        made.append(RankedSentence(document, span, 60.0 - n, np.array([1.0, 0.0]), 0.8, 0.6, words=words))
    return made


def found(question: str, *told: list[RankedSentence]) -> Conflict | None:
    conflicts = crosscheck((), question=question, sentences=[s for sentences in told for s in sentences])
    return conflicts[0] if conflicts else None


@pytest.mark.parametrize(
    ("question", "text", "language", "cause"),
    [
        ("Why did the Sarn bridge fall?", "The Sarn bridge fell because of metal fatigue, a judge said.", "en", "metal fatigue"),
        ("What caused the Sarn bridge to fall?", "A drifting barge caused the Sarn bridge to fall.", "en", "A drifting barge"),
        ("Почему упал мост в Сарне?", "Мост в Сарне упал из-за подмыва опоры, сообщили инженеры.", "ru", "подмыва опоры"),
        ("Защо падна мостът в Сарн?", "Мостът в Сарн падна заради ръжда, каза кметът.", "bg", "ръжда"),
        ("Защо гори складът в Сарн?", "Според собственика пожарът в Сарн е палеж.", "bg", "палеж"),
    ],
)
def test_a_cause_is_what_the_sentence_puts_it_down_to(question: str, text: str, language: str, cause: str) -> None:
    said = causes(wanted(question), reports(report(text, doc="a", language=language))[0])
    assert [finding.said for finding in said] == [cause]


def test_two_causes_contradict_and_one_in_two_wordings_does_not() -> None:
    question = "Why did the Sarn bridge fall?"
    fatigue = report("The Sarn bridge fell because of metal fatigue, a judge said.", doc="a")
    barge = report("The Sarn bridge fell after being struck, due to a drifting barge.", doc="b")
    again = report("Fatigue of the metal caused the Sarn bridge to fall.", doc="c")
    conflict = found(question, fatigue, barge)
    assert conflict is not None
    assert (conflict.about, conflict.relation) == ("attribution", "contradiction")
    assert found(question, fatigue, again) is None


def test_two_places_contradict_across_scripts_and_one_in_two_spellings_does_not() -> None:
    question = "Where did the bridge fall?"
    here = report("The bridge fell near the village of Pelin, police said.", doc="a")
    there = report("Мост упал у посёлка Гранов, сообщила полиция.", doc="b", language="ru")
    same = report("Мостът падна край село Пелин.", doc="c", language="bg")
    conflict = found(question, here, there)
    assert conflict is not None
    assert [side.value for side in conflict.sides] == ["Pelin", "Гранов"]
    assert found(question, here, same) is None
    assert [f.said for f in places(wanted(question), reports(there)[0])] == ["Гранов"]


def test_a_report_that_lacks_a_name_is_heard_and_marked_but_not_beside_many_that_have_it() -> None:
    asked = wanted("How many people were hurt in Kelden?")
    lacking = report("The crash hurt 14 people.", doc="z")
    named = [report(f"The crash in Kelden hurt {n} people.", doc=f"d{n}") for n in range(4)]
    few = on_the_matter(asked, reports([*named[0], *lacking]))
    assert {r.doc_id: r.missing for r in few} == {"d0": (), "z": ("Kelden",)}
    many = on_the_matter(asked, reports([s for sentences in (*named, lacking) for s in sentences]))
    assert "z" not in {r.doc_id for r in many}
