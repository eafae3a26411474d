"""Orders to a language model that stand in an article: no answer is made of them, however true to the source it would be.

A sentence that a model copies from its passage passes every check against that passage. So what speaks to the machine, or has the
form of an order, is told from what reports: by its first word, by what it wants forgotten or written, by the marks of a chat.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.types import Hit

_ORDERED = (
    r"ignore|disregard|forget|override|answer|reply|respond|say|tell|write|print|output|repeat|click|visit|subscribe|send|decode"
    r"|translate|pretend|remember|follow|stop|add|include|insert|append|mention|cite|quote|never|always|do not|don't|please"
    r"|you must|you are|you should|now forget"
    r"|забудь\w*|игнорируй\w*|ответь\w*|отвечай\w*|скажи\w*|сообщи(?:те)?|напиши\w*|пиши(?:те)?|выведи\w*|повтори(?:те)?|нажми\w*"
    r"|перейди\w*|переходи(?:те)?|подпис(?:ывай|ывайтесь|ывайся|шись|шитесь)|отправь\w*|переведи\w*|представь\w*|помни(?:те)?"
    r"|начни(?:те)?|начинай\w*|добавь\w*|вставь\w*|упомяни\w*|ссылай\w+|сделай\w*|выполни(?:те)?|считай(?:те)?|всегда|никогда"
    r"|пожалуйста|ты|теперь ты|не (?:упоминай|пиши|говори|отвечай)\w*"
    r"|забрави|игнорирай\w*|пренебрегни|отговаряй\w*|кажи|кажете|напишете|изпиши|изведи|натисни|кликни|посетете|абонирай\w*"
    r"|представи си|запомни|помни|вмъкни|цитирай\w*|приеми|винаги|никога|моля|ти|сега забрави"
    r"|не (?:споменавай|пиши|казвай|отговаряй)\w*"
)
# Of these the aorist is the same word, and may come first ("Отговори кметът"): its subject stands next.
_MAY_TELL = r"отговори|повтори|посети|изпрати|преведе|преведи|започни|добави|спомени|направи|изпълни|напиши"
_SUBJECT = r"(?!\s+(?:\w+(?:ът|ят|та|то|те|ия|а)\b|(?-i:[А-Я])))"
# As the first word: news begins with none of these.
_ORDER = re.compile(rf"^\W*(?:(?:{_ORDERED})|(?:{_MAY_TELL}){_SUBJECT})(?![\w\u0300-\u036f-])", re.IGNORECASE)
_FORGOTTEN = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|забуд\w+|игнорир\w+|не обращай\w*|пренебрегн\w+|забрав\w+)\b.{0,60}?"
    r"\b(?:instructions?|prompts?|rules?|articles?|above|previous|prior|earlier|указани\w+|инструкци\w+|правил\w+|стать\w+|стати\w+"
    r"|предыдущ\w+|прежн\w+|предишн\w+|досегашн\w+|горн\w+)\b",
    re.IGNORECASE | re.DOTALL,
)
_MACHINE = re.compile(
    r"\b(?:assistants?|language models?|chatbots?|llms?|ai models?|ассистент\w*|языков\w+ модел\w+|нейросет\w+|чат-?бот\w*"
    r"|асистент\w*|езиков\w+ модел\w+|машинно\w* чет\w+|машинн\w+ чтени\w+|модель(?=\s*[:,]))\b",
    re.IGNORECASE,
)
_ASKED_OF_IT = re.compile(
    r"\b(?:answers?|repl(?:y|ies)|respon[ds]\w*|outputs?|prints?|prompts?|instructions?|users?|whoever asks|write|tell|say"
    r"|ответ\w*|отвеча\w+|указани\w+|инструкци\w+|пользовател\w+|напиш\w+|выве\w+|сообщени\w+|слов\w+"
    r"|отговор\w*|отговар\w+|указания\w*|потребител\w+|напиш\w+|изпи[шс]\w+)\b",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"[<‹]\s*[|¦]|[|¦]\s*[>›]|[<‹]{1,2}/?(?:system|sys|assistant|user|human|tool\w*|instructions?)\b|[\[(]/?INST[\])]"
    r"|^\W*(?:system|assistant|user|human|sverka|система|ассистент|пользователь|асистент|потребител|сверка|question|answer"
    r"|вопрос|ответ|въпрос|отговор)\s*:"
    r"|\b(?:system (?:message|prompt|override)|системн\w+ (?:сообщени\w+|подсказк\w+|съобщени\w+|указани\w+))",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"\b(?:(?:each|every|any|all) (?:answer|reply|response)s?|(?:кажд\w+|всех) ответ\w*|любой вопрос"
    r"|все(?:ки|ички) отговор\w*|изпиши|изпишете|не упоминай\w*|не споменавай\w*|ссылайся|ссылайтесь)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<!\d )\[\d{1,2}\]")  # not "10 [22] March", a day in two calendars
# Of what a page holds and shows nobody, or shows as something else than words.
_UNSEEN = re.compile(r"<!--|-->|!\[[^\]]*\]\(|<(?:img|script|style|iframe|object|embed|svg|form|input|a)\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_WIDTHLESS = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")  # put between letters, they hide a word
_REPLY = re.compile(r"^\W*(?:yes|no|да|нет|не),\s", re.IGNORECASE)


def is_order(text: str) -> bool:
    """Whether a sentence, drafted or of an article, tells a language model what to do, or imitates a conversation with one."""
    text = _WIDTHLESS.sub("", text)
    return any(form.search(text) for form in (_ORDER, _ANSWERS)) or addresses_a_machine(text)


def addresses_a_machine(sentence: str) -> bool:
    """Whether a sentence of an article speaks to a language model outright, or imitates a conversation with one: of an order that
    could be a reporter's words too ("Never before …") it says no."""
    text = _WIDTHLESS.sub("", sentence)
    if _FORGOTTEN.search(text) or _CHAT.search(text):
        return True
    return _MACHINE.search(text) is not None and _ASKED_OF_IT.search(text) is not None


def is_planted(sentence: str) -> bool:
    """Whether a sentence of an article is no report: an order, a page's comment or code, a citation mark, a line of a chat."""
    return is_order(sentence) or any(form.search(sentence) for form in (_UNSEEN, _MARK, _REPLY))


def reported(hit: Hit) -> Hit:
    """`hit` with those of its sentences only that report: nothing may rest on another, not a word. As it is, where none does."""
    text, passage = hit.document.text, hit.passage
    unseen = [comment.span() for comment in _COMMENT.finditer(text)]
    kept = tuple(
        (start, end)
        for start, end in passage.sentences
        if not is_planted(text[start:end]) and not any(start < high and low < end for low, high in unseen)
    )
    if not kept or kept == passage.sentences:
        return hit
    best = hit.best_sentence if hit.best_sentence in kept else kept[0]
    return replace(hit, passage=replace(passage, sentences=kept), best_sentence=best)
