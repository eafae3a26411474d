"""What all values share: spans and dates."""

from __future__ import annotations

from datetime import date, datetime

Span = tuple[int, int]

_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es "
    "et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki "
    "kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no "
    "nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te "
    "tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)
LANGUAGES = frozenset(_ISO_639_1.split())  # two small letters each


def check_spans(spans: tuple[Span, ...], low: int, high: int, what: str) -> None:
    """Raise ValueError unless the spans are filled, in order, apart and inside (low, high)."""
    previous = low
    for start, end in spans:
        if not previous <= start < end <= high:
            raise ValueError(f"{what}: span ({start}, {end}) is empty, out of order or outside ({low}, {high})")
        previous = end


def iso(value: date | datetime | None) -> str | None:
    """The date as ISO 8601 writes it; None for None."""
    return None if value is None else value.isoformat()


def day(value: date | datetime) -> date:
    """The calendar day of a publication date, whichever of the two types it has."""
    return value.date() if isinstance(value, datetime) else value
