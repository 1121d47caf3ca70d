"""JSON with bytes in it: what crosses the border of the child. No pickle – a pickle from a broken child could run code."""

import base64
import json
from typing import Any

_MARK = "$bytes"


def _encode(value: object) -> dict[str, str]:
    if isinstance(value, bytes | bytearray | memoryview):
        return {_MARK: base64.b64encode(value).decode("ascii")}
    raise TypeError(f"{type(value).__name__} cannot cross the border of the sandbox")


def _decode(value: dict[str, Any]) -> Any:
    if len(value) == 1 and _MARK in value:
        return base64.b64decode(value[_MARK])
    return value


def dumps(value: object) -> bytes:
    """JSON bytes of plain values; bytes inside are base64."""
    return json.dumps(value, default=_encode, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def loads(data: bytes) -> Any:
    """The value that `dumps` was given (tuples come back as lists)."""
    return json.loads(data.decode("utf-8", "surrogatepass"), object_hook=_decode)
