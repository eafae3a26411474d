"""Whether those who act, are acted upon or speak in a draft are those of its sources."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from rag.answer.check.acting import agreed, check_acting
from rag.answer.check.compared import block
from rag.answer.check.concepts import agents, opposite, sides
from rag.answer.check.evidence import Case
from rag.answer.check.frames import acts
from rag.answer.check.grammar import ahead, joined, passive, preposition
from rag.answer.check.mentions import mentions
from rag.answer.check.naming import akin, alike, parts
from rag.answer.check.places import WHERE
from rag.answer.check.reading import Read
from rag.answer.check.verbal import is_verb
from rag.answer.said.attribution import Attributed, attribution
from rag.text.normalise import fold_word
from rag.text.tokens import tokenize
from rag.types import Refused
from rag.values.vocabulary import words

_FOUND = 0.42  # similarity from which a party of the draft may be one of the source
_CALLED = 0.55  # the same where but one of them is a name
_LISTED = 0.8  # what two words of one kind are alike, by the list of those who act
_NAMED = 0.95
_DOES = 0.55  # similarity from which something between two parties is the same
_VERB = 0.5  # similarity from which what they do is the same
_OPPOSED = 1.2  # how far two parties must stand apart on both sides, together, to have changed places
_CLEARLY = 0.9  # the same, where order or clause says so too
_STRANGE = 0.6  # below which an office of another kind is not the same
_OTHER = 0.3  # similarity from which another of the source stands in its place
_BACK = 1  # sentences before in which a party may have been named
_BEST = 0.15  # by how much a pair of mentions may be worse than the best and count
_PREPOSITIONS: dict[str, dict[str, frozenset[str]]] = {
    language: {word: frozenset(classes.split("+")) for classes, listed in rows.items() for word in listed.split()}
    for language, rows in {
        "en": {"from": "from", "by": "by", "against": "against versus"},
        "ru": {"from": "от из у", "against": "против"},
        "bg": {"from+by": "от", "against": "срещу против"},
    }.items()
}
_BESIDE = 3  # words around an office in which what tells it apart stands
_ENOUGH = 3  # telling words of a clause by which it can be found
_NEUTRAL = words("of with among as for с со среди между в качестве за из сред със като")  # say little of who acts
_DETERMINERS = words("the a an")


def check_roles(case: Case) -> Refused | None:
    """Why somebody else acts or speaks in the draft; None where nobody does."""
    return _strangers(case) or _exchanged(case) or _speaker(case) or check_acting(case)


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where a sentence has a party of the draft, and how alike they are."""

    sentence: int
    places: range
    likeness: float


@dataclass(frozen=True, slots=True)
class _Party:
    """Somebody in the draft, and where the sources have the same."""

    text: str
    places: range
    named: bool
    there: tuple[_Mention, ...]


# ---- who is not there


def _strangers(case: Case) -> Refused | None:
    """An office or a body of the draft where its sentence has one of another kind, and it and those before none of this kind."""
    draft = case.draft
    named = {i for n in draft.names for i in draft.places(n.start, n.end)}
    kinds = {i: agents(w.text, draft.language) for i, w in enumerate(draft.words) if w.telling and i not in named}
    said = frozenset().union(*kinds.values())
    for place, mine in kinds.items():
        beside_name = any(place + step in named for step in (-2, -1, 1, 2))
        if not mine or beside_name or _qualifies(draft, place) or _is_place(draft, place):
            continue
        k = _home(case, place)
        likeness = block(case, k)[place]
        before = [j for j in range(max(0, k - _BACK), k + 1) if case.sources[j].mark == case.sources[k].mark]
        if likeness.max(initial=0.0) >= _STRANGE or any(mine & theirs for j in before for theirs in _kinds(case.sources[j].read)):
            continue
        others = [j for j, theirs in enumerate(_kinds(case.sources[k].read)) if theirs and not theirs & said]
        if others and float(likeness[others].max()) >= _OTHER:
            return Refused(draft.words[place].text, f"The source does not say it of “{draft.words[place].text}”.", "roles")
    return None


