"""What readers do with the page, in a real browser. That no request leaves the page's origin is checked after each test."""

from __future__ import annotations

import re
from typing import Any

ENGLISH = "How many people were hurt when the footbridge in Tamnar fell?"
BULGARIAN = "Какво занесе Медведев на севернокорейския лидер?"
RUSSIAN = "О чём договорились Путин и Ким Чен Ын по телефону в августе 2025 года?"
UNANSWERABLE = "Кто выиграл чемпионат мира по футболу?"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def ask(page: Any, question: str, number: int = 1) -> Any:
    """Ask with Enter, wait for the end of the answer, and return the turn."""
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    return answered(page, number)


def answered(page: Any, number: int = 1) -> Any:
    turn = page.locator(f'#turn-{number}[aria-busy="false"]')
    turn.wait_for()
    return turn


# Whether words of the document that are not quoted stand in sight, right before or after the quotation.
NEIGHBOURS = """() => {
    const pane = document.querySelector("#pane-column").getBoundingClientRect();
    const mark = document.querySelector("#here");
    const text = document.querySelector(".text");
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let seen = 0;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (!node.data.trim() || node.parentElement.closest("mark.here, button")) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const below = Math.min(pane.bottom, innerHeight);
        seen += [...range.getClientRects()].filter((r) => r.top >= pane.top && r.bottom <= below).length;
    }
    return seen > 0;
}"""


CONTRASTS = """() => {
            const luminance = (rgb) => {
                const [r, g, b] = rgb.map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
            const ground = (element) => {
                for (let e = element; e; e = e.parentElement) {
                    const c = parts(getComputedStyle(e).backgroundColor);
                    if (c.length === 3 || c[3] === 1) return c.slice(0, 3);
                }
            };
            const chosen = ".question, .says, .source, .sources-of b, .cite, .standing, .actions button, .kicker, .metadata dt, "
                + ".metadata a, .text p, mark, .skipped, .holds span, #ask";
            return [...document.querySelectorAll(chosen)].filter((e) => e.offsetParent).map((e) => {
                const [a, b] = [luminance(parts(getComputedStyle(e).color).slice(0, 3)), luminance(ground(e))];
                return [e.className || e.tagName, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
            });
        }"""


def squeezed(text: str) -> str:
    return " ".join(text.split())


def no_filters(page: Any) -> None:
    page.wait_for_function("document.querySelector('#filters button span').textContent.trim() === 'Filters'")


def inside(page: Any, inner: str, outer: str) -> bool:
    """Whether an element lies within the visible box of another, top to bottom."""
    return page.evaluate(
        """([inner, outer]) => {
            const a = document.querySelector(inner).getBoundingClientRect();
            const b = document.querySelector(outer).getBoundingClientRect();
            return a.top >= b.top && a.bottom <= Math.min(b.bottom, innerHeight);
        }""",
        [inner, outer],
    )


def test_a_question_is_answered_with_numbered_quotations(site: Any) -> None:
    page = site.open()
    for number, question in enumerate((ENGLISH, BULGARIAN, RUSSIAN), 1):
        turn = ask(page, question, number)
        assert turn.locator(".question").inner_text() == question
        assert turn.locator(".claim").count() >= 1
        assert [button.inner_text() for button in turn.locator(".cite").all()][:1] == ["1"]
        assert page.locator("#question textarea").input_value() == ""


def test_every_example_is_asked_when_it_is_clicked_and_answered(site: Any) -> None:
    page = site.open()
    examples = page.locator("#suggestions [data-ask]")
    examples.first.wait_for()
    questions = [button.get_attribute("data-ask") for button in examples.all()]
    assert len(questions) == 3
    for number, question in enumerate(questions):
        examples.nth(number).click()
        turn = answered(page)
        assert turn.locator(".question").inner_text() == question
        assert turn.locator(".claim").count() >= 1
        assert page.locator("#welcome").is_hidden()
        page.get_by_role("button", name="Start over").click()
        examples.first.wait_for()


