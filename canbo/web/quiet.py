"""What no log of the server says: who opened the ballot page, and when."""

import logging

BALLOTS = "/phieu/"


class NotOfBallots(logging.Filter):
    """Drops lines about requests to the ballot page; a fault of the program is told without its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        path = str(getattr(getattr(record, "request", None), "path", ""))
        if not path.startswith(BALLOTS):
            return True
        record.msg, record.args = "Internal Server Error", ()
        return record.levelno >= logging.ERROR
