"""Yes or no: states and what is their opposite, what happened and what did not, in English, Russian and Bulgarian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rag.text.normalise import fold_word

# Rows of one thing and its opposite, divided by a bar, with further lines indented: beginnings of folded words, `$` closes one
# that stands whole, `_` is a space.
_ROWS = """
open$ opens$ opened$ opening$ reopen traffic_resumed resumed$ возобнов възобнов открыт открыл откроет открыв открылс
    принимает_посет принимает_покуп принимает_гост отвор отвар приема_посет | close$ closes$ closed$ closing$ closure shut$
    shuts$ sealed_off закры закрыв перекры затвор затвар закри$ закрив закрит
alive survive living$ жив$ жива$ живы$ живи$ живой живым живых выжил оцеля | die$ died$ dies$ dead$ death kill$ killed$
    passed_away умер скончал погиб смерт мертв убит умр почина загина мъртъв мъртв смърт
approv clear$ clears$ cleared$ pass$ passed$ passes$ adopt endors ratif accept green_light backed$ back$ support одобр принял
    принят примет$ утверд поддерж ратифиц одобр прие$ приет приеха утвърд подкреп ратифиц | reject quash overturn annul
    struck_down voted_down turned_down block$ blocked$ veto defeat
    dismiss refus отклон отверг отказ забракова вето отхвърл отказ отклон
confirm acknowledg admit admits подтверд призна потвърд | deny$ denied$ denies$ refut disprov опроверг отриц отверг отрече
    отрича отрекъл
sign$ signs$ signed$ signing$ подпис | refus declin отказ
work$ works$ working$ operat running$ online$ restart resum restor switched_on turned_on switches_on back_on is_on was_on are_on
    were_on been_on stayed_on remained_on работает$ работают$ работал запущ включ возобнов в_строю подключ
    работи работят работе включ пуснат възобнов в_експлоатация | stop$ stopped$ halt suspend offline$ idle$ shut_down
    out_of_service switched_off turned_off switches_off is_off was_off are_off were_off been_off stayed_off remained_off broke$
    остановл останов отключ приостан заглуш выключ сломал спря$ спрян спира преустанов изключ
safe$ safely$ potable drinkable harmless clean$ безопас пригод чист безвред безопас годн годен чист безвред | unsafe danger
    contaminat pollut undrinkable must_not_drink not_drink не_пить нельзя_пить опасн опасе загрязн непригод замърс негодн
    негоден да_не_пият не_бива
allow permit permiss legal$ lifted_the_ban lifted_its_ban lifted_a_ban разреш позвол допуст разреш позвол допус | ban$ bans$
    banned$ banning$ forbid forbad prohibit outlaw запре запрещ забран
held$ take_place takes_place took_place taking_place go_ahead goes_ahead went_ahead состоит состоял пройдет прошел прошла
    проведут провели състо проведе провежда | cancel call_off called_off scrap отмен сорван сорвал
arrest detain jailed custody remand imprison арест задерж под_страж заключил арест задърж под_стража | release$ released$ freed$
    set_free on_bail at_liberty отпущ отпуст освобод освобожд на_свободе освобод пуснат пусна$ на_свобода
guilty convict sentenced винов осужд осуд приговор винов осъд | acquit not_guilty innocent cleared$ exonerat оправд невинов
    оправд невин
win$ wins$ won$ winning$ victor beat$ beaten$ выигр побед спечел побед | lose$ loses$ lost$ losing$ проигр пораж загуб изгуб
agree agreed$ deal_reached reached_agreement согласил соглашение договорил договорен споразум съглас договори | disagree refus
    reject отказ отверг не_договор
resign quit$ quits$ step_down stepped_down steps_down отстав уйдет$ ушел$ оставк напуск напусна | remain stay$ stays$ stayed$
    keep$ keeps$ останет остал остает остава остана
rise$ rises$ rose$ risen$ rising$ increas grow$ grew$ grown$ climb вырос выраст возрос увелич повыс повыш подорожа нараст нарасн
    увелич повиш поскъп | fall$ falls$ fell$ fallen$ falling$ decreas declin drop$ dropped$ снизи сниж сократ упал упад уменьш
    подешев намал намаля спад пониж поевтин
