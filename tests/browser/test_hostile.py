"""Documents that try to be markup, a template or a script: all of it shows as text, nothing runs, nothing is fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

HOSTILE: list[str] = json.loads((Path(__file__).parent / "hostile.json").read_text("utf-8"))
TOGETHER = 4  # documents that one page looks at: all of their passages are found, and a page is costly to open
QUESTION = "What did the mayor of Evilford open?"

# Elements that our own markup never has, and attributes that would run something.
FOREIGN = """
[...document.querySelectorAll("#masthead *, #welcome *, #suggestions *, #thread *, #pane *")].filter((e) =>
    /^(script|style|img|svg|iframe|object|embed|form|input|link|meta|base|video|audio|math|template|textarea|source)$/i
        .test(e.tagName)
    || [...e.attributes].some((a) => /^on/i.test(a.name))
    || /^\\s*(javascript|data|file):/i.test(e.getAttribute("href") || "")
).map((e) => e.outerHTML)
"""


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("group", range(0, len(HOSTILE), TOGETHER), ids=lambda first: HOSTILE[first][:40])
def test_hostile_documents_are_shown_as_text(hostile_site: Any, group: int) -> None:
    texts = HOSTILE[group : group + TOGETHER]
    page = hostile_site.open("?" + urlencode({"outlet": texts}, doseq=True))
    page.get_by_role("button", name="Filters: ").wait_for()
    for number, text in enumerate(texts, 1):
        page.fill("#question textarea", f"{QUESTION} {text}"[:900])
        page.keyboard.press("Enter")
        turn = page.locator(f'#turn-{number}[aria-busy="false"]')
        turn.wait_for()
        assert squeezed(turn.locator(".question").text_content()) == squeezed(f"{QUESTION} {text}")
        assert {squeezed(part) for part in turn.locator(".scope li").all_text_contents()} == set(map(squeezed, texts))

    opened = set()
    for reference in sorted(
        {button.get_attribute("data-ref") for button in turn.locator("[data-ref]").all()} - {f"{number}:all"}
    ):
        turn.locator(f'[data-ref="{reference}"]').first.evaluate("(button) => button.click()")  # it may be folded away
        page.locator(f'[data-shown="{reference}"]').wait_for()
        outlet = squeezed(page.locator(".metadata dd").first.text_content())
        shown = squeezed(page.locator(".document").text_content())
        assert shown.count(outlet) >= 4  # title, outlet, and twice in the text
        assert page.locator(".metadata a").get_attribute("href").startswith("https://evilford.example/?q=")
        opened.add(outlet)
    assert opened == set(map(squeezed, texts))
    for disclosure in page.locator("summary").all():
        disclosure.click()

    assert page.evaluate(FOREIGN) == []
    assert page.evaluate("window.pwned") is None
    assert page.locator("[data-ask=hijacked]").count() == 0
    assert page.locator(".masthead").is_visible()


def test_hostile_outlets_are_offered_as_text_in_the_filters(hostile_site: Any) -> None:
    page = hostile_site.open()
    page.locator("#filters > button").click()
    page.locator("#outlets input").click()
    offered = {squeezed(option.rpartition(" (")[0]) for option in page.locator("#outlets [role=option]").all_text_contents()}
    assert {squeezed(f"x {text}")[2:] for text in HOSTILE} <= {text.removeprefix("✓ ").removeprefix("✓") for text in offered}
    assert page.evaluate("window.pwned") is None
