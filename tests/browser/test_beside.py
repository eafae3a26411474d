"""What stands beside an answer, the choice of models, and conversations that come back, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

QUESTION = "How many people were hurt when the footbridge in Tamnar fell?"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def ask(page: Any, question: str = QUESTION, number: int = 1) -> Any:
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    turn = page.locator(f'#turn-{number}[aria-busy="false"]')
    turn.wait_for()
    return turn


def choose(page: Any, model: str) -> None:
    page.get_by_label("Answered by").click()
    page.get_by_role("option", name=model).click()


def test_all_that_stands_beside_an_answer_is_in_sight_or_one_click_away(models_site: Any) -> None:
    page = models_site.open()
    turn = ask(page)
    said = turn.inner_text()
    for words in (
        "Reported by 7 outlets, 3 of them independent",
        "According to the council",
        "= 1 September 2025 derived",
        "The sources contradict one another about the figure",
        "Reports changed over time about the figure",
        "by noon",
        "Bulgarian (24 documents)",
        "and 5 other outlets",
        "It read 8 of 12 passages",
    ):
        assert words in said
    assert "No source names a mayor." not in said
    turn.get_by_text("1 drafted sentence").click()
    assert "No source names a mayor." in turn.inner_text()
    turn.locator(".conflict .cite").first.click()
    page.locator("#here").wait_for()


def test_the_timeline_is_a_plot_whose_events_open_their_quotation_and_a_table_one_click_away(models_site: Any) -> None:
    page = models_site.open()
    turn = ask(page)
    turn.get_by_role("button", name="Show what happened when").click()
    dots = turn.locator(".plot button.dot")
    dots.first.wait_for()
    count = dots.count()
    assert count >= 3
    dots.first.hover()
    card = turn.locator(".plot .card").first
    card.wait_for()
    quotation = card.locator("q").text_content()
    dots.first.click()
    page.locator("#here").wait_for()
    assert "".join(page.locator("mark.here").all_text_contents()).split() == quotation.split()
    assert turn.locator("table").last.is_hidden()
    turn.get_by_text("The same as a table").click()
    assert turn.locator(".events tbody tr").count() == count
    turn.locator(".events .open").last.click()
    page.wait_for_function("document.activeElement.id === 'here'")
    assert turn.locator(".claim").count() >= 2


def test_a_timeline_can_be_read_from_the_keyboard(models_site: Any) -> None:
    page = models_site.open()
    turn = ask(page)
    turn.get_by_role("button", name="Show what happened when").press("Enter")
    turn.locator(".plot").wait_for()
    turn.locator("button.dot").first.focus()
    assert page.locator(".ref:focus-within .card").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('button.dot')")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'here'")


def test_on_a_phone_nothing_beside_an_answer_is_wider_than_the_page(models_site: Any) -> None:
    page = models_site.open(**PHONE)
    turn = ask(page)
    turn.get_by_role("button", name="Show what happened when").tap()
    turn.locator(".plot").wait_for()
    for disclosure in turn.locator("summary").all():
        disclosure.tap()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    outside = "(e) => { const b = e.getBoundingClientRect(); return b.left < 0 || b.right > innerWidth }"
    visible = "#turn-1 :is(td, th, dd, .dot, .axis span, .source, .says)"
    assert page.evaluate(f"[...document.querySelectorAll('{visible}')].filter({outside}).map(e => e.outerHTML)") == []


def test_a_model_on_another_machine_says_where_passages_go_before_and_after_it_is_asked(models_site: Any) -> None:
    page = models_site.open()
    assert page.locator("#chosen").inner_text() == ""
    choose(page, "Far")
    page.locator("#chosen .sends").wait_for()
    assert page.locator("#chosen").inner_text() == "This model sends passages to api.example"
    turn = ask(page)
    assert turn.locator(".scope").inner_text() == "Far"
    assert "Passages were sent to api.example" in turn.inner_text()
    choose(page, "Full")
    page.wait_for_function("document.querySelector('#chosen').textContent.trim() === ''")


def test_where_one_model_is_configured_there_is_no_choice(site: Any) -> None:
    page = site.open()
    assert page.locator("#model").count() == 0 or page.locator("#model").is_hidden()


def test_a_model_that_is_down_says_what_to_do_and_another_answers_at_one_click(models_site: Any) -> None:
    page = models_site.open()
    choose(page, "Down")
    turn = ask(page)
    assert "The language model failed" in turn.inner_text()
    assert "Start its server" in turn.inner_text()
    turn.get_by_role("button", name="Try Full instead").click()
    again = page.locator('#turn-2[aria-busy="false"]')
    again.wait_for()
    assert again.locator(".claim").count() >= 2
    assert again.locator(".scope").inner_text() == "Full"


def test_a_follow_up_shows_what_it_was_taken_for(models_site: Any) -> None:
    page = models_site.open()
    ask(page)
    turn = ask(page, "And then?", 2)
    assert "Understood as: And then? After that?" in turn.inner_text()


def kept(page: Any, question: str) -> None:
    """Wait until the browser has a conversation that begins with this question."""
    page.wait_for_function("(q) => Object.values(localStorage).some((text) => text.includes(JSON.stringify(q)))", arg=question)


def test_a_conversation_is_there_again_after_the_page_was_left_and_can_be_gone_on_with_or_forgotten(models_site: Any) -> None:
    page = models_site.open()
    shown = ask(page).locator(".says").all_inner_texts()
    ask(page, "And then?", 2)
    page.wait_for_function("Object.values(localStorage).some((text) => text.includes('And then?'))")
    page.reload()
    page.locator("#turn-2").wait_for()
    assert page.locator("#turn-1 .says").all_inner_texts() == shown
    page.locator("#turn-1 .cite").first.click()
    page.locator('[data-shown="1:0"]').wait_for()
    page.get_by_role("button", name="Start over").click()
    earlier = page.locator("[data-resume]")
    earlier.wait_for()
    assert page.locator(".turn").count() == 0
    assert QUESTION in earlier.inner_text()
    assert "1 more question" in earlier.inner_text()
    earlier.click()
    page.locator("#turn-2").wait_for()
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="Forget them").click()
    earlier.wait_for(state="hidden")
    page.reload()
    page.locator("[data-ask]").first.wait_for()
    assert page.locator("[data-resume], .turn").count() == 0


def test_two_tabs_keep_a_conversation_each(models_site: Any) -> None:
    first = models_site.open()
    ask(first)
    kept(first, QUESTION)
    second = models_site.another(first)
    second.locator("[data-resume]", has_text=QUESTION).wait_for()  # the first tab's, to go on with
    ask(second, "And where?")
    kept(second, "And where?")
    ask(first, "And then?", 2)
    first.wait_for_function("Object.values(localStorage).some((text) => text.includes('And then?'))")
    for page, questions in ((first, [QUESTION, "And then?"]), (second, ["And where?"])):
        page.reload()
        page.locator(".turn").first.wait_for()
        assert page.locator(".question").all_inner_texts() == questions
    # What a tab has open goes on in another one as a copy.
    third = models_site.another(first)
    third.locator("[data-resume]", has_text=QUESTION).click()
    third.locator("#turn-2").wait_for()
    ask(third, "And why?", 3)
    kept(third, QUESTION)
    first.reload()
    first.locator("#turn-2").wait_for()
    assert first.locator(".turn").count() == 2


def test_what_another_program_left_in_the_browser_is_not_taken_for_a_conversation(models_site: Any) -> None:
    page = models_site.open()
    ask(page)
    kept(page, QUESTION)
    page.evaluate("Object.keys(localStorage).forEach((key) => localStorage.setItem(key, 'what is this?'))")
    page.reload()
    page.locator("[data-ask]").first.wait_for()
    assert page.locator(".turn, [data-resume]").count() == 0
    ask(page)


def test_a_question_whose_answer_was_cut_off_is_there_to_be_asked_again(moody_site: Any) -> None:
    page = moody_site.open()
    question = f"[wait] {QUESTION}"
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.locator("#turn-1 .claim").first.wait_for()
    page.reload()
    page.wait_for_function("(q) => document.querySelector('#question textarea')?.value === q", arg=question)
    assert all("abort" in offence.lower() or "errored out" in offence for offence in moody_site.offences)  # Gradio, of the stream
    moody_site.offences.clear()


def test_a_quotation_in_another_language_is_translated_on_request_and_marked_as_machine_made(models_site: Any) -> None:
    page = models_site.open()
    turn = ask(page, "Колко души са пострадали при падането на моста в Тъмнар?")
    claim = turn.locator(".claim", has=page.locator(".foreign")).first
    quotation = claim.locator(".says > q").text_content()
    claim.get_by_role("button", name="Translate").press("Enter")
    claim.locator(".rendered").wait_for()
    assert claim.locator(".rendered").text_content() == f"So to speak: {quotation}"
    assert "Machine translation by some model, not a quotation." in claim.inner_text()
    assert claim.locator(".says > q").text_content() == quotation
    assert page.evaluate("document.activeElement.matches('.rendering')")
    claim.locator(".cite").click()
    page.locator("#here").wait_for()
    assert "Machine translation by some model" in page.locator("#pane .rendering").inner_text()


def test_a_translation_that_is_refused_says_why_and_one_made_elsewhere_says_where(models_site: Any) -> None:
    page = models_site.open("?model=Far")
    turn = ask(page, "Колко души са пострадали при падането на моста в Тъмнар?")
    turn.locator(".cite").last.click()
    page.locator("#here").wait_for()
    button = page.locator("#pane").get_by_role("button", name="Translate")
    assert button.evaluate("e => getComputedStyle(e, '::after').content") == '" (sends it to api.example)"'
    scrolled = page.locator("#pane-column").evaluate("e => e.scrollTop")
    button.click()
    page.locator("#pane .rendering", has_text="was refused. There is “77”").wait_for()
    assert page.locator("#pane-column").evaluate("e => e.scrollTop") == scrolled
    assert page.locator(".rendered").count() == 0


def test_a_translation_can_be_stopped(models_site: Any) -> None:
    page = models_site.open()
    turn = ask(page, "Колко души са пострадали при падането на моста в Тъмнар?")
    choose(page, "Down")
    turn.locator(".claim:has(.foreign) .cite").first.click()
    page.locator("#here").wait_for()
    page.locator("#pane").get_by_role("button", name="Translate").click()
    page.locator("#pane .rendering .searching").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.locator("#pane").get_by_role("button", name="Translate").wait_for()
    assert page.locator(".rendering").count() == 0
    assert page.get_by_role("button", name="Ask", exact=True).is_visible()


def test_where_no_model_can_translate_nothing_offers_it(site: Any) -> None:
    page = site.open()
    turn = ask(page)
    turn.locator(".claim:has(.foreign) .cite, .open:has(.foreign)").first.evaluate("(button) => button.click()")  # maybe folded
    page.locator("#here").wait_for()
    assert [button for button in page.locator(".translate").all() if button.is_visible()] == []


def test_the_chosen_model_is_kept_in_the_link(models_site: Any) -> None:
    page = models_site.open()
    choose(page, "Far")
    page.wait_for_url("**/?model=Far")
    again = models_site.open("?model=Far")
    again.locator("#chosen .sends").wait_for()
    assert again.get_by_label("Answered by").input_value() == "Far (sends passages to api.example)"
    assert ask(again).locator(".scope").inner_text() == "Far"


def test_a_link_that_names_what_is_not_here_says_so_until_it_is_changed(models_site: Any) -> None:
    page = models_site.open("?model=Gone&outlet=nowhere&language=xx&since=soon&until=%00&more=1")
    page.locator("#amiss .amiss").wait_for()
    said = page.locator("#amiss").inner_text()
    for unknown in ("the model Gone", "the outlet nowhere", "the language xx", "the day soon"):
        assert unknown in said
    assert ask(page).locator(".scope").inner_text() == "Full"
    choose(page, "Far")
    page.locator("#amiss .amiss").wait_for(state="hidden")


def test_an_answer_is_saved_as_a_file(models_site: Any, tmp_path: Path) -> None:
    page = models_site.open()
    turn = ask(page)
    with page.expect_download() as saving:
        turn.get_by_role("button", name="Save").click()
    assert saving.value.suggested_filename == "How-many-people-were-hurt-when-the-footbridge-in-Tamnar-fell.md"
    saving.value.save_as(tmp_path / "saved.md")
    saved = (tmp_path / "saved.md").read_text("utf-8")
    assert saved.startswith(f"# {QUESTION}\n")
    assert saved.count("\n> ") >= 2


def test_nothing_moves_under_the_reader_while_an_answer_comes(moody_site: Any) -> None:
    page = moody_site.open()
    page.fill("#question textarea", f"[wait] {QUESTION}")
    page.keyboard.press("Enter")
    first = page.locator("#turn-1-claim-0")
    first.wait_for()
    before = first.bounding_box()
    page.locator("#turn-1 .cite").first.focus()
    page.locator('#turn-1[aria-busy="false"]').wait_for()
    assert first.bounding_box() == before
    assert page.evaluate("document.activeElement.matches('#turn-1 .cite')")