def test_a_citation_shows_its_quotation_outlet_date_and_language_when_pointed_at(site: Any) -> None:
    page = site.open()
    ask(page, ENGLISH)
    card = page.locator(".ref .card").first
    assert card.is_hidden()
    page.locator(".cite").first.hover()
    card.wait_for()
    assert card.locator("q").inner_text().strip("“”«»")
    assert re.search(r"\d{4}|undated", card.locator(".source").inner_text())
    assert card.locator(".source span").last.inner_text() in ("English", "Russian", "Bulgarian")
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_a_click_on_a_citation_opens_the_whole_document_scrolled_to_the_highlighted_quotation(moody_site: Any) -> None:
    page = moody_site.open(viewport={"width": 1200, "height": 420})  # low enough that documents have to be scrolled
    ask(page, RUSSIAN)
    for index in range(page.locator("#turn-1 .cite").count()):
        cite = page.locator("#turn-1 .cite").nth(index)
        quotation = cite.locator("xpath=following-sibling::span").locator("q").text_content()
        cite.click()
        page.locator(f'[data-shown="1:{index}"]').wait_for()
        page.wait_for_function("document.activeElement.id === 'here'")
        assert squeezed("".join(page.locator("mark.here").all_text_contents())) == squeezed(quotation)
        assert inside(page, "#here", "#pane-column")
        assert page.evaluate(NEIGHBOURS)
        assert cite.evaluate("button => button.classList.contains('current')")
        page.mouse.move(1, 1)
    assert page.locator(".metadata dt").all_inner_texts()[:3] == ["Outlet", "Date", "Language"]


def test_from_a_document_one_steps_through_the_sources_and_back_to_the_claim(moody_site: Any) -> None:
    page = moody_site.open()
    turn = ask(page, RUSSIAN)
    turn.locator(".cite").first.click()
    page.locator('[data-shown="1:0"]').wait_for()
    page.get_by_label("Next").click()
    page.locator('[data-shown="1:1"]').wait_for()
    page.get_by_role("button", name="All sources").click()
    page.locator(".source-list .open").first.click()
    page.locator('[data-shown="1:0"]').wait_for()
    page.locator("[data-goto]").first.click()
    assert page.evaluate("document.activeElement.id") == "turn-1-claim-0"


def test_from_a_document_every_claim_of_the_conversation_that_quotes_it_is_one_click_away(moody_site: Any) -> None:
    page = moody_site.open()
    ask(page, ENGLISH)
    ask(page, f"{ENGLISH} Tell me again.", 2)
    page.locator("#turn-2 .cite").first.click()
    page.locator("#here").wait_for()
    document = page.locator(".metadata dd").nth(0).inner_text(), page.locator(".document .title").inner_text()
    back = page.locator("[data-goto]")
    targets = [button.get_attribute("data-goto") for button in back.all()]
    assert {target.partition("-claim")[0] for target in targets} == {"turn-1", "turn-2"}
    for number, target in enumerate(targets):
        back.nth(number).click()
        assert page.evaluate("document.activeElement.id") == target
        assert inside(page, f"#{target}", "body")
        page.locator(f"#{target} .cite").first.click()
        page.locator(f'[data-shown^="{target.split("-")[1]}:"]').wait_for()
        assert document == (page.locator(".metadata dd").nth(0).inner_text(), page.locator(".document .title").inner_text())


def test_an_original_is_linked_to_where_it_was_published_and_opens_elsewhere(site: Any) -> None:
    page = site.open()
    ask(page, ENGLISH).locator(".cite").first.click()
    link = page.locator(".metadata a")
    link.wait_for()
    assert link.get_attribute("href").startswith("https://")
    assert link.get_attribute("target") == "_blank"
    assert "noopener" in link.get_attribute("rel")


def test_filters_narrow_the_search_are_named_are_kept_in_the_link_and_cleared(site: Any) -> None:
    page = site.open()
    page.locator("#filters > button").click()
    page.get_by_label("Bulgarian").check()
    page.get_by_role("button", name="Filters: Bulgarian").wait_for()
    turn = ask(page, ENGLISH)
    assert turn.locator(".scope").inner_text() == "Bulgarian"
    shown = turn.locator(".source span:last-child").all_text_contents()
    assert set(shown) == {"Bulgarian"}
    assert turn.locator(".foreign").first.inner_text() == "Bulgarian"  # named, since the question is in English
    page.wait_for_url(re.compile(r"\?language=bg$"))

    again = site.open("?language=bg&outlet=nowhere")
    again.get_by_role("button", name="Filters: Bulgarian").wait_for()
    assert ask(again, ENGLISH).locator(".scope").inner_text() == "Bulgarian"
    again.get_by_role("button", name="Clear filters").click()
    no_filters(again)
    assert ask(again, ENGLISH, 2).locator(".scope").count() == 0


