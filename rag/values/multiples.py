"""How many times: twice, doubled, вдвое, дважды, двойно, утрои се; the same count as "two times" and «два раза»."""

from __future__ import annotations

from rag.values.found import Quantity
from rag.values.hedges import hedge_before
from rag.values.scan import Scan
from rag.values.vocabulary import valued

_WORDS = {
    "en": valued(
        """
        2 twice twofold doubled doubling
        3 thrice threefold tripled tripling trebled trebling
        4 fourfold quadrupled quadrupling
        5 fivefold
        6 sixfold
        10 tenfold
        100 hundredfold
        """
    ),
    "ru": valued(
        """
        2 вдвое дважды
        3 втрое трижды
        4 вчетверо четырежды
        5 впятеро
        6 вшестеро
        7 всемеро
        8 ввосьмеро
        9 вдевятеро
        10 вдесятеро
        100 стократно
        """
    ),
    "bg": valued(
        "2 двойно двукратно двойната\n3 тройно трикратно\n4 четворно четирикратно\n5 петкратно петорно\n10 десетократно"
    ),
}
# Verbs in all their forms, by their stem.
_STEMS = {
    "en": {},
    "ru": {"удвоил": 2, "удваива": 2, "удвоит": 2, "утроил": 3, "утраива": 3, "утроит": 3, "учетверил": 4},
    "bg": {"удвои": 2, "удвоя": 2, "удвоен": 2, "утрои": 3, "утроя": 3, "утроен": 3, "учетвори": 4},
}
_BEGINNINGS = {language: tuple(stems) for language, stems in _STEMS.items()}
_BARE = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}  # English, before what is multiplied or after a modal verb
_AFTER_BARE = frozenset(("the", "that", "those", "what", "its", "their", "his", "her", "last", "this"))
_MODAL = frozenset(("will", "to", "would", "could", "may", "might", "can", "should", "nearly", "almost", "than", "about", "over"))
_RATE = frozenset(("a", "per", "each", "every", "daily", "weekly", "monthly", "yearly", "в", "на"))


def words_at(language: str) -> frozenset[str]:
    """The words at which such a count may begin, but for verbs."""
    return frozenset(_WORDS[language]) | (frozenset(_BARE) if language == "en" else frozenset())


def is_verb(word: str, language: str) -> bool:
    """Whether a word is a form of to double, удвоить and the like."""
    return len(word) > 4 and word.startswith(_BEGINNINGS[language])


def multiple(scan: Scan, i: int, floor: int) -> Quantity | None:
    """The count whose word is piece `i`; none in rates ("twice a week")."""
    word, language = scan.words[i], scan.language
    if word not in _WORDS[language] and word not in _BARE and not is_verb(word, language):
        return None
    number = _WORDS[language].get(word)
    if number is None and language == "en" and word in _BARE:
        multiplies = scan.words[i + 1] in _AFTER_BARE or scan.before(i) in _MODAL
        number = _BARE[word] if multiplies else None
    if number is None:
        number = next((value for stem, value in _STEMS[language].items() if word.startswith(stem)), None)
    if number is None or (scan.words[i + 1] in _RATE and word in ("twice", "thrice", "дважды", "трижды", "двукратно")):
        return None
    hedge, start = hedge_before(scan, i, floor)
    return Quantity("number", start, i + 1, number, number, hedge=hedge, what="time")