take_part takes_part took_part taking_part participat compet join$ joins$ joined$ attend участ участв поедет выступ участ участв
    | boycott stay_away stayed_away stays_away did_not_come withdr pull_out pulled_out pulls_out skip$ skipped$ бойкот отказал
    снял пропуст бойкот оттегл отказ пропусн
found$ find$ finds$ located$ найд найден нашл нашел обнаруж намер откри$ открит откриха | missing$ vanish disappear lost$ пропал
    исчез изчез неизвестност
employ hire$ hires$ hired$ appoint наня назнач назнач | fired$ sack$ sacked$ dismiss laid_off увол уволн освободен_от
recogni[sz] ratif призна призна | derecogni stripped withdrew revok annul аннул лишил лишен анулир отне$ отнет
complete finish$ finishes$ finished$ finishing$ conclud заверш законч окончен завърш приключ | unfinish незаверш незаконч
    недовърш продължава_да_се
pay$ pays$ paid$ paying$ заплат выплат оплат плати$ платил платят изплат заплат платен | owe$ owes$ owed$ owing$ default$ unpaid
    задолж должен должна дължи дължат неустой неизплат
appeal contest challeng обжал оспар оспор обжалв оспорв |
warn предупре предупреж предупред |
discuss talk$ talked$ talks$ speak$ spoke$ spoken$ came_up come_up raise$ raised$ mention поднимал поднял обсу говорил говорить
    говорен затраг обсъ обсъж говори разговаря повдиг спомена упомя |
confess plead$ pleaded$ admit призна сознал сознат призна самопризн | denied$ denies$ отриц отрече отрича
attack strike$ struck$ strikes$ shell$ shelled$ shelling$ bomb атак удар обстрел бомб напад напал атак обстрел напад напад |
injur wound hurt ранен ранил пострада травм ранен рани$ пострада нарани |
evacuat эвакуир евакуир |
invit приглас покан |
visit посет приех приезж посет |
meet$ met$ meets$ встрет встреч среща срещи срещн |
know$ knew$ known$ aware знал знает известн осведом знае знаел известн |
buy$ buys$ bought$ purchas acquir acquisit купил купит приобр закуп купи закуп придоб | sell$ sells$ sold$ продал прода
start$ starts$ started$ begin$ began$ begun$ begins$ начал начат начнет начн започ започн | end$ ends$ ended$ stop$ stopped$
    прекрат останов законч прекрат спря
build$ builds$ built$ construct постро строит изград постро | demolish снес разруш събор разруш
launch запуст запущ изстрел стартира |
fire$ firing$ burn$ burnt$ burned$ гор[ие]т горел сгорел горя изгор |
use$ used$ uses$ применя примени использова използва примени |
infect contamin заражен заразил инфиц заразен зарази инфек |
vaccinat привит вакцин ваксин |
delay postpon put_off put_back отлож перенес задерж отлож забав | on_time on_schedule as_planned go_ahead goes_ahead
    will_take_place will_be_held вовремя в_срок состоится ще_се_състои ще_се_проведе навреме в_срок по_план
promise pledg обещ обеща |
return$ returns$ returned$ come_back came_back верну возвра верна върна завърн |
leave$ leaves$ left$ depart уехал покин ушел напусн замина тръгн | stay$ stayed$ remain остал остане
strike$ strikes$ on_strike забастов бастов стачк стачкува |
collaps обруш рухн срут срина |
divorc развел развод развод | marri женат вышла_замуж поженил свадьб ожен омъж сватб
damage повре пострада повред | undamaged intact цел[аоы]?$ невредим цял$ незасегн
genuin authentic подлинн оригинал$ настоящ автентич оригинал истинск | fake$ fakes$ forg counterfeit hoax подделк поддельн фальш
    фальсиф фалшив фалшиф
land$ landed$ lands$ landing$ touched_down touch_down soft_land приземл сел$ села$ прилун посадк_прошла кацна кацан приземи |
    crash smashed разбил крушен разби$ катастроф
renew extend$ extended$ extends$ return_to возвращается_к вернул продл поднов удълж продълж поднов връща_се | terminat tear_up
    tore_up broke_off break_off cancel scrap разорв расторг разрыв прекрат развал прекрат
