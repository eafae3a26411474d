"""The words that the second checker knows, in Bulgarian, Russian and English. Lower case, ё written as е."""

from __future__ import annotations

import re


def _forms(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RU_ORD = "(?:ый|ой|ая|ое|ого|ому|ым|ом|ую|ые|ых|ыми)"
_BG_ORD = "(?:и|ия|ият|а|ата|о|ото|ите)"

# Below a thousand; each pattern is every form of the number in the three languages, ordinals included.
NUMBER_FORMS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (float(value), _forms(forms))
    for value, forms in (
        (0, "zero|ноль|нуля|нула"),
        (1,
            "one|один|одна|одно|одного|одной|одному|одним|одну|един|една|едно|единия|единият|first|перв" + _RU_ORD
            + "|първ" + _BG_ORD),
        (1.5, "полтора|полторы|полутора"),
        (2,
            "two|twice|both|два|две|двух|двум|двумя|двое|двоих|оба|обе|обоих|обеих|двама|двата|двете|"
            + "двамата|дважды|second|втор" + _RU_ORD + "|втор" + _BG_ORD),
        (3,
            "three|third|три|трех|трем|тремя|трое|троих|трима|трите|тримата|трижды|трети(?:й|я|ят|те)?|"
            + "третья|третье|третьего|третьей|третьем|третью|трета|третата|трето|третото"),
        (4,
            "four|fourth|четыре|четырех|четырем|четырьмя|четверо|четверых|четири|четирима|четирите|четирите|"
            + "четверт" + _RU_ORD + "|четвърт" + _BG_ORD),
        (5, "five|fifth|пять|пяти|пятью|пятеро|пятерых|пет|петте|петима|петимата|пят" + _RU_ORD + "|пет" + _BG_ORD),
        (6, "six|sixth|шесть|шести|шестью|шестеро|шестерых|шест|шестте|шестима|шестимата|шест" + _RU_ORD + "|шест" + _BG_ORD),
        (7, "seven|seventh|семь|семи|семью|семеро|семерых|седем|седемте|седмина|седьм" + _RU_ORD + "|седм" + _BG_ORD),
        (8, "eight|eighth|восемь|восьми|восемью|восьмеро|восьмерых|осем|осемте|осмина|восьм" + _RU_ORD + "|осм" + _BG_ORD),
        (9, "nine|ninth|девять|девяти|девятью|девет|деветте|деветима|девят" + _RU_ORD + "|девет" + _BG_ORD),
        (10, "ten|tenth|десять|десяти|десятью|десятеро|десет|десетте|десетима|десетина|десят" + _RU_ORD + "|десет" + _BG_ORD),
        (11,
            "eleven|eleventh|одиннадцат(?:ь|и|ью)|единайсет(?:те|има)?|единадесет(?:те)?|одиннадцат" + _RU_ORD
            + "|единайсет" + _BG_ORD),
        (12,
            "twelve|twelfth|dozen|двенадцат(?:ь|и|ью)|дюжина|дванайсет(?:те|има)?|дванадесет(?:те)?|" + "двенадцат"
            + _RU_ORD + "|дванайсет" + _BG_ORD),
        (13, "thirteen(?:th)?|тринадцат(?:ь|и|ью)|тринайсет(?:те)?|тринадесет|тринадцат" + _RU_ORD + "|тринайсет" + _BG_ORD),
        (14, "fourteen(?:th)?|четырнадцат(?:ь|и|ью)|четиринайсет(?:те)?|четиринадесет|четырнадцат" + _RU_ORD),
        (15, "fifteen(?:th)?|пятнадцат(?:ь|и|ью)|петнайсет(?:те|ина)?|петнадесет|пятнадцат" + _RU_ORD),
        (16, "sixteen(?:th)?|шестнадцат(?:ь|и|ью)|шестнайсет(?:те|има)?|шестнадесет|шестнадцат" + _RU_ORD),
        (17, "seventeen(?:th)?|семнадцат(?:ь|и|ью)|седемнайсет(?:те)?|седемнадесет|семнадцат" + _RU_ORD),
        (18, "eighteen(?:th)?|восемнадцат(?:ь|и|ью)|осемнайсет(?:те)?|осемнадесет|восемнадцат" + _RU_ORD),
        (19, "nineteen(?:th)?|девятнадцат(?:ь|и|ью)|деветнайсет(?:те)?|деветнадесет|девятнадцат" + _RU_ORD),
        (20, "twenty|twentieth|двадцат(?:ь|и|ью)|двайсет(?:те|ина)?|двадесет(?:те|ина)?|двадцат" + _RU_ORD),
        (30, "thirty|thirtieth|тридцат(?:ь|и|ью)|трийсет(?:те|ина)?|тридесет(?:те)?|тридцат" + _RU_ORD),
        (40, "forty|fortieth|сорока?|четирийсет(?:те|ина)?|четиридесет|сороков" + _RU_ORD),
        (50, "fifty|fiftieth|пятьдесят|пятидесяти|петдесет(?:те|ина)?|петдесет" + _BG_ORD + "|пятидесят" + _RU_ORD),
        (60, "sixty|sixtieth|шестьдесят|шестидесяти|шейсет(?:те|ина)?|шестдесет|шестидесят" + _RU_ORD),
        (70, "seventy|seventieth|семьдесят|семидесяти|седемдесет(?:те)?|семидесят" + _RU_ORD),
        (80, "eighty|eightieth|восемьдесят|восьмидесяти|осемдесет(?:те)?|восьмидесят" + _RU_ORD),
        (90, "ninety|ninetieth|девяносто|девяноста|деветдесет(?:те)?"),
        (100, "hundred|сто|ста|сотня|сотни|стотина|стоте"),
        (200, "двести|двухсот|двеста"),
        (300, "триста|трехсот|тристате"),
        (400, "четыреста|четырехсот|четиристотин"),
        (500, "пятьсот|пятисот|петстотин"),
        (600, "шестьсот|шестисот|шестстотин"),
        (700, "семьсот|семисот|седемстотин"),
        (800, "восемьсот|восьмисот|восьмистах|осемстотин"),
        (900, "девятьсот|девятисот|деветстотин"),
    )
)  # fmt: skip

