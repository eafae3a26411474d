"""The noun phrases of a sentence that name somebody: whole, with what they are and the case they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.answer.check.concepts import agents
from rag.answer.check.grammar import PREPOSITIONS, is_agent
from rag.answer.check.mentions import Mention, like_adjective, mentions
from rag.answer.check.naming import listed
from rag.answer.check.reading import Read
from rag.answer.check.verbal import is_verb, mentioned
from rag.text.normalise import fold_word
from rag.values.vocabulary import words

_GAP = 4  # words between the parts of one phrase
AND = {"en": words("and but then"), "ru": words("и а но да"), "bg": words("и а но")}
_OF = {"en": words("of for in at on"), "ru": words("по в во на из"), "bg": words("на за по в във от")}
_BEGINNING = words("after before since until as than")  # a clause too
_JOINS = words("and but while because when и а но или че като докато когато")
_THIS = words(
    "чего чем чему того что кого кому кем который которого которой которому которым котором которую которое которые которых"
    " которыми which whom whose който която което които когото чийто чиято чието чиито"
)
_COUNTED = words("двух трех четырех пяти шести семи восьми девяти десяти десятки сотни тысячи несколько нескольких")
_CONSONANT = re.compile(r"[бвгджзйклмнпрстфхцчшщ]$")
_THINGS = re.compile(
    r"^(?:профсоюз|суд$|банк|завод|музе|парламент|клуб|совет|комитет|союз|отбор|кабинет|сенат|конгресс|университет|институт|департамент"
    r"|зоопарк|театр|фонд|концерн|холдинг|комбинат|штаб|центр|альянс|порт$|аэропорт|отряд|флот|экипаж|полк$|батальон|орган|синдикат|народ$)"
)
_BODIES = frozenset[int]().union(  # the kinds that bear names of their own
    *(
        agents(word, "en")
        for word in words(
            "ministry government parliament council committee party court police army union company bank insurer maker"
            " builder embassy hospital school university newspaper museum team airline plant foundation agency organiser"
            " shareholder church railway"
        )
    )
)


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase for somebody. `names` are those it is called by, `about` all names in it, `kinds` what it is.

    `case` is told in Russian only: n nominative, o another, i instrumental, a nominative or accusative, ? unknown.
    """

    places: range
    names: tuple[str, ...]
    about: tuple[str, ...]
    kinds: frozenset[int]
    prep: str
    case: str


@lru_cache(maxsize=8192)
def parties(read: Read) -> tuple[Party, ...]:
    """The noun phrases of a sentence that name somebody, in order."""
    groups: list[list[Mention]] = []
    for span in mentions(read):
        if groups and _continues(read, groups[-1], span):
            groups[-1].append(span)
        else:
            groups.append([span])
    return tuple(_party(read, group) for group in groups)


def _quoted(read: Read, places: range) -> bool:
    return read.text[: read.words[places.start].start].endswith(("«", "„", "“", '"'))


def _possessive(read: Read, places: range) -> bool:
    """Whether a phrase is whose something is: the museum's."""
    last = read.words[places.stop - 1]
    return re.search(r"['’]s?$", last.text) is not None or read.text[last.end :].startswith(("'", "’"))


def _gap(read: Read, one: range, two: range) -> str:
    return read.text[read.words[one.stop - 1].end : read.words[two.start].start]


def _continues(read: Read, group: list[Mention], span: Mention) -> bool:
    """Whether a span belongs to the phrase before it: the minister of transport, Mr X; говорителят на съда."""
    last = group[-1]
    between = range(last.places.stop, span.places.start)
    gap = _gap(read, last.places, span.places)
    if len(between) > _GAP or re.search(r"[;:()]|\s[—–-]\s", gap) or gap.count(",") > 1:
        return False
    if any(is_verb(read, i) or read.words[i].text in AND[read.language] for i in between):
        return False
    if "," in gap:
        if any(read.words[i].text in PREPOSITIONS[read.language] for i in between):
            return False
        possessed = read.language == "en" and len(group) > 1 and _possessive(read, group[0].places)
        office_first = not last.named and span.named and (possessed or not any(one.named for one in group))
        name_first = last.named and not span.named and gap.lstrip().startswith(",")
        return office_first or (name_first and all(not read.words[i].telling or read.language == "en" for i in between))
    inner = [read.words[i].text for i in between]
    bad = PREPOSITIONS[read.language] - _OF[read.language]
    if any(word in bad for word in inner):
        return False
    has_of = any(word in _OF[read.language] for word in inner)
    if read.language == "en":
        return has_of if inner and inner[0] in _OF["en"] and inner[0] == "of" else not inner or gap.strip() in ("'s", "’s")
    if read.language == "ru":
        return _agrees(read, group, span, has_of)
    if has_of:
        return last.named is False and (inner[0] == "на" or (span.named and not any(g.named for g in group)))
    if last.text.endswith(("нието", "ието")):
        return False
    return not last.named and span.named and (not inner or (all(not read.words[i].capital for i in between) and len(inner) <= 1))


