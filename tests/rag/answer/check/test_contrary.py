"""A draft that tells the one of two things that cannot both be, where its source tells the other. All reports are invented."""

from __future__ import annotations

from datetime import date

import pytest

from rag import Document, Hit, Passage, Refused, Supported, verify
from rag.text import split_sentences


def _hit(text: str, language: str) -> Hit:
    document = Document(id="a", text=text, source="a", sha256="0", language=language, outlet="Lamp", published=date(2027, 6, 15))
    sentences = split_sentences(text, language=language)
    return Hit(Passage(1, "a", 0, 0, len(text), sentences), document, 1.0, 1, None, sentences[0])


@pytest.mark.parametrize(
    ("source", "language", "right", "wrong"),
    [
        (
            "Двамата бивши служители на музея в Острел бяха оправдани поради липса на доказателства.",
            "bg",
            "Two former employees of the museum in Ostrel were acquitted for lack of evidence [1].",
            "Two former employees of the museum in Ostrel were convicted for lack of evidence [1].",
        ),
        (
            "The health ministry in Ostrel denied on Monday that the clinic had run out of vaccine.",
            "en",
            "The health ministry in Ostrel denied on Monday that the clinic had run out of vaccine [1].",
            "The health ministry in Ostrel confirmed on Monday that the clinic had run out of vaccine [1].",
        ),
        (
            "Городской совет Острела в среду отклонил план застройки набережной.",
            "ru",
            "Общинският съвет на Острел отхвърли в сряда плана за застрояване на крайбрежието [1].",
            "Общинският съвет на Острел одобри в сряда плана за застрояване на крайбрежието [1].",
        ),
        (
            "Туристов, которых искали с понедельника, нашли живыми в часовне.",
            "ru",
            "The tourists who had been sought since Monday were found alive in a chapel [1].",
            "The tourists who had been sought since Monday were found dead in a chapel [1].",
        ),
    ],
)
def test_the_opposite_is_refused_and_the_same_is_not(source: str, language: str, right: str, wrong: str) -> None:
    hits = [_hit(source, language)]
    assert isinstance(verify(right, hits), Supported)
    refused = verify(wrong, hits)
    assert isinstance(refused, Refused)
    assert refused.code == "negation"