def _qualifies(read: Read, place: int) -> bool:
    """Whether an English noun stands before another that it qualifies: an airline alliance."""
    if read.language != "en" or place + 1 >= len(read.words):
        return False
    word, following = read.words[place], read.words[place + 1]
    beside = read.text[word.end : following.start] == " " and following.telling and not following.text.endswith(("ed", "s"))
    return beside and not is_verb(read, place + 1) and following.text.isalpha()


def _kinds(read: Read) -> list[frozenset[int]]:
    """Of each word, which kinds of those who act it names."""
    return [agents(word.text, read.language) if word.telling else frozenset() for word in read.words]


def _home(case: Case, place: int) -> int:
    """The sentence that best has what stands around a word of the draft."""
    draft = case.draft
    near = [i for i, w in enumerate(draft.words) if i != place and w.telling and abs(i - place) <= 2 * _BESIDE]
    inside = [i for i in near if draft.clause[i] == draft.clause[place]]
    near = inside if len(inside) >= _ENOUGH else near
    return max(range(len(case.sources)), key=lambda k: float(case.aligned.covers(k)[near].sum()) + 0.2 * (k in case.picked))


def _is_place(read: Read, place: int) -> bool:
    """Whether a party is but where something is: in the museum, на стадион „Хеброс“."""
    return preposition(read, place) in WHERE


# ---- who has changed places


def _spans(read: Read) -> list[tuple[range, str, bool]]:
    """The names and offices of a sentence, and whether each is a name."""
    return [(one.places, one.text, one.named) for one in mentions(read)]


def _parties(case: Case) -> list[_Party]:
    found = []
    for places, text, named in _spans(case.draft):
        there = [
            _Mention(k, others, likeness)
            for k in case.picked
            for others, other, is_name in _spans(case.sources[k].read)
            if (likeness := _likeness(case, (places, text, named), k, (others, other, is_name))) >= _FOUND
        ]
        if there:
            found.append(_Party(text, places, named, tuple(there)))
    return found


def _likeness(case: Case, mine: tuple[range, str, bool], k: int, theirs: tuple[range, str, bool]) -> float:
    if mine[2] and theirs[2]:
        same = any(alike(x, y) for x in parts(mine[1]) for y in parts(theirs[1]) if x[0].isupper() and y[0].isupper())
        return _NAMED if same else 0.0
    found = case.links(mine[0], k, theirs[0])
    if mine[2] or theirs[2]:
        return found if found >= _CALLED else 0.0
    kinds = agents(mine[1], case.draft.language) & agents(theirs[1], case.sources[k].read.language)
    if kinds:
        return max(found, _LISTED)
    return found if found >= _CALLED else 0.0


def _exchanged(case: Case) -> Refused | None:
    """Two parties of the draft each of which stands where the source has the other."""
    alike_in = agreed(case)
    for one, other in combinations(_parties(case), 2):
        if any({one.places.start, other.places.start} <= places for places in alike_in) or _said_conversely(case, one, other):
            continue
        if not (one.named or other.named or _opposed(case, one, other)):
            continue
        if joined(case.draft, one.places, other.places) or any(
            _is_place(case.draft, party.places.start) for party in (one, other)
        ):
            continue
        if (
            (_opposed(case, one, other) and _reversed(case, one, other))
            or _inverted(case, one, other)
            or _turned(case, one, other)
        ):
            return Refused(one.text, f"In the source “{one.text}” and “{other.text}” stand the other way round.", "roles")
    return None


def _opposed(case: Case, one: _Party, other: _Party) -> bool:
    """Whether two parties of the draft stand on the two sides of a verb."""
    both = one.places.start, other.places.start
    poles = [[{i for p in pole for i in p.places} for pole in (act.first, act.second)] for act in acts(case.draft)]
    return any({a, b} == set(both) for first, second in poles for a in both if a in first for b in both if b in second)


