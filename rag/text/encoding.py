"""Finding the encoding of a file's bytes.

UTF-8 and UTF-16 prove themselves: other bytes hardly ever decode as either. The one-byte encodings decode anything, so
each candidate's text is scored by how much it looks like writing: letters by their frequency, capitals only where words
begin, no other script and no symbols within a word. On short texts that is surer than a general detector, which
confuses the Cyrillic encodings with one another.
"""

from __future__ import annotations

import codecs
import math
import re
import unicodedata

from rag.text.language import detect

_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
# Longer marks first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# In order of preference where two explain the bytes equally well.
_CYRILLIC = ("windows-1251", "koi8-r", "koi8-u", "cp866", "iso8859-5")
# The Latin one-byte encoding of a language, where it is not windows-1252.
_LATIN = dict.fromkeys(("pl", "cs", "sk", "hu", "ro", "hr", "sl", "bs", "sq"), "windows-1250") | {"tr": "windows-1254"}
# Letters in a thousand, by eye the mean of Russian, Bulgarian, Ukrainian and Serbian; rarer ones count as 1.
_FREQUENT = (
    "о95 а95 е85 и80 н66 т61 с52 р47 в44 л38 к35 д32 м30 п28 у25 я19 з18 г17 б15 ы13 ь12 ч13 й10 ж8 х8 ш6 ц6 ю5 ъ5 щ4 і8 ј5 ї2 є2"
)
_LOG = {pair[0]: math.log(int(pair[1:]) / 1000) for pair in _FREQUENT.split()}
_RARE = math.log(0.001)
# Pairs that make up about half of all pairs in Russian and Bulgarian.
_LISTED = (
    "ст но то на ен ов ни ра во ко по ро пр ер не та ал ре ол ли ос ан го ло ла ка ет ие ва ор ом од ел от ит де те ть ес ри "
    "ти ог ин ск ле ве ед ме ат ам да об ль ки до ая ак ко му за со из ия ас ав ои ны ым ый их ть ся ми ма мо ви ди ци та ът "
    "ще се си ар ам ис ил им ив ир он ок ой оп ож ош ей ев ем ек ег ез ый ка ку ча чи че ша ши же жи ца ру ту ту су ум ут уд "
    "бо бе бъ въ ръ съ тъ ал ял ят ян ях вс св сл сп см тр тв бр кр гр др вр нн ны щи ше зн зв зд кт"
)
_PAIRS = frozenset(_LISTED.split())
_PUNCTUATION = frozenset("«»„“”‘’‚‹›–—…•·°№§©®™\u00a0")
_JOINERS = frozenset("’–—")  # stand within words and between them
_SYMBOLS = frozenset("²³½¼¾×÷±£¥€¢¡¿ªº´µ")
_SAMPLE = 20_000  # characters beyond ASCII that are looked at; more would not change the verdict
# The mean score of a character beyond ASCII. Writing scores above -3.6, even in capitals; noise of 40 bytes below -4.4.
_WORST = -4.2
_HIGH = re.compile(r"[^\x00-\x7f]+")


def decode_text(data: bytes) -> tuple[str, str]:
    """The text of a file, without its byte order mark, and the encoding (a Python codec name) that it was in.

    Found are UTF-8, UTF-16 and UTF-32 with a mark, UTF-8 and UTF-16 without one, the Cyrillic one-byte encodings
    (windows-1251 and KOI8-R first) and the Latin ones (windows-1252 first). Raises UnicodeError, with the reason, where
    the bytes are no text or are in no encoding that can be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding), encoding
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnicodeError(f"the file is {kind}, not text")
    if control := _CONTROL.search(data):
        if wide := _unmarked_utf16(data):
            return wide
        raise UnicodeError(f"the file is binary, not text: byte {control.start()} is 0x{control[0][0]:02x}")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise UnicodeError(f"the file is UTF-8 with a damaged byte, 0x{data[error.start]:02x} at {error.start}") from error
    return _one_byte(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnicodeError(f"the file begins with the mark of {encoding} but does not decode: {error.reason}") from error
    if control := _CONTROL_TEXT.search(text):
        raise UnicodeError(f"the file begins with the mark of {encoding} but is binary: it holds {control[0]!r}")
    return text


def _unmarked_utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 of an alphabet below U+0600, told by the other byte order making nonsense of it."""
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if 10 * sum(unicodedata.combining(char) > 0 for char in text) > len(text):
            continue  # every other character a combining mark: bytes that count, not text
        familiar = sum(char < "\u0600" or "\u1e00" <= char < "\u2120" for char in text)
        if familiar >= 0.95 * len(text) and not _CONTROL_TEXT.search(text):
            return text, encoding
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII form UTF-8 sequences, so that a failure is damage and not another encoding."""
    sound = sum(char > "\x7f" for char in data.decode("utf-8", errors="ignore"))
    beyond = sum(byte > 0x7F for byte in data)
    return sound >= 3 and 2 * sound >= 0.8 * beyond


def _one_byte(data: bytes) -> tuple[str, str]:
    best, highest = "", -math.inf
    # A lone character among Latin letters is rather a sign (5 €) than a Cyrillic word.
    scarce = sum(byte > 0x7F for byte in data) * 10 < len(data)
    for encoding in (*_CYRILLIC, "windows-1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _latin_score(text) if encoding == "windows-1252" else _cyrillic_score(text) - 1.4 * scarce
        if score > highest:
            best, highest = encoding, score
    if highest < _WORST:
        raise UnicodeError("the file is in no encoding that can be told: it is not UTF-8, and no other makes words of it")
    if best == "windows-1252":
        # Accents come out wrong in the wrong Latin encoding, but the words still show which language it is.
        best = _LATIN.get(detect(data.decode(best)[:2000]) or "", best)
    try:
        return data.decode(best), best
    except UnicodeDecodeError:
        return data.decode("windows-1252"), "windows-1252"


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _cyrillic_score(text: str) -> float:
    """The mean, over characters beyond ASCII, of how expected each is in Cyrillic writing (a log-likelihood)."""
    total, count = 0.0, 0
    for run in _HIGH.finditer(text):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        inside = _is_latin(before) and _is_latin(after) and run[0] not in _JOINERS
        if inside or (_is_latin(before) and run[0][0].isalpha()) or (_is_latin(after) and run[0][-1].isalpha()):
            total -= 6.0  # a word of two scripts
        elif len(run[0]) == 1 and after.isdigit():
            total -= 3.0  # a currency sign, more likely
        previous = before
        for char in run[0]:
            lower = char.lower()
            if "\u0400" <= char <= "\u045f" or char in "ґҐ":
                total += _LOG.get(lower, _RARE)
                if previous.lower() + lower in _PAIRS:
                    total += 1.0
                if char != lower:
                    # A capital costs a little; after a small letter it is out of place.
                    total -= 6.0 if previous.islower() else 0.2
            else:
                total -= 2.0 if char in _PUNCTUATION else 10.0
            previous = char
        count += len(run[0])
        if count > _SAMPLE:
            break
    return total / max(count, 1)


def _latin_score(text: str) -> float:
    """The same for Latin writing, where accented letters stand, one to three, beside plain ones."""
    total, count = 0.0, 0
    for run in _HIGH.finditer(text):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        joined = len(run[0]) < 4 and (_is_latin(before) or _is_latin(after))
        for char in run[0]:
            if char in _PUNCTUATION:
                total -= 2.0
            elif char in _SYMBOLS:
                total -= 3.5
            else:
                total -= 3.0 if joined and char.isalpha() else 8.0
        count += len(run[0])
        if count > _SAMPLE:
            break
    return total / max(count, 1)