def test_a_day_that_is_typed_or_taken_from_a_calendar_narrows_the_search(site: Any) -> None:
    page = site.open()
    page.locator("#filters > button").click()
    page.get_by_label("From").fill("2025-03-14")
    page.locator("#filters > button", has_text="from 14 March 2025").wait_for()
    page.get_by_label("To", exact=True).press_sequentially("03162025")
    page.locator("#filters > button", has_text="to 16 March 2025").wait_for()
    page.wait_for_url(re.compile(r"\?since=2025-03-14&until=2025-03-16$"))
    turn = ask(page, ENGLISH)
    days = turn.locator(".source span").all_text_contents()
    dated = {day for day in days if re.search(r"\d{4}|undated", day)}
    assert dated <= {"14 March 2025", "15 March 2025", "16 March 2025"}
    assert dated


def test_an_outlet_is_chosen_from_those_of_the_archive_with_their_numbers(site: Any) -> None:
    page = site.open()
    page.locator("#filters > button").click()
    page.locator("#outlets input").click()
    options = page.locator("#outlets [role=option]").all_inner_texts()
    assert all(re.search(r"\(\d+\)$", option.strip()) for option in options)
    page.locator("#outlets [role=option]", has_text="The Ostrel Ledger").click()
    page.keyboard.press("Escape")
    turn = ask(page, ENGLISH)
    assert turn.locator(".scope").inner_text() == "The Ostrel Ledger"
    assert set(turn.locator(".sources-of b").all_inner_texts()) <= {"The Ostrel Ledger"}


def test_filters_that_match_nothing_say_so_and_are_cleared_by_one_click(site: Any) -> None:
    page = site.open("?since=2031-01-01")
    page.get_by_role("button", name="Filters: from 1 January 2031").wait_for()
    turn = ask(page, ENGLISH)
    assert "The filters leave no document" in turn.inner_text()
    turn.get_by_role("button", name="Clear the filters").click()
    no_filters(page)
    turn.get_by_role("button", name="Ask again").click()
    assert answered(page, 2).locator(".claim").count() >= 1


def test_a_question_without_an_answer_gets_none_and_the_closest_sentences_are_not_called_one(site: Any) -> None:
    page = site.open()
    turn = ask(page, UNANSWERABLE)
    assert turn.locator(".claim").count() == 0
    assert "The archive does not answer this" in turn.inner_text()
    assert "Closest sentences found, not an answer" in turn.inner_text()
    turn.locator(".near .open").first.click()
    page.locator("#here").wait_for()


def test_each_question_of_a_conversation_keeps_its_own_citations(moody_site: Any) -> None:
    page = moody_site.open()
    first = ask(page, ENGLISH).locator(".sources-of").first.inner_text()
    second = ask(page, BULGARIAN, 2)
    assert second.locator(".cite").first.inner_text() == "1"
    assert page.locator("#turn-1 .sources-of").first.inner_text() == first
    page.locator("#turn-1 .cite").first.click()
    page.locator('[data-shown="1:0"]').wait_for()
    page.locator("#turn-2 .cite").first.click()
    page.locator('[data-shown="2:0"]').wait_for()


def test_two_sessions_do_not_see_one_another(site: Any) -> None:
    mine, yours = site.open(), site.open()
    ask(mine, ENGLISH)
    ask(yours, BULGARIAN)
    ask(mine, RUSSIAN, 2)
    assert mine.locator(".question").all_inner_texts() == [ENGLISH, RUSSIAN]
    assert yours.locator(".question").all_inner_texts() == [BULGARIAN]
    yours.locator(".cite").first.click()
    yours.locator('[data-shown="1:0"]').wait_for()
    assert "Медведев" in yours.locator("#pane").inner_text()


def test_a_question_can_be_edited_copied_asked_again_and_all_started_over(site: Any) -> None:
    page = site.open(permissions=["clipboard-read", "clipboard-write"])
    turn = ask(page, ENGLISH)
    turn.get_by_role("button", name="Edit").click()
    assert page.locator("#question textarea").input_value() == ENGLISH
    page.locator("#question textarea").fill("")
    turn.get_by_role("button", name="Copy with sources").click()
    turn.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(ENGLISH)
    assert "[1]" in copied
    turn.get_by_role("button", name="Ask again").click()
    answered(page, 2)
    page.get_by_role("button", name="Start over").click()
    page.locator("#welcome h2").wait_for()
    assert page.locator(".turn").count() == 0


def test_everything_can_be_done_from_the_keyboard(site: Any) -> None:
    page = site.open()
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")  # the question box has the focus at the start
    page.keyboard.type(ENGLISH)
    page.keyboard.press("Enter")
    answered(page)
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.cite')"):
            break
    assert page.locator(".ref:focus-within .card").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'here'")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.cite')")


