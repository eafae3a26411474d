"""Follow-up questions made whole: "and when was that?" after a question about a bridge asks about the bridge.

Two steps. Whether a question leans on what was asked before is told by rule, from its words alone: it points back (that, there,
она, тогава), or it has nothing of its own to point with ("why?", "сколько пострадавших?"). One that names its own things stays as
it is, so that a new topic does not drag the old one along. Then it is made whole: by the model, where there is one that can, and
what it writes is taken only if all its words are from the conversation; else by adding the topic of the one before, in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag.answer.drafts.prompts import FOLLOW_UP, FOLLOW_UP_RULES, as_data, language_name
from rag.errors import ModelError
from rag.models.base import Writer, estimate
from rag.models.reading import written
from rag.text import detect, lemmas, tokenize
from rag.text.normalise import fold_word
from rag.text.predicates import predicates
from rag.text.stopwords import function_words

# A question asked before, alone or with what was answered; the answer's names are what "he" and "they" may stand for.
Asked = str | tuple[str, str]

HISTORY_TOKENS = 400  # of the conversation that are looked at, the latest first
_TURNS = 6
_LONGEST = 300  # characters of a question that a model made whole
_TOPIC_WORDS = 14
_NAMES = 3  # taken over from an answer

_OPENING = re.compile(r"^\W*(?:and|but|so|then|а|и|но|ну|ами|a)\b[\s,]*(?:also\b|still\b|then\b|же\b|все же\b|все пак\b)?\s*")
# An aspect of the same question put to something else: "what about Bulgaria?", "а что с Кимом?", "ами в София?"
_INSTEAD = re.compile(
    r"^\W*(?:(?:and|but|so|а|и|но|ну|ами)\b[\s,]*)?(?:what about|how about|what of"
    r"|(?:как|что) (?:насчет|касается|по поводу|же)|что (?:с|со|там с)|как (?:с|со|у|там|там у|там с)"
    r"|(?:какво|как) (?:за|ще кажеш за|относно|стои въпросът с)|(?:а|ами) (?:за|при))\b\s*"
)


def _folded_words(listed: str) -> frozenset[str]:
    return frozenset(map(fold_word, listed.split()))


_BACK = {
    "en": ("he she they him them his hers their theirs it its this that these those there then such same else another others"),
    "ru": (
        "он она оно они его её ее ему ей им ими него неё нее нему ней ним ними них нём нем этот эта это эти этого этой этому "
        "этим этом этих этими эту тот та те того той тому тем том тех теми ту там туда оттуда тогда такой такая такое такие "
        "также тоже ещё еще другой другая другое другие других"
    ),
    "bg": (
        "той тя то те него нея тях негов неговия неговият негова неговата негово неговото негови неговите неин нейния нейният "
        "нейна нейната нейно нейното нейни нейните техен техният техния тяхна тяхната тяхно тяхното техни техните му ѝ им го ги "
        "тоя тая този тази това тези онзи онази онова онези там тогава оттам такъв такава такова такива същия същият същата "
        "същото същите още друг друга друго други също"
    ),
}
# Words that look back in one use and not in another.
_NOT_BACK = re.compile(
    r"\b(?:is|was|are|were|will) there\b|\bthere (?:is|was|are|were|will|be)\b|\bis it (?:true|possible)\b|\bwhat time is it\b"
    r"|\b(?:this|that) (?:year|month|week|day|morning|evening|summer|winter|spring|autumn|time|season|century)\b"
    r"|\b(?:said|says|say|think|know|true|claim\w*|announced|so|such) that\b|\bwho else\b(?=.*\b[A-Z])"
    r"|\bэт(?:от|ом|ого|а|ой|у|и|их) (?:год\w*|месяц\w*|недел\w+|д(?:ень|не|ня)|утро\w*|лет\w+|зим\w+|весн\w+|осен\w+|сезон\w*"
    r"|раз\w*)\b|\bв том числе\b|\bо том,|\b(?:к|при|кроме) тому? же\b|\bтак(?:ой|ая|ое|ие) как\b"
    r"|\b(?:что|кто) (?:такое|такой|такая) эт\w+\b"
    r"|\bкто эт\w+ так\w+\b|\b(?:что|кто) так(?:ое|ой|ая)\b|\bкое то\b"
    r"|\bтаз[и] (?:година|седмица|вечер|сутрин|пролет|есен|зима|нощ)\b|\bтоз[и] (?:месец|ден|път|сезон|век)\b|\bтова лято\b",
    re.IGNORECASE,
)
_PRONOUNS = _folded_words(
    "he she it they him them his hers her its their theirs он она они его её ее ему ей им ими него неё нее нему ней ним "
    "ними них той тя те него нея тях негов неговия неговият негова неговата негово неговото негови неговите неин нейния "
    "нейният нейна нейната нейно нейното нейни нейните техен техният тяхна тяхната тяхно тяхното техни техните му ѝ им го "
    "ги"
)
_PLURAL = _folded_words(
    "they them their theirs они их им ими них ними те тях техен техния техният тяхна тяхната тяхно тяхното техни техните ги"
)
# "that" points back after these, and at the end; elsewhere it joins clauses.
_THAT = re.compile(
    r"\b(?:is|was|were|are|did|does|do|will|would|can|could|should|has|had|after|before|about|of|for|from|with|by|than|like|at|on|in|since"
    r"|until|to|why|how|when|where)\s+that\b|\bthat\W*$|\bthat one\b",
    re.IGNORECASE,
)
_NOBODY = _folded_words(
    "anyone anybody anything someone somebody something everyone everybody everything nobody nothing one ones else кто-то "
    "что-то кто-нибудь что-нибудь кто-либо что-либо никто ничто кое-кто някой нещо никой всеки all"
)
# Nouns and verbs that say nothing without what they are of: whose mayor, the cause of what, how many victims where.
_OF_SOMETHING = re.compile(
    r"(?:reason|cause|result|outcome|consequence|victim|casualt|injur|wounded|killed|dead|died|die|hurt|surviv|participant|people|person"
    r"|other|place|date|price|cost|pay|paid|name|happen|say|said|tell|told|last|end|start|begin|began|detail|number|more|long|next|take"
    r"|took|go|went|come|came|make|made|get|got|promise|agree|decide|react|answer|respon|comment|reject|accept|guilty|old|age|plan"
    r"|причин|результат|итог|последств|последиц|жертв|пострада|ранен|погиб|убит|умер|почина|загина|выжи|оцел|участник|участн|человек|люд"
    r"|хора|души|мест|дат|цен|стои|струв|плат|имя|имен|случ|произош|стан|ска[зж]|говор|заяв|каз|длил|продолж|продълж|кончи|заверш"
    r"|свърш|приключ|нача|запо|подробн|числ|бро|больш|дальше|нататък|взя|пошл|отиш|прие|приш|дойд|дошъл|дошл|дошла|сдела|направ"
    r"|получ|обеща|догово|реши|реаг|ответ|отгов|коммент|комент|отказ|соглас|съглас|виновн|виновен|возраст|възраст|план|резулт|край"
    r"|происх|объясн|обясн|доволн|repair|ремонт|deal|agreement|contract|treaty|protocol|meeting|talks|decision|verdict|sentence"
    r"|investigation|договор|соглашен|споразумен|протокол|встреч|среща|переговор|преговор|решени|приговор|присъд|сделк|следств|разследван)"
)
_DEFINING = re.compile(r"\W*(?:what is|what are|who is|who are|что такое|кто так\w+|какво е|какво са|кой е|коя е)\b")
_NAMED = re.compile(r"(?<![.!?…«„“\"]\s)(?<!^)\b[^\W\d_a-zа-яё][\w’'-]+(?:\s[^\W\d_a-zа-яё][\w’'-]+)*")
_DEFINITE_BG = re.compile(r"\w{3,}(?:ът|ят|та|то|те)")
_ASKING = re.compile(
    r"\b(?:how (?:long|many|much|far|tall|high|deep|wide|old|big|large|often|fast|heavy)|how|what|which|who|whom|whose|when|where"
    r"|why|did|does|do|is|are|was|were|has|have|had|will|would|can|could"
    r"|сколько|насколько|как(?:ой|ая|ое|ие|ого|ую|им|их|ом|ова|овы|ово|ов)?|что|кто|кого|кому|кем|ком|чей|чья|чье|чьи|чего|чему|чем|когда"
    r"|где|куда|откуда|почему|зачем|отчего|ли"
    r"|колко|как(?:ъв|ва|во|ви)|кой|коя|кое|кои|кога|къде|накъде|откъде|защо|чий|чия|чие|чии|дали)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A question of the conversation as it was understood, and what it is about in a few words."""

    text: str
    topic: str


