"""The layout of the page, and which event handler belongs to which component."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from rag import Archive, Assistant
from ui import render, words
from ui.events import MAX_QUESTION, Chat, in_effect, no_filters
from ui.examples import Example

_HERE = Path(__file__).parent
_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Noto Sans Mono", "Liberation Mono", "monospace")

# Custom events of the HTML components: `open` shows a reference in the pane, `ask` asks a question, `timeline` works one out,
# `translate` has a quotation translated, `dates` tells that a reader changed a date (a text box tells of keys, but not of a day
# taken from a calendar). Gradio finds their names in this text.
_BRIDGE = "window.sverka.bridge(element, trigger, watch, ['open', 'ask', 'timeline', 'translate', 'dates'])"
# The filters and the model are kept in the page's address, so that a link reproduces them.
_REMEMBER = "(...filters) => window.sverka.remember(filters)"
_REMEMBER_MODEL = "(model) => window.sverka.rememberModel(model)"


@dataclass(frozen=True, slots=True)
class Page:
    """The components of the page that events read and write."""

    turns: gr.State
    kept: gr.Textbox
    masthead: gr.HTML
    welcome: gr.HTML
    thread: gr.HTML
    question: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    chosen: gr.HTML
    amiss: gr.HTML
    model: gr.Dropdown
    panel: gr.Accordion
    filters: list[Any]  # languages, outlets, since, until
    clear: gr.Button
    restart: gr.Button
    suggestions: gr.HTML
    earlier: gr.HTML
    pane: gr.HTML


def build(archive: Archive, models: Mapping[str, Assistant], *, examples: Callable[[], Sequence[Example]] = tuple) -> gr.Blocks:
    """The page. Everything it holds is shared by all sessions and changed by none; conversations are per session.

    `models` are those that a reader may choose among, by the names that they see, the first one chosen at the start; nothing else
    about them reaches the browser but the host that a remote one sends passages to. `examples` gives the example questions; it
    may block until they are worked out.
    """
    with gr.Blocks(title="Sverka", analytics_enabled=False, fill_width=True) as blocks:
        # The browser keeps the conversations about each archive apart.
        place = hashlib.sha256(str(archive.path).encode()).hexdigest()[:12]
        _connect(blocks, _layout(models), Chat(archive, models, examples), place)
    return blocks


def _layout(models: Mapping[str, Assistant]) -> Page:
    parts: dict[str, Any] = {"turns": gr.State(()), "kept": gr.Textbox(visible=False)}
    with gr.Row(elem_id="head", equal_height=False):
        parts["masthead"] = _html("masthead", render.masthead(None))
        parts["restart"] = gr.Button("Start over", elem_id="restart", scale=0)
    with gr.Row(elem_id="desk", equal_height=False):
        with gr.Column(elem_id="conversation", scale=11, min_width=280):
            parts["welcome"] = _html("welcome")
            parts["thread"] = _html("thread")
            with gr.Column(elem_id="composer", scale=0):
                with gr.Row(elem_id="ask-row"):
                    parts["question"] = gr.Textbox(
                        elem_id="question",
                        label="Your question",
                        show_label=False,
                        container=False,
                        max_lines=6,
                        max_length=MAX_QUESTION,
                        placeholder="Ask in any language",
                        autofocus=True,
                    )
                    parts["ask"] = gr.Button("Ask", elem_id="ask", variant="primary", scale=0)
                    parts["stop"] = gr.Button("Stop", elem_id="stop", scale=0)
                parts["chosen"] = _html("chosen")
                parts["amiss"] = _html("amiss")
                with gr.Row(elem_id="below"):
                    with gr.Accordion("Filters", open=False, elem_id="filters") as parts["panel"]:
                        parts["filters"] = _filters()
                    with gr.Row(elem_id="below-actions"):
                        parts["model"] = _picker(models)
                        parts["clear"] = gr.Button("Clear filters", elem_id="clear-filters", scale=0, visible=False)
            parts["suggestions"] = _html("suggestions")
            parts["earlier"] = _html("earlier")
        with gr.Column(elem_id="pane-column", scale=9, min_width=280):
            parts["pane"] = _html("pane")
    return Page(**parts)


def _picker(models: Mapping[str, Assistant]) -> gr.Dropdown:
    """The choice of a model; where there is none to make, it is not shown."""
    choices = [
        (f"{name} ({words.sends(assistant.sends_to)})" if assistant.sends_to else name, name)
        for name, assistant in models.items()
    ]
    return gr.Dropdown(
        choices,
        value=choices[0][1],
        label="Answered by",
        elem_id="model",
        visible=len(choices) > 1,
        filterable=False,
        container=False,
        scale=0,
    )


def _filters() -> list[Any]:
    languages = gr.CheckboxGroup([], label="Language", elem_id="languages")
    outlets = gr.Dropdown([], label="Outlet", multiselect=True, elem_id="outlets")
    with gr.Row():
        # `sverka.js` makes them date fields once they are drawn; without that they take YYYY-MM-DD.
        since = gr.Textbox(label="From", elem_id="since", max_lines=1, max_length=10, placeholder="YYYY-MM-DD")
        until = gr.Textbox(label="To", elem_id="until", max_lines=1, max_length=10, placeholder="YYYY-MM-DD")
    return [languages, outlets, since, until]


def _connect(blocks: gr.Blocks, page: Page, chat: Chat, place: str) -> None:
    private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    queued: dict[str, Any] = {**private, "concurrency_limit": None}  # nobody waits for another one's answer
    quick: dict[str, Any] = {**private, "queue": False}

    context = [page.turns, page.model, *page.filters]
    shown = [page.question, page.thread, page.pane, page.turns]
    conversation = [page.thread, page.turns]
    aside = [
        page.thread.timeline(chat.timeline, [page.turns, page.model], conversation, **queued),
        *(
            part.translate(chat.translate, [page.turns, page.model], [page.thread, page.pane, page.turns], **queued)
            for part in (page.thread, page.pane)
        ),
    ]
    asked = [
        # A question that is asked while an answer still comes is asked after it.
        gr.on(
            [page.question.submit, page.ask.click],
            chat.ask,
            [page.question, *context],
            shown,
            trigger_mode="always_last",
            cancels=aside,
            **queued,
        ),
        page.suggestions.ask(chat.ask_clicked, context, shown, cancels=aside, **queued),
        page.thread.ask(chat.ask_clicked, context, shown, cancels=aside, **queued),
    ]
    running = [*asked, *aside]
    ended = [work.failure(chat.fail, page.turns, conversation, **quick) for work in running]
    ended.append(page.stop.click(chat.stop, page.turns, conversation, cancels=running, **quick))
    for end in [*running, *ended]:
        packed = end.then(chat.keep, page.turns, page.kept, **quick)
        packed.then(None, page.kept, None, js="(text) => window.sverka.keep(text)", **private)
    for component in (page.thread, page.pane):
        component.open(chat.open, page.turns, page.pane, **quick)

    blank = [page.thread, page.pane, page.turns]
    listed: dict[str, Any] = {"inputs": page.kept, "outputs": page.earlier, "js": "() => window.sverka.earlier()", **quick}
    cleared = page.restart.click(chat.clear, None, blank, js="() => window.sverka.renew()", cancels=running, **quick)
    cleared.then(chat.earlier, **listed)

    # What readers do, not every change of a value: those that the program sets overtake one another on their way.
    page.model.input(chat.chosen, page.model, page.chosen, js=_REMEMBER_MODEL, **quick)
    named: dict[str, Any] = {"inputs": page.filters, "outputs": [page.panel, page.clear], **quick}
    languages, outlets, *_ = page.filters
    for changed in (languages.input, outlets.input, page.masthead.dates):
        changed(in_effect, js=_REMEMBER, trigger_mode="always_last", **named)
    page.clear.click(no_filters, None, page.filters, **quick).then(in_effect, js=_REMEMBER, **named)

    loaded = blocks.load(
        chat.load,
        None,
        [page.masthead, page.welcome, page.pane, page.amiss, page.model, page.chosen, *page.filters],
        **quick,
    )
    loaded.then(in_effect, **named)
    found = loaded.then(chat.restore, page.kept, blank, js=f"() => window.sverka.kept({place!r})", **quick)
    found.then(chat.earlier, **listed)
    blocks.load(chat.suggest, None, page.suggestions, **queued)


def launch_options() -> dict[str, Any]:
    """What `Blocks.launch` needs so that the page looks as designed, and nothing leaves its own origin."""
    return {
        "theme": gr.themes.Base(font=_SANS, font_mono=_MONO),
        # Not `css=`: Gradio rewrites the selectors of that one.
        "head": f"<style>{(_HERE / 'style.css').read_text('utf-8')}</style>"
        f"<script>{(_HERE / 'sverka.js').read_text('utf-8')}</script>",
        "share": False,
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "max_file_size": 1,  # the page uploads nothing
        "state_session_capacity": 500,
        "quiet": True,
    }


def _html(name: str, value: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=_BRIDGE)
