"""Words by which a report says that something changed, or that an earlier report was wrong."""

from __future__ import annotations

import re

_CORRECTS = re.compile(
    r"\bcorrect(?:ed|s|ion|ing)\b|\bretract\w*|\bwithdr[ae]w\w* (?:its|the|our|a|his|her|their) (?:report|article|story|claim"
    r"|statement|figure)"
    r"|\bclarif\w+|\bamended\b|\b(?:was|were|is|are) (?:wrong|incorrect|mistaken|untrue|inaccurate|false)\b|\bnot true\b"
    r"|\bin error\b|\bmisstated"
    r"|\b(?:correct|right|true) (?:\w+ )?(?:number|figure|date|day|name|total|sum|amount|price|age|spelling)\b"
    r"|\b(?:правильн|верн)\w+ (?:\w+ )?(?:числ|цифр|дат|имя|сумм|количеств|данны|возраст|цен)\w*"
    r"|\b(?:правилн|верн|точн)\w+ (?:\w+ )?(?:числ|цифр|дат|име|сум|бро[йя]|данни|възраст|цен)\w*"
    r"|\berroneous\w*|\bmistake\b|\brefut\w+|\bdebunk\w*|\bdisprov\w+|\brevis(?:ed|es|ing)\b|\bapologi[sz]\w+ for"
    r"|\bofficially credited"
    r"|\bотзывает\b|\bотозвал\w*|\bопроверг\w*|\bопровержени\w*|\bуточни(?:л|ли|ла|ло|в)\b|\bисправ(?:ил|ила|или|ление|лен)\w*"
    r"|\bневерн\w+|\bошиб(?:к|оч|л)\w*|\bизвин(?:я|и)\w*|\bпринос\w+ извинени\w*"
    r"|\bне соответствует\b|\bперепровер\w+|\bпоправк\w+|\bпересмотр\w+|\bуточненн\w+|\bв уточнение"
    r"|\bпоправ(?:и|иха|ка|ен)\w*|\bопроверг\w+|\bотзовава\w*|\bотегли (?:си )?\w*|\bне е вярно\b|\bневярн\w+|\bгрешк\w+"
    r"|\bпогрешн\w+|\bсгреши\w*|\bизвин(?:и|яв)\w*|\bлъж[аи]\w*|\bуточни(?:ха|в)?\w*"
    r"|\bкоригир\w+|\bкорекци\w+|\bревизир\w+|\bневерн\w+",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:rose|risen|rises|rising|climbed|grew|grown|increased|jumped|soared|fell|fallen|dropped|shrank|shrunk|decreased"
    r"|declined|slipped|slid|doubled"
    r"|tripled|halved) (?:\w+ ){0,3}?(?:to|by|from)\b|\b(?:rose|climbed|grew|jumped|doubled)\b|\bhas (?:risen|grown|climbed"
    r"|reached)\b|\breached\b"
    r"|\bnow (?:stands|stand|has|have|is|are|number|numbers|totals?)\b|\b(?:is|are|has|have) now\b|\bno longer\b|\bonce more\b"
    r"|\b(?:safe|open|back|working|running|available) again\b"
    r"|\bagain (?:open|safe|working)\b|\binstead\b|\bin (?:his|her|their|its) place\b|\breplac(?:e|ed|es|ing)\b|\btak(?:es"
    r"|en|ing) over\b|\btook over\b|\bstep(?:s|ped|ping)? in\b|\brecount\b|\bapologi[sz]\w+\b|\bpostpon\w+|\bput (?:off|back)\b"
    r"|\bmov(?:ed|es|ing) (?:\w+ ){0,3}?(?:to|from)\b|\bpush(?:ed|es|ing) (?:back|to|\w+ (?:\w+ )*to)\b"
    r"|\bdisqualif\w+|\bannul\w+|\boverturn\w+|\bstripped\b"
    r"|\bafter all\b|\bslipped\b"
    r"|\bdelay(?:ed|s)?\b|\brescheduled\b|\brestor(?:ed|es)\b|\blifted\b|\breopen\w*|\ba second (?:\w+ )?(?:inspection|test"
    r"|count|check)\b|\bre-?(?:weighed|counted|checked|examined|tested)\b|\bresumed?\b|\bdown from\b|\bup from\b"
    r"|\b(?:cut|reduced|lowered|raised|extended|shortened|trimmed|slashed|upped|halved|lifted|eased)\b|\b(?:passed|topped|surpassed"
    r"|exceeded|overtook|overtaken)\b|\btook (?:\w+ ){0,5}from\b|\bfirst (?:estimate|figure|count|report)"
    r"|\bearlier (?:figure|report|count|toll)"
    r"|\bpreviously\b|\bformer figure\b|\b(?:toll|number|figure|count) (?:rose|climbed|grew|reached)|\bwithdrawn\b"
    r"|\bcalled off\b|\blater\b|\bupdated?\b"
    r"|\b(?:вырос|возрос|увелич|поднял|подня|достиг|снизил|сократил|упал|уменьш|удво|утро|разрос)\w*|\bтеперь\b|\bвместо\b"
    r"|\bбольше не\b|\bуже не\b|\bснова\b|\bвновь\b|\bперенес(?:ен|л|ут|ла|ли)\w*"
    r"|\bперенос\w*|\bотлож\w+|\bсдвинут\w*|\bранее (?:сообщалось|говорил|называ)\w*|\bпрежн\w+|\bвозобнов\w+|\bвосстанов\w+"
    r"|\bзаново\b|\bперевзве\w+|\bпересч\w+|\bповторн\w+|\bснят[аоы]?\b|\bсмени(?:л|вш)\w*|\bзамени(?:л|вш)\w*|\bпередумал\w*"
    r"|\b(?:смягч|ужесточ|продли|превыси|перевали|обогна|опереди|отобра|повыси|повыш|снижен)\w*|\bуже\b"
    r"|\bлишен\w*|\bдисквалиф\w+|\bаннулир\w+|\bотдан[аоы]?\b|\bприсоедин\w+|\bеще \w+ стран|\bобновлен\w+"
    r"|\b(?:нарасна|нараства|нарасн|разрасн|увелич|удвои|утрои|достигна|достига|спадна|намаля|намал|покачи|понижи|повиши)\w*"
    r"|\b(?:удължи|съкрати|надхвърли|надмина|изпревари|отне|смекчи|отмени)\w*"
    r"|\bвече (?:е|са|има|не|над)\b|\bотново\b|\bпак (?:е|са|работи)\b"
    r"|\bвместо\b|\bотлож\w+|\bотлага\w*|\bпремест\w+|\bпренасроч\w+|\bизмест\w+|\bпреди това\b|\bпо-рано\b|\bпредишн\w+"
    r"|\bдосегашн\w+|\bвъзобнов\w+|\bвъзстанов\w+|\bповторн\w+|\bпреброяван\w+|\bподаде оставка\b|\bвдигна\w*|\bпромяна\b"
    r"|\bзамен\w+|\bсмен(?:и|ен|я)\w*|\bпренаред\w+|\bдисквалиф\w+|\bанулира\w*|\bстана(?:ха|л)\b|\bслед жалба\b"
    r"|\bактуализир\w+|\bне през \w+, както",
    re.IGNORECASE,
)
# What stands before a value that held earlier, or that the sentence denies: right before it, but for a hedge.
_PAST = re.compile(
    r"(?:\b(?:down|up|lower|higher) from|\binstead of|\brather than|\bcompared (?:with|to)|\bagainst|\bthan|\bnot"
    r"|\bpreviously|\bearlier|\binitially|\bno longer|\bago there were|\bhad been"
    r"|\bвместо(?: \w+ых| \w+ного)?|\bа не|\bне|\bпротив|\bранее|\bпрежде|\bсначала|\bпрежни[ехм]+|\bчем"
    r"|\bпо сравнению с"
    r"|\bвместо(?: \w+те)?|\bа не|\bне|\bспрямо|\bсрещу|\bпо-рано|\bпървоначално|\bпредишни(?:те)?|\bотколкото"
    r"|\bв сравнение с)"
    r"(?:\s+(?:the|a|an|some|about|around|nearly|almost|около|почти|примерно|близо|promised|expected|planned|обещан\w+"
    r"|announced|объявленн\w+|reported))*\W*$",
    re.IGNORECASE,
)
# "from 3 to 6", «с 3 до 6», „от 3 на 6“: the one that held before stands between.
_FROM = re.compile(
    r"\b(?:from|с|со|от)(?:\s+(?:about|nearly|around|an?|the|original|initial|previous|current|около|почти|примерно"
    r"|(?:первоначальн|прежн|предыдущ|нынешн|изначальн|първоначалн|предишн|досегашн|сегашн)\w+)){0,2}\s*$",
    re.IGNORECASE,
)
_TO = re.compile(r"^\s*(?:to|до|на|за)\s", re.IGNORECASE)
_NOT_THIS = re.compile(
    r"\b(?:(?:will not|won['’]t|not|няма да|не)\s+\w+|not|instead of|rather than|не|вместо)"
    r"(?:\s+(?:on|in|at|the|for|from|by|before|на|в|във|во|за|с|со|от|през|до|към|к))*\W*$",
    re.IGNORECASE,
)
# A day that was meant once: "had been due on Friday", «намечавшийся на 12 апреля», „трябваше да започне на 3 май“.
_MEANT = re.compile(
    r"(?:\b(?:was|were|had been|has been|have been|originally|initially|previously|first|earlier)(?: \w+)?"
    r" (?:expected|due|planned|scheduled|set|slated|supposed|meant|to have)\b"
    r"|(?<!\bis )(?<!\bare )(?<!\bnow )(?<!\bbe )\b(?:planned|scheduled|slated) (?:for|on|in|to)\b"
    r"|\b(?:намеч|заплан|назнач)\w*(?:нн|вш)\w{2,3}(?:ся)?\b"
    r"|\b(?:намечал|планировал|предполагал|ожидал|назначал|рассчитывал)\w*\b|\b(?:должен|должна|должно|должны) был[аои]?\b"
    r"|\b(?:беше|бе|бяха|била?|било|били|първоначално)(?: \w+)?"
    r" (?:планиран|насрочен|предвиден|обявен|обещан|определен|очакван)\w*"
    r"|\b(?:планиран|насрочен|предвиден)(?:ият|ия|ата|ото|ите)\b|, (?:планиран|насрочен|предвиден)[аои]?\b"
    r"|\bтрябваше\b|\bочакваше\b|\bпланираше\b)[^.;]*$",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:originally|initially|previously|earlier|at first|ранее|раньше|сначала|первоначальн\w*|изначально"
    r"|по-рано|отначало|първоначалн\w*|преди това)\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:years?|months?|weeks?|days?) ago\b|\blast (?:year|month|week)\b|\ba year (?:earlier|before|ago)\b|\bрекорд"
    r"|\brecord\b|\b(?:год|лет|месяц\w*) назад\b|\bв прошлом (?:году|месяце)\b"
    r"|\bпреди \w+ (?:години|година|месеца|седмици|дни)\b|\bминалата година\b|\bзаранее\b|\bпраг|\bпорог|\bthreshold",
    re.IGNORECASE,
)