def standalone(question: str, history: Sequence[Asked], writer: Writer | None = None) -> str | None:
    """The full question that `question` stands for after `history` (oldest first), or None where it stands by itself.

    Earlier follow-ups are made whole first, by rule. A model that fails, or puts in a word that is not from the conversation,
    is not heard.
    """
    turns = _recent(history)
    if not turns or not leans(question):
        return None
    known: _Known | None = None
    for asked, answer in turns:
        known = _understood(asked, known, answer)
    assert known is not None  # there is one turn or more
    by_rule = _made_whole(question, known)
    if writer is not None and not writer.weak:
        return _by_model(question, turns, writer) or by_rule
    return by_rule


def leans(question: str) -> bool:
    """Whether a question cannot be understood without the one before it."""
    folded = _folded(question)
    if _INSTEAD.match(folded):
        return True
    opening = _OPENING.match(folded)
    own = _own_words(question)
    named = [word for word in own if word.name]
    plain = [word for word in own if not word.name]
    if _points_back(question, named):
        return True
    if opening:
        return len(plain) <= 1 if named else len(plain) <= 2 or _all_relational(plain)
    if named:
        return False
    return (len(plain) <= 1 and not _defines(folded)) or _all_relational(plain) or _definite_alone(question, plain)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    name: bool  # written with a capital letter inside the question, or a figure


