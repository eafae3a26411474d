"""Whether a word that a draft writes as a name is but a common one that its sources have, in whatever language."""

from __future__ import annotations

from functools import lru_cache

from rag.answer.check.evidence import Case
from rag.answer.check.generic import distinguishes, generic
from rag.answer.check.mentions import like_adjective
from rag.answer.check.naming import listed, parts, same_word
from rag.answer.check.reading import Read
from rag.answer.check.spelling import begins_alike, sounds_alike
from rag.answer.said.speech import speech
from rag.text.abbreviations import BEFORE_A_NAME
from rag.text.lexicon import is_form
from rag.text.morphology import base_form
from rag.text.names import Name
from rag.text.normalise import fold_word
from rag.values.vocabulary import words

_TRANSLATED = 0.5  # similarity from which a capitalised common word may be the translation of one of the source
_NAMED = 0.65  # the same where that word is part of a name that begins with the same sound, and may be but another name like it
_RHYME = 3  # sounds
_SLOT = 0.25  # the same for a word beside one that is known
_CLEARLY = 0.65  # from which it is one even where another word of the draft is nearer to it
_SAME = 0.9  # the same in one language: another form of the word
_OFFICE = 0.4
_OPENING = 0.4
_MARGIN = 0.05
_TITLE = 4  # words in quotation marks at most that are a name
_ABBREVIATED = 0.35  # the same for an abbreviation that no list has
_SAINT = generic("saint")
_SHORT_STEM = 3  # letters, of a stem that but an ending may follow: no Dresden of "Dr", no Manchester of "man"
_ENDINGS = frozenset(("", *words("s а у е и ы ом ем ей ов ев ам ах ами ът ят ове овете ия ите та то те")))
_HEADS = frozenset().union(*map(generic, ("president", "king", "queen", "prince", "pope", "chancellor")))  # as no other office
_ARTICLES = ("ето", "ите", "та", "то", "те", "ът", "ят", "а", "я")


def is_common(case: Case, place: int, piece: str, *, alone: bool) -> bool:
    """Whether a capitalised word is a common one that the source has: a title, an office, an institution, the first word."""
    read, word = case.draft, case.draft.words[place]
    folded, written = fold_word(piece), read.text[word.start : word.end]
    if any(start <= word.start and word.end <= end for start, end in read.quotes):
        return _is_titled(case, place, folded)
    rows = generic(folded)
    free = alone or not distinguishes(rows)
    there = [j for j, o in enumerate(case.aligned.words) if not rows.isdisjoint(generic(o.text))]
    if any(free or case.aligned.words[j].capital or _precedes_same(case, place, j) for j in there):
        return True
    if distinguishes(rows):
        return False
    similar = case.aligned.similar[place]
    column = int(similar.argmax()) if len(similar) else 0
    best = float(similar[column]) if len(similar) else 0.0
    ordinary = in_dictionary(folded, read.language)
    with_article = read.language == "bg" and folded.endswith(_ARTICLES[:-2])
    likely = best >= _OPENING or with_article
    head = not rows.isdisjoint(_HEADS) and not (folded.endswith("ial") or like_adjective(folded))
    if opens(read, place) and likely and not head and (with_article or is_plain(folded) or _is_no_name(case, place, folded)):
        return True
    if not len(similar):
        return False
    if is_short(written):
        return best >= _ABBREVIATED and case.written(column).isupper() and not listed(case.written(column))
    if not ordinary:
        return False
    if is_office(folded, read.language):
        return best >= _OFFICE and not head
    home = case.sources[int(case.aligned.owner[column])].read.language == read.language
    theirs = case.written(column)
    rhymes = case.is_named(column) and begins_alike(piece, theirs, _RHYME)
    cognate = rhymes and sounds_alike(base_form(folded, read.language), theirs, abroad=True)
    least = _SAME if home else _NAMED if (rhymes and not cognate) or _is_given(case, column) else _TRANSLATED
    if best < least or (home and alone and not case.is_named(column)) or not _is_ordinary(case, column):
        return _completes(case, place, column, alone=alone)
    return best >= _CLEARLY or case.counterpart_of(column) == place or _completes(case, place, column, alone=alone)


def _is_given(case: Case, column: int) -> bool:
    """Whether a word of a name is followed by one that is no common word: a given name, which nobody translates."""
    owner, after = case.aligned.owner, column + 1
    if not case.is_named(column) or after >= len(owner) or owner[after] != owner[column]:
        return False
    return case.aligned.words[after].capital and not _is_ordinary(case, after)


