"""The child's entry: `python -m canbo.sandbox.child REQUEST ANSWER`. Limits come first, then the work, then the answer."""

import importlib
import resource
import sys
from pathlib import Path
from typing import Any

from canbo.sandbox.errors import Refused
from canbo.sandbox.wire import dumps, loads

MIB = 1024 * 1024


def main(request_path: str, answer_path: str) -> None:
    request = loads(Path(request_path).read_bytes())
    limit(**request["limits"])
    Path(answer_path).write_bytes(dumps(answer(request["function"], request["payload"])))


def limit(*, memory_mib: int, cpu_seconds: int, output_mib: int) -> None:
    """From here on the process can neither grow, nor run, nor write beyond its limits, nor leave a core dump."""
    for what, most in (
        (resource.RLIMIT_AS, memory_mib * MIB),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, output_mib * MIB),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer(function: str, payload: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"result": resolve(function)(**payload)}
    except Refused as refused:
        return {"refused": refused.text, "detail": refused.detail}
    except MemoryError:
        return {"failed": "memory", "detail": ""}
    except RecursionError as error:
        return {"failed": "crash", "detail": repr(error)}


def resolve(function: str) -> Any:
    """`package.module:name` → the function; only our own package is ever asked for."""
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)


if __name__ == "__main__":
    main(*sys.argv[1:3])