def _own_words(question: str) -> list[_Word]:
    """The words that carry meaning of their own: no function words, question words, or words that point back."""
    empty = function_words(None) | _all_back() | _NOBODY
    first = True
    found = []
    for token in tokenize(question):
        written_ = question[token.start : token.end]
        name = token.kind == "number" or (written_[0].isupper() and not first)
        if (token.text not in empty and not _ASKING.fullmatch(token.text)) or (name and len(written_) > 1 and written_.isupper()):
            found.append(_Word(token.text, token.start, token.end, name))
        first = False
    return found


@cache
def _all_back() -> frozenset[str]:
    return _folded_words(" ".join(_BACK.values()))


def _points_back(question: str, named: Sequence[_Word]) -> bool:
    """Whether a word points to something that the question itself has not named before it.

    A name explains "he" and "its" after it, two explain "they"; what happened ("after that", "там") is explained by no name.
    """
    listed = _BACK.get(detect(question) or "")
    back = _folded_words(listed) if listed else _all_back()
    masked = _NOT_BACK.sub(lambda match: " " * len(match[0]), question)
    for token in tokenize(masked):
        if token.text not in back or _is_conjunction(masked, token.end, token.text):
            continue
        before = sum(word.start < token.start for word in named)
        needed = 2 if token.text in _PLURAL else 1
        if token.text not in _PRONOUNS or before < needed:
            return True
    return False


def _is_conjunction(text: str, end: int, word: str) -> bool:
    """ "то, что", "тот, кто", "a bridge that fell": the word points forward."""
    if word == "that" and not any(match.end() >= end and match.start() < end for match in _THAT.finditer(text)):
        return True
    return word in ("то", "том", "того", "тому", "тем", "тот", "та", "те", "that", "those") and text[end : end + 1] == ","


def _definite_alone(question: str, plain: Sequence[_Word]) -> bool:
    """Whether a short question ends in a thing that is taken to be known: "the deal", "договорът"."""
    if not 0 < len(plain) <= 2:
        return False
    last = plain[-1]
    if detect(question) == "bg":
        return _DEFINITE_BG.fullmatch(last.text) is not None
    return re.search(r"\bthe\s+(?:\w+\s+)?$", question[: last.start], re.IGNORECASE) is not None


def _all_relational(words: Sequence[_Word]) -> bool:
    return len(words) <= 3 and all(_OF_SOMETHING.match(word.text) or predicates(word.text) for word in words)


def _defines(folded: str) -> bool:
    """Whether a question asks what a word means, which needs no conversation: "what is inflation?"."""
    return _DEFINING.match(folded) is not None


def _folded(text: str) -> str:
    return " ".join(fold_word(word) for word in text.split())