def _completes(case: Case, place: int, column: int, *, alone: bool) -> bool:
    """Whether a common word of a name is beside one that the sources have, and theirs beside a word of a name in another
    language, in quotation marks or before it: Salt Market, Соляной рынок. One that is the whole name must be nearest to it."""
    similar, owner = case.aligned.similar, case.aligned.owner
    for beside in (place - 1, place + 1):
        if not 0 <= beside < len(case.draft.words) or not case.draft.words[beside].telling:
            continue
        rows = generic(case.draft.words[beside].text)
        for j, word in enumerate(case.aligned.words):
            shared = not rows.isdisjoint(generic(word.text))
            if not shared and (float(similar[beside][j]) < _TRANSLATED or not _is_ordinary(case, j)):
                continue
            for slot in (j - 1, j + 1):
                if 0 <= slot < len(owner) and owner[slot] == owner[j] and (slot == column or not alone):
                    before = shared and slot < j and case.is_named(slot)
                    if (before or _is_quoted(case, slot)) and _may_translate(case, place, slot):
                        return True
    return False


def _may_translate(case: Case, place: int, column: int) -> bool:
    """Whether a word of the draft may be the translation of a common word of a source."""
    abroad = case.sources[int(case.aligned.owner[column])].read.language != case.draft.language
    near = float(case.aligned.similar[place][column]) >= _SLOT
    return abroad and near and _is_ordinary(case, column) and not generic(case.aligned.words[column].text)


def _precedes_same(case: Case, place: int, column: int) -> bool:
    """Whether a word of the draft and one of the sources stand before the same name: Северна Калифорния, northern California."""
    words, theirs = case.draft.words[place + 1 : place + 2], case.aligned.words[column + 1 : column + 2]
    return bool(words and theirs) and words[0].capital and same_word(words[0].text, theirs[0].text)


def _is_no_name(case: Case, place: int, folded: str) -> bool:
    """Whether a word that no dictionary has opens a sentence, and stands for a word of the sources that is no name."""
    if folded in BEFORE_A_NAME:
        return True
    similar = case.aligned.similar[place]
    named = max((float(x) for j, x in enumerate(similar) if case.is_named(j)), default=0.0)
    return float(similar.max(initial=0.0)) > named + (0.0 if like_adjective(folded) else _MARGIN)


def _is_titled(case: Case, place: int, folded: str) -> bool:
    """Whether a word of what the draft puts in quotation marks as a name translates one of a name of the sources."""
    rows, similar = generic(folded), case.aligned.similar[place]
    if place and not _SAINT.isdisjoint(generic(case.draft.words[place - 1].text)):
        return False  # whose name is a name
    if not in_dictionary(folded, case.draft.language) and not rows:
        return False
    written = enumerate(case.aligned.words)
    named = [j for j, word in written if word.capital or case.is_named(j) or _is_quoted(case, j)]
    if any(not rows.isdisjoint(generic(case.aligned.words[j].text)) for j in named):
        return True
    best = max(named, key=lambda j: float(similar[j]), default=None)
    if best is None:
        return False
    home = case.sources[int(case.aligned.owner[best])].read.language == case.draft.language
    return float(similar[best]) >= (_SAME if home else _TRANSLATED) and float(similar[best]) >= float(similar.max())


def _is_quoted(case: Case, column: int) -> bool:
    """Whether a word of the sources stands in quotation marks with few others, as a name does."""
    at, read = case.aligned.words[column].start, case.sources[int(case.aligned.owner[column])].read
    return any(start <= at < end and len(read.places(start, end)) <= _TITLE for start, end in read.quotes)


def _is_ordinary(case: Case, column: int) -> bool:
    """Whether a word of the sources is a common one, even where it is part of a name."""
    source = case.sources[int(case.aligned.owner[column])].read
    word = case.aligned.words[column]
    return not listed(word.text) and (not word.capital or in_dictionary(word.text, source.language))


def only_offices(name: Name, language: str) -> bool:
    """Whether a name is but that of an office or an institution: the President, Министерство финансов."""
    return all(is_office(word, language) for word in parts(fold_word(name.text)))


def is_office(word: str, language: str) -> bool:
    """Whether a word is that of an office or an institution: President, Министерство, Court."""
    said = speech(language)
    stems = (*said.roles, *said.bodies, *said.media) if said else ()
    return any(word.startswith(stem) and (len(stem) > _SHORT_STEM or word[len(stem) :] in _ENDINGS) for stem in stems)


def opens(read: Read, place: int) -> bool:
    """Whether a word opens a sentence, or what a colon announces."""
    before = read.text[read.words[place - 1].end : read.words[place].start] if place else ":"
    return any(sign in before for sign in ".!?:;…")


@lru_cache(maxsize=20_000)
def in_dictionary(word: str, language: str) -> bool:
    """Whether a folded word is a common one, in any form."""
    forms = [word, base_form(word, language)]
    if language == "bg":
        forms += [word[: -len(article)] for article in _ARTICLES if word.endswith(article)]
        forms += [form + "е" for form in forms if form.endswith("ван")]  # пребиваването
    return any(len(form) > 1 and is_form(form, language) for form in forms)


def is_plain(word: str) -> bool:
    return any(in_dictionary(word, language) for language in ("en", "ru", "bg"))


def is_short(written: str) -> bool:
    """Whether a word looks like an abbreviation: ГСЧС, МВнР."""
    return written.isalpha() and 2 * sum(map(str.isupper, written)) > max(len(written), 2)
