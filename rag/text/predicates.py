"""What is said to have happened, for the things that news is made of.

One key stands for a verb, its nouns and its near synonyms, in English, Russian and Bulgarian. An embedder sees that two sentences
are about one meeting; this sees that both say what was agreed there.

The list is ours, and short on purpose: a word that is not on it says nothing either way.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.text.tokens import tokenize

# Beginnings of folded words; `$` closes one that must stand whole.
_STEMS = {
    "agree": "agree$ agreed$ agrees$ agreeing$ agreement$ договорил договаривал договоренност условил условлив согласил "
    "согласова соглашени договори$ договориха договорят споразум уговор уговар съглас",
    "discuss": "discuss talked$ обсуд обсужд обсъд обсъжд разговаря переговор преговор negotiat",
    "promise": "promis pledg vow обеща пообеща заверил заверява увери",
    "bring": "brought$ bring$ brings$ delivered$ привез привоз принес вручил занес донес достав връчи",
    "invite": "invit пригла покани поканен покана",
    "meet": "met$ meet$ meets$ meeting$ встрет встреч среща срещна срещи срещата",
    "visit": "visit посет визит посещ",
    "sign": "sign$ signed$ signs$ signing$ подпис",
    "win": "win$ wins$ won$ winner$ victor выигр побед спечел печели",
    "lose": "lose$ lost$ loses$ defeat проигр потерпе загуб губи$",
    "die": "die$ died$ dead$ death$ deaths$ kill$ killed$ killing$ погиб умер$ умерл смерт убит загина почина$ смърт",
    "hurt": "hurt$ injur wound casualt пострада ранен$ ранени ранено",
    "ill": "ill$ infect sick case$ cases$ заболе заража заразил заразен разбол",
    "recover": "recover heal$ healed$ выздоров вылеч оздравя излекув",
    "rescue": "rescu saved$ спас$ спасл спасен спасат спаси спасява",
    "close": "close$ closed$ closing$ closure$ shut$ закры закрыт затвор",
    "open": "open$ opened$ opens$ opening$ откры отвор отвар",
    "buy": "buy$ bought$ buys$ purchas acqui купил купи$ покуп приобре закуп придоби",
    "sell": "sell$ sold$ sells$ продал прода продаж",
    "pay": "pay$ paid$ pays$ заплат$ заплати плати$ платит платил плащ изплат",
    "cost": "cost$ costs$ price стоил стоит стоимост цен$ цена цени струва",
    "build": "build$ built$ builds$ construct постро строит$ строил строи$ изград",
    "destroy": "destroy collaps разруш обруш рухнул срути срина разруш",
    "confirm": "confirm подтверд потвърд",
    "deny": "deny$ denie denied$ denying$ опроверг отриц отверг отрече отрича опроверг",
    "accuse": "accus charge$ charged$ charges$ обвин",
    "convict": "convict sentenc guilt приговор осужд осъд признали признат присъд",
    "arrest": "arrest detain задерж арест задърж",
    "resign": "resign quit$ отстав подал подаде оставк",
    "elect": "elect vote voted$ votes$ избир избра избор голос гласув",
    "propose": "propos suggest предлож предлаг",
    "demand": "demand insist требу потреб настоя иска$ искат поиска",
    "warn": "warn предупре предупреж",
    "thank": "thank grat благодар признател",
    "congratulate": "congratul поздрав",
    "attack": "attack strike$ strikes$ напа атак удари$ удариха",
    "begin": "begin$ began$ begins$ start$ started$ starts$ начал$ начала$ начало$ начали$ начался началась начинает започ",
    "end": "end$ ended$ ends$ finish conclud законч заверш окончил приключ завърш",
    "cancel": "cancel отмен",
    "postpone": "postpon delay перенес отлож забав",
    "born": "born$ birth родил рожден роден$ роди$ родена$",
    "fire": "layoff dismiss sack$ sacked$ увол уволн съкра сокра",
    "vanish": "disappear missing$ vanish пропал исчез изчез",
    "find": "find$ found$ finds$ discover нашли$ нашел$ нашла$ обнаруж найден намер откри",
    "cause": "cause$ caused$ because$ причин из-за$ заради",
    "last": "last$ lasted$ lasts$ длил продолжал продълж",
    "increase": "increas rise$ rose$ grow grew$ вырос увелич рост$ нарас повиш",
    "fall": "fell$ drop decreas declin снизи сократи упал спад намал пониж",
}
_KEYS = tuple(
    (key, re.compile("|".join(re.escape(s).replace(r"\$", "$") for s in stems.split()))) for key, stems in _STEMS.items()
)


@lru_cache(maxsize=1 << 15)
def _keys(word: str) -> frozenset[str]:
    return frozenset(key for key, pattern in _KEYS if pattern.match(word))


def predicates(text: str) -> frozenset[str]:
    """The keys of what `text` says to have happened."""
    return frozenset().union(*(_keys(token.text) for token in tokenize(text)))