# What an earlier report said, told where it is put right: "our report of 13 March said that …".
_REPORTED = re.compile(
    r"\b(?:our|an? earlier|the earlier|an? previous|the previous|the original|yesterday['’]s) (?:\w+ )?"
    r"(?:report|article|story|version|item|post|piece|edition|dispatch)\b[^.;]*?"
    r"\b(?:said|stated|gave|reported|put|wrote|claimed|named|listed|had)\b"
    r"|\b(?:wrongly|incorrectly|mistakenly|erroneously|in error) "
    r"(?:said|stated|gave|given|reported|put|wrote|claimed|named|listed|identified)\b"
    r"|\bв (?:(?:наш|предыдущ|прошл|вчерашн|перв|одн)\w+ )?"
    r"(?:сообщени[ие]|материале|стать[ея]|заметке|публикации|номере|новости)\b[^.;]*?"
    r"\b(?:говорилось|сообщалось|указ\w+|назв\w+|утверждалось|было|был[аи]?)\b"
    r"|\bошибочно (?:сообщ|указ|назв|напис)\w+"
    r"|\b(?:мы|газета|агентство) (?:ранее )?(?:ошибочно )?(?:писал|сообщал|называл|указывал)\w*"
    r"|\b(?:във?|на) (?:(?:наш|предишн|вчерашн|първ|едн)\w+ )?"
    r"(?:съобщени\w+|материал\w*|статия\w*|публикаци\w+|броя|новина\w*)\b[^.;]*?"
    r"\b(?:се казваше|пишеше|се твърдеше|беше|бе|бяха|посочи\w*|съобщихме|написахме)\b"
    r"|\b(?:погрешно|грешно|неправилно) (?:съобщи|посочи|написа|обяви|нарече)\w*|\b(?:съобщихме|написахме|писахме)\b",
    re.IGNORECASE,
)


