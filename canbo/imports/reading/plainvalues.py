"""Values of a reading as JSON can hold them."""

from typing import Any

from canbo.kernel.dates import PartialDate


def plain(value: Any) -> Any:
    """JSON values: partial dates as ISO text, tuples as lists."""
    if isinstance(value, dict):
        if set(value) == {"year", "month", "day"}:  # what asdict makes of a partial date
            return PartialDate(**value).iso
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.iso if isinstance(value, PartialDate) else value
