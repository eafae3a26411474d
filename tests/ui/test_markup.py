"""Foreign text stays text: escaping, isolation of its direction, and links that are only what they seem."""

from __future__ import annotations

import json
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ui.markup import esc, isolated, original, web_host

HOSTILE: list[str] = json.loads((Path(__file__).parents[1] / "browser" / "hostile.json").read_text("utf-8"))


class Seen(HTMLParser):
    """The elements, attributes and text that a parser finds in markup."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", []))


def test_there_are_at_least_25_hostile_texts() -> None:
    assert len(set(HOSTILE)) >= 25


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_run_of_text_in_an_element(text: str) -> None:
    seen = Seen(f"<p>{esc(text)}</p>")
    assert [tag for tag, _ in seen.elements] == ["p"]
    assert seen.text == text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_value_in_an_attribute(text: str) -> None:
    assert Seen(f'<p title="{esc(text)}"></p>').elements == [("p", [("title", text)])]


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_holds_nothing_that_a_template_would_evaluate(text: str) -> None:
    assert not set("${}`<>\"'") & set(esc(text))


def test_plain_text_in_any_script_is_left_as_it_is() -> None:
    assert esc("Пхенян, 平壤, naïve — № 5 %") == "Пхенян, 平壤, naïve — № 5 %"


def test_half_a_surrogate_pair_which_no_response_could_carry_becomes_a_replacement_character() -> None:
    assert esc("a\ud800b") == "a\ufffdb"
    esc("a\ud800b").encode()


def test_foreign_text_keeps_its_own_direction_and_language() -> None:
    assert isolated("<b>", "q", lang="he", cls="x", id=None) == '<q dir="auto" lang="he" class="x">&lt;b&gt;</q>'


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://gazette.example/a?b=c#d", "gazette.example"),
        ("http://GAZETTE.example:8080/", "gazette.example"),
        ("https://gazette.example@tracker.invalid/", "tracker.invalid"),
        ("https://вестник.example/новости", "вестник.example"),
        ("ftp://gazette.example/", None),
        ("//gazette.example/", None),
        ("https:///nowhere", None),
        ("https://gazette.example:99999/", None),
        ("https://[::1/", None),
        (" https://gazette.example/", None),
        ("java\nscript:window.pwned=1", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links_and_name_the_host_they_lead_to(url: str | None, host: str | None) -> None:
    assert web_host(url) == host


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_url_is_shown_and_never_linked(url: str) -> None:
    seen = Seen(original(url))
    assert "a" not in [tag for tag, _ in seen.elements]
    assert seen.text == url


def test_a_link_opens_elsewhere_and_does_not_hand_over_the_page() -> None:
    ((_, attributes), *_) = Seen(original("https://gazette.example/?a=1&b=2")).elements
    assert dict(attributes) == {
        "href": "https://gazette.example/?a=1&b=2",
        "target": "_blank",
        "rel": "noopener noreferrer",
    }


def test_escaping_can_be_undone() -> None:
    assert unescape(esc("${a} {{b}} `c` & <d> \"e\" 'f'")) == "${a} {{b}} `c` & <d> \"e\" 'f'"
