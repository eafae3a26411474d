# ruff: noqa: E501
"""The words by which English, Russian and Bulgarian deny, hedge, give reasons and count all or some. Data, and how it is found.

Lists are beginnings of folded words; `$` closes one that stands whole, `_` is a space between words of a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.text.normalise import fold

# Family, language and words. `neutral` are phrases that look like a denial or a number of all, and are none: they hide what is
# inside them. `possible` phrases that deny a denial do so too. `agreed` is what was settled, and so will be. `lack` comes near a
# denial: a draft may deny what a source says by such a word, and the other way round.
_LISTS = """
neutral en (?:not|\\w+n't)_(?:\\w+_){0,6}(?:before|until|till)_\\w+ each_year$ each_day$ each_month$ each_week$ each_time$ each_season$ each_night$ each_hour$ each_other$ every_season$ every_night$ not_unlike$ every_day$ every_year$ every_month$ every_week$ every_hour$ every_time$ every_few$ all_day$ all_year$ all_night$ not_only$ not_long$ not_far$ not_yet_known$ whole_world$ all_over_the_world$ all_the_same$ not_just$ no_fewer$ no_less$ not_less$ not_more$ no_more_than$ no_later$ not_later$ not_until$ no_earlier$ no_sooner$ no_longer_than$ no_doubt$ not_to_mention$ last_but_not_least$ whether_or_not$ of_the_two$ of_both$ of_all$ at_all$ after_all$ first_of_all$ above_all$ in_order_to$ no_matter$ as_possible$ expected_goals$ if_possible$ may_\\d+$ \\d+_may$
neutral ru не_(?:\\w+_){0,5}(?:раньше|ранее)_\\w+ не_(?:\\w+_){0,5}до_(?:\\d|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|весн|лет|осен|зим|конц|начал|следующ) вступ\\w+_в_силу$ каждый_день$ каждый_год$ каждую_неделю$ каждый_месяц$ каждый_час$ каждый_раз$ весь_день$ весь_год$ всю_ночь$ всю_неделю$ за_все_время$ не_только$ если_не_считать$ не_считая$ не_прочь$ во_всем_мире$ весь_мир$ по_всему_миру$ на_весь_мир$ ни_один_из$ не_менее$ не_меньше$ не_более$ не_больше$ не_раньше$ не_ранее$ не_позже$ не_позднее$ не_без$ нет_сомнен нельзя_не$ чуть_не$ едва_не$ из_двух$ из_обеих$ из_обоих$ прежде_всего$ в_первую_очередь$ все_же$ все_еще$ все_равно$ все_более$ все_больше$ все_чаще$ все_меньше$ все-таки$ вс[её]_это_время$ всего_лишь$ до_сих_пор$ больше_всего$ чаще_всего$ скорее_всего$ каждый_сезон$ каждого_года$ каждую_ночь$ каждую_минуту$ каждого_месяца$
neutral bg (?:не|няма_да)_(?:\\w+_){0,5}преди_\\w+ всеки_сезон$ всяка_нощ$ всяка_минута$ всяка_вечер$ всеки_ден$ всяка_година$ всеки_месец$ всяка_седмица$ всеки_час$ всеки_път$ цял_ден$ цяла_година$ цяла_нощ$ не_само$ ако_не_се_брои$ цял_свят$ целия_свят$ не_дълго$ не_по-малко$ не_повече$ не_по-рано$ не_по-късно$ най-малко$ без_съмнение$ няма_съмнен от_двете$ от_двамата$ от_двата$ преди_всичко$ все_още$ все_пак$ все_повече$ въпреки_всичко$ не_по-малко$ все_едно$
possible en not_rule_out$ not_ruled_out$ not_ruling_out$ not_exclude not_impossible$ n't_rule_out$ cannot_be_excluded$ may$ might$ could$ can$ can't$ cannot$ possib potential perhaps$ maybe$ likely$ unlikely$ probab threat risk$ risks$ chance$ conceivabl in_danger apparently$ alleged reportedly$ supposed$ supposedly$ purported ostensibl presum seem(?:s|ed|ingly)?$ appears?_to$ appeared_to$ provisional preliminar tentativ thought_to$ believ suspected$
possible ru не_исключ нельзя_исключ может$ могут$ можем$ могу$ мог$ могла$ могло$ могли$ можно$ возможн вероятн наверно видимо$ пожалуй$ способ(?:ен|н[аоы]|ност) грозит$ грозят$ угрожа[ею]т$ риску рискн может_быть$ бы$ предполож предполаг предварительн якобы$ по-видимому$ похоже$ кажется$ казалось$ вроде$ подозрева сможет$ смогут$ скорее_всего$
possible bg не_изключ не_се_изключ не_е_изключен може$ могат$ може_би$ можел можеше$ можеха$ могъл могла$ възможн вероятн евентуалн навярно$ сигурно$ навероятно$ застраш заплаш риску способ(?:ен|н[аои]) би$ биха$ бихме$ предполож предполаг предварителн изглежда$ сякаш$ уж$ твърди_се$ подозира подозрян
intent en plan$ plans$ planned$ planning$ intend intent$ intention hope$ hopes$ hoped$ hoping$ expect aim$ aims$ aimed$ want$ wants$ wanted$ wish$ wishes$ seek$ seeks$ sought$ preparing_to$ prepares_to$ prepared_to$ propose_to$ proposes_to$ proposed_to$ considering$ considers$ ready_to$ willing offered_to$ offers_to$ like_to$ forecast predict due_to_be$ project(?:ed|s)_to$ suggest threaten
intent ru планир намерен намерев собира[юе]тся$ собирал рассчитыв надеет надеют надеял надежд ожида хочет$ хотят$ хотел стремит стремят готов[аоы]?$ готовит готовят готовил рассматрива[юе]т$ предложил[аио]?_\\w+ть$ прогноз мечта угрожа пригрози
intent bg планир намерен(?:ие|ия|ието)$ възнамер смята_да$ смятат_да$ смяташе_да$ надява надежд очаква иска_да$ искат_да$ искаше_да$ искаха_да$ желае готв[ияе] готов[аои]?$ предлага_да$ предложи_да$ обмисл предвиден предвижда цели_да$ прогноз заплаши заканва
agreed en agreed_to$ agree_to$ agrees_to$ deci[ds] due_to$ set_to$ scheduled$ is_to$ are_to$ was_to$ were_to$ promis pledg vow$ vows$ vowed$ deal_to$ designed_to$ designed_for$ built_to$ supposed_to$ expected_to$
agreed ru договори(?:л|в) согласи(?:л|в) реши(?:л|в|ть|т$) пообеща обеща(?:л|ет|ют) обязал[аи]?с предстоит$ назначен запланирован рассчитан предназначен должен$ должна$ должно$ должны$ намечен
agreed bg договори(?:х|л|$) споразумя реши$ решиха$ решил обеща съгласи предстои$ насрочен планиран трябва_да$ предвиден уговори
demand en must$ should$ ought$ need$ needs$ needed$ demand urge$ urges$ urged$ urging$ call_for$ calls_for$ called_for$ calling_for$ call_on$ called_on$ calls_on$ ask$ asks$ asked$ asking$ request ordered$ orders_to$ require oblige insist want$ wants$ wanted$ recommend advis appeal_to$ appealed_to$ told_to$ forced_to$ force$ beg$ begged$ plead_with$ pleaded_with$
demand ru требу потребов попрос прос[ия](?!и?в) призва призыв настаив настоя должен$ должна$ должно$ должны$ следует$ необходим нужно$ надо$ обяз обяж рекоменд предпис вынуд добивает добивают добивал ходатайств хочет$ хотят$
demand bg трябва$ поиска искат?$ искаше$ изиска изискв помоли моли$ молят$ призова призовав настоява настоя$ настояха$ нужно$ необходим задълж следва_да$ препоръч разпоред нареди
future en will$ would$ 'll$ shall$ won't$ wouldn't$ is_to$ are_to$ going_to$ set_to$ due_to$ due$ scheduled$ upcoming$ expected_to$ about_to$ likely_to$
future ru буд[еу]т$ буд[еу]м$ буду$ будете$ предстоит$ предстоящ станет$ станут$ намечен
future bg ще$ щеше$ щяха$ щял[аои]?$ няма_да$ нямаше_да$ предстои$ предстоящ предвиден
ongoing en is_\\w+ing$ are_\\w+ing$
negation en not$ no$ never$ neither$ nor$ none$ nobody$ nothing$ nowhere$ no-one$ cannot$ can't$ without$ unable$ impossib hardly$ scarcely$ \\w+n't$ n't$ yet_to$ unlikely$ refus declin(?:e|ed|es)_to$ reject den(?:y|ied|ies|ial|ying) fail_to$ fails_to$ failed_to$ failing_to$ failure_to$ dismissed_(?:the_|a_|an_|his_|her_|their_|its_|any_)?(?:claim|accus|alleg|case|appeal|suit|lawsuit|charge|complaint|idea|report|rumo|call|critici|suggestion|fear|concern|question|request|motion|petition|warning|threat) turned_down$ turn_down$ refut disprov ruled_out$ rule_out$ rules_out$ vetoe cancel prohibit forbid forbad ban$ bans$ banned$ banning$
negation ru не$ нет$ ни$ никто$ никого$ никому$ никем$ ничего$ ничто$ ничем$ ничему$ никогда$ нигде$ никуда$ никак$ никак(?:ой|ая|ое|ие|их|ого|ому|ую|им|ими)$ нельзя$ без$ безо$ невозможн едва_ли$ вряд_ли$ отказ откаж отклон отверг отвергн отверж опроверг отрица отриц исключил исключен исключает$ запрет запрещ отмен
negation bg не$ нито$ никой$ никого$ никому$ нищо$ никога$ никъде$ никакъв$ никаква$ никакво$ никакви$ няма$ нямаше$ нямат$ нямало$ нямал недей едва_ли$ без$ невъзможн изключи$ изключва$ отказ(?!а?т$) откаж отхвърл отрече$ отрекоха$ отрекъл отрича отричат отрекла$ опроверг забран отмен
lack en barely$ little$ few$ limited$ ran_out$ out_of_order$ run_out$ runs_out$ running_out$ out_of$ empty$ lack$ lacks$ lacked$ lacking$ short_of$ free$ free_of$ miss$ missed$ missing$ lost$ absent absence unknown$ unsolved$ false$ untrue$ innocent$ illegal only$ until$ still$ yet$ un[a-z]{4,} in(?:complete|sufficient|valid|accurate|correct|visible|stable|secure|eligible)$ dis(?:agree|allow|miss|qualif|connect|count|band) closed$ shut$ despite$ too$ instead$ except end$ ended$ stop$ stopped$ halt suspen outage vain$ off$ \\w{3,}less$ fell_short$ shortfall
lack ru мало$ немного$ огранич кончил закончил иссяк пуст отсутств недоста нехват лишен лишил лиша потеря утрат пропуст неизвест невинов недейств ложн лож[ьи]$ нево незакон незаверш непригод не(?!дел|кот|скол|мец|мск|фт|рв|бес|бо|пр[ие]$|ре)[а-я]{4,} бес[кпстфхцчшщ][а-я]{2,} без[а-я]{4,} только$ пока$ еще$ прекра останов приостан вместо$ кроме$ слишком$ снял свобод закрыт выключ отключ
lack bg малко$ огранич свърши(?:ха|л[аи]?)?$ изчерп празн липс лишен лиши загуб изгуб пропусн неизвест невинов недоста неверн лъжа$ лъжлив незакон не(?!дел|мск|фт|рв|бе|го|зависим)[а-я]{4,} без[а-я]{4,} само$ още$ все_още$ спря$ спират?$ прекрат вместо$ освен$ твърде$ свобод затвори затворен затваря изключ
since en since$ so$ induc mean$ means$ blam accus responsible_for$ so_that$ as$ over$ amid$ for$
since ru приводи результат искусственно_вызван обвин винят$ винит$ раз$ так_что$ чтобы$
since bg резултат така_че$ тъй_че$ обвин винят$ вини$ за_да$ понеже$
cause en because$ due_to(?!\\s+(?:be|have|arrive|start|begin|open|take|meet|end|go|return|play|leave|run|appear|expire|stand|launch)\\b)$ owing_to$ thanks_to$ as_a_result$ resulted$ result_of$ results_in$ resulted_in$ caus led_to$ leads_to$ leading_to$ lead_to$ fault_of$ through_the_fault$ reason$ reasons$ reason_for$ trigger prompted$ prompts$ provok therefore$ hence$ consequen attribut stem(?:s|med|ming)?_from$ sparked$ sparks$ forced$ forces$ forcing$ on_account$ brought_about$ owing$ in_response$ in_retaliation$ which_is_why$ drove$
cause ru из-за$ из_за$ потому$ поскольку$ так_как$ ввиду$ вследств в_результате$ в_связи_с$ благодаря$ по_причине$ причин вызва вызыв приве(?:л|ло|ла|ли|дет|дут)_к$ приводит_к$ приводят_к$ привести_к$ повлек обусловл поэтому$ ибо$ виновн по_вине$ вина$ виной$ спровоц в_ответ$ вынуд(?:ил|ит) заставил оттого$ за_счет$  в_силу$ следстви[ея]м?$ оставил[аои]?_без$ чреват
cause bg защото$ заради$ поради$ тъй_като$ понеже$ вследств в_резултат$ в_отговор$ благодарение$ причин предизвик довед довел[аои]?$ доведоха$ затова$ тъй_че$ следователно$ принуд по_вина$ вина_за$ провокир дължи_на$ дължат_на$ породи заради$ зарад$ поради$ остави_без$
before en before$ ahead_of$ prior_to$ earlier_than$ until$ by_the_time$
before ru до$ перед$ прежде$ ранее$ раньше$ накануне$
before bg преди$ по-рано$ до$
after en after$ following$ later$ since$ once$ in_the_wake$
after ru после$ спустя$ через$ позже$ позднее$ вслед$ с_тех_пор$
after bg след$ по-късно$ подир$ вследствие$
any en per$ apiece$ a_head$ any$ anyone$ anybody$ anything$ whoever$
any ru по$ на_человека$ с_каждо за_кажд люб(?:ой|ая|ое|ые|ого|ую|ых|ому)$ всякий$ кто_бы$ всем$ тот,_кто$
any bg по$ на_човек$ на_глава$ всеки$ който_и_да$ кой_да_е$
all en all$ every$ everyone$ everybody$ everything$ each$ both$ entire whole$ wholly$ fully$ completely$ totally$ always$ entirety$ everywhere$ unanimous altogether$
all ru все$ всех$ всем$ всеми$ весь$ вся$ всю$ всей$ кажд оба$ обе$ обоих$ обеих$ обоим$ обеим$ обоими$ обеими$ цел(?:ый|ая|ое|ые|ого|ой|ую|ых|иком)$ полностью$ целиком$ всегда$ люб(?:ой|ая|ое|ые|ого|ую|ых|ому)$ всюду$ единоглас единодуш поголовн всякий$
all bg всички$ всичко$ всеки$ всяка$ всяко$ всекиго$ целия$ целият$ цял$ цяла$ цялата$ цяло$ цялото$ целите$ двамата$ двете$ двата$ напълно$ изцяло$ винаги$ единодуш навсякъде$ всякак всичките$ всичкия$
scant en just$ single$ no_more_than$ barely$
scant ru всего$ не_более$ едва$ один$ одна$ одно$
scant bg едва$ не_повече$ един$ една$ едно$ сам$ сама$
only en only$ solely$ exclusively$ alone$ merely$ nothing_but$ no_one_but$ nobody_but$ sole$
only ru только$ лишь$ исключительно$ единственн
only bg само$ единствен изключително$ само_и_единствено$
exactly en exactly$ precisely$ exact$ precise$
exactly ru ровно$ точно$ в_точности$
exactly bg точно$ тъкмо$
most en most(?!\\s+\\w+(?:ive|ous|al|ent|ant|ful|ic|ble|ed|ing|ary|ly)\\b)$ majority$ mostly$ mainly$ largely$ bulk$ predominantly$ more_than_half$ over_half$
most ru большинств большая_часть$ большую_часть$ большей_част больше_половины$ более_половины$ преимущественно$ главным_образом$
most bg повечето$ мнозинств болшинств най-вече$ предимно$ главно$ по-голямата_част$ повече_от_половината$ над_половината$
some en some$ several$ few$ part$ parts$ partly$ partial partially$ certain$ one_of$ a_number$ number_of$ among$ section$ sections$ half$ third$ quarter$ handful$ dozens$ various$ sometimes$ of_the$ of_them$ including$
some ru некотор част[ьие]$ частью$ частичн несколько$ нескольк многие$ многих$ многим$ ряд$ ряда$ ряде$ рядом$ один_из$ одна_из$ одно_из$ одного_из$ одной_из$ одному_из$ отдельн половин треть$ четверть$ десятки$ десятков$ среди$ из_них$ иногда$ порой$
some bg няко[ия] някои$ някой$ няколко$ част$ части$ частта$ частич мнозина$ един_от$ една_от$ едно_от$ ред$ редица$ отделн половин(?:а|ата)?$ трета$ третата$ четвърт$ десетки$ сред$ от_тях$ понякога$ измежду$
""".strip()  # fmt: skip

CERTAINTY = ("possible", "intent", "agreed", "demand", "future")  # families of what is less certain than a fact


def _pattern(listed: str) -> re.Pattern[str]:
    whole: list[str] = []
    parts: list[str] = []
    for item in dict.fromkeys(listed.split()):
        word = item.removesuffix("$").replace("_", r"[\s-]+")
        (whole if item.endswith("$") else parts).append(word)
    begun = rf"|(?<!\w)(?:{'|'.join(parts)})[\w-]*" if parts else ""
    closed = sorted(whole, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(closed)})(?![\w-]){begun}")


_PATTERNS: dict[str, dict[str, re.Pattern[str]]] = {"en": {}, "ru": {}, "bg": {}}
for _row in _LISTS.splitlines():
    _family, _language, _listed = _row.split(None, 2)
    _PATTERNS[_language][_family] = _pattern(_listed)


@dataclass(frozen=True, slots=True)
class Marked:
    """A word or phrase of a family at `text[start:end]`."""

    family: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def marked(text: str, language: str) -> tuple[Marked, ...]:
    """The listed words of a sentence in bg, ru or en, by place. A word may be of several families."""
    folded = fold(text)
    found: list[Marked] = []
    hidden: list[tuple[int, int]] = []
    for family, low, high in _found(folded.text, language):
        if any(low < b and a < high for a, b in hidden) and family not in CERTAINTY:
            continue
        if family == "neutral" or (family == "possible" and " " in folded.text[low:high]):
            hidden.append((low, high))
        if family != "neutral" and not _is_month(text, folded.offsets[low], family):
            end = folded.offsets[high] if high < len(folded.offsets) else len(text)
            found.append(Marked(family, folded.offsets[low], end))
    return tuple(sorted(found, key=lambda m: (m.start, m.family)))


def _is_month(text: str, at: int, family: str) -> bool:
    """May, and not may."""
    return family == "possible" and at > 0 and text.startswith("May", at) and text[:at].rstrip()[-1:] not in (".", "!", "?", "")


def _found(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    for family, pattern in _PATTERNS[language].items():
        for match in pattern.finditer(text):
            yield family, match.start(), match.end()
