"""What stands before an article's first words and tells of it: front matter, a labelled date, a dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rag.ingest import dates
from rag.types import Span

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<body>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FRONT_LIMIT = 20_000
_KEY = re.compile(r"(?P<indent>[ \t]*)(?P<key>[\w.-]+)[ \t]*:(?:[ \t]+(?P<value>.*))?$")

# A labelled line at the head of a text: the label in three languages, and the field it fills.
_LABELS = {
    "published": "date|published|publication date|дата|дата публикации|дата на публикуване|опубликовано|публикувано|публикувана",
    "title": "title|headline|заголовок|заглавие",
    "outlet": "outlet|издание|медия|сми",
    "url": "url",
    "language": "language|lang|язык|език",
}
_LABEL_OF = {label: field for field, labels in _LABELS.items() for label in labels.split("|")}
_LABELLED = re.compile(
    r"[ \t]*(?P<label>" + "|".join(sorted(_LABEL_OF, key=len, reverse=True)) + r")(?:[ \t]*[:=][ \t]*|[ \t]+)(?P<value>[^\n]*)",
    re.IGNORECASE,
)
_DATE_SHAPE = re.compile(
    rf"\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?:[T ]\d{{2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?(?:Z|[+-]\d{{2}}:?\d{{2}})?)?(?![\w])"
    rf"|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{4}}(?: \d{{2}}:\d{{2}}(?::\d{{2}})?)?(?!\w)"
    rf"|{dates.DAY} (?:of )?{dates.MONTH},? \d{{4}}(?!\d)(?:\s?(?:года|год|година|г)\b\.?)?(?:,? \d{{1,2}}:\d{{2}}(?!\d))?"
    rf"|{dates.MONTH} {dates.DAY},? \d{{4}}(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The labelled fields at the beginning of a text, the spans that they take up, and where the rest begins."""

    fields: dict[str, str]
    spans: tuple[Span, ...]
    end: int


def read_front_matter(text: str) -> tuple[dict[str, str], Span] | None:
    """The `key: value` lines between two lines of three hyphens at the beginning, and the span; None where there are none.

    Keys are in small letters; of nesting, one level is known: `digest_of:` over an indented `outlet: X` is the key
    `digest_of.outlet`. Lists and comments are passed over. Anything else between the hyphens means that it is text.
    """
    match = _FRONT_MATTER.match(text, 0, _FRONT_LIMIT)
    if match is None:
        return None
    fields: dict[str, str] = {}
    parent = ""
    for line in match["body"].splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "- ")):
            continue
        key = _KEY.match(line.rstrip())
        if key is None:
            return None
        name, value = key["key"].lower(), (key["value"] or "").strip()
        if key["indent"] and parent:
            name = f"{parent}.{name}"
        elif not value:
            parent = name
            continue
        else:
            parent = ""
        fields[name] = _unquoted(value)
    return (fields, _trim(text, match.start(), match.end())) if fields else None


def read_labels(text: str, start: int) -> Head:
    """The labelled lines at `start`: `date 2025-10-11`, before the first sentence or on a line of its own; `title: …`, `url: …`.

    A label without a colon is one only if it names a date and a date follows. A labelled date that does not exist is
    returned as it is written, for the caller to refuse.
    """
    fields: dict[str, str] = {}
    spans: list[Span] = []
    at = start
    while (match := _LABELLED.match(text, _skip_space(text, at))) is not None:
        field = _LABEL_OF[match["label"].lower()]
        if field in fields:
            break
        if field == "published":
            shape = _DATE_SHAPE.match(text, match.start("value"))
            if shape is None:
                break
            fields[field], end = shape[0], shape.end()
        elif ":" in match[0][: match.start("value") - match.start()] and match["value"].strip():
            fields[field], end = match["value"].strip(), match.end()
        else:
            break
        spans.append(_trim(text, match.start(), end))
        at = end
    return Head(fields, tuple(spans), at)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _trim(text: str, start: int, end: int) -> Span:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


