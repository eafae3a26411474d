"""The figures that a sentence states, in digits or in words, in English, Russian and Bulgarian."""

from __future__ import annotations

from functools import cache

from rag.text.normalise import fold_word
from rag.text.tokens import lemmas, tokenize

_WORDS = {
    "0": "zero ноль нула",
    "0.5": "half половина пол",
    "1.5": "полтора полутора",
    "2": "two twice both два две двое двама двух двум двумя двете двата",
    "3": "three три трое трима трех трем тремя",
    "4": "four четыре четверо четири четирима четырех четырем",
    "5": "five пять пятеро пет петима пяти",
    "6": "six шесть шестеро шест шестима шести",
    "7": "seven семь семеро седем седмина семи",
    "8": "eight восемь восьмеро осем осмина восьми",
    "9": "nine девять девет деветима девяти",
    "10": "ten десять десет десетима десяти",
    "11": "eleven одиннадцать единайсет единадесет одиннадцати",
    "12": "twelve dozen двенадцать дванайсет дванадесет дюжина дузина двенадцати",
    "13": "thirteen тринадцать тринайсет тринадесет тринадцати",
    "14": "fourteen четырнадцать четиринайсет четиринадесет четырнадцати",
    "15": "fifteen пятнадцать петнайсет петнадесет пятнадцати",
    "16": "sixteen шестнадцать шестнайсет шестнадесет шестнадцати",
    "17": "seventeen семнадцать седемнайсет седемнадесет семнадцати",
    "18": "eighteen восемнадцать осемнайсет осемнадесет восемнадцати",
    "19": "nineteen девятнадцать деветнайсет деветнадесет девятнадцати",
    "20": "twenty двадцать двайсет двадесет двадцати",
    "30": "thirty тридцать трийсет тридесет тридцати",
    "40": "forty сорок четирийсет четиридесет сорока",
    "50": "fifty пятьдесят петдесет пятидесяти",
    "60": "sixty шестьдесят шейсет шестдесет шестидесяти",
    "70": "seventy семьдесят седемдесет семидесяти",
    "80": "eighty восемьдесят осемдесет восьмидесяти",
    "90": "ninety девяносто деветдесет девяноста",
    "100": "hundred сто стотина ста",
    "200": "двести двеста двухсот двухстах",
    "300": "триста трехсот",
    "400": "четыреста четиристотин четырехсот",
    "500": "пятьсот петстотин пятисот",
    "600": "шестьсот шестстотин шестисот",
    "700": "семьсот седемстотин семисот",
    "800": "восемьсот осемстотин восьмисот",
    "900": "девятьсот деветстотин девятисот",
    "1000": "thousand тысяча хиляда тысяч тысячи хиляди",
    "1000000": "million миллион милион миллиона миллионов милиона",
    "1000000000": "billion миллиард милиард миллиарда миллиардов милиарда",
}


@cache
def _values() -> dict[str, str]:
    return {fold_word(word): value for value, words in _WORDS.items() for word in words.split()}


def figures(text: str, language: str | None) -> frozenset[str]:
    """The figures of `text` as decimal numbers without grouping, each word for a number as its own: "два часа и половина" gives
    2 and 0.5. "One" is left out: in all three languages it is more often an article or a pronoun than a figure."""
    found = set()
    for token, lemma in zip(tokenize(text), lemmas(text, language), strict=True):
        if token.kind == "number":
            found.add(lemma)
        else:
            words = (token.text, lemma, *token.text.split("-"))  # twenty-five: 20 and "five"
            found.update(value for word in words if (value := _values().get(word)))
    return frozenset(found)
