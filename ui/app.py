"""The layout of the page, and which event handler belongs to which component."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from rag import Archive, Assistant
from ui import render
from ui.events import MAX_QUESTION, Chat, in_effect, no_filters
from ui.examples import Example

_HERE = Path(__file__).parent
_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Noto Sans Mono", "Liberation Mono", "monospace")

# Custom events of the HTML components: `open` shows a reference in the pane, `ask` asks a question, `dates` tells that
# a reader changed a date (a text box tells of keys, but not of a day taken from a calendar).
_BRIDGE = "window.sverka.bridge(element, trigger, watch, ['open', 'ask', 'dates'])"
# The filters are kept in the page's address, so that a link reproduces them.
_REMEMBER = "(...filters) => window.sverka.remember(filters)"


@dataclass(frozen=True, slots=True)
class Page:
    """The components of the page that events read and write."""

    turns: gr.State
    masthead: gr.HTML
    welcome: gr.HTML
    thread: gr.HTML
    question: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    panel: gr.Accordion
    filters: list[Any]  # languages, outlets, since, until
    clear: gr.Button
    restart: gr.Button
    suggestions: gr.HTML
    pane: gr.HTML


def build(archive: Archive, assistant: Assistant, *, examples: Callable[[], Sequence[Example]] = tuple) -> gr.Blocks:
    """The page. Everything it holds is shared by all sessions and changed by none; conversations are per session.

    `examples` gives the example questions; it may block until they are worked out.
    """
    with gr.Blocks(title="Sverka", analytics_enabled=False, fill_width=True) as blocks:
        _connect(blocks, _layout(), Chat(archive, assistant, examples))
    return blocks


def _layout() -> Page:
    parts: dict[str, Any] = {"turns": gr.State(()), "masthead": _html("masthead", render.masthead(None))}
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
                with gr.Row(elem_id="below"):
                    with gr.Accordion("Filters", open=False, elem_id="filters") as parts["panel"]:
                        parts["filters"] = _filters()
                    with gr.Row(elem_id="below-actions"):
                        parts["clear"] = gr.Button("Clear filters", elem_id="clear-filters", scale=0, visible=False)
                        parts["restart"] = gr.Button("Start over", elem_id="restart", scale=0)
            parts["suggestions"] = _html("suggestions")
        with gr.Column(elem_id="pane-column", scale=9, min_width=280):
            parts["pane"] = _html("pane")
    return Page(**parts)


def _filters() -> list[Any]:
    languages = gr.CheckboxGroup([], label="Language", elem_id="languages")
    outlets = gr.Dropdown([], label="Outlet", multiselect=True, elem_id="outlets")
    with gr.Row():
        # `sverka.js` makes them date fields once they are drawn; without that they take YYYY-MM-DD.
        since = gr.Textbox(label="From", elem_id="since", max_lines=1, max_length=10, placeholder="YYYY-MM-DD")
        until = gr.Textbox(label="To", elem_id="until", max_lines=1, max_length=10, placeholder="YYYY-MM-DD")
    return [languages, outlets, since, until]


def _connect(blocks: gr.Blocks, page: Page, chat: Chat) -> None:
    private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    queued: dict[str, Any] = {**private, "concurrency_limit": None}  # nobody waits for another one's answer
    quick: dict[str, Any] = {**private, "queue": False}

    context = [page.turns, *page.filters]
    shown = [page.question, page.thread, page.pane, page.turns]
    asked = [
        gr.on([page.question.submit, page.ask.click], chat.ask, [page.question, *context], shown, **queued),
        page.suggestions.ask(chat.ask_clicked, context, shown, **queued),
        page.thread.ask(chat.ask_clicked, context, shown, **queued),
    ]
    for question in asked:
        question.failure(chat.fail, page.turns, [page.thread, page.turns], **quick)
    page.stop.click(chat.stop, page.turns, [page.thread, page.turns], cancels=asked, **quick)
    page.restart.click(chat.clear, None, [page.thread, page.pane, page.turns], cancels=asked, **quick)
    for component in (page.thread, page.pane):
        component.open(chat.open, page.turns, page.pane, **quick)

    # What readers do, not every change of a value: those that the program sets overtake one another on their way.
    named: dict[str, Any] = {"inputs": page.filters, "outputs": [page.panel, page.clear], **quick}
    languages, outlets, *_ = page.filters
    for chosen in (languages.input, outlets.input, page.masthead.dates):
        chosen(in_effect, js=_REMEMBER, trigger_mode="always_last", **named)
    page.clear.click(no_filters, None, page.filters, **quick).then(in_effect, js=_REMEMBER, **named)
    loaded = blocks.load(chat.load, None, [page.masthead, page.welcome, page.pane, *page.filters], **quick)
    loaded.then(in_effect, **named)
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