# Agencies whose mark is known without a date beside it, as they write themselves in datelines.
_AGENCIES = (
    "ТАСС|ИТАР-ТАСС|РИА Новости|Интерфакс|ЦТАК|КЦТА|БТА|Фокус|БГНЕС|БЕЛТА|Синьхуа|Укринформ|УНИАН|АП|Ройтерс|Анадолу|ПРАЙМ|АПА"
    "|Казинформ|Кабар|МИА|Танюг|TASS|KCNA|BTA|AP|AFP|Reuters|Xinhua|DPA|dpa|EFE|ANSA|UPI|CNN|Bloomberg|Anadolu|AA|Kyodo|Yonhap|PAP|RFE/RL"
    "|RIA Novosti|Interfax|PRNewswire|BUSINESS WIRE|GLOBE NEWSWIRE|IANS|PTI|ANI|Tanjug|MIA|SRNA|Agerpres|BelTA|Ukrinform"
)
_KNOWN = re.compile(rf"(?:{_AGENCIES})\Z")
_WORD = r"[A-ZА-ЯЁЇІЄҐ][\w’'-]*\.?"
_PLACE = rf"{_WORD}(?:[ -](?:{_WORD}|на|де|де-|of|de|al|am|upon)){{0,3}}"
# Capitalised words that begin a sentence before a date: "В Москве, 3 сентября", "On Monday, March 4".
_NO_PLACE = (
    r"(?:В|Во|На|К|Ко|С|Со|До|От|Из|По|Об?|У|И|А|Но|Във|Със|За|При|On|In|At|By|From|Until|Since|The|A|An|This|That|And|But|After"
    r"|Before|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Понедельник|Вторник|Среда|Четверг|Пятница|Суббота|Воскресенье|Понеделник"
    r"|Сряда|Четвъртък|Петък|Събота|Неделя)\b"
)
_MONTH = f"(?i:{dates.MONTH})"
_PARTIAL = rf"(?P<day>{dates.DAY}) (?P<month>{_MONTH})|(?P<en_month>{_MONTH}) (?P<en_day>{dates.DAY})(?!\d)"
_WHEN = rf"(?P<when>(?:{_PARTIAL})(?:,? (?P<year>\d{{4}})(?!\d)(?:\s?(?:года|г)\b\.?)?)?)"
_MARK = r"(?:/\s?(?P<slashed{0}>[^/\n]{{2,50}}?)\s?/|\((?P<bracketed{0}>[^()\n]{{2,50}})\))"
_DASH = r"(?:[-–—]{1,3})"
_DATED = (
    rf"(?:,|\.)? {_WHEN}[.,]?(?:"
    rf"\s*{_MARK.format('')}\s*[.:]?\s*{_DASH}?"
    rf"|(?:\s+{_DASH}|,)\s+(?P<dashed>{_AGENCIES})(?:\.|\s+{_DASH})"
    rf"|\s+(?P<capitals>[A-ZА-ЯЁ][A-ZА-ЯЁ.]{{2,20}})\s+{_DASH}"
    rf"|\s+{_DASH}(?=\s)"
    rf"|(?<=\.)(?=\s+[A-ZА-ЯЁ«„“\"]))"
)
_UNDATED = rf"[.,]? {_MARK.format('_alone')}\s*(?:[.:]\s*{_DASH}?|{_DASH})"
_DATELINE = re.compile(rf"(?!{_NO_PLACE})(?P<place>{_PLACE}(?:, {_PLACE}){{0,2}})(?:{_DATED}|{_UNDATED})(?=\s|[A-ZА-ЯЁ«„“\"])")
_REPORTER = re.compile(r"(?:(?:соб\.|спец\.)\s?)?(?:кор{1,2}\.|кореспондент|корреспондент)(?: на)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report was filed: `month` and `number` of the day, its `year` if written, and the agency's mark."""

    span: Span
    month: int | None
    number: int | None
    year: int | None
    agency: str | None

    @property
    def published(self) -> date | None:
        """The full date, where the dateline has one that exists."""
        if self.year is None or self.month is None or self.number is None:
            return None
        try:
            return date(self.year, self.month, self.number)
        except ValueError:
            return None


def read_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline at `start`, as in "Пхеньян, 4 сентября. /ЦТАК/--", "София, 12 март (БТА)" or "KYIV (AP) —"; else None.

    Without a date, it is one only with the mark of an agency that is known, so that no bracket after a name passes.
    """
    match = _DATELINE.match(text, start, min(end, start + 150))
    if match is None:
        return None
    span = _trim(text, match.start(), match.end())
    mark = match["slashed"] or match["bracketed"] or match["slashed_alone"] or match["bracketed_alone"]
    agency = match["dashed"] or match["capitals"] or _agency(mark) or _agency(match["place"], only_known=True)
    if match["when"] is None:
        return Dateline(span, None, None, None, agency) if agency and _KNOWN.match(agency) else None
    if mark is not None and mark[0].islower() and agency is None:
        return None  # "(среда)" is no agency, and the line no dateline
    month = dates.month_number(match["month"] or match["en_month"])
    number = dates.day_number(match["day"] or match["en_day"])
    year = int(match["year"]) if match["year"] else None
    return Dateline(span, month, number, year, agency)


def _agency(mark: str | None, *, only_known: bool = False) -> str | None:
    """The agency in a dateline's mark: the mark itself, less the reporter's name; None where several are named."""
    if mark is None:
        return None
    parts = [part.strip() for part in re.split(r"[,;]", _REPORTER.sub("", mark).strip())]
    known = [part for part in parts if _KNOWN.match(part)]
    if known:
        return known[0] if len(known) == 1 else None
    single = parts[0] if len(parts) == 1 else ""
    return single if single[:1].isupper() and "/" not in single and not only_known else None
