"""XML as a stream of events: no tree in memory, no document types, any namespace prefix."""

import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from canbo.sandbox.errors import Refused

Attributes = dict[str, str]
_CHUNK = 1 << 20


def part_chunks(archive: zipfile.ZipFile, part: str | None) -> Iterator[bytes]:
    """The bytes of one part of a zip, piece by piece; a missing part reads as an empty document."""
    if part is None:
        yield b"<none/>"
        return
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def is_true(text: str | None) -> bool:
    return text in ("1", "true", "on")


def parse(
    chunks: Iterator[bytes],
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Feed XML to callbacks that get names without the root's prefix; a document type (entity bombs) is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    prefix = ""

    def plain_start(name: str, attributes: Attributes) -> None:
        start(name[len(prefix) :] if prefix and name.startswith(prefix) else name, attributes)

    def plain_end(name: str) -> None:
        assert end is not None
        end(name[len(prefix) :] if name.startswith(prefix) else name)

    def first(name: str, attributes: Attributes) -> None:
        nonlocal prefix
        prefix = name[: name.rfind(":") + 1]
        parser.StartElementHandler = plain_start if prefix else start
        if end is not None:
            parser.EndElementHandler = plain_end if prefix else end
        parser.StartElementHandler(name, attributes)

    def refuse_doctype(*_: Any) -> None:
        raise Refused("Tệp chứa phần khai báo lạ (DOCTYPE) nên không được đọc; hãy lưu lại bằng Excel rồi gửi lại.")

    parser.StartElementHandler = first
    parser.StartDoctypeDeclHandler = refuse_doctype
    if text is not None:
        parser.CharacterDataHandler = text
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
