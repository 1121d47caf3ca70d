"""Kinds of values in addresses; imported once by the routes that use them."""

from django.urls import register_converter


class FileKind:
    """The two forms a list can be taken away in."""

    regex = "xlsx|csv"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileKind, "kind")


class TableFile(FileKind):
    """The three forms a printed table can be taken away in."""

    regex = "xlsx|docx|csv"


register_converter(TableFile, "table")
