"""The fields that a record, a sidecar, a manifest or front matter may give an article, checked.

| key | value |
|---|---|
| id | a string, or an integer |
| title, outlet | a string |
| published, or date | a date, or date and time, in any form that dates.py reads |
| language, or lang | an ISO 639-1 code; a region or script after it is dropped (`ru-RU`) |
| url | a web address |
| digest_of | `{outlet, published}`, or the keys `digest_of.outlet` and `digest_of.published` |

Keys are compared in small letters; other keys are passed over in silence, since exports carry many. A key whose value is
null, or a string of nothing but space, counts as not given. Of two spellings of one field the first in this table wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rag.ingest.dates import DateError, Moment, parse_date
from rag.ingest.errors import Unreadable
from rag.text import normalise
from rag.types import Original, day
from rag.types.base import LANGUAGES

KEYS = (
    *("id", "title", "outlet", "published", "date", "language", "lang", "url"),
    *("digest_of", "digest_of.outlet", "digest_of.published"),
)
_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8})*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Fields:
    """Metadata that was given for an article, checked; what was not given is None."""

    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: Moment | None = None
    language: str | None = None
    url: str | None = None
    digest_of: Original | None = None


def read_fields(record: Mapping[str, object]) -> Fields:
    """The fields in `record`. Raises Unreadable naming the key and its value where one has the wrong type or form."""
    given = {key.strip().lower(): value for key, value in record.items() if not _is_empty(value)}
    language = _language(given)
    return Fields(
        id=_identifier(given),
        title=_line(given, "title"),
        outlet=_line(given, "outlet"),
        published=_published(given, ("published", "date"), day_first=language not in (None, "en")),
        language=language,
        url=_url(given),
        digest_of=_digest_of(given),
    )


def read_text(record: Mapping[str, object]) -> str:
    """The record's text in normal form. Raises Unreadable where there is none, or it is no text."""
    for key, value in record.items():
        if key.strip().lower() == "text":
            if not isinstance(value, str):
                raise Unreadable(f"its text is {_shown(value)}, not a string")
            check_text(value)
            return normalise(value)
    raise Unreadable("it has no text; each record needs the key 'text'")


def check_text(text: str) -> None:
    """Raises Unreadable where `text` is empty or holds what no document can: NULs, halves of surrogate pairs."""
    if not text.strip():
        raise Unreadable("its text is empty")
    if (at := text.find("\x00")) >= 0:
        raise Unreadable(f"its text has a NUL character at {at}; it is not plain text")
    if (half := _SURROGATE.search(text)) is not None:
        raise Unreadable(f"its text has half of a surrogate pair at {half.start()}; export it again as UTF-8")


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _shown(value: object) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    shown = ascii(value) if isinstance(value, str) and _SURROGATE.search(value) else repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "..."


def _string(given: Mapping[str, object], key: str) -> str | None:
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unreadable(f"its {key} is {_shown(value)}, not a string")
    if _SURROGATE.search(value) or "\x00" in value:
        raise Unreadable(f"its {key} is {value!a}, which is not valid text")
    return normalise(value)


def _line(given: Mapping[str, object], key: str) -> str | None:
    value = _string(given, key)
    return None if value is None else " ".join(value.split())


def _identifier(given: Mapping[str, object]) -> str | None:
    value = given.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str | None):
        raise Unreadable(f"its id is {_shown(value)}, not a string or an integer")
    if value is not None and (_CONTROL.search(value) or _SURROGATE.search(value)):
        raise Unreadable(f"its id is {value!a}; an id has no control characters")
    return value


def _language(given: Mapping[str, object]) -> str | None:
    key = "language" if "language" in given else "lang"
    value = _string(given, key)
    if value is None:
        return None
    match = _TAG.fullmatch(value.strip())
    if match is None or match[1].lower() not in LANGUAGES:
        raise Unreadable(f"its {key} is {_shown(value)}, not an ISO 639-1 code such as ru, bg or en")
    return match[1].lower()


def _published(given: Mapping[str, object], keys: tuple[str, ...], *, day_first: bool) -> Moment | None:
    for key in keys:
        value = given.get(key)
        if value is None:
            continue
        if not isinstance(value, str):
            raise Unreadable(f"its {key} is {_shown(value)}, not a string; write it as YYYY-MM-DD")
        try:
            return parse_date(value, day_first=day_first)
        except DateError as error:
            raise Unreadable(f"its {key} cannot be read: {error}") from error
    return None


def _url(given: Mapping[str, object]) -> str | None:
    value = _string(given, "url")
    if value is None:
        return None
    value = value.strip()
    scheme, colon, _ = value.partition(":")
    if re.search(r"\s", value) or (colon and "." not in scheme and "/" not in scheme and scheme.lower() not in ("http", "https")):
        raise Unreadable(f"its url is {_shown(value)}, not a web address")
    return value


def _digest_of(given: Mapping[str, object]) -> Original | None:
    value = given.get("digest_of")
    if value is None:
        value = {key.removeprefix("digest_of."): each for key, each in given.items() if key.startswith("digest_of.")} or None
    if value is None:
        return None
    if not isinstance(value, dict):
        raise Unreadable(f"its digest_of is {_shown(value)}, not an object with outlet and published")
    try:
        fields = {str(key).lower(): each for key, each in value.items() if not _is_empty(each)}
        published = _published(fields, ("published", "date"), day_first=False)
        return Original(outlet=_line(fields, "outlet"), published=None if published is None else day(published))
    except Unreadable as error:
        raise Unreadable(f"in its digest_of, {error}") from error
