"""Functions for the sandbox tests to run in the child."""

import os
import sys
import time


def echo(**payload: object) -> dict[str, object]:
    return payload


def modules() -> list[str]:
    return sorted({name.split(".")[0] for name in sys.modules})


def environment() -> dict[str, str]:
    return dict(os.environ)


def sleep() -> None:
    time.sleep(60)


def spin() -> None:
    while True:
        pass


def grow() -> int:
    return len(bytearray(2_000_000_000))


def write_much(size: int) -> bytes:
    return b"a" * size


def abort() -> None:
    os.abort()


def boom() -> None:
    raise KeyError("boom")
