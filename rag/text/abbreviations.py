"""Abbreviations that end in a full stop, by what may follow them.

Written without the last full stop, a run of single letters without spaces (`т. е.` is `т.е`). An entry in small letters
stands for a capitalised one too; an entry with a capital (Gen, Ill) only for itself.
"""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# The sentence always goes on: "that is", "so-called", "see".
NEVER_LAST = _listed("т.е т.к т.ч т.зв т.наз т.нар т.н напр см ср вж срв вкл включ e.g i.e cf viz vs approx incl")
# After `и` these are "and so on".
LAST_AFTER_AND = _listed("т.н т.нар")
# More of the sentence follows unless a function word does: titles, ranks, kinds of place, parts of a book.
BEFORE_A_NAME = _listed(
    """
    и.о в.и.о и.д к.т.н н.с д.м.н к.м.н ст.н.с ж.к ул бул пл просп пр-кт пер наб кв-л мкр пос дер ст-ца хут респ окр
    о-в о-ва ж-к местн м-ст бл вх ет корп стр рис табл гл чл ал разд прил илл им преп проф акад доц асс инж арх д-р
    др-р канд докт гл-ред зам нач-к зав дир пред ген ген-м ген-л полк подполк м-р кап к-н лейт л-т ст.л-т серж ефр адм
    в-адм к-адм мл тов г-н г-жа г-ца гос гр-н гр-ка депут деп сен мин-р кн архиеп еп митр иером букв лат англ фр бълг
    болг исп греч укр ок прибл тел факс моб адв юрк нотар канц рук деж уч губ наз назв собр пост расп лиц рег инд комс
    нар пресс-секр физ хим муз худ лит техн дир-р воев о-р отд сект дп адв-т Mr Mrs Ms Mx Messrs Dr Prof St Mt Ft Gen
    Sen Rep Gov Lt Col Sgt Capt Cmdr Cpl Pvt Maj Adm Brig Rev Hon Pres Supt Fr Lt.Col Lt.Gov Fig Figs Eq eds resp est
    ca
    """
)
# May end a sentence, and does when a capital follows.
MAY_BE_LAST = _listed(
    """
    т.д т.п т.под др пр проч н.э пр.н.э до.н.э сл.хр пр.хр р.хр бр сут пол стр-во млн млрд трлн тыс хил млд долл дол
    руб коп лв ст.лв р-н р-на р-не обл чел экз ед мин сек дн мес нед км см мм кг мг га куб кв.м кв.км куб.м проц гг вв
    etc al
    """
)
# After a number or a numeral these are measures and may end a sentence; elsewhere they name what follows (г. София, с. Баня).
MEASURES = _listed("г в р м с т л п ч д к ст гр кв шт")
NUMERALS = _listed("млн млн. млрд млрд. тыс. хил. тысяч хиляди миллиона миллионов милиона")
# Years and centuries: a place or person may follow in the same sentence (През 1945 г. Корея ...).
YEARS = _listed("г в гг вв")
# Another figure may follow in the same sentence: 26 руб. 50 коп., 3 г. 6 мес., 18 ч. 30 мин.
COMPOUND = _listed("руб лв ч час мин г км м кг млн млрд тыс хил гр ст п т")
# A figure or a Roman number may follow: No. 5, Jan. 5, 5 окт. 2020, нач. XIX в.
NUMBERED = _listed(
    """
    No Nos no nos Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec p pp vol Vol ch Ch sec Sec art Art par янв фев февр
    мар апр авг сент сен окт ноя нояб дек яну юн юл септ ноем нач кон сер
    """
)
# Part of a longer name more often than the end: only a function word after them begins a sentence.
OFTEN_WITHIN = _listed(
    """
    Ph.D B.Sc M.Sc LL.B a.m p.m Inc Corp Ltd Co Bros Plc Jr Sr Dept Univ Assn Va Pa Md Mass Conn Calif Fla Ill Ind Tex
    Wash Ore Tenn Ariz Colo Minn Wis Okla Ave Blvd Rd Hwy Bldg
    """
)
# First names are shortened to these, as to a single letter.
INITIALS = _listed("Дж Ив Хр Вл Ал Гр Конст Дим Дм Ст Св Ник Мих Вас Пав Эд Юр Ан Бл Th Chr")
SPEECH_VERBS = (
    "said|says|asked|asks|added|adds|told|replied|wrote|writes|shouted|cried|answered|explained|noted|continued|recalled|warned"
)
# Words of time that may stand before a year without being the sentence's matter.
TIME_WORDS = _listed(
    """
    начале начало началото конце края краят середине средата лето летом лятото зимой зимата весной пролетта осенью
    есента год года януари февруари март април май юни юли август септември октомври ноември декември января февраля
    марта апреля мая июня июля августа сентября октября ноября декабря январе феврале марте апреле мае июне июле
    августе сентябре октябре ноябре декабре
    """
)
