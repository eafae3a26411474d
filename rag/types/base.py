"""What all values share: spans and dates."""

from __future__ import annotations

from datetime import date, datetime

Span = tuple[int, int]


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
