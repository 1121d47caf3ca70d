"""Addresses of the import."""

from django.urls import path

from canbo.web.importing import offers, pages, steps

urlpatterns = [
    path("nhap/", pages.lists, name="import"),
    path("nhap/mau/", offers.templates, name="import-templates"),
    path("nhap/mau.xlsx", offers.template, name="import-template"),
    path("nhap/de-sua.xlsx", offers.for_editing, name="import-for-editing"),
    path("nhap/viec/<int:job>/", pages.job, name="import-job"),
    path("nhap/viec/<int:job>/trang/", steps.sheets, name="import-sheets"),
    path("nhap/viec/<int:job>/doc-lai/", steps.read_again, name="import-again"),
    path("nhap/viec/<int:job>/dong/", steps.rows, name="import-rows"),
    path("nhap/viec/<int:job>/ghi/", steps.write, name="import-write"),
    path("nhap/viec/<int:job>/sua-tiep/", steps.go_on, name="import-go-on"),
    path("nhap/viec/<int:job>/hoan-tac/", steps.undo, name="import-undo"),
    path("nhap/viec/<int:job>/dung/", pages.stop, name="import-stop"),
    path("nhap/viec/<int:job>/bo/", pages.drop, name="import-drop"),
    path("nhap/viec/<int:job>/chua-ghi.xlsx", pages.refused_rows, name="import-refused"),
]