def _agrees(read: Read, group: list[Mention], span: Mention, has_of: bool) -> bool:
    """In Russian: what follows an office agrees with it, or is a genitive."""
    last = group[-1]
    if last.named and not span.named:
        return False
    if not last.named and span.named and _quoted(read, span.places):
        return True
    one, two = case(read, last.places), case(read, span.places)
    if has_of:
        return not last.named and span.named and one in "na?" and two in "n"
    if not last.named and span.named:
        return not (one in "oi" and two == "n") or (len(group) > 1 and not group[0].named and case(read, group[0].places) in "na")
    beside = span.places.start == last.places.stop
    return two == "o" and not span.named and not last.named and (one in "na" or (beside and one == "o"))


def _party(read: Read, group: list[Mention]) -> Party:
    places = range(group[0].places.start, group[-1].places.stop)
    head, called = group[0], [one.text for one in group if one.named]
    if read.language == "en":
        # The last of a run of nouns is what it is about: EU officials, the museum's director.
        run = [group[0]]
        for one in group[1:]:
            gap = _gap(read, run[-1].places, one.places)
            if "," in gap or " of " in gap:
                break
            run.append(one)
        head = run[-1]
        after = group[len(run) :]
        called = [one.text for one in (head, *after) if one.named]
        titles = [one for one in run[:-1] if not one.named] or [one for one in after if not one.named]
        offices = titles if head.named else [head]
    else:
        offices = [one for one in group if not one.named][:1]
        if head.named:
            called = [head.text]
        elif offices and not (agents(head.text, read.language) & _BODIES):
            called = [one.text for one in group if one.named and not _quoted(read, one.places)]
    own = head.text if head.named and not _is_title_of_place(head.text, read.language) else None
    called = [name for name in called if name == own or not _is_whose(read, group, name)]
    within = [part.casefold() for name in called for part in name.split()[:-1]]
    kinds = frozenset[int]().union(*(agents(one, read.language) for one in (*(o.text for o in offices), *within)))
    prep = "'s" if read.language == "en" and _possessive(read, places) else _preposition(read, places)
    return Party(places, tuple(called), tuple(one.text for one in group if one.named), kinds, prep, _case_of(read, group))


def _is_whose(read: Read, group: list[Mention], name: str) -> bool:
    """Whether a name in the phrase for an office or a body says but whose that is: the leader of Corvia, парламент Корвии."""
    place = next(number for number, one in enumerate(group) if one.text == name)
    start = group[place].places.start
    joined = place and read.words[start - 1].text in _OF[read.language]
    if joined or listed(name) or _is_title_of_place(name, read.language):
        return True
    office = group[place - 1] if place else None
    owned = read.language == "ru" and office is not None and not office.named and case(read, office.places) == "n"
    last = read.words[group[place].places.stop - 1]
    return owned and _case(last.text, last.lemma, named=True) == "o"


def _is_title_of_place(name: str, language: str) -> bool:
    """Whether a name is but an office and where: Лидер Корвии, which begins a sentence."""
    first, _, rest = name.partition(" ")
    return bool(rest) and is_agent(fold_word(first), language) and bool(listed(rest))


def dated(read: Read, place: int) -> bool:
    """Whether a word says when."""
    return any(v.start <= read.words[place].start < v.end for v in read.values if v.kind in ("date", "time"))


