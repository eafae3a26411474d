# ruff: noqa: E501
"""Common words that names are made of, in three languages: the Black Sea, Чёрное море, Черно море. Data only."""

from __future__ import annotations

import re
from functools import lru_cache

# One thing a row: English, Russian and Bulgarian beginnings of folded words; `$` closes one that stands whole.
_ROWS = """
island isle остров остров|river река$ реки$ реке$ реку$ рекой река реката|lake озер езер|sea$ seas$ море$ моря$ морю$ морем$ море морето|ocean океан океан
mount$ mountain гора$ горы$ горе$ гору$ горн планина връх планин|valley долин долин|bay$ залив бухт залив|gulf залив залив|cape$ мыс$ мыса$ нос$|strait пролив проток
peninsula полуостров полуостров|land$ lands$ земл земя|earth земл земя|coast побереж крайбреж бряг|desert пустын пустин|forest лес$ леса$ гора$ гората|plain равнин равнин|delta дельт делта|canal канал канал
north северн север север|south южн юг юж|east восто изток източ|west запад запад|central центральн централ|great велик большо голям велик|new$ нов нов|old$ стар стар|upper$ верхн горн|lower$ нижн долн|middle$ средн близк сред близк
united объедин соединен обедин съедин|national национальн национал|international международн международ|world миров всемирн свят$ света$ световн|european европейск европейск|federal федеральн федерал|regional областн региональн областн регионал|supreme верховн върхов
constitutional конституц конституц|court$ суд$ суда$ суде$ судом$ съд|parliament парламент парламент|assembly ассамбле собран асамбле събран|senate сенат сенат|congress конгресс конгрес|council совет$ совета$ совете$ советом$ съвет|committee комитет комитет|commission комисси комис
government правительств правителств|ministry министерств минист|minister министр минист|president chairman chairwoman президент председател президент председател|prime премьер премиер министър-председател|king$ корол крал$ краля$ кралят$|queen королев кралиц|prince принц княз принц|pope$ папа$ папы$ папа$|chancellor канцлер канцлер
agency агентств агенц|organization organisation организац организац|union союз съюз|league лиг лиг|federation федерац федерац|association ассоциац асоциац|foundation fund$ фонд фонд|bank$ банк банк|company компани компан дружеств|group$ групп груп|institute институт институт|university университет университет
academy академи академ|school школ училищ|college колледж колеж|hospital больниц болниц|museum музе музе|theatre theater театр театър|library библиотек библиотек|park$ парк парк|garden сад$ сада$ градин|palace дворец дворц двор|castle замок замк замък|cathedral собор катедрал|church церк църк|monastery монастыр манастир|mosque мечет джамия
street улиц улиц|square$ площад площад|avenue проспект булевард|bridge мост мост|tower башн кула|airport аэропорт летищ|station станци вокзал гара$ гарата станц|port$ порт порт$ пристан|stadium стадион стадион|city город град|town город град|village сел[оа] село$ селото|province провинц провинц|region област регион област регион|district район район|county округ окръг
party$ парти парт|movement движен движен|front$ фронт фронт|army арми арми|navy флот флот|force$ forces$ сил[аы] сил[аи]|guard гварди гвард|police полиц полиц|war$ military войн воен войн воен|treaty договор договор|agreement соглашен споразум|act$ law$ закон закон|constitution конституц конституц|revolution революц револю
republic республик републ|kingdom королевств кралств|empire импер импер|state$ states$ штат государств щат държав|emirates эмират емир|islamic исламск ислям|democratic демократическ демократ|people народн народн|social социальн социал|socialist социалистическ социалист|communist коммунистическ комунист|liberal либеральн либерал|labour labor трудов лейборист труд
cup$ кубок кубк куп[аи]|championship чемпионат първенств шампионат|olympic олимпийск олимпийск|games$ игр[аы] игр[аи]|festival фестивал фестивал|prize премия награда|award премия награда|day$ день дня$ ден$ деня|age$ эпох век$ епох|century век$ века$ век$|god$ бог$ бога$ бог$ господ|saint святой святая свят св$ свет[аи]
red$ красн червен|white$ бел бял бел|black$ черн черн|green$ зелен зелен|blue$ син голуб син|gold golden золот злат|sun$ солнц слънц|moon$ лун луна|star$ звезд звезд|internet интернет интернет|web$ веб уеб|science наук наук|research исследован изследов|technology технолог технолог|energy энерг енерг|nuclear ядерн ядрен|space космич космос|atomic атомн атомн
security безопасн сигурн|defence defense оборон минобор отбран|foreign иностранн внешн мид$ mfa$ външн мвнр$|interior внутренн мвд$ вътреш мвр$|finance финанс минфин финанс|justice юстиц минюст правосъд|health здравоохран минздрав здрав|education образован минобр минпросвещ образован мон$|culture культур минкульт култур|economy economic эконом минэконом иконом|trade$ торгов търгов|press$ пресс прес$|news$ новост новин|radio радио радио|television tv$ телевиден тв$ телевиз тв$|media сми$ медиа медии$ медиите$ медийн
chamber палат камар|emergency emergencies чрезвычайн мчс$ извънредн бедств|transport транспорт минтранс транспорт|agriculture сельск сельхоз минсельхоз земеделск|environment эколог окружающ минприрод околн мосв$|market рынок рынк пазар|mister mr$ мистер господин г-н господин|mrs$ ms$ miss госпож г-жа госпож|junior jr$ младш младши|senior sr$ старш старши
hemisphere полушар полукълб|theory теори теор|bible библи библи|administrator администратор администрат|administration администрац администр|secretary секретар секретар|general$ генеральн генерал главн|director ceo$ директор гендиректор директор|chief$ главн глав|service служб служб|office$ офис бюро управлен офис служб|center centre центр център|cross$ крест кръст
"""


