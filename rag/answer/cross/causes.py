"""Why something happened, and where: what each report answers to that, and whether two of them say the same."""

from __future__ import annotations

import re

from rag.answer.cross import actors
from rag.answer.cross.findings import NEAR, Finding
from rag.answer.cross.statements import Report, Statement, overlap, report_stems
from rag.answer.cross.wanted import Wanted
from rag.text.names import name_keys, same_name

_LAG = 0.4
_MAX_LAG = 3.0
_FAR_BEHIND = 6.0  # points of the ranking's score below the report's best sentence from which none is looked at
_LEAST_PLACE = 1.0  # how well the likeliest place of a report must fit to be an answer at all
_LONGEST = 10  # words of a cause
# From which likeness on a word of the one cause and one of the other mean the same, in one language and across two.
_ALIKE, _ALIKE_ACROSS = 0.5, 0.36

# What follows these is the cause. The words of a "cause of …" that stand between are left out.
_BEFORE_CAUSE = re.compile(
    r"\b(?:because of|because|due to|owing to|caused by|as a result of|resulting from|resulted from|triggered by|sparked by"
    r"|blamed (?:\w+ ){0,3}?on|attributed (?:\w+ ){0,4}?to|brought down by|on account of|stemmed from|put (?:it )?down to"
    r"|the (?:cause|reason)(?: (?:of|for) [^,.;]{1,60}?)? (?:was|is|were|had been|being)"
    r"|из-за того, что|из-за|по причине|вследствие|в результате|вызван\w*|спровоцирован\w*|потому что|так как|поскольку|по вине"
    r"|причин(?:ой|а|ою|у)(?: [^,.;—–]{1,60}?)? (?:стал[аио]?|послужил[аио]?|явил\w+|был[аио]?|оказал\w+|назвал[аи]?|—|–)"
    r"|назва\w+ причин\w+ \w+|видят причину (?:\w+ ){0,3}?в|связал[аи]? (?:\w+ ){0,3}?с"
    r"|заради това, че|заради|поради|вследствие на|в резултат (?:на|от)|причинен\w*(?: е| са)? от|предизвикан\w*(?: е"
    r"| са)? от|защото"
    r"|тъй като|по вина на|дължи (?:\w+ ){0,3}?на|отровили от|отровиха от|причината(?: за [^,.;]{1,60}?)?(?: е| била?"
    r"| бе(?:ше)?| са)"
    r"|причина(?: за [^,.;]{1,60}?)?(?: е| била?| бе(?:ше)?| са))\s+",
    re.IGNORECASE,
)
# What stands before these is.
_AFTER_CAUSE = re.compile(
    r"\s+(?:caused|triggered|sparked|was to blame|were to blame|was the cause|led to|brought down|set off|stopped|halted"
    r"|стал[аио]? причиной|привел[аио]? к|привёл к|вызвал[аио]?|спровоцировал[аио]?|послужил[аио]? причиной"
    r"|причини\w*|предизвика\w*|доведе до|доведоха до|стана причина|е причина\w*)\b(?!\s+by\b)",
    re.IGNORECASE,
)
# What things of all sorts are put down to, for where no such word stands: beginnings of words.
_NOUNS = re.compile(
    r"\b(?:arson\w*|sabotage\w*|negligen\w+|malfunction\w*|fault(?:s|y)?\b|fatigue|defect\w*|overload\w*"
    r"|short[- ]circuit\w*|speeding"
    r"|human error|pilot error|overheat\w*|gas leak|wear and tear|carelessness|lightning"
    r"|поджог\w*|диверси\w+|халатност\w+|неисправност\w+|износ\w*|дефект\w*|перегруз\w+|коротк\w+ замыкани\w+"
    r"|превышени\w+ скорости"
    r"|человеческ\w+ фактор\w*|ошибк\w+ пилот\w*|утечк\w+ газа|неосторожн\w+|нарушени\w+ правил"
    r"|палеж\w*|саботаж\w*|диверсия\w*|небрежност\w*|неизправност\w*|повред\w+|умора на метала|дефект\w*|претоварван\w*"
    r"|къс\w+ съединени\w+|превишен\w+ скорост\w*|човешк\w+ (?:грешк\w+|фактор\w*)|изтичан\w+ на газ|непредпазлив\w+)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[;:()—–]|,\s|\.\s|\.$|\s(?:said|says|and|which|that|who|сообщи\w*|заяви\w*|и|обяви|каза|съобщи\w*|които|който)\s"
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_PLACED = re.compile(
    r"\b(?:in|at|near|off|outside|inside|above|around|close to|north of|south of|east of|west of|в|во|на|у|под|близ"
    r"|вблизи|возле|около"
    r"|над|край|до|край|при|недалеко от|неподалеку от|неподалёку от|недалеч от|близо до|в близост до)"
    r"(?:\s+(?!\b(?:said|заяви\w*|каза)\b)[a-zа-яё-]+){0,3}\s+[«„“\"]?$",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|^(?:Jan|Febr)uary"
    r"|^(?:March|April|May|June|July|August)\b|\w+ber\b"
)


def causes(asked: Wanted, report: Report) -> list[Finding]:
    """What the report puts it down to, likeliest first. `name` is the phrase."""
    found = []
    for statement in report.statements:
        if report.score - statement.score > _FAR_BEHIND:
            continue
        for start, end, sure in _phrases(statement.text):
            fit = 2.0 * sure + NEAR * (statement.near(start, end) or 0.0)
            fit += overlap(asked.lemmas, asked.language, asked.text, statement)
            fit -= min(_MAX_LAG, _LAG * (report.score - statement.score))
            found.append(_finding(report, statement, (start, end), fit))
    return sorted(found, key=lambda f: -f.fit)


def _phrases(text: str) -> list[tuple[int, int, bool]]:
    """Where the causes stand that a sentence gives, and whether by a word that says so."""
    found = []
    for match in _BEFORE_CAUSE.finditer(text):
        stop = _ENDS.search(text, match.end())
        found.append((match.end(), stop.start() if stop else len(text), True))
    for match in _AFTER_CAUSE.finditer(text):
        begins = [m.end() for m in re.finditer(r"[;:()—–]|,\s|\.\s", text[: match.start()])]
        found.append((begins[-1] if begins else 0, match.start(), True))
    if not found:
        found = [(m.start(), m.end(), False) for m in _NOUNS.finditer(text)]
    return [(start, _cut(text, start, end), sure) for start, end, sure in found if _WORD.search(text, start, end)]


def _cut(text: str, start: int, end: int) -> int:
    words = list(re.finditer(r"\S+", text[start:end]))
    return start + words[min(len(words), _LONGEST) - 1].end()


def _finding(report: Report, statement: Statement, span: tuple[int, int], fit: float) -> Finding:
    said = statement.text[slice(*span)]
    return Finding(report, statement, said, *span, fit, name=said, phrase=True)


def same_cause(one: Finding, other: Finding) -> bool:
    """Whether two reports give the same cause: a word of the one means what one of the other does, or stands in its sentence."""
    here, there = one.statement, other.statement
    if here.language == there.language:
        stems, others = (report_stems(" ".join(_WORD.findall(f.said)), f.statement.language) for f in (one, other))
        if not stems.isdisjoint(others):
            return True
    if not set(name_keys(one.said)).isdisjoint(name_keys(other.said)):
        return True
    alike = here.alike((one.start, one.end), there, (other.start, other.end))
    least = _ALIKE if here.language == there.language else _ALIKE_ACROSS
    return alike is None or alike >= least


def places(asked: Wanted, report: Report) -> list[Finding]:
    """The places where the report may say that it happened, likeliest first. `name` is the place's."""
    known = {key for name in asked.names for key in name_keys(name.text)}
    found = []
    for statement in report.statements:
        for name in actors.all_names(statement):
            before = statement.text[: name.start]
            if not known.isdisjoint(name.keys) or not _PLACED.search(before) or _CALENDAR.match(name.text):
                continue
            fit = NEAR * (statement.near(name.start, name.end) or 0.0)
            fit += 0.5 * overlap(asked.lemmas, asked.language, asked.text, statement)
            fit -= min(_MAX_LAG, _LAG * (report.score - statement.score))
            found.append(Finding(report, statement, name.text, name.start, name.end, fit, name=name.text, place=True))
    found = [finding for finding in found if finding.fit >= _LEAST_PLACE]
    return sorted(found, key=lambda f: -f.fit)


def other_place(one: Finding, other: Finding) -> bool:
    """Whether two reports put it at different places: neither names the other's, which may lie in it."""
    return not (
        same_name(one.said, other.said)
        or not one.report.keys.isdisjoint(name_keys(other.said))
        or not other.report.keys.isdisjoint(name_keys(one.said))
    )
