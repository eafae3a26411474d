"""News agencies, outlets and seats of government that are known by name, in the three languages and their cases."""

from __future__ import annotations

from collections.abc import Iterable


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# News agencies by name; the words for one ("агенция", "agency") and names that end like one (Кестра-Пресс) are seen by rule.
AGENCIES = _words(
    "бта тасс тас итар-тасс ап ассошиэйтед асошиейтед reuters ройтерс рейтер рейтерс ap afp афп дпа dpa интерфакс"
    " интерфаксу интерфакса интерфаксом риа блумберг блумбърг bloomberg синьхуа синхуа xinhua цтак кцта kcna ренхап йонхап"
    " рёнхап yonhap киодо kyodo анадолу анадола anadolu укринформ униан ansa анса efe ефе эфэ tass interfax ria"
    " bta танюг tanjug хина hina апа apa белта belta казинформ рс росбалт регнум фокус мена mena ирна irna фарс тасним"
    " tasnim саба saba сана sana вафа wafa пти pti ани ani антара antara бернама bernama эп upi юпи агерпрес agerpres"
    " мти mti пап pap чтк ctk стт ритцау ntb нтб lusa луса амна амп франс-прес франс-пресс"
)
# Outlets whose names have none of the words for one; names of several words as they are joined by spaces.
OUTLETS = _words(
    "bbc cnn nbc cbs abc msnbc pbs npr rt nyt wsj ft politico axios spiegel bild welt faz zdf ard rai rte yle nrk svt cctv cgtn"
    " nhk jazeera al-jazeera euronews meduza guardian independent economist lemonde figaro liberation repubblica corriere"
    " pais mundo би-би-си би си-эн-эн си ен cnn рбк коммерсант коммерсантъ медуза лента фонтанка нтв рен тв-3 рт шпигель"
    " бильд политико аль-джазира ал-джазира джазира бнт бнр btv бтв дарик капитал сега труд дневник политико гардиан таймс"
)
# Capitals and seats by which governments are named: "Moscow said", «в Киеве заявили».
PLACES = _words(
    "moscow kyiv kiev washington brussels beijing london paris berlin pyongyang seoul tokyo ankara tehran jerusalem delhi rome"
    " madrid warsaw budapest prague sofia bucharest belgrade athens minsk vienna ottawa canberra cairo riyadh baghdad damascus"
    " москва москве москвы киев киеве киева вашингтон вашингтоне вашингтона брюссель брюсселе брюсселя пекин пекине пекина"
    " лондон лондоне лондона париж париже парижа берлин берлине берлина пхеньян пхеньяне пхеньяна сеул сеуле сеула токио анкара"
    " анкаре анкары тегеран тегеране тегерана иерусалим иерусалиме дели рим риме рима мадрид мадриде варшава варшаве варшавы"
    " будапешт будапеште прага праге праги софия софии бухарест бухаресте белград белграде белграда афины афинах минск минске"
    " минска вена вене оттава оттаве каир каире багдад багдаде дамаск дамаске эр-рияд брюксел пхенян техеран ерусалим йерусалим"
    " атина виена кайро дамаск букурещ будапеща"
)
_AGENCY_WORDS = ("агенци", "агентств", "agenc", "newswire", "информагенц", "информагентств")
# What agencies do that are no news agencies; beginnings of the word before, and the words after.
_OTHER_AGENCIES = tuple(
    _words(
        "rating space energy intelligence environment food standards security health travel advertis recruit estate aid"
        " refugee drug medicine aviation border tax revenue weather meteorolog government federal spy safety protect"
        " development atomic nuclear customs crime doping anti-doping relief un disaster emergency police enforcement"
        " management debt housing космич енерг энерг атомн ядрен рейтинг реклам кадров охран турист развед разузнав"
        " метеорол антидопинг правителств данъчн налогов митнич лекарств морск имот агропродовол"
    )
)
_OF = frozenset(("по", "за", "of", "for", "при"))


def is_outlet(words: Iterable[str]) -> bool:
    """Whether a noun phrase, by its words in lower case, names an outlet that is known by its name alone."""
    return any(word in OUTLETS for word in words)


def is_agency(words: Iterable[str]) -> bool:
    """Whether a noun phrase, by its words in lower case, names a news agency."""
    listed = list(words)
    return (
        any(word in AGENCIES or word.endswith(("-прес", "-пресс", "-press")) for word in listed)
        or any(_is_news_agency(listed, at) for at, word in enumerate(listed) if word.startswith(_AGENCY_WORDS))
        or ("франс" in listed and {"прес", "пресс"} & set(listed) != set())
        or ("associated" in listed and "press" in listed)
        or ("france-presse" in listed)
    )


def _is_news_agency(words: list[str], at: int) -> bool:
    """Whether the word for an agency is that of a news agency, rather than of one for space or by some task."""
    if words[at + 1 : at + 2] and words[at + 1] in _OF:
        return False
    return at == 0 or not words[at - 1].startswith(_OTHER_AGENCIES)