def _understood(asked: str, before: _Known | None, answer: str) -> _Known:
    whole = _made_whole(asked, before) if before is not None and leans(asked) else asked
    own = _topic(asked)
    parts = [own] if before is None or whole == asked else [own, before.topic]
    topic = _bounded("; ".join(part for part in parts if part))
    return _Known(whole, _with_names(topic, answer))


def _with_names(topic: str, answer: str) -> str:
    """The topic, and the names of the answer that are not in it yet: what a pronoun may stand for."""
    known = {token.text[:5] for token in tokenize(topic)}
    names: list[str] = []
    for match in _NAMED.finditer(answer):
        if all(fold_word(word)[:5] not in known for word in match[0].split()):
            known.update(fold_word(word)[:5] for word in match[0].split())
            names.append(match[0])
    return "; ".join(filter(None, (topic, ", ".join(names[:_NAMES]))))


def _topic(question: str) -> str:
    """What a question is about: its own words with what stands between them, without the asking."""
    text = re.sub(r"\s*\([^()]*\)\s*$", "", question.strip())
    words = _own_words(text)
    if not words:
        return ""
    runs: list[tuple[int, int]] = []
    for word in words:
        gap = text[runs[-1][1] : word.start] if runs else ""
        if runs and not _ASKING.search(gap) and len(gap.split()) <= 2 and "," not in gap:
            runs[-1] = (runs[-1][0], word.end)
        else:
            runs.append((word.start, word.end))
    return " ".join(text[start : end + (text[end : end + 1] in ("»", "“", "”") and end < len(text))] for start, end in runs)


def _bounded(topic: str) -> str:
    words = topic.split()
    return " ".join(words[:_TOPIC_WORDS])


def _made_whole(question: str, known: _Known) -> str:
    """The question by rule: the topic in brackets; one that only exchanges a name is put after the question before it."""
    question = question.strip()
    if _INSTEAD.match(_folded(question)) or not _ASKING.search(_OPENING.sub("", _folded(question))):
        return f"{known.text} {question}"
    return f"{question} ({known.topic})" if known.topic else f"{known.text} {question}"


def _recent(history: Sequence[Asked]) -> list[tuple[str, str]]:
    """The last turns as (question, answer), oldest first, as many as fit into HISTORY_TOKENS; one at least, cut if need be."""
    turns: list[tuple[str, str]] = []
    tokens = 0
    for item in reversed(history[-_TURNS:]):
        asked, answer = (item, "") if isinstance(item, str) else item
        tokens += estimate([("human", asked), ("ai", answer)])
        if tokens > HISTORY_TOKENS:
            answer = ""
            if turns:
                break
            asked = asked[:_LONGEST]
        if asked.strip():
            turns.append((asked, answer))
    return turns[::-1]


def _by_model(question: str, turns: Sequence[tuple[str, str]], writer: Writer) -> str | None:
    language = detect(question)
    lines = [f"Question: {as_data(asked)}" + (f"\nAnswer: {as_data(answer)}" if answer else "") for asked, answer in turns]
    messages = [
        ("system", FOLLOW_UP_RULES.fill(language=language_name(language))),
        ("human", FOLLOW_UP.fill(history="\n".join(lines), question=as_data(question))),
    ]
    try:
        answered = written(writer, messages, most=2 * _LONGEST)
    except ModelError:
        return None
    lines = [line.strip(' "“”«»') for line in answered.splitlines() if line.strip()]
    if not lines or len(lines[0]) > _LONGEST:
        return None
    return lines[0] if from_conversation(lines[0], question, turns) else None


def from_conversation(rewritten: str, question: str, turns: Sequence[tuple[str, str]]) -> bool:
    """Whether a rewritten question has no word but of the conversation and function words, and has all the question's own."""
    given = _keys(" ".join((question, *(f"{asked} {answer}" for asked, answer in turns))))
    new, own = _keys(rewritten), _keys(question)
    return bool(new) and new <= given and own <= new


def _keys(text: str) -> set[str]:
    """Lemmas of the words that carry meaning, cut so that their inflections agree."""
    kept = set()
    for token, lemma in zip(tokenize(text), lemmas(text, detect(text)), strict=True):
        if token.text not in function_words(None) and not _ASKING.fullmatch(token.text) and token.text not in _all_back():
            kept.add(lemma if len(lemma) < 6 or lemma[0].isdigit() else lemma[: max(5, len(lemma) - 3)])
    return kept