succeed success удал получил успе успя | fail$ fails$ failed$ failing$ неуд провал не_удал провал
true$ правд верн[оа]?$ достовер вярно истин | false$ untrue lie$ lies$ lied$ ложь лжет ложн неправд лъжа неверн невярн
join$ joins$ joined$ joining$ вступ присоедин влез влиза присъедин | leave$ leaves$ left$ quit$ выход выш покин напус излиза
    излез
continue continu ongoing under_way began$ begun$ продолж начали$ начался началась начали_бессрочн продължав започна$
    започнаха | stop$ stops$ stopped$ halt abandon прекра останов спря прекъсн
married wed$ женат замуж женен омъжен съпруга_си жена_му | single$ unmarried divorc холост разведен незамуж неженен
recover better improv выздор поправ улучш подобр възстанов | worse worsen deterior ухудш влош
ready$ готов$ готова$ готовы$ готови$ | unready
present$ attend присутств присъств | absent skipped stay_away stayed_away stays_away boycott отсутств не_пришел не_приш не_яви
    бойкот отсъств не_дойде не_се_яви
insur застрах |
promot повы | demot пониз
legal$ lawful законн законен законно | illegal unlawful незакон
divid split раздел раскол | merg unit слил объедин обедин слива
in_hospital hospitalis hospitaliz в_больниц госпитал в_болница хоспитал | discharg left_hospital went_home
    released_from_hospital выписан выписал изписан изписа
armed arms$ weapon gun$ guns$ rifle pistol вооруж оружи пулемет автомат$ пистолет винтов въоръж оръжи картечниц | unarmed disarm
    безоруж невъоръж
drunk intoxicat пьян нетрезв опьян пиян нетрезв | sober трезв$ трезвы трезва трезвен
conscious в_сознании в_съзнание | unconscious coma$ в_коме без_сознания в_кома безсъзнание
captur seiz control$ controls$ controlled took_control захват овладе контролир взял[аи]?_под_контроль превзе завзе контролира |
    retreat lost_control withdrew retaken отступ отбит выбит оттегли отблъсна изтласка
shot_down downed сбит сбил сбива$ свал[еи] сваля |
explod blast$ detonat взорва взорвал взрыв избухна взрив |
steal$ steals$ stole$ stolen theft robbe burgl looted missing$ украл украд похищ похит краж вынес пропал откра[дн] кражба
    изнес[еол] изнасян липсва изчез |
hack breach взлом хак пробив |
leak$ leaked$ leaks$ утеч изтич изтек |
expel deport выслал выдвор высла депорт изгон депорт експулсир |
extradit экстрад выда$ выдал выдач екстрад предаде_на |
sanction санкци |
apolog извин |
receiv получил получен получи$ |
violat breach broke_the наруш наруши | observ complied comply соблюд спазва спази
raise$ raised$ hike lift$ повыс подня повиши вдигна | cut$ cuts$ lower reduc снизи сниж понижи намали свали
testif показани_дал дал[аи]?_показани свидетельств свидетелства |
qualif вышел_в вышла_в вышли_в пробил квалифиц класир | eliminat выбыл вылет отпадн отпадна
licen[cs] лиценз лиценз правоспособн | unlicensed
support$ back$ endors поддерж подкреп | oppos против$ выступил[аи]?_против противопостав обяви_се_против
evict высел |
free$ freed$ released$ освобод освобожд | hostage заложн заложниц
suspend приостан отстран спря$ временно_отстран | reinstat restor восстанов възстанов
adopt$ adopted$ усынов осинов |
recall отозв отзыв изтегл |
inspect провер инспект провер |
play$ plays$ played$ line_up lines_up сыграет играть$ играет выйдет_на_поле играе$ играят изиграе | miss$ misses$ missed$
    sidelined
    ruled_out benched пропуст пропусн
in_force in_effect imposed$ introduced$ declared действует действуют действовав введен ввели$ объявлен в_сила въведен
    въведоха обявен |
    lifted$ revoked repeal expired приостанов остановл прекращен спрян преустановен отменен отменил отменя снят$ сняли вдигнат
