"""The forms in which language models write sentences and name their passages, brought into one: `Words of it [1][2].`

Models name a passage as `[1]` before or after the full stop, `[1, 2]`, `[1-3]`, `(1)`, `[passage 1]`, `(Source 1)`, as
"According to passage 1, …" or at the head of a sentence, whatever they are told. They write lists, emphasis, headings, labels
("Answer:") and their thoughts. What is taken off here says nothing about the matter; every word that is left is for the verifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rag.text import split_sentences

LONGEST = 700  # characters; a sentence that goes on beyond is going nowhere

_TAIL = 240  # characters at the end, in which ...
_LOOP = re.compile(r"(\S.{2,58}?)\1{3,}$", re.DOTALL)  # ... the same ones four times in a row are a model that has lost itself

MARK = re.compile(r"\[(\d+)\]")
MARKS = re.compile(r"\s*(?:\[\d+\])+")
_NUMBER = re.compile(r"\d+")
_RANGE = re.compile(r"(\d+)\s*[-–—]\s*(\d+)")

# What a passage is called, in the three languages, with its endings.
_CALLED = (
    r"(?:passages?|sources?|articles?|texts?|documents?|docs?|references?|refs?|excerpts?|citations?|cit(?:e|ed)|fragments?|notes?"
    r"|отрыв(?:ок|к\w{1,3})|пассаж\w{0,3}|источник\w{0,3}|стат(?:ья|ьи|ье|ью|ьями?|ей)|текст\w{0,3}|документ\w{0,3}|фрагмент\w{0,3}"
    r"|пасаж\w{0,3}|откъс\w{0,3}|източник\w{0,3}|стати(?:я|ята|и|ите))"
)
_SEE = r"(?:see|cf\.?|see also|from|in|см\.?|виж|вж\.?|в|от|из)"
_NO = r"(?:no\.?|number|номер|№|#)"
_LIST = r"\d{1,3}(?:\s*(?:,|;|&|-|–|—|and|и)\s*\d{1,3})*"
_PREFIX = rf"(?:{_SEE}\s+)?(?:{_CALLED}\s*:?\s*)?(?:{_NO}\s*)?"
_SQUARE = re.compile(rf"[\[【]\s*\^?{_PREFIX}({_LIST})\s*[\]】]", re.IGNORECASE)
_ROUND = re.compile(
    # with the word in front any number is one of a passage; alone it is where the sentence ends, and small
    rf"\(\s*(?:{_SEE}\s+)?{_CALLED}\s*:?\s*(?:{_NO}\s*)?({_LIST}|(?:\[\d+\])+)\s*\)|\((\d)\)(?=\s*[.!?…])|(?<=[.!?…])\s*\((\d)\)(?=\s|$)",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"(?<=[.!?…\]])\s+{_CALLED}\s*:?\s*(?:{_NO}\s*)?({_LIST}|(?:\[\d+\]\s*)+)(?=\s*(?:[.\n]|$))", re.IGNORECASE)
_LATE = re.compile(r"([.!?…]+[»”\"')]*)[^\S\n]*((?:\[\d+\][^\S\n]*)+)")
_APART = re.compile(r"(?<=\d)\]\s+\[(?=\d)")
_OPEN = re.compile(
    r"[.!?…][*»”\"')]*\s*(?:\[\d+\]\s*)*(?:[\[【(][^\]】)\n]{0,30}|\*+)$|\((?:see|cf|см|вж|виж)\b[^)\n]{0,30}$", re.IGNORECASE
)
_HEADED = re.compile(r"\s*(?:[-*•]\s+|\d{1,2}[.)]\s+)?\[\d+\]\s*[^\s\[\].!?…]")

_MARKED = r"(?:\[\d+\]\s*)+(?:(?:and|и|,)\s*(?:\[\d+\]\s*)+)*"
_NAMED = rf"(?:the\s+)?(?:(?:{_CALLED}\s*)?(?:{_NO}\s*)?({_MARKED})|{_CALLED}\s*(?:{_NO}\s*)?({_LIST}))"
_BY = (
    r"(?:according to|as per|per|based on|from|in"
    r"|as (?:stated|reported|mentioned|noted|described|said|written|shown|seen|indicated) (?:in|by)"
    r"|согласно|на основании|исходя из|по данным|в|из"
    r"|как (?:сказано|говорится|указано|сообщается|отмечается|отмечено|написано|следует) (?:в|из)"
    r"|според|съгласно|въз основа на|по данни (?:на|от)|от"
    r"|както (?:е (?:посочено|казано|написано|отбелязано)|се (?:казва|посочва|съобщава)|пише) в)"
)
_SAYS = (
    r"(?:says?|states?|reports?|mentions?|notes?|indicates?|describes?|tells us|shows?"
    r"|(?:it (?:is|was) )?(?:said|stated|reported|mentioned)"
    r"|говорится|сказано|указано|сообщается|сообщает|отмечается|говорит|утверждает(?:ся)?|пишет(?:ся)?"
    r"|се (?:казва|посочва|съобщава|твърди|пише|отбелязва)|казва|посочва|съобщава|твърди|пише|отбелязва)"
)
_LEAD = re.compile(
    rf"^(?:{_BY}\s+{_NAMED}\s*,\s*|(?:{_BY}\s+)?{_NAMED}\s*,?\s*{_SAYS}\s*(?:that\b|,?\s*что\b|,?\s*че\b|:)\s*)", re.IGNORECASE
)
_TRAIL = re.compile(rf"\s*[,(]?\s*{_BY}\s+{_NAMED}\s*\)?(?=\s*(?:\[\d+\]\s*)*[.!?…]|\s*$)", re.IGNORECASE)
_GIVEN = re.compile(
    r"^(?:(?:based on|according to|from)\s+(?:the\s+)?(?:(?:provided|given|above)\s+)?"
    r"(?:passages?|texts?|context|information|articles?|sources?|documents?)(?:\s+(?:provided|given|above))?"
    r"|(?:на основании|согласно|исходя из|судя по)\s+(?:предоставленн\w+\s+|приведенн\w+\s+|приведённ\w+\s+|данн\w+\s+)?"
    r"(?:отрыв\w+|пассаж\w*|текст\w*|информаци\w|источник\w*|контекст\w*)"
    r"|(?:според|съгласно|въз основа на|от)\s+(?:предоставен\w+\s+|даден\w+\s+|посочен\w+\s+)?"
    r"(?:пасаж\w*|откъс\w*|текст\w*|информаци\w+|източни\w+|контекст\w*))\s*,\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:(?:[-•·▪–—#>]+|\d{1,2}[.)]|\(?[a-zа-я]\))\s+)+")
_LABEL = re.compile(
    r"^(?:(?:(?:the |short |final |full |brief )*(?:answer|response|translation|summary|conclusion)(?: is)?|A"
    r"|(?:(?:краткий|полный|окончательный) )?(?:ответ|перевод|итог|вывод)"
    r"|(?:(?:кратък|пълен|окончателен) )?(?:отговор|превод|извод)|(?:answer |ответ |отговор )?(?:in|на) [^\W\d_]+"
    r"|(?:sentence|fact|предложение|факт|изречение) ?\d+)\s*[:.]\s+)+",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^(?:((?:\[\d+\]\s*)+)[:,.–—-]*|{_CALLED}\s*(?:{_NO}\s*)?({_LIST})\s*[:–—-])\s*", re.IGNORECASE)
_NOTHING_ELSE = re.compile(rf"(?:{_CALLED}|[\W\d_])+", re.IGNORECASE)
_ENDING = re.compile(r"[.!?…。！？][»”“’\"')\]]*$")
_SPLIT_OFF = re.compile(r"[;,\s]+$")
# A mark that stands as a word: "as we read in [1] about it".
AS_WORD = re.compile(
    r"\b(?:in|by|to|from|per|of|with|see|and|or|than|в|во|по|с|со|из|от|и|на|за|към|със|според|согласно|съгласно|см|вж|виж)\.?\s*\[\d+\]",
    re.IGNORECASE,
)

_THINKS = r"think|thinking|thought|thoughts|reasoning|reflection|analysis|scratchpad"
_THOUGHT = re.compile(rf"<({_THINKS})>.*?(?:</\1>|$)", re.DOTALL | re.IGNORECASE)
_THINKING = re.compile(rf"<({_THINKS})>(?!.*</\1>)|<[a-z]{{0,10}}$", re.DOTALL | re.IGNORECASE)
_OVER = re.compile(rf"^.*?</(?:{_THINKS})>", re.DOTALL | re.IGNORECASE)  # of thoughts that the chat template began


def sentences(draft: Iterable[str], language: str | None) -> Iterator[str | None]:
    """The finished sentences of a draft that comes in pieces, tidied; None for each piece that finishes none.

    A sentence is finished when the next one begins, or the draft ends. Marks after its full stop belong to it ("… . [1]"), unless
    the draft writes them in front of each sentence. The last one of a draft that was cut has no full stop (see `is_whole`).
    """
    text = ""
    headed: bool | None = None
    for piece in draft:
        text += piece
        if _THINKING.search(text) or _OPEN.search(text):
            yield None
            continue
        if headed is None and text.strip():
            headed = _HEADED.match(text) is not None or None
        text = _normal(text, headed=bool(headed))
        spans = split_sentences(text, language=language)
        if len(spans) < 2:
            if len(text) > LONGEST or _LOOP.search(text[-_TAIL:]):
                break
            yield None
            continue
        headed = bool(headed)
        yield from filter(None, (tidy(text[start:end], whole=True) for start, end in spans[:-1]))
        text = text[spans[-1][0] :]
    text = _normal(text, headed=bool(headed))
    spans = split_sentences(text, language=language)
    for number, (start, end) in enumerate(spans, 1):
        if sentence := tidy(text[start:end], whole=number < len(spans)):
            yield sentence


def is_whole(sentence: str) -> bool:
    """Whether a tidied sentence has an end: a full stop, or a mark where one would be."""
    return _ENDING.search(sentence) is not None


def tidy(sentence: str, *, whole: bool = False) -> str:
    """A drafted sentence on one line, without bullets, emphasis and labels, its marks at its end; empty where it has no letter.

    One that is `whole`, since another line begins after it, gets the full stop that lists leave out.
    """
    text = " ".join(sentence.replace("*", "").replace("`", "").replace("__", "").split())
    if text.startswith("#"):
        return ""  # a heading
    for _ in range(2):
        text = _LABEL.sub("", _BULLET.sub("", text))
    marks: list[str] = []

    def taken(found: re.Match[str]) -> str:
        marks.extend(_NUMBER.findall(" ".join(filter(None, found.groups()))))
        return ""

    for form in (_LEADING, _LEAD, _TRAIL):
        text = form.sub(taken, text)
    text = _GIVEN.sub("", text)
    text = text[:1].upper() + text[1:]
    return _ended(text, [mark for mark in dict.fromkeys(marks) if f"[{mark}]" not in text], whole)


def _ended(text: str, marks: list[str], whole: bool) -> str:
    if _NOTHING_ELSE.fullmatch(text) or not text:
        return ""
    added = "".join(f"[{mark}]" for mark in marks)
    ending = _ENDING.search(text)
    if ending and not text.endswith("]"):
        return f"{text[: ending.start()]}{' ' if added else ''}{added}{ending[0]}"
    text = _SPLIT_OFF.sub("", text)
    text += f" {added}" if added else ""
    return text + "." if (whole and not text.endswith(":")) or text.endswith("]") else text


def _normal(text: str, *, headed: bool) -> str:
    """`text` without what a model thought, and with its marks as we write them: `… words [1][2].`"""
    text = _OVER.sub("", _THOUGHT.sub("", text)).replace("**", "")
    text = _SQUARE.sub(lambda found: _marks(found[1]), text)
    text = _ROUND.sub(lambda found: f" {_marks(found[1] or found[2] or found[3])}", text)
    text = _AFTER.sub(lambda found: f" {_marks(found[1])}", text)
    if not headed:
        text = _LATE.sub(lambda found: f" {_marks(found[2])}{found[1]} ", text)
    return _APART.sub("][", text)


def _marks(listed: str) -> str:
    def between(found: re.Match[str]) -> str:
        low, high = int(found[1]), int(found[2])
        return " ".join(map(str, range(low, high + 1))) if low < high <= low + 9 else f"{low} {high}"

    return "".join(f"[{number}]" for number in _NUMBER.findall(_RANGE.sub(between, listed)))