def test_on_a_phone_the_document_is_a_sheet_over_the_conversation(site: Any) -> None:
    page = site.open(**PHONE)
    turn = ask(page, ENGLISH)
    assert not page.locator("#pane").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    turn.locator(".cite").first.tap()
    page.wait_for_function("document.activeElement.id === 'here'")
    page.wait_for_function("document.querySelector('#pane-column').getBoundingClientRect().bottom <= innerHeight + 1")
    assert inside(page, "#here", "#pane-column")
    assert page.evaluate("document.querySelector('#conversation').inert")
    page.get_by_role("button", name="Close").tap()
    page.wait_for_function("getComputedStyle(document.querySelector('#pane-column')).visibility === 'hidden'")
    assert page.evaluate("document.activeElement.matches('.cite')")
    turn.get_by_role("button", name="Sources", exact=True).tap()
    page.locator(".source-list").wait_for()
    page.go_back()  # the phone's own way to close something
    page.wait_for_function("!document.body.classList.contains('sheet-open')")
    assert turn.is_visible()
    turn.locator(".cite").last.tap()
    page.wait_for_function("document.activeElement.id === 'here'")
    page.locator("[data-goto]").last.tap()
    page.wait_for_function("!history.state?.sheet")
    page.wait_for_timeout(100)  # in which a browser would scroll back
    assert inside(page, f"#{page.evaluate('document.activeElement.id')}", "body")
    assert page.evaluate("document.activeElement.matches('.claim')")


def test_who_pastes_more_than_a_question_is_told_what_was_left_out(site: Any) -> None:
    page = site.open(permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('<b>Who?</b> ' + 'x'.repeat(10_000))")
    page.locator("#question textarea").press("ControlOrMeta+V")
    note = "getComputedStyle(document.querySelector('#question'), '::after').content.includes('The rest was left out')"
    page.wait_for_function(note)
    turn_text = page.locator("#question textarea").input_value()
    assert len(turn_text) == 1000
    page.keyboard.press("Enter")
    assert squeezed(answered(page).locator(".question").text_content()) == turn_text
    page.wait_for_function(f"!{note}")


def test_text_stands_out_from_its_ground_in_light_and_in_dark(site: Any) -> None:
    page = site.open(reduced_motion="reduce")
    ask(page, ENGLISH).locator(".cite").first.click()
    page.locator("#here").wait_for()
    page.mouse.move(1, 1)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.reload()  # Gradio looks at the theme when it starts
        page.locator("#turn-1 .cite").first.click()
        page.locator("#here").wait_for()
        page.mouse.move(1, 1)
        contrasts = page.evaluate(CONTRASTS)
        assert len(contrasts) > 10
        assert [found for found in contrasts if found[1] < 4.5] == []  # WCAG 2, level AA
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] < 128")
        assert dark == (scheme == "dark")


def test_a_running_answer_can_be_stopped_and_what_was_found_stays(moody_site: Any) -> None:
    page = moody_site.open()
    page.fill("#question textarea", f"[wait] {RUSSIAN}")
    page.keyboard.press("Enter")
    page.locator('#turn-1[aria-busy="true"] .claim').first.wait_for()
    assert page.get_by_role("button", name="Ask", exact=True).is_hidden()
    page.get_by_role("button", name="Stop").click()
    turn = answered(page)
    assert "Stopped" in turn.inner_text()
    found = turn.locator(".claim").count()
    assert 1 <= found < 3
    turn.locator(".cite").first.click()
    page.locator("#here").wait_for()
    page.wait_for_timeout(1200)  # in which the next sentence would have come
    assert turn.locator(".claim").count() == found
    assert ask(page, BULGARIAN, 2).locator(".claim").count() >= 1


def test_an_error_of_the_program_ends_the_answer_and_says_where_to_look(moody_site: Any) -> None:
    page = moody_site.open()
    turn = ask(page, f"[break] {ENGLISH}")
    assert "The program met an error of its own" in turn.inner_text()
    assert "broken on purpose" not in page.locator("body").inner_text()
    assert ask(page, ENGLISH, 2).locator(".claim").count() >= 1


def test_an_empty_archive_says_how_to_fill_it(empty_site: Any) -> None:
    page = empty_site.open()
    assert "sverka index FOLDER" in page.locator("#welcome").inner_text()
    assert "The archive is empty" in ask(page, ENGLISH).inner_text()
