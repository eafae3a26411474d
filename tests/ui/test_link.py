"""What a link asks for: what is here is taken, what is not is named."""

from __future__ import annotations

import pytest
from starlette.datastructures import QueryParams

from ui import link
from ui.link import Link

HERE = {"model": ("Quotation", "small"), "language": ("bg", "ru"), "outlet": ("A & B",)}


def read(query: str) -> Link:
    return link.read(QueryParams(query), HERE)


def test_what_a_link_asks_for_is_taken() -> None:
    asked = read("model=small&language=ru&language=bg&language=ru&outlet=A+%26+B&since=2025-09-01&until=20250930&other=x")
    assert asked == Link("small", ("ru", "bg"), ("A & B",), "2025-09-01", "2025-09-30", ())


def test_a_link_without_parameters_asks_for_nothing() -> None:
    assert read("") == read("model=&language=&outlet=&since=&until=") == Link(None, (), (), None, None, ())


def test_what_is_not_here_is_named_and_the_rest_is_taken() -> None:
    asked = read("model=gone&model=small&language=de&outlet=x&since=soon&until=2025-02-30")
    assert asked.model == "small"
    assert asked.unknown == (
        *(("model", "gone"), ("language", "de"), ("outlet", "x")),
        *(("day", "soon"), ("day", "2025-02-30")),
    )


@pytest.mark.parametrize("rubbish", ["<script>", "x" * 10_000, "\x00", "%", "2025-09-01T00:00", "‮"])
def test_rubbish_is_named_wherever_it_stands(rubbish: str) -> None:
    params = QueryParams([(name, rubbish) for name in ("model", "language", "outlet", "since", "until")])
    assert [value for _, value in link.read(params, HERE).unknown] == [rubbish] * 5
