"""Whether the names of a draft stand where its sources have them."""

from __future__ import annotations

from rag.answer.check.evidence import Case
from rag.answer.check.generic import generic
from rag.answer.check.meant import in_dictionary, only_offices
from rag.answer.check.naming import akin, alike, is_adjective, listed, parts, same_word
from rag.answer.check.reading import Read
from rag.text.names import Name
from rag.text.normalise import fold_word
from rag.types import Refused
from rag.values.vocabulary import words

# Prepositions that say where something is, and not who does it.
WHERE = words("in at near off on into around outside inside в во на у около близ возле вблизи к край във при към до")
PRONOUNS = words(
    "he she him his her they them their it its той тя го му му нея те тях им негов негова негово неговия неговата неин нейна"
    " нейно неговият он она они его ее ему ей им ими ним ней них их"
)
_ANTECEDENT = 2  # sentences back within which a pronoun's name stands
# How much better another name must fit before it is the one that the words are said of: where a sentence that says the same means
# the draft's own by a pronoun and where it does not, of the same sort and of another; and two names of the draft both ways.
_RIVAL, _OTHER_SORT = 0.08, 0.12
_FOREIGN, _FOREIGN_SORT = 0.05, 0.2
_SWAPPED = 0.05
_LEAST = 0.05  # of a fit: a name that stands alone, such as a dateline, fits nothing
_NEARLY = 0.93  # of what the best sentence has of the words around a name: another is as good


def check_places(case: Case) -> Refused | None:
    """The first name of the draft in whose place its source has another.

    In a sentence without it, a name that the draft does not have takes its place where the words around fit that one better; two
    names of the draft change places where both fit better so.
    """
    drafted = case.names
    names = [n for n in drafted if not _is_office_only(case, n) and _is_anywhere(case, n)]
    for name in names:
        places = case.draft.places(name.start, name.end)
        own = _best(case, name, name)
        if own < _LEAST:
            continue
        sort = _sort(case.draft, name)
        homes = case.homes(places, _NEARLY)
        at_home = any(_is_in(case, name, k) or _is_meant(case, name, k) for k in homes)
        if not at_home and homes and _comes_later(case, name, homes[0]):
            return Refused(name.text, f"The source says it of somebody named before “{name.text}”.", "name")
        for k in {*case.picked, *homes}:
            inside = _is_in(case, name, k)
            if _is_meant(case, name, k) and not inside:
                continue  # a pronoun stands there for the name
            read = case.sources[k].read
            for other in _rivals(case, name, k):
                mine = [n for n in drafted if same(n, other)]
                here = case.fit(places, k, read.places(other.start, other.end))
                if mine and mine[0] in names and inside:
                    gain = here + _best(case, mine[0], name) - own - _best(case, mine[0], mine[0]) - _SWAPPED
                elif mine or inside or not _are_alike(name, other):
                    continue
                else:
                    alike_sort = sort == _sort(read, other)
                    margin = (_RIVAL if alike_sort else _OTHER_SORT) if at_home else (_FOREIGN if alike_sort else _FOREIGN_SORT)
                    gain = here - own - margin
                if gain > 0:
                    return Refused(name.text, f"What is said of “{name.text}” the source says of “{other.text}”.", "name")
    return None


def _are_alike(name: Name, other: Name) -> bool:
    """Whether two names may be of the same kind of thing: one in capitals is a body, one on the list is no person."""
    if {_is_short(name), _is_short(other)} == {True, False}:
        return False
    pairs = ((name, other), (other, name))
    return not any(listed(one.text) and len(_own(two)) > 1 and not listed(two.text) for one, two in pairs)


def _is_short(name: Name) -> bool:
    return name.text.isupper() and len(parts(name.text)) == 1


def _is_meant(case: Case, name: Name, k: int) -> bool:
    """Whether a sentence with a pronoun stands shortly after one that has the name."""
    mark = case.sources[k].mark
    before = [j for j in range(max(0, k - _ANTECEDENT), k) if case.sources[j].mark == mark]
    return _has_pronoun(case.sources[k].read) and any(_is_in(case, name, j) for j in before)


def _comes_later(case: Case, name: Name, k: int) -> bool:
    """Whether the pronoun of a sentence cannot mean a name, which its passage has only after it."""
    mark = case.sources[k].mark
    if not _has_pronoun(case.sources[k].read):
        return False
    there = [j for j in range(len(case.sources)) if _is_in(case, name, j)]
    before = [j for j in range(k) if case.sources[j].mark == mark]
    if not any(_are_alike(name, other) for j in before for other in _rivals(case, name, j)):
        return False
    return bool(there) and all(case.sources[j].mark == mark and j > k for j in there)


def _has_pronoun(read: Read) -> bool:
    return any(word.text in PRONOUNS for word in read.words)


def _is_office_only(case: Case, name: Name) -> bool:
    return only_offices(name, case.draft.language) or _is_generic(name)


def _is_generic(name: Name) -> bool:
    return all(generic(fold_word(part)) for part in parts(name.text))


def _sort(read: Read, name: Name) -> str:
    """What a name is in its sentence: an adjective, a place where something is, or another."""
    if len(parts(name.text)) == 1 and is_adjective(name.text):
        return "adjective"
    place = read.places(name.start, name.end).start
    before = [read.words[i].text for i in range(max(0, place - 2), place)]
    far = {word for word in before[:-1] if word != "на"}  # "of", in Bulgarian, as often as "at"
    return "place" if WHERE & {*before[-1:], *far} else "other"


def _is_in(case: Case, name: Name, k: int) -> bool:
    read = case.sources[k].read
    return any(same(name, n) for n in read.names) or any(
        akin(part, read.text[word.start : word.end]) for part in parts(name.text) for word in read.words
    )


def _is_anywhere(case: Case, name: Name) -> bool:
    return any(_is_in(case, name, k) for k in range(len(case.sources)))


def _rivals(case: Case, name: Name, k: int) -> list[Name]:
    """Names of a sentence that might stand in the place of a name of the draft."""
    written = [case.draft.text[word.start : word.end] for word in case.draft.words]
    return [
        other
        for other in case.sources[k].read.names
        if not same(name, other)
        and not only_offices(other, case.sources[k].read.language)
        and not any(akin(word, other.text) for word in written)
        and not is_common(case.sources[k].read, other)
    ]


def is_common(read: Read, name: Name) -> bool:
    """Whether a name is but one word that a dictionary has: the Championship, Победа."""
    alone = len(parts(name.text)) == 1 and not listed(name.text)
    return alone and in_dictionary(fold_word(name.text), read.language)


def _best(case: Case, name: Name, source: Name) -> float:
    """How well the words around `name` in the draft fit those around `source` or an adjective made from it."""
    places = case.draft.places(name.start, name.end)
    best = 0.0
    for k in range(len(case.sources)):
        read = case.sources[k].read
        spots = [read.places(n.start, n.end) for n in read.names if same(source, n)]
        for i, word in enumerate(read.words):
            if any(akin(read.text[word.start : word.end], part) for part in parts(source.text)):
                spots.append(range(i, i + 1))
        best = max([best, *(case.fit(places, k, spot) for spot in spots)])
    return best


def same(name: Name, other: Name) -> bool:
    """Whether two names share a word that is a name's own, and not such as Island or Party, where they have others."""
    mine, theirs = _own(name), _own(other)
    return alike(name.text, other.text) or any(same_word(a, b) for a in mine for b in theirs)


def _own(name: Name) -> list[str]:
    held = [part for part in parts(name.text) if part[0].isupper()]
    return [part for part in held if not generic(fold_word(part))] or held
