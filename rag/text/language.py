"""Which language a text is in.

The script comes first. Between languages of one script, function words and the letters that only some of them have are
weighed together with the letter model of lingua, restricted to that script's languages and in its low-accuracy mode: for
Cyrillic it loads in a few hundredths of a second, where the full model of all languages takes seconds and half a gigabyte.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

_ENOUGH = 4000  # characters looked at
_WORDS = {
    "ru": """
        и в не на что с как это по но к из у за от о для же так только его все он она они было был была были быть при
        или если когда где кто какой какая какие какую каком какие сколько почему зачем чем чего кого кому году после до
        во со ли бы мы вы их ее её том того этот эта эти который которая которое которые которого также между над под
        без через уже еще ещё можно чтобы потому лет откуда куда отчего чья чьё есть я ты мне меня нас вас кем чём
        сказал была были было есть сейчас сегодня вчера завтра две два один одна все всех каждый здесь там только однако
        никогда всегда нет
    """,
    "bg": """
        и в не на че с как това по но към из у за от се да е са ще си който която което които какво какъв каква какви
        кой коя кое кои къде защо кога колко при или ако когато бил била било бе беше бяха му го ги ѝ след до във със ли
        би ние вие той тя те тези този тази много между над под без през вече още може години година според както също
        така има няма само ме ми ни ви им тях него нея кого чия чий откъде съм сме сте имало каза заради върху срещу
        сега днес вчера утре две два един една първи всички всеки тук там само обаче никога винаги дали нито
    """,
    "uk": """
        і в не на що з як це по але до із у за від про для ж так тільки його все він вона вони було був була бути при
        або якщо коли де хто який яка яке які скільки чому навіщо ким після зі чи би ми ви їх її того цей ця ці також
        між над під без через вже ще можна щоб році років та й є має цього ним них мене нас
    """,
    "be": """
        і ў у не на што з як гэта па але да за ад пра для ж так толькі яго усё ён яна яны было быў была быць пры або
        калі дзе хто які якая якія колькі чаму пасля ці бы мы вы іх яе таго гэты гэтая гэтыя гэтага таксама паміж над
        пад без праз ужо яшчэ можна каб годзе гадоў ёсць
    """,
    "mk": """
        и во не на што со како ова по но кон од за до се да е ќе си кој која кое кои каде зошто кога колку при или ако
        бил била било беше беа му го ги ја им ѝ ли би ние вие тој таа тие овие овој оваа многу меѓу над под без преку
        веќе уште може години година според исто така има нема само ме ми ни ви дека бидејќи откако биле сум сме сте
        какво повеќе рече сега денес вчера утре две два еден една прв нови сите секоја секој тука таму иако секогаш
        никогаш само сепак меѓутоа
    """,
    "sr": """
        и у не на што са како ово по али ка из код за од о се да је су ће који која које коју шта ко где зашто када
        колико при или ако кад био била било му га их јој након до ли би ми ви он она они ти ови овај ова много између
        над под без кроз већ још може година године према такође има нема само ме нас вас јер због сам смо сте нису није
        бити биће то тај после више сада данас јуче сутра две два обе један једна први нови нових свих сваке овде тамо
        током док зато никад увек само ипак међутим
    """,
    "en": """
        the of and is are was to for by it he his her will on at that with from this which their they has have had been
        were are not but what who whom whose when where why how did does would could should much many about into than
        there been said
    """,
}
# No other language has these words: two of them, a fifth of the text, and it is English without asking the model.
_ENGLISH_WORDS = "the and what who when where why how which that with from this did does have were their would about"
_ENGLISH_ONLY = frozenset(_ENGLISH_WORDS.split())
_KNOWN = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_CYRILLIC = ("ru", "bg", "uk", "be", "mk", "sr")
# Letters that a language does not write, in words of its own.
_FOREIGN = {
    "ru": "іїєґўјљњџђћѓќѕѝ",
    "bg": "ыэёіїєґўјљњџђћѓќѕ",
    "uk": "ыэёъўјљњџђћѓќѕѝ",
    "be": "ищъїєґјљњџђћѓќѕѝ",
    "mk": "йщъыьэюяёіїєґўђћ",
    "sr": "йщъыьэюяёіїєґўѓќѕѝ",
}
# A hard sign before another letter than е, ё, ю, я is a vowel, which only Bulgarian has.
_VOWEL_SIGN = re.compile(r"ъ(?![еёюя])")
# Endings that are common in a language and rare in the others. Looked for in words of five letters and more.
_ENDINGS = {
    "ru": "ой ый ий ая яя ую ого его ому ему ыми ими ами ями ет ит ют ут ят ть ться тся лся лась лись ом ем ов ы ые ие ия ии",
    "bg": "ът ият ите ата ото ето ята ха хме еше аше ил ия ии ен ни ва ват ят",
    "uk": "ого ому ій ими ами ів ння ла ли ють ить ати ити ться ся ою ею ої ія ії",
    "be": "ага аму ай ымі амі аў ла лі ць цца ся юць аць ыя ія",
    "mk": "от иот ите ата ото ето еше аше аа уваа ува ува ија ии ски ње ла ил",
    "sr": "ти је ју ија ије ија ују ају ао ио ла ли ло ом ога ама има ње ског ски ијом",
}
_ENDING = {language: tuple(endings.split()) for language, endings in _ENDINGS.items()}
_LATIN = (
    "ALBANIAN BOKMAL CROATIAN CZECH DANISH DUTCH ENGLISH ESTONIAN FINNISH FRENCH GERMAN HUNGARIAN ITALIAN LATVIAN LITHUANIAN "
    "POLISH PORTUGUESE ROMANIAN SLOVAK SLOVENE SPANISH SWEDISH TURKISH"
)
_SCRIPTS = (
    ("cyrillic", "\u0400", "\u052f"),
    ("el", "\u0370", "\u03ff"),
    ("hy", "\u0530", "\u058f"),
    ("he", "\u0590", "\u05ff"),
    ("ar", "\u0600", "\u06ff"),
    ("hi", "\u0900", "\u097f"),
    ("th", "\u0e00", "\u0e7f"),
    ("ka", "\u10a0", "\u10ff"),
    ("zh", "\u4e00", "\u9fff"),
    ("ko", "\uac00", "\ud7af"),
)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
# Tuned on one half of the tests' sentences and questions; the other half is what the tests report.
_KNOWN_WEIGHT, _FOREIGN_WEIGHT, _ENDING_WEIGHT, _MODEL_WEIGHT = 1.0, 1.5, 0.5, 0.25
_SURE, _SURE_OF_A_WORD = 0.3, 1.5  # how far, in score, the best language must be ahead of the next


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the language that most of `text` is in; None where there is too little of it to say."""
    words = _WORD.findall(text[:_ENOUGH].lower())
    script = _script(words)
    if script is None or script not in ("cyrillic", "latin"):
        return script
    own = [word for word in words if (word[0] >= "\u0400") == (script == "cyrillic")]
    scores = _cyrillic_scores(own) if script == "cyrillic" else _latin_scores(own)
    (best, first), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    return best if first - second >= (_SURE if len(own) > 1 else _SURE_OF_A_WORD) else None


