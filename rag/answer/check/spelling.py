# ruff: noqa: E501
"""Whether two words may be one name, spelt in two scripts or by two habits of one: Крайс and Krajs, and not Kraus.

A Cyrillic word is turned into a pattern of what each of its letters may be written as elsewhere. What is left over or missing on
either side makes another name: two people of one story may differ in a vowel.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rag.text.normalise import fold_word
from rag.text.sounds import bare, readings

# Cyrillic letters, those that go together first, and how names that have them are spelt in Latin letters, in whatever language.
_LATIN = {
    "джь": "j dzh dj g gi dg dsch c", "дж": "j dzh dj dz g gi gg dg dsch c", "дз": "dz z ds zz", "тч": "tch ch č", "чж": "zh ch j",
    "кс": "x ks cks cs xs kes xx", "цз": "j z", "чу": "chu zhu tu chew cu", "кв": "qu kv kw cu cqu", "дт": "dt d t tt", "тц": "tz ts z zz", "тт": "tt t", "шт": "sht st scht št szt",
    "нь": "n ny gn nh ni nj ne nn ng", "нг": "ng ngh n gn", "ль": "l ll li ly lle le lh lj", "щ": "shch sht sch stch št sc shh šč",
    "ч": "ch tch tsch cz č ć c tj ç cs ti q chi ci zh", "ш": "sh sch s ch sz x ş š si shi rz ci ti", "ж": "zh j g ge ž z rz ż gi ge",
    "ц": "ts tz c z cz zz q cc tc tsz ti", "х": "h kh ch j x gh hh g", "г": "g gh h gu gg ğ gue", "к": "k c ck q ch kk cc kh qu que g cch",
    "в": "v w u f ff vv wh ve we b ou", "ф": "f ph ff v pph th", "т": "t th tt te d dt", "д": "d dd dh th de", "з": "z s zz ss se th ts ce",
    "с": "s ss c z sc ce se x cc th ş zz ts sz", "п": "p pp pe b ph ppe", "б": "b bb bh be", "м": "m mm me mb", "н": "n nn ne kn gn ng nne",
    "л": "l ll le lle lh gl ld ł", "р": "r rr rh wr re rre",
    "йо": "yo jo joo yoo io o eu oe eo", "йе": "ye je ie e", "ийо": "ieu io iyo ille", "ью": "iu yu u ju ew ue", "ье": "ie ye e je ier yer illet ille",
    "ьо": "io yo jo o eu oe eux ieux ieu", "ия": "ia iya ija ja ya ea iia y iyah", "ия$": "ia iya ija ja ya ea y",
    "ай": "ai ay i y ei ey ye ie igh aj uy ae aig aigh hai", "ей": "ei ey ay ai a ej eigh ea e aye ae eig ee", "эй": "ei ey ay ai a ej eigh e aye ea ae",
    "ой": "oi oy oj oe oye ooi eu", "уй": "ui uy uj", "ау": "au ow ou aw ao a hau aue", "оу": "ow o oa oo ou oe au aw owe ough", "еу": "eu ew eou",
    "уай": "whi wi wy why wai wei", "уэй": "way wai wei wa whey we", "уей": "way wai wei wa whey we", "уа": "wa ua hua oi oua wha ois oy", "уо": "wa wo ua uo who wal wo", "уэ": "we wa ue whe wai way wea", "уе": "we wa ue uye whe wai way wea",
    "уи": "wi ui whi wee vi oui hui wy", "иа": "ia ya ea", "ио": "io yo eo", "ее": "ee eye aye eie", "ию": "iu yu",
    "а": "a aa u ah ae ar ha ea", "о": "o oo oa aa oh ou ow au aw eau oe ho augh aux eaux ot", "у": "u oo ou w ow ew ue uu oe hu eu",
    "ю": "yu iu u ju ew ue eu ui iew y jo", "я": "ya ia ja a iya ea iia", "е": "e ee ye ie je a ae ai ea ei eh he oe eu er io yo jo u(?=r) i(?=r)",
    "э": "e a ae ai ea eh he oe ei", "тр": "tr tar ter tor ttr", "и": "i ee ea y ie ij ii yi iy ei ey hi e(?=[a-z]er?$)", "ы": "y i ui a u eu", "й": "y i j e gh ll h", "ь": "i y h e j", "ъ": "",
}  # fmt: skip
_OPTIONAL = frozenset("йь")  # often written by nothing
_AFTER_W = {"о": "a o", "у": "o oo"}  # Walter, Wolf
_BEFORE_L = "a(?=l|u|w)"  # Hall
# The same between Russian and Bulgarian, and between two spellings of one of them.
_CYRILLIC = {
    "дж": "дж ж", "дз": "дз з", "дт": "дт д т", "тс": "тс ц", "шт": "шт щ", "шч": "шч щ", "ье": "ье ие е йе", "ьо": "ьо йо е о ё", "йо": "йо ьо е о ё",
    "ийо": "ье ьо йе йо е о", "ция": "ция ша тия", "ия": "ия я иа", "иа": "иа я ия", "уо": "уо уа во", "уэ": "уэ уе ве", "уе": "уе уэ ве", "уи": "уи ви", "ви": "ви уи", "ве": "ве уе уэ", "кс": "кс х", "мб": "мб м",
    "ей": "ей ай еи", "эй": "ей эй", "ай": "ай ей аи",
    "а": "а я ъ э", "я": "я а иа ия", "о": "о ъ", "э": "э е а ъ", "е": "е э ъ ё йе ье йо ьо ие", "ы": "ы и ъ", "и": "и ы й", "й": "й и ь",
    "у": "у ю в ъ ў", "ю": "ю у йу ьо", "ъ": "ъ а о е и у э ё ы", "г": "г х", "х": "х г", "ж": "ж дж", "в": "в у ф", "ф": "ф в",
    "ц": "ц тс тц", "ч": "ч тч ц", "щ": "щ шт шч", "ь": "ь й", "з": "з дз",
}  # fmt: skip
_DROPPED = frozenset("ьъй")
_SAID = {ord(a): b for a, b in zip("іїєґјљњћђџќѓѕў", "ииегйлнчджкгзу", strict=True)}
_HOMOGLYPHS = str.maketrans("aceopxykmthbi", "асеорхукмтнви")
_SPELT = str.maketrans(
    {"ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "þ": "th", "ð": "d", "đ": "dj", "ø": "oe", "ö": "oe", "ü": "ue"}
)
_DOUBLES = re.compile(r"(.)\1+")
_VOWELS = "аеиоуыэюяъь"
# Endings of cases, in Russian, and of articles and the vocative, in Bulgarian, off the names that have them.
_ENDINGS = re.compile(
    r"(?:иями|иях|ами|ями|ого|его|ому|ему|ыми|ими|ией|ием|ах|ях|ов|ев|ей|ой|ою|ею|ом|ем|ам|ям|ую|юю|ым|им|ых|их|ии|ию|ия|ий|ый|ая|ое|ые|ие|ата|ята|ото|ите"
    r"|ът|ят|та|то|те|а|я|о|е|и|ы|у|ю|ь|й)$"
)
_TAIL = r"(?:[aeiouyh]|ia|iya|ya|ea|ie|os|us|as|is|es|oy|iy|yy|ii|ij|ey)?"
_SILENT = r"(?:e|s|t|x|d|z|ts|es|h|he|gh|us)?"
_MANY = 4  # consonants
_LITTLE = 0.122  # of the consonants: how far the sounds of one name may be apart in two languages
_NEAR = ({"a", "e"}, {"a", "o"}, {"e", "i"}, {"o", "u"}, {"a", "u"})
_NEAR_SOUNDS = tuple(map(set, ("sj", "kg", "td", "pb", "jt", "jg", "kj", "fb", "ts", "fp", "mn")))
_LEAST = 3  # letters that are left when an ending is taken off
_SHORT_NAMES = frozenset(
    ("ой", "ою", "ей", "ею", "ом", "ем")
)  # the endings of several letters that so short a name may have: Анной


def spelt_alike(one: str, other: str) -> bool:
    """Whether two words, without spaces or hyphens, may be one name. Symmetric."""
    first, second = _bare(one), _bare(other)
    if not first or not second:
        return False
    if first == second:
        return True
    cyrillic = _is_cyrillic(first), _is_cyrillic(second)
    if cyrillic == (True, True):
        return _same_cyrillic(first, second)
    if cyrillic == (False, False):
        return _plain_latin(first) == _plain_latin(second)
    latin, other = (second, first) if cyrillic[0] else (first, second)
    return _transliterates(other, latin)


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    """A folded word of letters and digits alone, in one script, without marks other than those of Cyrillic letters."""
    folded = "".join(char for char in fold_word(word).translate(_SPELT) if char.isalnum())
    if any("\u0400" <= char <= "\u04ff" for char in folded):
        return folded.translate(_HOMOGLYPHS).translate(_SAID)
    plain = "".join(char for char in unicodedata.normalize("NFD", folded) if char.isalnum())
    return "mac" + plain[2:] if plain.startswith("mc") else plain


def _is_cyrillic(word: str) -> bool:
    return any("\u0400" <= char <= "\u04ff" for char in word)


@lru_cache(maxsize=20_000)
def _plain_latin(word: str) -> str:
    """Zelenskyy, Zelenskiy and Zelensky; Müller and Mueller."""
    for written, plain in (
        ("ue", "u"),
        ("oe", "o"),
        ("ae", "a"),
        ("y", "i"),
        ("ij", "i"),
        ("ph", "f"),
        ("tch", "ch"),
        ("kh", "h"),
        ("dj", "d"),
    ):
        word = word.replace(written, plain)
    return _DOUBLES.sub(r"\1", word)


@lru_cache(maxsize=50_000)
def _stems(word: str) -> tuple[tuple[str, bool], ...]:
    """A Cyrillic word as it is and without each ending it may have; and whether one was taken off."""
    found = [(word, False)]
    for size in range(1, min(5, len(word) - 1)):
        left = len(word) - size
        if size > 1 and (left < _LEAST or (left == _LEAST and word[-size:] not in _SHORT_NAMES)):
            continue
        if _ENDINGS.fullmatch(word[-size:]):
            found.append((word[:-size], True))
    return tuple(found)


@lru_cache(maxsize=50_000)
def _transliterates(cyrillic: str, latin: str) -> bool:
    return any(_latin_pattern(stem, cut).fullmatch(latin) is not None for stem, cut in _stems(cyrillic))


@lru_cache(maxsize=20_000)
def _latin_pattern(stem: str, cut: bool) -> re.Pattern[str]:
    stem = _DOUBLES.sub(r"\1", stem)
    parts: list[str] = []
    at = 0
    while at < len(stem):
        size = next((n for n in (3, 2, 1) if stem[at : at + n] in _LATIN), 1)
        piece = stem[at : at + size]
        hushed = piece == "е" and at > 0 and stem[at - 1] in "чшжщц"
        parts.append(_written(piece, opens=at == 0) if not hushed else "(?:e|o|yo|io|ie|a|u(?=r))")
        at += size
    tail = _TAIL if cut or stem[-1:] in _VOWELS else ""
    return re.compile("".join(parts) + tail + _SILENT)


def _written(piece: str, *, opens: bool) -> str:
    if piece == "ъ":
        return "(?:[aou]|ou|[ei]?(?=[lmnr](?:[^aeiouy]|$)))"
    ways = sorted(_LATIN.get(piece, piece).split() or [piece], key=len, reverse=True)
    listed = "|".join(_without_marks(way) for way in ways)
    if piece in _AFTER_W:
        listed += "|" + "|".join(f"(?<=w){way}" for way in _AFTER_W[piece].split())
    if piece == "о":
        listed += "|" + _BEFORE_L
    if piece in _OPTIONAL:
        return f"(?:{listed})?"
    if piece[-1] in _VOWELS:
        return f"(?:{listed})h?" if not opens else f"(?:{listed})"
    return f"(?:{listed})(?:e(?=[^aeiou]))?"


def _without_marks(way: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", way) if not unicodedata.combining(char))


@lru_cache(maxsize=50_000)
def _same_cyrillic(one: str, other: str) -> bool:
    plain = [_DOUBLES.sub(r"\1", word) for word in (one, other)]
    for first, second in (plain, plain[::-1]):
        stems = _stems(second)
        for stem, cut in _stems(first):
            pattern = _cyrillic_pattern(stem)
            # An ending of one case against another, none against one; two different stems with nothing cut are two names.
            if any(pattern.fullmatch(mate) for mate, gone in stems if cut or gone or abs(len(stem) - len(mate)) < _LEAST):
                return True
    return False


@lru_cache(maxsize=20_000)
def _cyrillic_pattern(stem: str) -> re.Pattern[str]:
    parts: list[str] = []
    at = 0
    while at < len(stem):
        size = next((n for n in (3, 2, 1) if stem[at : at + n] in _CYRILLIC), 1)
        piece = stem[at : at + size]
        listed = "|".join(sorted(_CYRILLIC.get(piece, piece).split(), key=len, reverse=True))
        gone = "?" if piece in _DROPPED else ""
        parts.append(f"(?:{listed}){gone}[ьъй]?" if piece[-1] not in _VOWELS else f"(?:{listed}){gone}й?")
        at += size
    return re.compile("".join(parts))


@lru_cache(maxsize=50_000)
def sounds_alike(one: str, other: str, *, abroad: bool = False) -> bool:
    """Whether two words in different scripts, or `abroad` in two languages, sound almost the same, and have enough consonants
    to be one name: Димитр, Dimitar; Олдвич, Алдуич."""
    if _is_cyrillic(one) == _is_cyrillic(other) and not abroad:
        return False
    return any(_same_sounds(a, b) for a in readings(one) for b in readings(other))


def begins_alike(one: str, other: str, sounds: int = 1) -> bool:
    """Whether two words may begin with the same sounds."""
    return any(a[:sounds] == b[:sounds] for a in readings(one) for b in readings(other))


def _same_sounds(one: str, other: str) -> bool:
    keys = bare(one) or "", bare(other) or ""
    return min(map(len, keys)) >= _MANY and 2 * _apart(one, other) <= _LITTLE * sum(map(len, keys))


def _apart(one: str, other: str) -> float:
    """How far two readings are from each other: the least of all ways to change one into the other, sound by sound."""
    before = [0.0]
    for sound in other:
        before.append(before[-1] + _left_out(sound))
    for sound in one:
        row = [before[0] + _left_out(sound)]
        for j, theirs in enumerate(other):
            row.append(min(before[j] + _other_sound(sound, theirs), before[j + 1] + _left_out(sound), row[j] + _left_out(theirs)))
        before = row
    return before[-1]


def _left_out(sound: str) -> float:
    return 0.35 if sound in "aeiou" else 0.6 if sound in "fgj" else 0.9


def _other_sound(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in "aeiou" and other in "aeiou":
        return 0.25 if {one, other} in _NEAR else 0.5
    return 0.5 if {one, other} in _NEAR_SOUNDS else 1.2
