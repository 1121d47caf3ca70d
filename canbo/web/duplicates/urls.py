"""Addresses of pairs that may be one person."""

from django.urls import path, register_converter

from canbo.web.duplicates import pages


class TwoPeople:
    """Two dossiers as one value: 12-34."""

    regex = r"\d{1,12}(?:-\d{1,12})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(TwoPeople, "pair")

urlpatterns = [
    path("ho-so/trung/", pages.duplicates, name="duplicates"),
    path("ho-so/trung/xet-lai/", pages.again, name="duplicates-again"),
    path("ho-so/trung/lan-nhap/<int:merge>/", pages.merge, name="duplicate-merge"),
    path("ho-so/trung/<pair:pair>/", pages.pair, name="duplicate"),
]
