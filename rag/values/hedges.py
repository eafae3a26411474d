"""How far a figure holds: the words around it that make it a bound or an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from rag.text.numbers import FRACTIONS
from rag.values.scan import Scan
from rag.values.units import SIGNS
from rag.values.value import Hedge
from rag.values.vocabulary import LANGUAGES, read_lines, words

Phrase = tuple[tuple[str, ...], Hedge]
Phrases = dict[str, list[Phrase]]


def _load(place: str) -> Mapping[str, Phrases]:
    """The phrases of hedges.txt, by language and by their word nearest to the figure, the longest first."""
    found: dict[str, Phrases] = {language: {} for language in LANGUAGES}
    for line in read_lines("hedges.txt"):
        head, _, phrases = line.partition(":")
        where, language, hedge = head.split()
        for phrase in phrases.split(" | ") if where == place else ():
            parts = tuple(phrase.split())
            found[language].setdefault(parts[-1 if place == "before" else 0], []).append((parts, cast(Hedge, hedge)))
    for table in found.values():
        for listed in table.values():
            listed.sort(key=lambda phrase: -len(phrase[0]))
    return found


BEFORE = _load("before")
AFTER = _load("after")

# "Rose from 10 to 15" states two figures and no range; "вырос до 15" no bound. Beginnings of words.
_CHANGES = {
    "en": "rose rise rising risen increas grew grow fell fall drop declin climb jump cut reduc slid went raise rais lower"
    " shr decreas expand boost widen narrow revis chang up down swell plung soar surg edg slip mov doubl tripl weaken"
    " strengthen firmed ease easing gained gaining lost lose losing tumbl retreat advanc rallied"
    " dipped sank sink quadrupl appreciat depreciat",
    "ru": "вырос выраст возрос увелич сниз сократ снижен упал упад повыс повыш подня умень расшир взлет подскоч опуст"
    " измен довел довест доведен достиг поднял подорож подешев удво утро рост падени увеличен"
    " рос падал перешел прогре уточн догон дош дойд достав разрос разраст ослаб укреп ухудш улучш рухн обвал",
    "bg": "нарасна нараст нарасв увелич намал спад понижи понижа повиш покач скочи скок достиг достиж вдиг свали съкрат"
    " промен сниж слез стигна падна пада поскъп поевтин удво утро разшир ръст разрасн разраств отслаб"
    " укреп влош подобр срина срив",
}
CHANGES = {language: tuple(stems.split()) for language, stems in _CHANGES.items()}
_REACH = 6
# A preposition that may stand between a hedge and its figure: "более чем на 5 %", "почти в 3 раза".
_BETWEEN = {
    "en": frozenset(("the", "a")),
    "ru": frozenset(("на", "в", "с", "за", "к", "во", "у", "через", "о", "об", "по", "из", "для")),
    "bg": frozenset(("на", "с", "в", "за", "със", "след", "по")),
}
_COURSES = {
    "en": (("for",), ("within",), ("for", "a", "period", "of")),
    "ru": (("в", "течение"), ("на", "протяжении"), ("в", "продолжение")),
    "bg": (("в", "продължение", "на"), ("в", "рамките", "на"), ("в", "течение", "на")),
}
_BY = {"ru": frozenset(("на",)), "bg": frozenset(("с", "със"))}
COMPARATIVES = {
    "en": words(
        "more fewer less higher lower longer shorter taller older younger bigger larger smaller cheaper dearer faster"
        " slower heavier lighter"
    ),
    "ru": words("больше меньше более менее выше ниже длиннее короче старше моложе дороже дешевле тяжелее легче"),
    "bg": words("повече малко високо ниско висок нисък висока ниска дълъг дълга къс стар млад скъп скъпо евтин евтино"),
}
_THAN = words("than чем от")
_PER_CENT = words("percent cent процент процента процентов сто times раза раз пъти")
_STRENGTH: Mapping[Hedge, int] = {"exact": 0, "range": 1, "about": 2, "less_than": 3, "more_than": 3, "at_least": 4, "at_most": 4}


def changes(scan: Scan, i: int) -> bool:
    """Whether a word shortly before piece `i`, in its clause, says that something rose or fell."""
    for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if scan.words[k] in ",;.:(":
            return False
        if scan.words[k].startswith(CHANGES[scan.language]):
            return True
    return False


def _changes_after(scan: Scan, at: int, i: int) -> bool:
    """Whether a sentence that opens at piece `at` says soon after the figure at `i` that something rose or fell to it."""
    if scan.kinds[at - 1] == "w" and at:
        return False
    after = scan.words[i + 1 : i + 1 + _REACH]
    stop = next((k for k, word in enumerate(after) if word in ",;.:("), len(after))
    return any(word.startswith(CHANGES[scan.language]) for word in after[:stop])


def hedge_before(scan: Scan, i: int, floor: int) -> tuple[Hedge, int]:
    """The hedge that ends right before piece `i`, and where it begins; ("exact", i) where there is none."""
    hedge: Hedge = "exact"
    start = i
    table = BEFORE[scan.language]
    while start > floor:
        found = _ending(scan, start, floor, table)
        if found is None and start == i and (course := _course(scan, start, floor)):
            found = _ending(scan, course, floor, table)
            if found is not None:
                return found[0], start
        if found is None and start == i and start - 1 > floor and scan.words[start - 1] in _BETWEEN[scan.language]:
            found = _ending(scan, start - 1, floor, table)
            known = scan.words[start - 1] == "the" or scan.words[start - 2] == "до"  # above the 40 allowed: just 40
            if found is not None and (found[0] == "exact" or known or _compares(scan, start - 1)):
                return hedge, start
        if found is None:
            break
        name, at = found
        if scan.words[start - 1] in _THAN and _is_compared(scan, at):
            break  # a third less than a year ago
        loose = name == "at_most" and scan.words[start - 1] == "до"
        told = hedge != "exact" or scan.before(at) == "," or _bounded(scan, at)
        if loose and (told or changes(scan, at) or _changes_after(scan, at, i)):
            break
        if _STRENGTH[name] > _STRENGTH[hedge] or (name != "exact" and scan.words[start] == "до"):
            hedge = name
        start = at
    return hedge, start


def _course(scan: Scan, i: int, floor: int) -> int | None:
    """Where "in the course of" begins that ends before piece `i`: как минимум в течение 6 месяцев."""
    return next((i - len(c) for c in _COURSES[scan.language] if i - len(c) > floor and scan.has(i - len(c), c)), None)


def _compares(scan: Scan, i: int) -> bool:
    """Whether a comparative before the preposition at `i` has the figure for its difference: меньше на 71 тысячу."""
    return scan.words[i] == "на" and scan.words[i - 1] in COMPARATIVES["ru"] and scan.before(i - 1) not in ("не", "чуть")


def _is_compared(scan: Scan, at: int) -> bool:
    """Whether by how much stands before a comparative at piece `at`: 1,4% больше, чем; с една трета по-малко от."""
    before = scan.before(at)
    return before == "%" or scan.kinds[at - 1] == "n" or before in FRACTIONS[scan.language] or before in _PER_CENT


def is_difference(scan: Scan, begin: int, end: int) -> bool:
    """Whether the figure of the pieces `begin` to `end` is by how much two amounts differ, and no amount: на 20 больше,
    с 20 души повече, 20 fewer than, rose by 5."""
    language, before = scan.language, scan.before(begin)
    if language == "en":
        compared = scan.words[end] in COMPARATIVES["en"] and scan.words[end + 1] == "than"
        return compared or (before == "by" and changes(scan, begin - 1))
    if before not in _BY[language]:
        return False
    at = end + 2 * scan.has(end, ("по", "-"))
    return (
        scan.words[at] in COMPARATIVES[language] or scan.before(begin - 1) in COMPARATIVES[language] or changes(scan, begin - 1)
    )


def _ending(scan: Scan, i: int, floor: int, table: Mapping[str, list[Phrase]]) -> tuple[Hedge, int] | None:
    for parts, hedge in table.get(scan.words[i - 1], ()):
        at = i - len(parts)
        if at >= floor and scan.has(at, parts):
            return hedge, at
    return None


def _bounded(scan: Scan, i: int) -> bool:
    """Whether "до" at `i` closes a span: с 5 до 10, от Варна до Бургас. Counts reach no further than a few words."""
    return any(scan.words[k] in ("с", "от", "со") and scan.kinds[k + 1] == "n" for k in range(max(0, i - 4), i))


def hedge_after(scan: Scan, i: int) -> tuple[Hedge, int]:
    """The hedge that begins at piece `i`, and where it ends; ("exact", i) where there is none."""
    for parts, hedge in AFTER[scan.language].get(scan.words[i], ()):
        end = i + len(parts)
        if scan.has(i, parts) and not (parts[-1] in ("plus", "+") and (scan.kinds[end] == "n" or scan.words[end] in SIGNS)):
            return hedge, end  # one euro plus 12,000 in costs is a sum
    return "exact", i


def stronger(a: Hedge, b: Hedge) -> Hedge:
    """The one of two hedges that says more."""
    return a if _STRENGTH[a] >= _STRENGTH[b] else b
