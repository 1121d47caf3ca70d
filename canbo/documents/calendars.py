"""Dated obligations as a calendar file that every calendar program reads (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """An all-day entry from `start` to `end`, both included; `uid` is the same each time the same thing is exported."""

    uid: str
    start: date
    end: date
    summary: str
    description: str = ""


def ics(entries: Iterable[Entry], *, name: str, at: datetime) -> bytes:
    """The calendar; the same entries at the same moment give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//canbo//Lich cong tac can bo//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.uid}@canbo")
        event.add("dtstamp", at)
        event.add("dtstart", entry.start)
        event.add("dtend", entry.end + timedelta(days=1))
        event.add("summary", entry.summary)
        if entry.description:
            event.add("description", entry.description)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
