"""A document as plain values and back: what a draft keeps, so that the numbered copy is made from the same values."""

import base64
import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from canbo.documents.grid import Grid, Group, Head
from canbo.documents.paper import Beside, Document, Heading, Letterhead, PageBreak, Paragraph, Photo, Run, Signature
from canbo.documents.tables import as_text

_KINDS = {
    kind.__name__: kind
    for kind in (Beside, Document, Grid, Group, Head, Heading, Letterhead, PageBreak, Paragraph, Photo, Run, Signature)
}


def to_json(document: Document) -> str:
    """The document as JSON text; cells that are neither numbers nor texts become what is printed for them."""
    return json.dumps(_plain(document), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Document:
    made: Document = _made(json.loads(text))
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {"$": type(value).__name__} | {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, bytes):
        return {"$": "bytes", "b": base64.b64encode(value).decode()}
    if isinstance(value, date):
        return {"$": "date", "d": value.isoformat()}
    return value if value is None or isinstance(value, str | int | float | bool) else as_text(value)


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(part) for part in value)
    if not isinstance(value, dict):
        return value
    match value["$"]:
        case "bytes":
            return base64.b64decode(value["b"])
        case "date":
            return date.fromisoformat(value["d"])
        case name:
            made = {key: _made(part) for key, part in value.items() if key != "$"}
            return _KINDS[name](**(made | {"rows": list(made["rows"])} if name == "Grid" else made))
