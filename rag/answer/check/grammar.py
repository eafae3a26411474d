"""The small words around those who act: prepositions, and what joins two parties into one."""

from __future__ import annotations

from functools import lru_cache

from rag.answer.check.concepts import agents
from rag.answer.check.reading import Read
from rag.answer.said.speech import speech
from rag.text.stopwords import function_words
from rag.values.vocabulary import words

PREPOSITIONS = {
    "en": words(
        "of in on at to for from by with against into over under about between through during near off after before since until"
        " towards toward as than among within without around behind via per despite outside inside upon versus"
    ),
    "ru": words(
        "в во на у о об обо от из изо к ко с со по за для до при про над под перед через между против после среди около без безо"
        " ради вместо кроме из-за близ вокруг согласно благодаря"
    ),
    "bg": words(
        "в във на у о от из към с със по за до при над под пред през между против след сред около без заради вместо освен срещу"
        " според чрез край зад върху"
    ),
}
_DETERMINERS = words(
    "the a an his her its their this that these those our some any each all both этот эта эти его ее их свой своего своей свою"
    " своих все всех този тази това тези неговия неговата своя своята своите ѝ му им всички"
)
_JOINING = words("and or и или with с със да &")
_COPULAS = words("is was are were been become became е са бе беше бил била станал стана был была является стал стала")


@lru_cache(maxsize=20_000)
def is_agent(word: str, language: str) -> bool:
    """Whether a folded word names people by their office, or a body that acts."""
    said = speech(language)
    if said is None or word in function_words(language):
        return False
    listed = tuple(stem for stem in (*said.roles, *said.bodies, *said.media) if len(stem) > 3)
    return word.startswith(listed) or bool(agents(word, language))


def joined(read: Read, one: range, two: range) -> bool:
    """Whether nothing but "and", commas and offices stand between two parties."""
    between = (read.words[k] for k in range(min(one.stop, two.stop), max(one.start, two.start)))
    return all(
        word.capital
        or word.text in _JOINING
        or word.text in _COPULAS
        or word.text in _DETERMINERS
        or (not word.telling and word.text in PREPOSITIONS[read.language])
        or is_agent(word.text, read.language)
        for word in between
    )
