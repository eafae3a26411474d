"""The base form of a word: simplemma's dictionary, and light rules for what it does not know or gets wrong.

The form need not be a word of the language: it is a key under which the forms of a word meet.
"""

from __future__ import annotations

import re

_FIXED = {
    # What the dictionary takes for путина (a fishing season), пар (steam), рус (a fair-haired one) and gan (an old verb).
    "ru": dict.fromkeys(("путин", "путина", "путину", "путиным", "путине"), "путин") | {"паром": "паром"},
    "bg": {"русия": "русия"},
    "en": {"gone": "go"},
}
# Russian surnames, and names of places, that decline like them.
_SURNAME = re.compile(r"(.{2,}(?:ов|ев|ин|ын))(?:а|у|ым|ом|е|ой|ы|ых|ыми)?")
_RUSSIAN_ENDING = re.compile(
    r"(?:иями|ями|ами|иях|ией|иям|ием|ого|его|ому|ему|ыми|ими|ях|ах|ов|ев|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|ых|их|ую|юю|ым|им|ом|ем|ам|ям"
    r"|ью|ия|ии|ию|а|я|о|е|у|ю|ы|и|ь|й)$"
)
_BULGARIAN_ARTICLE = re.compile(r"(?:ът|ят|та|то|те)$")
_BULGARIAN_ENDING = re.compile(r"(?:ове|еве|ища|[аъоуеияюьй]+)$")


def base_form(word: str, language: str, *, name: bool = False) -> str:
    """The key of a folded word in a language (ISO 639-1); the word itself where nothing is known of it.

    `name` says that the word is written as a proper name: then Лаврова is a form of Лавров, and not of лавр.
    """
    from rag.text.lexicon import simplemma_code  # opens simplemma: kept for when it is needed

    code = simplemma_code(language)
    if code is None:
        return word
    if language == "en":
        word = word.removesuffix("'s").removesuffix("'")
    head, hyphen, last = word.rpartition("-")
    if hyphen and last:
        return f"{head}-{_known(last, code, language, name) or _stem(last, language)}"
    return _known(word, code, language, name) or _stem(word, language)


def _known(word: str, code: str, language: str, name: bool) -> str | None:
    from rag.text.lexicon import find_lemma, is_form

    fixed = _FIXED.get(language, {}).get(word)
    if fixed:
        return fixed
    if language == "ru" and (name or not is_form(word, code)) and (surname := _SURNAME.fullmatch(word)):
        base = surname[1]
        if is_form(base, code):
            return find_lemma(base, code)
        if not is_form(word, code):
            return base
    return find_lemma(word, code)


def _stem(word: str, language: str) -> str:
    """What is left of a word that no dictionary knows without its ending, so that its forms still meet."""
    if language == "ru":
        return _without(_RUSSIAN_ENDING, word, leaving=2)  # Ын, Ына, Ыном
    if language == "bg":
        return _without(_BULGARIAN_ENDING, _without(_BULGARIAN_ARTICLE, word, leaving=3), leaving=3)
    return word


def _without(ending: re.Pattern[str], word: str, *, leaving: int) -> str:
    match = ending.search(word, leaving)
    return word[: match.start()] if match else word
