"""How a name may sound, in letters that do not depend on the script and the habits of spelling it was written in.

A *reading* is a run of the letters b d f g j k l m n p r s t and the vowels a e i o u, where

    f  also stands for v, в, and w or у before a vowel (Wilson, Уилсон, Вильсон)
    g  also for h, х, kh, г (Hamburg, Гамбург, Хамбург)
    s  also for z, з, sh, ш (Kishida, Кисида, Кишида)
    j  for ж, дж, ч, ц, дз, and how these are written in Latin letters (Zhang, Чжан; Scholz, Шольц)

A spelling that is read in several ways (the j of Johnson, Jens, José, Jacques) has several readings, the most likely first, as in
Beider-Morse phonetic matching (Beider and Morse 2008); the rules are those that news in Bulgarian, Russian and English needs.
The endings of cases and articles are taken off Cyrillic names, and the last vowel off all.

Two keys come from a reading. The *full* key is the reading itself. The *bare* key, in capitals, is its consonants, after an A
where it begins with a vowel: vowels are what spellings agree on least (Biden, Байден, Байдън).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from rag.text.normalise import fold_word

_MOST_READINGS = 8
# A bare key of fewer letters is that of too many names to tell anything.
_LEAST_BARE = 2

_Rules = dict[str, tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]]


def _rules(listed: str) -> _Rules:
    """Rules by the letter that they begin with: `pattern = reading reading …`, 0 for one that is silent, V for a vowel."""
    found: dict[str, list[tuple[re.Pattern[str], tuple[str, ...]]]] = {}
    for line in listed.strip().splitlines():
        pattern, _, said = line.partition(" = ")
        letters, pattern = pattern.split()
        compiled = re.compile(pattern.replace("V", "[aeiouy]"))
        for letter in letters:
            found.setdefault(letter, []).append((compiled, tuple(s.replace("0", "") for s in said.split())))
    return {letter: tuple(rules) for letter, rules in found.items()}


# For each first letter the rules in the order in which they are tried; a letter without a rule that fits reads as itself.
_LATIN = _rules(r"""
b bh? = b
c cz|chk|cc(?=[iy]) = j
c chs = ks
c ch(?=[^aeiouy]|$) = g k j
c ch = j k s g
c cs$ = ks j
c cc(?=e) = ks
c c?k = k
c ic$ = k
c (?<=i)c$ = j k
c c(?=[eiy]) = s j
c c(?=o$) = k j
c cqu? = k
c c = k
čć [čć]k? = j
ç ç = s j
d dsch|dzh|dj|dż|dž|dz(?=[iy])|dg(?=e) = j
d dh? = d
đ đ = d j
g gh(?=t) = 0
g ^gh = g
g gh = g 0
g gu(?=[ei]) = g gf
g gn = gn n
g gg?(?=[eiy]) = g j
ğ ğ = g 0
h h(?=V) = g 0
h h = 0 g
j j = j i g
k kh = g
k ^kn = n kn
l (?<=i)ll(?=[aeo]) = l 0
m ^mc = mak
n ngh = ng
n ng(?=[aeiou]) = ng n
n ng = n ng
o oi(?=[stx]?$) = o fa
o oo = u
o ou(?=[aeiy]) = f
o ou = u
p ph = f
p ^ps = s ps
q qu(?=[ei]) = k kf
q qu = kf k
q q = k j
r rh = r
r rz = rj rs j
s shch = sj
s sch = s sk
s sc(?=[eiy]) = s sk
s s[zh]? = s
şšś . = s
t tzsch|tsch|tch|tz = j
t ts = j ts
t th? = t
u u(?=[aeio]) = f
v v = f
w ^wr = r fr
w wh(?=V) = f g
w w(?=oo|u) = f 0
w w(?=V) = f
w w = 0 f
x ^x = s ks g
x x(?=i) = ks s
x x = ks
y y = i
z (?:zh)+ = j
z zz = j s
z z = s j
žżź . = j s
""")
_CYRILLIC = _rules(r"""
д дж = j
д дз = j ds
ч чж = j
ц цз = j
т т[чц] = j
щ щ = st sj
у у(?=[аеиоуъэыяіїє]) = f
ю (?<=.)ю(?=[аеиоуъэы]) = f
ў ў = f
ъ ъ(?=[еяюи]) = 0
х (?<=[бдг])х = 0
х (?<=[птк])х = 0 g
""")
_PLAIN = dict(zip("абвгґдеэєжзиіїыйјклмнњопрстћђџѓќѕуюфхцчшяљъ", "abfggdeeejsiiiiiiklmnnoprstjjjgkjuufgjjsala", strict=True))
_PLAIN |= {letter: letter for letter in "abdefgiklmnoprstu"}
_SPELT = str.maketrans({"ł": "l", "ø": "o", "æ": "e", "œ": "e", "ß": "ss", "ı": "i", "þ": "t", "ð": "d"})
_MARKED = frozenset("čćçğşšśžżźđйїўќѓ")  # read otherwise than without their mark

# French endings that are written and not said, and the r of Xavier and Montpellier.
_SILENT = re.compile(r"(?<=[aeiou])(?:[xzs]|l?ts?|lds?)$|(?<=[aeo][nr])[td]s?$|(?<=i)er$")
# Endings that hold a consonant; those of vowels alone are taken off every reading. The first are no name's own.
_SURE_CASE = re.compile(r"(?:(?:ы|и|а|я)ми|[ое]го|[ое]му|(?<=ск)(?:им|ом|их)|(?<=[оеи][вн])(?:ым|ом|ых))$")
_CASE = re.compile(r"(?:[оеыи]м|[ыиая]х)$")
_ARTICLE = re.compile(r"(?:ът|ят|та|то|те)$")
_TIDY = (
    (re.compile(r"i(?=[aeou])"), ""),  # Aliyev, Алиев
    (re.compile(r"(?<=[aeou])i"), ""),
    (re.compile(r"([aeou])[aeou]+"), r"\1"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_LAST_VOWELS = re.compile(r"(?<=[^aeiou])[aeiou]+$")
_VOWELS = re.compile(r"[aeiou]")


@lru_cache(maxsize=200_000)
def readings(word: str) -> tuple[str, ...]:
    """How a word, without hyphens, may sound, the likeliest first, eight at most; none for a word without letters."""
    folded = _unmarked(fold_word(word))
    spellings = [folded]
    if "\u0400" <= folded[:1] <= "\u052f":
        rules: _Rules = _CYRILLIC
        if match := _SURE_CASE.search(folded, 2):
            spellings = [folded[: match.start()]]
        spellings += [folded[: m.start()] for ending in (_CASE, _ARTICLE) if (m := ending.search(folded, 2))]
    else:
        rules = _LATIN
        if (silent := _SILENT.search(folded, 2)) and len(folded) > 4:
            spellings.append(folded[: silent.start()] + ("e" if silent[0] == "er" else ""))
    found = dict.fromkeys(_tidy(said) for spelling in spellings for said in _read(spelling, rules))
    found.pop("", None)
    return tuple(found)


def _unmarked(word: str) -> str:
    """`word` without the marks above and below its letters, but for those that say how a letter is read."""
    letters = (c if c in _MARKED else unicodedata.normalize("NFD", c)[0] for c in word.translate(_SPELT))
    return "".join(c for c in letters if c.isalpha())


def _read(word: str, rules: _Rules) -> Iterator[str]:
    """All that a spelling may sound like, up to the most that are kept, what changes the fewest places first."""
    parts: list[tuple[str, ...]] = []
    at = 0
    while at < len(word):
        letter = word[at]
        for pattern, said in rules.get(letter, ()):
            if match := pattern.match(word, at):
                parts.append(tuple(dict.fromkeys(said)))
                at = match.end()
                break
        else:
            parts.append((_PLAIN.get(letter, ""),))
            at += 1
    ways = sorted(product(*(range(len(part)) for part in parts)), key=lambda way: (sum(map(bool, way)), sum(way)))
    for way in islice(ways, _MOST_READINGS):
        yield "".join(part[choice] for part, choice in zip(parts, way, strict=True))


def _tidy(said: str) -> str:
    for pattern, instead in _TIDY:
        said = pattern.sub(instead, said)
    short = _LAST_VOWELS.sub("", said)
    return short if len(short) > 1 else said


def bare(reading: str) -> str | None:
    """The bare key of a reading; None where it would be too short."""
    consonants = _VOWELS.sub("", reading)
    if len(consonants) < _LEAST_BARE:
        return None
    return ("A" if len(reading) > 0 and reading[0] in "aeiou" else "") + consonants.upper()


@lru_cache(maxsize=200_000)
def sound_keys(word: str) -> tuple[str, ...]:
    """The keys of a word, those of its likeliest reading first, each full key before its bare one."""
    keys = (key for reading in readings(word) for key in (reading, bare(reading)) if key and len(key) > 1)
    return tuple(dict.fromkeys(keys))