def _script(words: list[str]) -> str | None:
    """The script of most letters, or of the function words where they speak against it (Кто основал Microsoft Corporation?).

    `cyrillic`, `latin`, or the language itself where the script has one language here; None where there are no letters.
    """
    letters: Counter[str] = Counter()
    function: Counter[str] = Counter()
    for word in words:
        if any("\u3040" <= char <= "\u30ff" for char in word):
            return "ja"  # its texts hold Chinese characters too
        script = next((name for name, low, high in _SCRIPTS if low <= word[0] <= high), "latin" if word[0] < "\u0250" else "")
        letters[script] += len(word)
        if script == "cyrillic":
            function[script] += any(word in known for language, known in _KNOWN.items() if language != "en")
        elif script == "latin":
            function[script] += word in _KNOWN["en"]
    if not letters:
        return None
    if letters["cyrillic"] and letters["latin"] and function["cyrillic"] != function["latin"]:
        return "cyrillic" if function["cyrillic"] > function["latin"] else "latin"
    return letters.most_common(1)[0][0] or None


def _cyrillic_scores(words: list[str]) -> dict[str, float]:
    model = _model_scores("cyrillic", words)
    vowel_signs = sum(_VOWEL_SIGN.search(word) is not None for word in words)
    scores: dict[str, float] = {}
    for language in _CYRILLIC:
        known, foreign = _KNOWN[language], set(_FOREIGN[language])
        score = sum(word in known for word in words) * _KNOWN_WEIGHT
        score -= sum(not foreign.isdisjoint(word) for word in words) * _FOREIGN_WEIGHT
        score += sum(word.endswith(_ENDING[language]) for word in words if len(word) > 4) * _ENDING_WEIGHT
        score -= vowel_signs * _FOREIGN_WEIGHT if language != "bg" else 0.0
        scores[language] = score + _MODEL_WEIGHT * model[language]
    return scores


def _latin_scores(words: list[str]) -> dict[str, float]:
    if (certain := sum(word in _ENGLISH_ONLY for word in words)) >= 2 and 5 * certain >= len(words):
        return {"en": 1.0, "": 0.0}
    scores = {language: _MODEL_WEIGHT * score for language, score in _model_scores("latin", words).items()}
    scores["en"] += sum(word in _KNOWN["en"] for word in words) * _KNOWN_WEIGHT
    return scores


def _model_scores(script: str, words: list[str]) -> dict[str, float]:
    """The log of lingua's confidence in each language of a script, no less than log 0.001."""
    values = _detector(script).compute_language_confidence_values(" ".join(words))
    return {value.language.iso_code_639_1.name.lower(): math.log(max(value.value, 0.001)) for value in values}


@cache
def _detector(script: str) -> LanguageDetector:
    from lingua import IsoCode639_1, Language, LanguageDetectorBuilder

    if script == "cyrillic":
        codes = [getattr(IsoCode639_1, language.upper()) for language in _CYRILLIC]
        builder = LanguageDetectorBuilder.from_iso_codes_639_1(*codes)
    else:
        builder = LanguageDetectorBuilder.from_languages(*(getattr(Language, name) for name in _LATIN.split()))
    return builder.with_low_accuracy_mode().build()
