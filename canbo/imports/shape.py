"""What makes two lists alike, so that the columns confirmed for one are known for the other."""

import hashlib
import json

from canbo.imports.reading import IGNORED, Reading
from canbo.kernel.text import fold


def shape_of(reading: Reading) -> str:
    """What makes two lists alike: the headings of their tables, whatever their rows."""
    tables = [[fold(column.header) for column in sheet.columns] for sheet in reading.sheets if sheet.kind != IGNORED]
    return hashlib.sha256(json.dumps(tables).encode()).hexdigest()