list$ listed float$ размест_акци выйд[еу]т_на_биржу вышл[аи]_на_биржу листва борс | scrap shelv abandon отказал отмен отказа
""".strip().replace("\n    ", " ")

_NOT_BEFORE = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bno|\bnobody|\bnone|\bneither|\bnor|\bwithout|\bcannot|\bno one|\bdeni(?:ed|es)|\bdeny(?:ing)?"
    r"|\brefus\w+|\bfail(?:ed|s)? to|\bdeclined to"
    r"|\bfalse(?:ly)?|\buntrue|\bне|\bни|\bнет|\bникто|\bничего|\bникогда|\bбез|\bотказ\w+|\bотриц\w+|\bопроверг\w+|\bнельзя"
    r"|\bscrapp\w+|\babandon\w+|\bshelv\w+|\black(?:s|ed|ing)?|\bлишен\w*|\bждут до сих пор"
    r"|\bняма(?:ше|т|ло)?|\bнито|\bникой|\bнищо|\bникога|\bотказ\w+|\bотрич\w+|\bотрече|\bотрек\w+|\bопроверг\w+|\bне бива"
    r"|\bleft? off)\b",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,1}?(?:нет|няма(?:ше|ло)?|не бы(?:л|ла|ло|ли)|не е (?:имало|бил[аои]?)|не бе(?:ше)?|отсъства\w*"
    r"|отсутству\w+|was denied|is denied)\b",
    re.IGNORECASE,
)
# The noun of a state before a verb that says there was none of it: "permission was never given", «разрешения он не давал».
_NOT_GIVEN = re.compile(
    r"^[^.;:!?]{0,60}?\b(?:(?:was|were|has been|had been|is) (?:not|never) (?:given|issued|granted|received|made|held)"
    r"|не (?:да[влн]|выда|получ|име|посту|последов|поступ|состоя|было|было)\w*|не (?:е |са |бе |беше )?(?:да(?:в|д)|изда|получ"
    r"|имал|постъп)\w*)",
    re.IGNORECASE,
)
_NOT_NOT = re.compile(
    r"\bnot only\b|\bне только\b|\bне само\b|\bno longer than\b|\bno fewer\b|\bno less\b|\bне менее\b|\bне более\b"
    r"|\bnot until\b|\bне раньше\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(r"\b(?:lift\w*|remov\w+|ended|снят\w*|снял\w*|отмен\w+|вдигн\w+|пада|падна)\b", re.IGNORECASE)
_MAYBE = re.compile(
    r"\b(?:if|whether|unless|may|might|could|would|should|plans? to|planned|expects?|expected|due to|set to|likely|possibl\w+"
    r"|threaten\w*|considers?|consider(?:ed|ing)|wants? to|hopes? to"
    r"|если|ли|может|могут|могли|мог|бы|возможно|планиру\w+|ожида\w+|намерен\w*|вероятно|собира\w+|хочет|хотят|рассматрива\w+"
    r"|ако|(?<!н[еи] )дали|може|могат|могло|възможно|планира\w*|очаква\w*|вероятно|възнамерява\w*|иска да|искат да|обмисля\w*)\b",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"[;:.!?—–]|,\s(?:but|and|while|а|но|и|като|който|която|което|които|который|которая|которое|которые|чтобы|who|which"
    r"|that)\b|\s-\s"
)
_LI = re.compile(r"\bли\b", re.IGNORECASE)
_DETERMINED = re.compile(r"\b(?:the|a|an|about|of|its|his|her|their|for)\s+$", re.IGNORECASE)
_NEAR = 45  # characters before a state within which a "not" denies it


_IN_FORCE = next(row for row, line in enumerate(_ROWS.splitlines()) if line.startswith("in_force"))
# The rows of what lasts until it ends: of two days' reports the later one tells how it is now. The others happened or did not.
LASTING = frozenset(
    row
    for row, line in enumerate(_ROWS.splitlines())
    if line.startswith(
        (
            "open$",
            "alive",
            "work$",
            "safe$",
            "allow",
            "arrest",
            "resign",
            "found$",
            "employ",
            "in_hospital",
            "conscious",
            "captur",
            "free$",
            "list$",
            "in_force",
            "confirm",
            "agreed$",
        )
    )
)

# The rows of which nothing is both at once, and a report hardly tells both: what opens may close later, who leaves may have come.
CONTRARY = frozenset(
    row
    for row, line in enumerate(_ROWS.splitlines())
    if line.startswith(
        ("open$", "alive", "approv", "confirm", "safe$", "allow", "held$", "guilty", "win$", "agree", "rise$", "confess", "true$",
         "in_hospital", "genuin", "conscious", "armed", "legal$", "present$")
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """A state or event named in a text: its row, whether it is the first of its pair, whether it is denied, and its place."""

    row: int
    first: bool
    denied: bool
    start: int
    end: int
    maybe: bool

    @property
    def holds(self) -> bool:
        """Whether the first of the pair holds."""
        return self.first != self.denied


_WORD = re.compile(r"\b\w")


@dataclass(frozen=True, slots=True)
class _Stem:
    """A beginning of a word or phrase with its row; `order` is its place among all."""

    order: int
    row: int
    first: bool
    pattern: re.Pattern[str]


@cache
def _stems() -> dict[str, list[_Stem]]:
    """The stems by the two letters that they begin with: a text's words are each looked up, and not a text for each stem."""
    found: dict[str, list[_Stem]] = {}
    order = 0
    for row, line in enumerate(_ROWS.splitlines()):
        for first, stems in zip((True, False), line.split("|"), strict=False):
            for stem in dict.fromkeys(stems.split()):
                words = stem.replace("_", r"\s+")
                pattern = re.compile(words[:-1] + r"\b" if words.endswith("$") else words + r"\w*", re.IGNORECASE)
                order += 1
                assert re.fullmatch(r"\w\w(?:[^?*].*)?", stem)  # "_", a space, is one too
                found.setdefault(stem[:2], []).append(_Stem(order, row, first, pattern))
    return found


