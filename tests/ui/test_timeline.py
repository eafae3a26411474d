"""The timeline: every event is on the plot at its day and in the table, and opens its quotation."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

from rag.types import Event, Query, Timeline, TimelineEvent
from ui import timeline
from ui.timeline import MAX_LANES, Scale
from ui.turn import Chronicle, Moment, Turn


def turn(press: SimpleNamespace, events: tuple[TimelineEvent, ...] | None = None) -> Turn:
    answered = Turn(1, "q", Query("q")).after(Event("answer", answer=press.answer("q")))
    story = press.Assistant(press.answer).timeline(Query("q"))
    return answered.with_timeline(story if events is None else Timeline(Query("q"), events))


def at(press: SimpleNamespace, *days: date, outlet: str | None = "Mill Gazette") -> tuple[TimelineEvent, ...]:
    """Events on these days, each with a quotation of its own."""
    quote = press.quoting(press.most, "Его строили три года.")
    return tuple(
        TimelineEvent(d, d, replace(quote, doc_id=f"{outlet}{n}", outlet=outlet), d, "on Monday") for n, d in enumerate(days)
    )


def dots(shown: str) -> list[tuple[float, float, float]]:
    """Left, top and width of each event of a plot."""
    found = re.findall(r'style="left:([\d.]+)%;top:([\d.]+)rem;width:([\d.]+)%"', shown)
    return [tuple(map(float, numbers)) for numbers in found]  # type: ignore[misc]


def moments(*days: date) -> list[Moment]:
    return [Moment(day, day, 0) for day in days]


def test_days_stand_in_proportion_with_an_edge_on_both_sides() -> None:
    scale = Scale(moments(*(date(2025, 9, day) for day in (1, 6, 11))))
    assert list(scale.places.values()) == [3.0, 50.0, 97.0]
    assert scale.cuts == []
    assert list(Scale(moments(date(2025, 9, 1))).places.values()) == [50.0]


def test_a_gap_much_longer_than_the_others_is_cut_and_marked() -> None:
    # Gaps of 1, 1 and 20,000 days: the longest is drawn as 3, so that 94 percent are shared by 5 days.
    last = date(2025, 9, 3)
    scale = Scale(moments(date(1970, 12, 1), date(2025, 9, 1), date(2025, 9, 2), last))
    assert [round(place, 2) for place in scale.places.values()] == [3.0, 59.4, 78.2, 97.0]
    assert [(round(left, 2), round(right, 2)) for left, right in scale.cuts] == [(3.0, 59.4)]


def test_the_marked_days_are_those_of_most_events_and_their_labels_do_not_touch() -> None:
    first, second, third, last = (date(2025, 9, day) for day in (1, 2, 3, 11))
    ticks = Scale(moments(first, second, second, third, last)).ticks()
    assert [(round(place, 1), label) for place, label in ticks] == [(21.8, "2 Sep 2025"), (97.0, "11 Sep")]
    many = Scale(moments(*(first + timedelta(n) for n in range(200)))).ticks()
    assert 3 <= len(many) <= 5
    assert all(b[0] - a[0] >= 25 for a, b in pairwise(many))


def test_events_of_the_same_days_stand_one_above_another_and_distant_ones_in_a_row(press: SimpleNamespace) -> None:
    first, near, far = date(2025, 9, 1), date(2025, 9, 2), date(2025, 12, 1)
    shown = timeline.section(turn(press, at(press, first, first, near, far)))
    assert [top for _, top, _ in dots(shown)] == [0.0, 1.5, 0.0, 0.0]


def test_an_event_of_several_days_is_as_long_as_they_are(press: SimpleNamespace) -> None:
    long, *_ = at(press, date(2025, 9, 1))
    shown = timeline.section(turn(press, (replace(long, last=date(2025, 9, 6)), *at(press, date(2025, 9, 11), outlet="B"))))
    assert dots(shown)[0] == (3.0, 0.0, 47.0)


def test_each_outlet_has_a_lane_and_where_they_are_many_the_smallest_share_one(press: SimpleNamespace) -> None:
    day = date(2025, 9, 1)
    events = [event for n in range(MAX_LANES + 3) for event in at(press, *[day] * (20 - n), outlet=f"Outlet {n}")]
    shown = timeline.section(turn(press, tuple(events)))
    lanes = re.findall(r'<div class="lane"><h4><bdi[^>]*>([^<]*)', shown)
    assert lanes == [*[f"Outlet {n}" for n in range(MAX_LANES - 1)], "4 other outlets"]
    assert len(dots(shown)) == len(events)


def test_an_outlet_that_is_not_known_has_a_lane_too(press: SimpleNamespace) -> None:
    shown = timeline.section(turn(press, at(press, date(2025, 9, 1), outlet=None)))
    assert "<h4><bdi" in shown
    assert "Outlet unknown" in shown


def test_how_a_day_is_known_can_be_told_on_the_plot_and_in_the_table(press: SimpleNamespace) -> None:
    shown = timeline.section(turn(press))
    assert re.findall(r'class="dot (\w+)" data-ref', shown) == ["resolved", "resolved", "reported"]
    assert "Worked out from the day of the report" in shown
    assert "No day named: the day of the report" in shown
    assert "The text names the day" not in shown
    assert "<small>the day of the report</small>" in shown


def test_the_table_has_the_same_events_in_the_order_of_their_days(press: SimpleNamespace) -> None:
    shown = timeline.section(turn(press))
    table = shown[shown.index("<table") :]
    assert re.findall(r'<th scope="row">([^<]*?) ?<', table) == [
        "1 September 2022 – 31 August 2025",
        "1 September 2025",
        "1 September 2025",
    ]
    plot = shown[: shown.index("<table")]
    assert sorted(re.findall(r'data-ref="([^"]*)"', table)) == sorted(re.findall(r'data-ref="([^"]*)"', plot))


def test_a_timeline_is_asked_for_worked_out_empty_or_failed_and_says_which(press: SimpleNamespace) -> None:
    answered = Turn(1, "q", Query("q")).after(Event("answer", answer=press.answer("q")))
    assert 'data-timeline="1"' in timeline.section(answered)
    assert "Reading the dates" in timeline.section(replace(answered, chronicle=Chronicle(working=True)))
    assert "No dated event" in timeline.section(replace(answered, chronicle=Chronicle()))
    none = Turn(1, "q", Query("q")).after(Event("answer", answer=press.abstaining("q")))
    assert timeline.section(none) == ""


def test_kinds_of_days() -> None:
    day = date(2025, 9, 1)
    kinds = [timeline.kind(Moment(day, day, 0, *how)) for how in ((None, False), ("on Monday", True), ("1 September", False))]
    assert kinds == ["reported", "resolved", "said"]
