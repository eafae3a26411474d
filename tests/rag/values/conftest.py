"""A value in one line, for tables of what texts state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rag.values import Value, read_values

Brief = Callable[..., list[str]]


def brief(value: Value) -> str:
    """kind figure[..figure] [unit] [hedge] [what[/group]]; dates in ISO form or as their partial."""
    if value.low is None or value.high is None:
        ends = [value.partial or ""]
    elif value.kind == "date":
        ends = [date.fromordinal(int(end)).isoformat() for end in dict.fromkeys((value.low, value.high))]
    else:
        ends = [f"{round(end, 3):.12g}" for end in dict.fromkeys((value.low, value.high))]
    unit = value.unit if value.kind not in ("age", "time") else ""
    counted = (value.what or "") + (f"/{value.group}" if value.group else "")
    return " ".join(part for part in (value.kind, "..".join(ends), unit, value.hedge.removeprefix("exact"), counted) if part)


@pytest.fixture(scope="session")
def read() -> Brief:
    """The values of a text as lines; published on Wednesday, 3 September 2025, unless said otherwise."""

    def _read(text: str, language: str, published: date | None = date(2025, 9, 3)) -> list[str]:
        found = read_values(text, language, published=published)
        assert all(text[value.start : value.end] == value.text for value in found)
        return [brief(value) for value in found]

    return _read