def _said_conversely(case: Case, one: _Party, other: _Party) -> bool:
    """Whether between two parties stands the opposite of what stands between them in the source: longer and shorter."""
    mine = [sides(case.draft.words[i].text, case.draft.language) for i in _around(case.draft, one, other)]
    return any(
        opposite(word, sides(case.sources[a.sentence].read.words[j].text, case.sources[a.sentence].read.language))
        for a, b in _pairs(one, other)
        for j in _around(case.sources[a.sentence].read, a, b)
        for word in mine
        if word
    )


def _pairs(one: _Party, other: _Party) -> list[tuple[_Mention, _Mention]]:
    """Where one sentence has both."""
    return [
        (mine, theirs)
        for mine in one.there
        for theirs in other.there
        if mine.sentence == theirs.sentence and set(mine.places).isdisjoint(theirs.places)
    ]


def _reversed(case: Case, one: _Party, other: _Party) -> bool:
    """Whether the first acts on the second by the draft, and the second on the first by the source, by the grammar of both."""
    found = []
    for mine, theirs in _pairs(one, other):
        read = case.sources[mine.sentence].read
        here = ahead(case.draft, one.places, other.places, read, (mine.places, theirs.places))
        there = ahead(read, mine.places, theirs.places, case.draft, (one.places, other.places))
        link = case.links(_around(case.draft, one, other), mine.sentence, _around(read, mine, theirs))
        if link < _DOES or any(preposition(r, p.start) in _NEUTRAL for r, p in _placed(case, read, (one, other), (mine, theirs))):
            continue
        found.append((round(link, 1) + mine.likeness + theirs.likeness, here * there, mine, theirs))
    best = max((one[0] for one in found), default=0.0)
    likely = [one for one in found if one[0] >= best - _BEST]
    if not likely:
        return False
    _, agreeing, mine, theirs = max(likely, key=lambda one: one[1])
    read = case.sources[mine.sentence].read
    if joined(read, mine.places, theirs.places):
        return False
    same_clause = case.draft.clause[one.places.start] == case.draft.clause[other.places.start]
    together = same_clause and read.clause[mine.places.start] == read.clause[theirs.places.start]
    crossed = (one.places.start < other.places.start) != (mine.places.start < theirs.places.start)
    if agreeing <= -_OPPOSED:
        return together or (crossed and (same_clause or any(party.text[0].isupper() for party in (one, other))))
    return agreeing <= -_CLEARLY and together


def _placed(case: Case, read: Read, here: tuple[_Party, _Party], there: tuple[_Mention, _Mention]) -> list[tuple[Read, range]]:
    return [*((case.draft, party.places) for party in here), *((read, mention.places) for mention in there)]


def _around(read: Read, one: _Party | _Mention, other: _Party | _Mention) -> list[int]:
    """The telling words between two parties and near them."""
    low = max(0, min(one.places.start, other.places.start) - 2)
    high = min(len(read.words), max(one.places.stop, other.places.stop) + _BESIDE)
    apart = {*one.places, *other.places}
    return [i for i in range(low, high) if read.words[i].telling and i not in apart]


def _inverted(case: Case, one: _Party, other: _Party) -> bool:
    """Whether what stands between two parties of the draft stands between them in their source too, with them exchanged."""
    draft = case.draft
    first, second = sorted((one, other), key=lambda party: party.places.start)
    between = [i for i in range(first.places.stop, second.places.start) if draft.words[i].telling and i not in case.set_apart]
    turned = passive(draft, draft.clause[first.places.start])
    pairs = _pairs(first, second)
    if not between:
        return False
    for mine, theirs in pairs:
        read = case.sources[mine.sentence].read
        kept = any(a.places.stop <= b.places.start for a, b in pairs if a.sentence == mine.sentence)
        if kept or theirs.places.stop > mine.places.start or joined(read, theirs.places, mine.places):
            continue
        link = case.links(between, mine.sentence, range(theirs.places.stop, mine.places.start))
        same_words = draft.language == read.language == "en"  # elsewhere order says less than endings and articles
        if same_words and link >= _VERB and turned == passive(read, read.clause[mine.places.start]):
            return True
    return False