# Numbers in form, often something else in meaning; they are not demanded, but count where a quotation has them.
UNSURE = _set(
    "one first second twice both оба обе обоих обеих двата двете двамата семью "
    "один одна одно одного одной одному одним одну един една едно единия единият "
    "второй вторая второе втори втора второ вторият втората второто "
    "первый первая первое первого первой первому первым первом первую първи първа първо първия първият първата първото"
)

# What a number is said as besides: the percent sign in words, and an hour without a "one".
SAID_OTHERWISE = (
    (re.compile(r"\bна сто\b"), "%"),
    (re.compile(r"\ban? (?=hour\b|minute\b)"), "1 "),
    (re.compile(r"\b(?<!\d )(?=час (?:и )?\d)"), "1 "),
)

FRACTIONS = (
    (("and", "a", "half"), 0.5),
    (("and", "a", "quarter"), 0.25),
    (("and", "one", "half"), 0.5),
    (("и", "половина"), 0.5),
    (("и", "половиной"), 0.5),
    (("с", "половиной"), 0.5),
    (("с", "четвертью"), 0.25),
    (("и", "четвърт"), 0.25),
)

SCALES = tuple(
    (_forms(pattern), times)
    for pattern, times in (
        (r"hundred|сотен|сотни|стотин", 1e2),
        (r"thousand|тысяч\w*|тыс|хиляд\w*|хил", 1e3),
        (r"million|миллион\w*|милион\w*|млн|mln", 1e6),
        (r"billion|миллиард\w*|милиард\w*|млрд|bn", 1e9),
        (r"trillion|триллион\w*|трилион\w*|трлн", 1e12),
    )
)

