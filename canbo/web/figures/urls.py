"""Addresses of the statistics desk."""

from django.urls import path

from canbo.web import converters  # noqa: F401
from canbo.web.figures import checking, forms, kept, pages

urlpatterns = [
    path("thong-ke/", pages.statistics_page, name="statistics"),
    *(path(f"thong-ke/thong-ke.{form}", pages.statistics_file, {"form": form}, name=name) for form, name in (
        ("xlsx", "statistics-xlsx"), ("csv", "statistics-csv"), ("docx", "statistics-docx"), ("svg", "statistics-svg"),
    )),
    path("thong-ke/bang-luu/", kept.kept_page, name="statistics-kept"),
    path("thong-ke/bieu/", forms.form_page, name="statistics-form"),
    path("thong-ke/bieu/bieu.xlsx", forms.form_file, {"form": "xlsx"}, name="statistics-form-xlsx"),
    path("thong-ke/bieu/bieu.docx", forms.form_file, {"form": "docx"}, name="statistics-form-docx"),
    path("thong-ke/kiem-tra-so-lieu/", checking.figure_check, name="figure-check"),
    path("thong-ke/nguoi/", pages.behind, name="statistics-people"),
    path("thong-ke/nguoi/danh-sach.<kind:kind>", pages.behind_file, name="statistics-people-file"),
]  # fmt: skip
