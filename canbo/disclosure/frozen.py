"""What is shown, as one text whose hash is kept: a table changed afterwards is known by it."""

import hashlib
import json
from datetime import date

from canbo.disclosure.models import Publication

STATES = {"now": "Đang công khai", "coming": "Sắp tới", "over": "Đã hết hạn", "withdrawn": "Đã gỡ"}


def hash_of(of: Publication) -> str:
    """sha256 over the canonical JSON of everything a reader is shown."""
    shown = {
        "unit": of.unit_id, "kind": of.kind, "name": of.name, "document": of.document, "reach": of.reach, "place": of.place,
        "start": of.start.isoformat(), "end": of.end.isoformat(), "table": of.table,
    }  # fmt: skip
    text = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def intact(publication: Publication) -> bool:
    """Whether what is kept is still what was made known."""
    return hash_of(publication) == publication.sha256


def state_of(of: Publication, on: date) -> str:
    """Where it stands on a day: a key of STATES."""
    if of.withdrawn_on is not None:
        return "withdrawn"
    return "coming" if on < of.start else "over" if on > of.end else "now"