def _preposition(read: Read, places: range) -> str:
    """The preposition right before a phrase, past adjectives and determiners."""
    for i in range(places.start - 1, max(-1, places.start - 5), -1):
        word = read.words[i]
        if re.search(r"[,;:()—–]", read.text[word.end : read.words[i + 1].start]) or is_verb(read, i) or word.text in _THIS:
            return ""
        if i in mentioned(read) or word.text in _JOINS or dated(read, i):
            return ""
        if word.text in PREPOSITIONS[read.language]:
            begins = word.text in _BEGINNING and places.stop < len(read.words) and is_verb(read, places.stop)
            return "" if begins else word.text
        named = read.words[places.start].capital and not word.capital
        beside_name = i == places.start - 1 and named and not dated(read, i)  # на мосту Корвин
        if read.language == "ru" and word.telling and not like_adjective(word.text) and not beside_name:
            return ""
    return ""


def _case_of(read: Read, group: list[Mention]) -> str:
    if read.language != "ru":
        return ""
    before = read.words[group[0].places.start - 1].text if group[0].places.start else ""
    if before in _COUNTED:
        return "o"
    cases = [case(read, one.places) for one in group[:2]]
    titled = len(group) > 1 and group[1].named and not group[0].named and not listed(group[1].text)
    if cases[0] in "a?" and titled and cases[1] != "?":
        return cases[1] if cases[1] in "nio" else cases[0]
    return cases[0]


@lru_cache(maxsize=16_384)
def case(read: Read, places: range) -> str:
    """The case of a Russian phrase by its endings, as `Party.case` has it."""
    found = [_case(read.words[i].text, read.words[i].lemma, named=read.words[i].capital) for i in places]
    if len(found) > 1 and is_agent(read.words[places.start].text, "ru") and (found[0] in "noi" or _ends_in_place(read, places)):
        return found[0]  # a title and who bears it, or whose it is: Президент Корвии
    if len(found) > 1 and re.search(r"(?:ии|ы|у|ю)$", read.words[places.start].text) and read.words[places.start].capital:
        return "o"
    for sure in "oin":
        if sure in found:
            return sure
    return found[0] if found else "?"


def _ends_in_place(read: Read, places: range) -> bool:
    last = read.words[places.stop - 1]
    return bool(listed(read.text[last.start : last.end]))


def _case(word: str, lemma: str, *, named: bool) -> str:
    if re.search(r"(?:ами|ями|ыми|ими)$", word):
        return "i"
    if word.endswith(("ые", "ие")) and lemma.endswith(("ый", "ий", "ой")):
        return "n"
    office = is_agent(word, "ru")
    if office or not named:
        return _common(word, lemma)
    if lemma.endswith(("а", "я")) and word != lemma and word.endswith(("и", "ы", "е", "у", "ю")):
        return "o"
    if word.endswith(("ого", "его", "ому", "ему", "ую", "юю", "у", "ю")) and word != lemma:
        return "o"
    if word.endswith(("ым", "ом", "ем")) and word != lemma and _CONSONANT.search(lemma):
        return "i"
    if word.endswith(("ов", "ев", "ин", "ын", "кий", "ский", "ой")):
        return "n" if word == lemma or not word.endswith("ой") else "?"
    if _CONSONANT.search(word):
        return "n" if word == lemma else "?"
    return "n" if word == lemma and word.endswith(("ь", "ия")) else "?"


def _common(word: str, lemma: str) -> str:
    if _THINGS.search(lemma) and word == lemma and _CONSONANT.search(word):
        return "a"
    if word == lemma:
        if _CONSONANT.search(word) or word.endswith(("а", "я")):
            return "n"
        if word.endswith(("и", "у", "ю")):
            return "?"
        return "a" if word.endswith(("о", "е", "ь")) and not word.endswith(("тель", "арь")) else "n"
    if _CONSONANT.search(lemma) or lemma.endswith(("тель", "арь", "ий", "ый")):
        if word.endswith(("ом", "ем", "ым", "им")):
            return "i"
        if word.endswith(("ы", "и", "е", "ане")) and not word.endswith(("ие", "ые")):
            return "n" if word.endswith(("ы", "и", "ане")) else "o"
        return (
            "o"
            if word.endswith(
                ("а", "я", "у", "ю", "ов", "ев", "ей", "ам", "ям", "ах", "ях", "ого", "его", "ому", "ему", "ых", "их")
            )
            else "?"
        )
    if lemma.endswith(("а", "я", "ь")):
        if word.endswith(("у", "ю", "е", "ам", "ям", "ах")) or _CONSONANT.search(word):
            return "o" if not word.endswith(("ой", "ей")) else "?"
        return "i" if word.endswith("ью") else "?"
    return "o" if word.endswith(("а", "у", "ю")) and lemma.endswith(("о", "е")) else "?"