def _turned(case: Case, one: _Party, other: _Party) -> bool:
    """Whether a preposition stands before the one party in the draft, and before the other in the source: from A, от Б."""
    crossed = False
    here = _relations(case.draft, one.places), _relations(case.draft, other.places)
    for mine, theirs in _pairs(one, other):
        read = case.sources[mine.sentence].read
        there = _relations(read, mine.places), _relations(read, theirs.places)
        if here[0] & there[0] or here[1] & there[1]:
            return False
        crossed |= bool((here[0] & there[1]) - here[1] - there[0] or (here[1] & there[0]) - here[0] - there[1])
    return crossed


def _relations(read: Read, places: range) -> frozenset[str]:
    """What the prepositions before a party say of it: something comes from it, goes to it, is done by it or against it."""
    found: set[str] = set()
    for i in range(places.start - 1, max(-1, places.start - 1 - _BESIDE), -1):
        if read.clause[i] != read.clause[places.start] or read.words[i].capital:
            break
        if classes := _PREPOSITIONS[read.language].get(read.words[i].text):
            found |= classes
            break
    return frozenset(found)


# ---- who said it


def _speaker(case: Case) -> Refused | None:
    """A draft that has somebody say what the source has from another."""
    text = case.draft.text
    mine = attribution(text, 0, len(text), case.draft.language)
    if mine is None or not mine.resolved:
        return None
    k = max(case.picked, key=lambda j: float(case.aligned.covers(j).sum()))
    source = case.sources[k]
    theirs = attribution(source.hit.document.text, source.start, source.end, source.read.language)
    if theirs is None or not theirs.resolved or _may_be(mine, theirs, source.read, case.draft) or _acts(mine, case, k):
        return None
    return Refused(mine.speaker, f"The source has it from “{theirs.speaker}”.", "roles")


def _may_be(mine: Attributed, theirs: Attributed, source: Read, draft: Read) -> bool:
    """Whether two speakers may be the same, or one passed on what the other said."""
    here, there = _name_parts(draft), _name_parts(source)
    named = [part for part in parts(mine.speaker) if part in here]
    passed_on = f"{theirs.speaker} {theirs.via or ''}"
    others = [part for part in parts(passed_on) if part[0].isupper() and fold_word(part) not in _DETERMINERS]
    if any(alike(a, b) or akin(a, b) or (a.isupper() != b.isupper() and (a + b).isalpha()) for a in named for b in others):
        return True
    kinds, of_others = _speaking(mine.speaker, draft.language), _speaking(passed_on, source.language)
    if kinds and of_others:
        return bool(kinds & of_others)
    if not named or not others or any(alike(a, word) for a in named for word in there):
        return True
    return any(alike(a, word) for a in others for word in here)


def _acts(mine: Attributed, case: Case, k: int) -> bool:
    """Whether the speaker of a draft is one who does something by the source, which may be to say it in other words."""
    read = case.sources[k].read
    theirs = [name for act in acts(read) for party in act.first for name in party.names]
    kinds = frozenset().union(*(party.kinds for act in acts(read) for party in act.first if not party.names))
    named = [part for part in parts(mine.speaker) if part in _name_parts(case.draft)]
    if any(alike(a, b) for a in named for name in theirs for b in parts(name)):
        return True
    return not named and bool(kinds & _speaking(mine.speaker, case.draft.language))


def _name_parts(read: Read) -> list[str]:
    return [part for name in read.names for part in parts(name.text)]


def _speaking(speaker: str, language: str) -> frozenset[int]:
    """Which kinds of those who act the words for a speaker name."""
    return frozenset().union(*(agents(token.text, language) for token in tokenize(speaker)))