@lru_cache(maxsize=2048)
def states(text: str) -> tuple[State, ...]:
    """The states that a text names, in order."""
    folded = text.replace("ё", "е").replace("Ё", "Е")
    found = []
    until: dict[tuple[int, bool], int] = {}  # where the last state of a row ends
    for word in _WORD.finditer(folded):
        start = word.start()
        begins = folded[start] + ("_" if folded[start + 1 : start + 2].isspace() else folded[start + 1 : start + 2])
        for stem in _stems().get(begins.lower(), ()):
            if start < until.get((stem.row, stem.first), 0):
                continue
            if match := stem.pattern.match(folded, start):
                until[stem.row, stem.first] = max(match.end(), start + 1)
                denied = _denied(folded, start, match.end())
                found.append((stem.order, State(stem.row, stem.first, denied, start, match.end(), _maybe(folded, start))))
    return tuple(state for _, state in sorted(found, key=lambda pair: (pair[1].start, pair[0])))


def _denied(text: str, start: int, end: int) -> bool:
    low = max((m.end() for m in _BREAKS.finditer(text, 0, start)), default=0)
    before = _NOT_NOT.sub(lambda m: " " * len(m[0]), text[max(low, start - _NEAR) : start])
    denied = _NOT_BEFORE.search(before) is not None or _NOT_AFTER.match(text[end : end + 30]) is not None
    word = fold_word(text[start:end])
    if word.startswith(("ban", "запре", "забран", "warning")) and _UNDONE.search(text[max(0, start - _NEAR) : end + 25]):
        return not denied
    return denied or _NOT_GIVEN.match(text[end:]) is not None


def _maybe(text: str, start: int) -> bool:
    low = max((m.end() for m in _BREAKS.finditer(text, 0, start)), default=0)
    return _MAYBE.search(text[low:start]) is not None


def negation(text: str) -> tuple[int, int] | None:
    """Where a text says no: the first of its words that negate or deny, but for such as "not only"."""
    plain = _NOT_NOT.sub(lambda m: " " * len(m[0]), text)
    match = _NOT_BEFORE.search(plain)
    return match.span() if match else None


def asked_states(question: str) -> Iterator[State]:
    """The states that a question asks after, all that its word may mean; of what it asks to be in force that too."""
    found = sorted(states(question), key=lambda s: _named_only(question, s))
    for state in found:
        if state.start == found[0].start or found[0].row == _IN_FORCE:
            yield state


def _named_only(question: str, state: State) -> bool:
    """Whether a state word of a question is but named in it (the pass, about the strike): not what "ли" stands beside."""
    if _LI.search(question):
        return re.match(r"\W*ли\b", question[state.end :], re.IGNORECASE) is None
    return _DETERMINED.search(question[: state.start]) is not None