def corrects(text: str) -> bool:
    """Whether a text says that something reported was wrong."""
    return _CORRECTS.search(_plain(text)) is not None


def changes(text: str) -> bool:
    """Whether a text says that something is no longer as it was."""
    return _CHANGES.search(_plain(text)) is not None


def held_before(clause_before: str, after: str) -> bool:
    """Whether what stands between these words is a value that held before, or is denied."""
    before = _plain(clause_before)
    return _PAST.search(before) is not None or (_FROM.search(before) is not None and _TO.match(after) is not None)


def wrongly_reported(before: str, around: str) -> bool:
    """Whether what follows the words `before` of its sentence is what a report said that the text `around` puts right."""
    return _REPORTED.search(_plain(before)) is not None and corrects(around)


def denied_before(clause_before: str) -> bool:
    """Whether what follows these words is plainly denied or replaced: "not 12 April", «вместо 12 апреля»."""
    return _NOT_THIS.search(_plain(clause_before)) is not None


def meant_before(before: str) -> bool:
    """Whether what follows these words of a sentence is a day that was planned then."""
    return _MEANT.search(_plain(before)) is not None


def once(before: str) -> bool:
    """Whether a sentence that begins with these words tells what was so at first."""
    return _ONCE.search(_plain(before)) is not None


def of_another_time(clause: str) -> bool:
    """Whether a clause speaks of an earlier time, or of a mark to be reached."""
    return _AGO.search(_plain(clause)) is not None


def _plain(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")
