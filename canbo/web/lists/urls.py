"""Addresses of the lists."""

from django.urls import path

from canbo.web import converters  # noqa: F401
from canbo.web.lists import batch, body_order, columns, facts, many, pages, rolls, views

urlpatterns = [
    path("ho-so/", pages.people, name="people"),
    path("ho-so/danh-sach.<kind:kind>", pages.people_file, name="people-file"),
    path("ho-so/cot/", columns.columns, name="people-columns"),
    path("ho-so/bo-loc/", views.views, name="people-views"),
    path("ho-so/bo-loc/mo/", views.view, name="people-view"),
    path("ho-so/da-chon/", many.picked, name="people-picked"),
    path("ho-so/da-chon/them/", many.add_record, name="people-add-record"),
    path("ho-so/da-ghi/", batch.batch, name="people-batch"),
    path("ho-so/thu-tu/", body_order.body_order, name="body-order"),
    path("ho-so/trich-ngang/", rolls.roll, name="roll"),
    path("ho-so/trich-ngang/trich-ngang.xlsx", rolls.roll_xlsx, name="roll-xlsx"),
    path("ho-so/trich-ngang/trich-ngang.docx", rolls.roll_docx, name="roll-docx"),
    path("ho-so/trich-ngang/mau/", rolls.rolls, name="rolls"),
    path("du-kien/", facts.facts, name="facts"),
]
