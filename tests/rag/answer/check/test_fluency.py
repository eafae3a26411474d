"""Sentences that say nothing, of whatever true words they are made, and sound ones that look a little like them."""

from __future__ import annotations

from datetime import date

import pytest

from rag import Document, Hit, Passage, Refused, Supported, verify
from rag.text import split_sentences

FERRY = (
    "The ferry between Olm and Varn stopped on 5 May because of an error in its steering, the harbour office in Olm said. "
    "The error was not a mistake of the crew. "
    "The first ferry left Olm at noon and the second ferry left Varn at six. "
    "Tickets cost 12 crowns. "
    "People went from Olm, from Varn, from Hest and from Lund. "
    "It was a long, long wait."
)
PORT = "Порт Ольм закрыт с 5 мая. Капитан судна Hestia сказал, что рейс отменён. Причиной стала ошибка экипажа."
KEY = "Кеят в Олм е затворен от 5 май. Причината е грешка на екипажа."


def _hit(text: str, language: str, name: str) -> Hit:
    document = Document(id=name, text=text, source=name, sha256="0", language=language, published=date(2027, 5, 6))
    sentences = split_sentences(text, language=language)
    return Hit(Passage(1, name, 0, 0, len(text), sentences), document, 1.0, 1, None, sentences[0])


HITS = [_hit(FERRY, "en", "ferry"), _hit(PORT, "ru", "port"), _hit(KEY, "bg", "key")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The error was not a mistake, but a mistake of the crew [1].",
        "The error was not an error, but an error [1].",
        "The ferry between Olm and Varn is the ferry between Olm and Varn [1].",
        "The ferry is a ferry [1].",
        "The ferry ferry stopped on 5 May [1].",
        "The ferry stopped because of an error in its steering and an error in its steering [1].",
        "Tickets, tickets, tickets and tickets cost 12 crowns [1].",
        "When did the ferry stop? [1]",
        "Which stopped on 5 May [1].",
        "The ferry stopped on 5 May because of the [1].",
        "The ferry (which stopped on 5 May [1].",
        "The harbour office said: “The ferry stopped on 5 May [1].",
        "The passage says that the ferry stopped on 5 May [1].",
        "The ferry stopped on 5 May 停止 [1].",
        "The fеrry stopped on 5 May [1].",  # a Cyrillic letter in an English word
        "Причина не ошибка, а ошибка [2].",
        "Порт Ольм closed с 5 мая [2].",
        "Порт Ольм закрыт закрыт с 5 мая [2].",
        "Который закрыт с 5 мая [2].",
        "Кеят в Олм е кеят в Олм [3].",
        "Причината не е грешка, а грешка [3].",
        "Откъсът казва, че кеят е затворен [3].",
    ],
)
def test_a_sentence_that_says_nothing_is_refused(sentence: str) -> None:
    verdict = verify(sentence, HITS)
    assert isinstance(verdict, Refused)
    assert verdict.code == "garbled"


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry between Olm and Varn stopped on 5 May [1].",
        "The error was not a mistake of the crew [1].",
        "The first ferry left Olm at noon and the second ferry left Varn at six [1].",
        "It was a long, long wait [1].",
        "Капитан судна Hestia сказал, что рейс отменён [2].",
        "Причиной стала ошибка экипажа [2].",
        "Кеят в Олм е затворен от 5 май [3].",
        "Причината е грешка на екипажа [3].",
    ],
)
def test_a_sound_sentence_is_not(sentence: str) -> None:
    assert isinstance(verify(sentence, HITS), Supported), verify(sentence, HITS)