# Kind, size in the kind's base unit, and how it begins after a number. Money is of a kind of its own for each currency.
UNITS = tuple(
    (kind, size, _forms(pattern))
    for kind, size, pattern in (
        ("points", 1.0, r"(?:percentage|процентн\w+|процентни) (?:points?|пункт\w*)|пункт\w*"),
        ("percent", 1.0, r"%|per ?cent|процент\w*|на сто\b"),
        ("speed", 1.852, r"knots?\b|узл\w+|узел\b|възел\w*|възла\b"),
        ("speed", 1.609344, r"miles? (?:an|per) hour|mph\b|миль в час|мили в час|мили (?:на|в) час"),
        ("speed", 1.0, r"kilomet\w+ (?:an|per) hour|km ?/ ?h|км ?/ ?ч|километр\w* в час|километра на час"),
        ("distance", 1852.0, r"nautical miles?|морск\w+ мил\w+"),
        ("distance", 1609.344, r"miles?\b|мил(?:я|и|ь|ю|ями|ях)\b"),
        ("distance", 1000.0, r"kilomet\w+|km\b|километ\w+|км\b"),
        ("distance", 0.01, r"centimet\w+|cm\b|сантимет\w+|см\b"),
        ("distance", 0.001, r"millimet\w+|mm\b|миллимет\w+|милимет\w+|мм\b"),
        ("volume", 1000.0, r"cubic met\w+|кубометр\w*|кубически метра"),
        ("volume", 28.3168, r"cubic f(?:ee|oo)t"),
        ("distance", 1.0, r"met(?:re|er)s?\b|m\b|метр\w*|м\b"),
        ("distance", 0.3048, r"f(?:ee|oo)t\b|фут\w*"),
        ("mass", 1000.0, r"tonnes?\b|tons?\b|тонн?\w*|т\b"),
        ("mass", 1.0, r"kilo(?:gram\w*|s)?\b|kg\b|килограм\w*|кг\b"),
        ("volume", 3.785, r"gallons?\b|галл?он\w*"),
        ("volume", 1.0, r"lit(?:re|er)s?\b|литр\w*|литра\b"),
        ("area", 1e4, r"hectares?\b|гектар\w*|га\b|хектар\w*"),
        ("area", 100.0, r"сот(?:ок|ки)\b"),
        ("power", 1e3, r"megawatts?\b(?![ -]?h)|мегават+\w*|мвт\b"),
        ("power", 1.0, r"kilowatts?\b(?![ -]?h)|киловат+\w*|квт\b"),
        ("duration", 1.0, r"seconds?\b|секунд\w*"),
        ("duration", 60.0, r"minutes?\b|минут\w*|мин\b"),
        ("duration", 3600.0, r"hours?\b|час(?:а|ов|ам|ами|ах|ове)?\b|ч\b"),
        ("duration", 86400.0, r"days?\b|дн(?:я|ей|и|ям|ями|ях)\b|день\b|дни\b|дена\b|сут(?:ки|ок)\b|денонощи\w+"),
        ("duration", 604800.0, r"weeks?\b|недел\w+|седмиц\w+"),
        ("duration", 2629800.0, r"months?\b|месяц\w*|месец\w*"),
        ("duration", 31557600.0, r"years?\b(?![ -]old)|лет\b|год(?:а|у|ов)?\b|години\b|година\b"),
        ("euro", 1.0, r"€|euros?\b|евро\b"),
        ("dollar", 1.0, r"\$|dollars?\b|долл?ар\w*|щатски долара"),
        ("sterling", 1.0, r"£|pounds?\b|фунт\w*|паунд\w*"),
        ("lev", 1.0, r"lev[as]?\b|лев(?:а|ов|у)?\b|лв\b"),
        ("rouble", 1.0, r"roubles?\b|rubles?\b|рубл\w+|руб\b"),
        ("crown", 1.0, r"crowns?\b|krone[rn]?\b|крон(?:а|и|ы|у)?\b"),
        ("franc", 1.0, r"francs?\b|франк\w*"),
        ("mark", 1.0, r"marks?\b|марк(?:а|и|у)?\b|марок\b"),
        ("forint", 1.0, r"forints?\b|форинт\w*"),
        ("florin", 1.0, r"florins?\b|флорин\w*"),
    )
)

MONTHS = (
    (1, r"(?:january|январ[ьяею]|януари)"),
    (2, r"(?:february|феврал[ьяею]|февруари)"),
    (3, r"(?:march|март(?:а|е|у)?)"),
    (4, r"(?:april|апрел(?:[ьяею])?|април)"),
    (5, r"(?:may|ма[йяею])"),
    (6, r"(?:june|июн[ьяею]|юни)"),
    (7, r"(?:july|июл[ьяею]|юли)"),
    (8, r"(?:august|август(?:а|е|у)?)"),
    (9, r"(?:september|сентябр[ьяею]|септември)"),
    (10, r"(?:october|октябр[ьяею]|октомври)"),
    (11, r"(?:november|ноябр[ьяею]|ноември)"),
    (12, r"(?:december|декабр[ьяею]|декември)"),
)

WEEKDAYS = (
    r"(?:mondays?|понедельник\w{0,2}|понеделник\w?)",
    r"(?:tuesdays?|вторник\w{0,2})",
    r"(?:wednesdays?|сред[ауеы]|средой|сряда)",
    r"(?:thursdays?|четверг\w{0,2}|четвъртък\w?)",
    r"(?:fridays?|пятниц\w{1,2}|петък\w?)",
    r"(?:saturdays?|суббот\w{1,2}|събота)",
    r"(?:sundays?|воскресень\w|(?<=в )неделя|(?<=през )неделя|неделн(?:ия|ият|ата|ото|ите|о|а|и))",
)

RELATIVE_DAYS = (
    (r"\b(?:yesterday|вчера)\b", -1),
    (r"\b(?:today|сегодня|днес)\b", 0),
    (r"\b(?:tomorrow|завтра|утре)\b", 1),
)
RELATIVE_YEARS = (
    (
        r"\blast (?:year|spring|summer|autumn|winter)|\bпрошл\w+ (?:год|весн|лет|осен|зим)"
        r"|\bминал\w+ (?:година|пролет|лято|есен|зима)|\bлани\b",
        -1,
    ),
    (r"\bthis year|\b(?:этого|этом|текущ\w+) год|\bтази година", 0),
    (r"\bnext year|\bследующ\w+ год|\bдогодина|\b(?:следващата|идната) година", 1),
)  # fmt: skip

