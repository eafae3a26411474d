# ruff: noqa: E501
"""Forms of verbs that speak of the future by themselves: Russian perfective verbs in the present form."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.text.morphology import base_form

_THIRD = re.compile(r".{2,}(?:[еиё]т|[уюая]т|[еи]шь|ст)(?:ся|сь)?$")
_INFINITIVE = re.compile(r".+(?:ть|ти|чь)(?:ся|сь)?$")
_PREFIX = re.compile(
    r"(?:вз|воз|вос|вс|вы|до|за|изо?|ис|на|недо|обо?|ото?|пере|подо?|по|пре|при|про|разо?|рас|со?|у|в(?=[ыоклнпрст]))(?=.{3,})"
)
# Perfective without a prefix, or with one that cannot be told from the root.
_PERFECTIVE = frozenset(
    [
        "дать",
        "деть",
        "стать",
        "лечь",
        "сесть",
        "купить",
        "решить",
        "бросить",
        "кончить",
        "пустить",
        "простить",
        "хватить",
        "лишить",
        "ступить",
        "явиться",
        "пасть",
        "взять",
        "сказать",
        "кинуть",
        "двинуть",
        "крикнуть",
        "рухнуть",
        "вернуть",
        "вернуться",
        "исчезнуть",
        "погибнуть",
        "достигнуть",
        "начать",
        "принять",
        "занять",
        "понять",
        "снять",
        "поднять",
        "отнять",
        "нанять",
        "обнять",
        "стартовать",
        "подать",
        "выдать",
        "издать",
        "отдать",
        "передать",
        "продать",
        "создать",
        "сдать",
        "раздать",
        "задать",
        "добыть",
        "прибыть",
        "убыть",
        "отбыть",
        "забыть",
        "побыть",
        "состояться",
        "родить",
        "родиться",
        "ранить",
        "казнить",
    ]
)
# Forms that the dictionary takes for other words.
_FORMS = frozenset(
    ["примет", "примут", "уйдет", "уйдут", "придет", "придут", "пойдет", "пойдут", "найдет", "найдут", "даст", "дадут"]
)
# Perfective though their present ends in -ает: сделает, узнает, сыграет.
_PERFECTIVE_IN_AT = re.compile(
    r"(?:вы|до|за|на|об?|от|пере|по|под|при|про|рас|с|у)(?:делать|знать|(?<!^с)читать|думать|играть|ыграть|работать|терять|страдать|мотать|хватать|стрелять|менять"
    r"|слушать|пугать|кидать|падать|таять|гулять|бегать)(?:ся)?"
)
# Perfective forms by which estimates are given as well: ущерб составит миллион.
_PRESENTS = frozenset(["составит", "составят", "насчитает"])
# Prefixed and imperfective nevertheless, by the ends of their infinitives.
_IMPERFECTIVE = re.compile(
    r"(?:[ыи]вать|евать|авать|ходить|водить|возить|носить|езжать|летать|бегать|плывать|ползать|глядеть|стоять|лежать|сидеть|висеть|зависеть|видеть"
    r"|надлежать|слышать|держать|жить|мочь|хотеть|знать|иметь|[аеиу]ать|[бвгджзклмнпрстфхцчшщ]ять|[чщжш]ать|[нмрл]имать|[нбпсзтрлдмвкгх]ирать"
    r"|[иы]нать|[аы]гать|кать)(?:ся|сь)?$"
)
# Imperfective in other ways: смотрит, работает, просит, провожает.
_NOT_PREFIXED = re.compile(
    r"(?:просить|право|стоить|зависеть|работать|приветствовать|соответствовать|присутствовать|сожалеть|состоять|существовать|содержать|свидетельствовать|страдать"
    r"|сообщать|следить|служить|уметь|ставить|строить|спорить|судить|состояться|сомневаться|сотрудничать|спать|вести|верить|варить|винить|валить"
    r"|править|покоить|полагать|помогать|поддерживать|учить|управлять|участвовать|утверждать|уважать|умирать|угрожать|улучшать|заседать|звучать"
    r"|измерять|нападать|направлять|настаивать|называть|наступать|находиться|нуждаться|обещать|обвинять|обладать|обязывать|отвечать|отмечать|ожидать"
    r"|отличать|отражать|охранять|преследовать|предлагать|предупреждать|представлять|предполагать|призывать|применять|приходиться|протестовать|проверять"
    r"|произносить|разрешать|растить|выступать|вызывать|доверять|заявлять|защищать|заменять|затрагивать|использовать|исследовать|составлять|являться).*"
)


@lru_cache(maxsize=50_000)
def speaks_of_future(word: str, language: str) -> bool:
    """Whether a folded word is a verb form that by itself says what will be. A guess by form: no dictionary of aspects is at hand."""
    if language != "ru" or not _THIRD.fullmatch(word):
        return False
    if word in _FORMS or estimates(word):
        return True
    lemma = base_form(word, language)
    if lemma == word or not _INFINITIVE.fullmatch(lemma):
        return False
    if lemma.removesuffix("ся").removesuffix("сь") in _PERFECTIVE or lemma in _PERFECTIVE:
        return True
    if _NOT_PREFIXED.match(lemma) or not _PREFIX.match(lemma):
        return False
    if re.fullmatch(r".+[ая]ть(?:ся)?", lemma):
        return not re.fullmatch(r".+[ая](?:ет|ют)(?:ся)?", word) or _PERFECTIVE_IN_AT.fullmatch(lemma) is not None
    return _IMPERFECTIVE.search(lemma) is None


def estimates(word: str) -> bool:
    """Whether a form of the future also serves for what is estimated to be already."""
    return word in _PRESENTS


_PAST = {
    "en": re.compile(r".{2,}(?:ed|wn|ught|ept|elt|ent|ost|uilt|old|aid|ound)$|(?:was|were|had|did|gave|given|took|taken|made|began|begun|broke|broken|came|became|chose|chosen|drove|driven|fell|fallen|flew|fought|got|held|hit|kept|knew|led|left|let|met|put|ran|rose|risen|saw|seen|set|shot|shut|spoke|spoken|stood|struck|swept|told|won|wrote|written|cut|lost|hurt|beat|beaten|bid|bore|born|burst|cast|cost|dealt|drew|drawn|fled|forbade|forgot|froze|frozen|hid|hung|laid|lent|lit|read|rode|sank|sunk|shook|sold|split|spread|stole|stolen|threw|wore|worn|withdrew)$"),
    "ru": re.compile(r".{2,}(?:л|ла|ло|ли)(?:ся|сь)?$|.{3,}(?:ан|ен|ят|ыт|ут)(?:а|о|ы)?$|.{3,}(?:нный|нная|нное|нные|тый|тая|тое|тые)$"),
    "bg": re.compile(r".{2,}(?:х|ха|хме|хте|ше)$|.{2,}(?:л|ла|ло|ли)$|.{3,}(?:ан|ен|ят|ит|ат|ут)(?:а|о|и)?$|.{2,}(?:на|ра|ва|да|за|ка|та|ти|ди|ри|ви|ни|зи|ми|пи|ши|чи|жи)$"),
}  # fmt: skip


@lru_cache(maxsize=50_000)
def speaks_of_past(word: str, language: str) -> bool:
    """Whether a folded word may be a verb form that says what happened, or a participle of one. A guess by form."""
    return _PAST[language].search(word) is not None
