"""What a figure counts: the noun after it, and what befell those whom it counts."""

from __future__ import annotations

from dataclasses import dataclass

from rag.text.numbers import CARDINALS
from rag.values.figures import read_figure
from rag.values.nouns import Noun, lemma, noun
from rag.values.scan import Scan
from rag.values.vocabulary import words

_REACH = 7
_RUN = 5
# Words at which a noun phrase ends. Verbs that are roles (killed, ранены) are found apart.
_STOPS = {
    "en": words(
        "in on at of from by for with to as and or but who that which whose were was are is be been being have has"
        " had will would after before when while during since until than because if so not did do does can could may"
        " might should into across over near amid also it they he she we you i its their his her the a an this these"
        " those there out up down off about around between against per via then said says say told more others fewer less"
        " higher lower versus vs instead except despite"
    ),
    "ru": words(
        "в во на с со из от до по к ко у о об за под над при для без через между и или но а что как который которые"
        " которых которая если когда где не ни был была было были будет будут является являются это эти его ее их он"
        " она они мы вы я также еще уже со около после перед во время том числе сообщил заявил бы же ли более менее"
        " против вместо кроме согласно вокруг сквозь"
    ),
    "bg": words(
        "в във на с със из от до по към у за под над при без през между и или но а че как който които която което ако"
        " когато където не ни е са бе бяха беше са ще бъде бъдат се си това тези той тя те ние вие аз също още вече"
        " около след преди след като по време сред съобщи заяви му им ги го я ли"
        " срещу против вместо освен спрямо според заради поради чрез"
    ),
}
# "12 of the wounded", "двама от ранените": what may stand between a figure and the noun it is taken from.
_OF = {
    "en": (
        ("of", "the"),
        ("of", "them"),
        ("of", "those"),
        ("of", "whom"),
        ("of", "their"),
        ("of", "its"),
        ("of",),
        ("out", "of", "the"),
    ),
    "ru": (("из", "них"), ("из",)),
    "bg": (("от", "тях"), ("от",)),
}
_ALL = words("the its their all общо своите всичките всички общего имеющихся своих")
_COPULAS = words("were are was is са бяха е бе беше были был была")
_CLAUSE = frozenset(',;.:()—–!?"«»„“”')
_BREAKS = {
    "en": frozenset(("and", "but", "while", "or", "as")),
    "ru": frozenset(("и", "а", "но", "или")),
    "bg": frozenset(("и", "а", "но", "или")),
}
_INCLUDING = {
    "en": frozenset(("including", "among", "mostly", "most")),
    "ru": frozenset(("включая", "том", "среди")),
    "bg": frozenset(("включително", "сред", "число", "между")),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """The key of the counted thing, of the group that a role is said of, and the piece after the noun phrase."""

    what: str | None
    group: str | None
    end: int
    listed: bool = False


def counted(scan: Scan, begin: int, end: int) -> Counted:
    """What the figure of the pieces `begin` to `end` counts."""
    role, named, after = _phrase(scan, end)
    if named is None and role is None:
        gap = next((gap for gap in _OF[scan.language] if scan.has(end, gap)), ())
        at = end + len(gap)
        at += scan.words[at] in _ALL
        whole = read_figure(scan, at) if gap else None
        if whole is not None:
            role, named, _ = _phrase(scan, whole.end)  # 31 of 36 missiles
        elif gap:
            role, named, further = _phrase(scan, end + len(gap))
            after = further if named or role else after
    if named is None and role is None and scan.words[end] in _COPULAS:
        named = _noun_at(scan, end + 1)[0]  # two were children
        named = named if named is not None and named.kind == "group" else None
    if named is not None and named.kind == "thing":
        return Counted(named.key, None, after, listed=True)
    group = named.key if named is not None and named.key != "people" else None
    fallback = lemma_after(scan, end) if named is None and role is None else None
    if fallback is None or scan.words[end] in _STOPS[scan.language] or scan.kinds[end] != "w":
        role = role or _befell(scan, begin, max(end, after))
    if role is not None:
        return Counted(role, group, after, listed=True)
    if named is not None:
        return Counted(named.key, None, after, listed=True)
    if fallback is not None:
        return Counted(f"{scan.language}:{fallback[0]}", None, fallback[1])
    return Counted(None, None, end)


def _phrase(scan: Scan, i: int) -> tuple[str | None, Noun | None, int]:
    """The role and the noun in the run of words from `i`, and the piece after the last of them."""
    language = scan.language
    role: str | None = None
    named: Noun | None = None
    after = i
    k = i
    while k < min(i + _RUN, scan.size):
        if scan.kinds[k] != "w" or scan.words[k] in _STOPS[language]:
            if scan.words[k] == "-" and scan.glued(k):
                k += 1
                continue
            break
        found, width = _noun_at(scan, k)
        if word_is_number(scan, k):
            break
        if found is not None:
            if found.kind == "role":
                role = role or found.key
                after = k + width
            elif named is None or language == "en":
                named, after = found, k + width
            else:
                break
        elif (named is not None and language == "en") or _no_modifier(scan.words[k], language):
            break
        k += width
    return role, named, after


def is_modifier(scan: Scan, k: int) -> bool:
    """Whether piece `k` may stand between "no" and its noun: a word, but none at which noun phrases end."""
    word = scan.words[k]
    return (
        scan.kinds[k] == "w"
        and word not in _STOPS[scan.language]
        and word not in ("да", "reports", "данни", "данных", "сведений")
    )


def word_is_number(scan: Scan, k: int) -> bool:
    """Whether piece `k` is a number word, at which another count begins."""
    return scan.words[k] in CARDINALS[scan.language]


def _noun_at(scan: Scan, k: int) -> tuple[Noun | None, int]:
    pair = f"{scan.words[k]}_{scan.words[k + 1]}"
    for width in (3, 2):
        name = pair if width == 2 else f"{pair}_{scan.words[k + 2]}"
        if scan.kinds[k + width - 1] == "w" and (found := noun(name, scan.language)):
            return found, width
    return noun(scan.words[k], scan.language), 1


def _befell(scan: Scan, begin: int, end: int) -> str | None:
    """The role that the clause gives to those counted: by the word right before, the nearest after, or the nearest before."""
    if begin and (role := _role(scan, begin - 1)):
        return role
    k, steps = end, 0
    if scan.words[k] == "," and any(scan.words[k + n] in _INCLUDING[scan.language] for n in (1, 2)):
        k += 1
        while k < scan.size and scan.words[k] not in ",.;":
            k += 1
        k += 1
    while k < scan.size and steps < _REACH and scan.words[k] not in _CLAUSE and scan.kinds[k] != "n":
        if scan.words[k] in _BREAKS[scan.language]:
            break
        if role := _role(scan, k):
            return role
        k, steps = k + 1, steps + 1
    for k in range(begin - 1, max(-1, begin - 1 - _REACH), -1):
        if scan.words[k] in _CLAUSE or scan.words[k] in _BREAKS[scan.language] or scan.kinds[k] == "n":
            return None
        if role := _role(scan, k):
            return role
    return None


def _role(scan: Scan, k: int) -> str | None:
    if scan.kinds[k] != "w":
        return None
    found = noun(scan.words[k], scan.language)
    return found.key if found is not None and found.kind == "role" else None


def lemma_after(scan: Scan, i: int) -> tuple[str, int] | None:
    """The lemma of the noun after a figure that has no key, and the piece after it, guessed by its form."""
    language = scan.language
    last: int | None = None
    for k in range(i, min(i + 4, scan.size)):
        word = scan.words[k]
        if scan.kinds[k] != "w" or word in _STOPS[language] or len(word) < 3:
            break
        if _verb(word, language):
            break
        last = k if last is None or language != "en" else last
        if language == "en":
            if word.endswith("s") and not word.endswith(("ss", "ous", "'s")):
                return lemma(word, language), k + 1
        elif not _adjective(word, language):
            return lemma(word, language), k + 1
    return None if last is None else (lemma(scan.words[last], language), last + 1)


def _adjective(word: str, language: str) -> bool:
    if language == "ru":
        return word.endswith(("ых", "их", "ые", "ие", "ый", "ий", "ой", "ого", "его", "ыми", "ими", "ая", "яя", "ую", "ое", "ее"))
    return word.endswith(
        ("ски", "ска", "ско", "ени", "ани", "ични", "ални", "елни", "ивни", "ови", "еви", "ърни", "арни", "орни")
    )


def _no_modifier(word: str, language: str) -> bool:
    """Whether an unknown word cannot stand between a figure and its noun. English and Bulgarian ones mostly can."""
    if language == "ru":
        return not (_adjective(word, language) or word.endswith("о"))
    return language == "bg" and word.endswith(("ха", "ше", "ли"))


def _verb(word: str, language: str) -> bool:
    """Whether an unknown word looks like a verb in the past."""
    endings = {"ru": ("ли", "лись", "ло", "лось", "ла", "лась", "ются", "ится"), "bg": ("ха", "ше", "ват"), "en": ("ed",)}
    return word.endswith(endings[language])


def including(scan: Scan, begin: int) -> bool:
    """Whether the figure at `begin` is a part of the one before it: "12 people, including 3 children"."""
    return any(scan.words[k] in _INCLUDING[scan.language] for k in range(max(0, begin - 3), begin))