# Capitalised in some of the languages, and no name: titles, weekdays, months, words that begin sentences.
NOT_NAMES = _set(
    "mr mrs ms dr president presidents prime minister king queen parliament government senate court state ministry "
    "council bishop professor general chancellor foreign interior defence finance economy health transport education "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december christmas easter "
    "i the a an in on at of to for from by with after before according about some all each one two three as and but while when "
    "he she it they his her its their there this that these those who what no not only more most over under another "
    "господин госпожа президент премьер министр король королева парламент правительство г-н г-жа "
    "в во на по от до из за к ко с со о об и а но как что это этот его ее их он она оно они по при для после перед во время "
    "согласно некоторые все каждый один два три не нет через между более "
    "президентът президента премиерът премиера министърът министър кралят крал парламентът правителството "
    "в във на по от до за с със и а но като че това той тя то те при след преди около според някои всички всеки над под през "
    "един една едно два две три не няма между"
)

ACRONYMS = {
    "gdp": r"gdp|ввп|бвп",
    "un": r"un|оон",
    "eu": r"eu|ес",
    "nato": r"nato|нато",
    "us": r"us|usa|сша|сащ",
    "uk": r"uk|великобритани\w+|britain|british|британск\w+",
    "who": r"who|воз|сзо",
}
# Places whose names are other words from language to language, with their adjectives.
EXONYMS = {
    "bulgaria": r"bulgari\w*|болгар\w*|българ\w*",
    "russia": r"russia\w*|росси\w+|русси\w+|русия|руск\w+|русск\w+",
    "germany": r"german\w*|герман\w+|немец\w+|немск\w+",
    "austria": r"austria\w*|австри\w+",
    "europe": r"europe\w*|европ\w+|евросоюз\w*",
    "turkey": r"turk\w*|турц\w+|турск\w+|турецк\w+|турчи\w+",
    "greece": r"gree\w+|греци\w+|греческ\w+|гърци\w+|гръцк\w+",
    "switzerland": r"swi(?:ss|tzerland)|швейцар\w+",
    "hungary": r"hungar\w+|венгр\w+|венгерск\w+|унгар\w+",
    "spain": r"spain|spanish|испан\w+",
    "poland": r"poland|polish|польш\w+|польск\w+|полш\w+|полск\w+",
    "china": r"chin(?:a|ese)|кита\w+",
    "japan": r"japan\w*|япон\w+",
    "egypt": r"egypt\w*|егип\w+",
    "israel": r"israel\w*|израил\w+|израел\w+",
    "ukraine": r"ukrain\w+|украин\w+",
    "kyiv": r"kyiv|kiev|киев\w*",
    "netherlands": r"dutch|netherlands|нидерланд\w+|голланд\w+|холанд\w+",
    "denmark": r"danish|denmark|дат(?:ский|ская|чан\w+)|дани\w+|датск\w+",
    "norway": r"norw\w+|норве\w+",
    "sweden": r"swed\w+|швед\w+|швеци\w+",
    "finland": r"finland|finnish|финлянд\w+|финск\w+|финланди\w+",
    "italy": r"ital\w+|итал\w+",
    "france": r"france|french|франц\w+|френск\w+",
    "vienna": r"vienn\w+|вен[аыеу]|виена",
    "geneva": r"genev\w+|женев\w+",
    "vatican": r"vatican|ватикан\w*",
}

LATIN = {
    **dict(zip("абвгдезийклмнопрстуфъыэ", "abvgdeziyklmnoprstufaye", strict=True)),
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "ł": "l",
    "ø": "o",
    "ß": "ss",
    "æ": "e",
    "ð": "d",
    "þ": "t",
    "đ": "d",
    "ı": "i",
}

# Groups of Latin letters with one sound in a name, and those that another language may read in another way.
ONE_READING = (
    ("dzh", "j"),
    ("tch", "c"),
    ("tsch", "c"),
    ("sch", "s"),
    ("sh", "s"),
    ("zh", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("kh", "h"),
    ("ck", "k"),
    ("gh", "g"),
    ("ts", "s"),
    ("tz", "s"),
    ("x", "ks"),
    ("qu", "kv"),
    ("q", "k"),
    ("w", "v"),
    ("z", "s"),
)
SOME_READINGS = (
    ("ch", "k"),
    ("ch", "s"),
    ("ch", "c"),
    ("c", "k"),
    ("c", "s"),
    ("j", "y"),
    ("g", "h"),
    ("g", "j"),
    ("h", ""),
)