def _load() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split()) for line in _ROWS.strip().splitlines() for row in line.split("|"))


_TABLE = _load()


_DISTINGUISHING = frozenset(
    number
    for number, stems in enumerate(_TABLE)
    if stems[0].rstrip("$")
    in ("north", "south", "east", "west", "central", "great", "new", "old", "upper", "lower", "middle", "red", "white", "black",
        "green", "blue", "gold")
)  # fmt: skip


# What may follow the stem of an adjective, and of a quarter of the world that is joined with another.
_FORM = re.compile(
    r"(?:(?:е?н|ск|ер|ейш)?(?:[ыи]й|ой|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]ми?|[ыи]х|[ую]ю|[ое]м|ей|ия|ият|[ая]та|ото|ите|т[аое]"
    r"|[ъя]т|[аеоияуюы]|а[мх]|ами)?|s|ern|erly|er|est|en|ly|most|wards?|-?(?:east|west)(?:ern)?|.{0,3}-?(?:запад|восто|изто).*)"
)


@lru_cache(maxsize=20_000)
def generic(word: str) -> frozenset[int]:
    """The rows of a folded word; empty for one that is not listed. Those that tell apart are adjectives: Белый, and not Белград."""
    rows = frozenset(number for number, stems in enumerate(_TABLE) if any(_begins(word, stem) for stem in stems))
    return frozenset(row for row in rows if row not in _DISTINGUISHING or any(_is_form(word, stem) for stem in _TABLE[row]))


@lru_cache(maxsize=20_000)
def initials(word: str, *, cyrillic: bool) -> frozenset[str]:
    """The letters that the words of the rows of a folded word begin with, in one script."""
    found = {stem[0] for row in generic(word) for stem in _TABLE[row]}
    return frozenset(letter for letter in found if ("\u0400" <= letter <= "\u04ff") is cyrillic)


def _is_form(word: str, stem: str) -> bool:
    bare = stem.rstrip("$")
    return word.startswith(bare) and _FORM.fullmatch(word, len(bare)) is not None


def _begins(word: str, stem: str) -> bool:
    if stem.endswith("]"):
        head, _, choice = stem[:-1].partition("[")
        return any(word == head + letter for letter in choice)
    return word == stem[:-1] if stem.endswith("$") else word.startswith(stem)


def distinguishes(rows: frozenset[int]) -> bool:
    """Whether a word tells apart what else has one name: the North, the Red."""
    return not rows.isdisjoint(_DISTINGUISHING)
