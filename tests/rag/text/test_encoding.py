"""Finding encodings: round trips in every one, and refusals with a reason."""

from __future__ import annotations

import gzip
import random
import struct
import zlib

import pytest

from rag.text import decode_text

RUSSIAN = (
    "Паром вышел из порта на рассвете и к полудню был у маяка. «Погода портится», — передал капитан по радио. "
    "Через час связь прервалась, и поиски начались только утром следующего дня: искали тремя катерами."
)
BULGARIAN = (
    "Фериботът тръгна от пристанището на разсъмване и към обяд беше до фара. „Времето се разваля“, съобщи капитанът. "
    "След час връзката прекъсна, а търсенето започна чак на другата сутрин с три катера."
)
ENGLISH = "The ferry left the harbour at dawn and reached the lighthouse by noon – “the weather is turning”, said the captain."
SHORT_RUSSIAN = "Мэр закрыл старый мост через реку"
SHORT_BULGARIAN = "Кметът затвори стария мост над реката"

UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", [RUSSIAN, BULGARIAN, ENGLISH, SHORT_RUSSIAN, SHORT_BULGARIAN])
def test_a_text_in_unicode_comes_back_as_it_was(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "cp866", "iso8859-5"])
@pytest.mark.parametrize(
    "text", [RUSSIAN, BULGARIAN, SHORT_RUSSIAN, SHORT_BULGARIAN, SHORT_RUSSIAN.upper(), SHORT_BULGARIAN.upper()]
)
def test_a_cyrillic_text_in_one_byte_a_letter_comes_back_as_it_was(text: str, encoding: str) -> None:
    if encoding != "windows-1251":
        text = "".join(char for char in text if char not in "«»„“—")
    assert decode_text(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "windows-1252"),
        ("Tickets cost 5 €.", "windows-1252"),
        ("The park covers 19,500 km² of the delta.", "windows-1252"),
        ("Les élèves ont déjà visité la forêt cet été, a dit le maire.", "windows-1252"),
        ("Die Bürger wählten am Sonntag; größere Überraschungen blieben aus.", "windows-1252"),
        ("Der Eintritt kostet 5 € und für Kinder 3 €.", "windows-1252"),
        ("Prezydent powiedział, że rozmowy były owocne i długie.", "windows-1250"),
        ("Předseda vlády řekl, že jednání byla úspěšná.", "windows-1250"),
        ("Bakan, çalışmaların yarın başlayacağını açıkladı.", "windows-1254"),
    ],
)
def test_a_latin_text_in_one_byte_a_letter_comes_back_as_it_was(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == (text, encoding)


def test_sentences_in_every_cyrillic_encoding_come_back_as_they_were(flores: list[tuple[str, str]]) -> None:
    wrong = tried = 0
    rng = random.Random(5)
    for language, sentence in flores:
        if language == "en":
            continue
        at = sentence.find(" ", rng.randrange(max(1, len(sentence) - 60))) + 1
        for text in (sentence, sentence[at : at + 45], sentence[:45].upper()):
            if sum(map(str.isalpha, text)) < 30:
                continue
            for encoding in ("windows-1251", "koi8-r"):
                try:
                    data = text.encode(encoding)
                except UnicodeEncodeError:
                    continue
                tried += 1
                wrong += decode_text(data)[0] != text
    assert tried > 10_000
    assert wrong <= tried // 2000


def test_plain_ascii_and_nothing_at_all_are_utf_8() -> None:
    assert decode_text(b"The mayor left.\r\n") == ("The mayor left.\r\n", "utf-8")
    assert decode_text(b"") == ("", "utf-8")


def _png() -> bytes:
    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + part(b"IDAT", zlib.compress(b"\0\0"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_png(), "PNG picture"),
        (gzip.compress(RUSSIAN.encode()), "gzip archive"),
        (b"%PDF-1.7\n...", "PDF file"),
        (b"PK\x03\x04 rest", "ZIP archive"),
        (random.Random(1).randbytes(500), "binary"),
        (b"text with a \x00 in it", "binary.*byte 12 is 0x00"),
        (bytes(byte | 0x80 for byte in random.Random(2).randbytes(300)), "no encoding that can be told"),
        (RUSSIAN.encode()[:-2], "damaged byte"),
        (RUSSIAN.encode()[:60] + b"\xff" + RUSSIAN.encode()[60:], "damaged byte, 0xff at 60"),
        (b"\xff\xfe\x00", "begins with the mark of utf-16"),
        ("a\x00b".encode("utf-16"), "is binary"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnicodeError, match=reason):
        decode_text(data)


def test_ukrainian_in_its_own_koi8_keeps_its_letters() -> None:
    text = "Підприємство збудувало нову лінію, а її відкрив міністр"
    assert decode_text(text.encode("koi8-u")) == (text, "koi8-u")
