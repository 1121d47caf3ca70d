"""Addresses of self-declaration."""

from django.urls import path

from canbo.web import converters  # noqa: F401
from canbo.web.declarations import own, pages

urlpatterns = [
    path("ke-khai/", pages.run_list, name="declarations"),
    path("ke-khai/mo/", pages.run_new, name="declaration-new"),
    path("ke-khai/dot/<int:round>/", pages.run, name="declaration-round"),
    path("ke-khai/dot/<int:round>/danh-sach.<kind:kind>", pages.run_file, name="declaration-round-file"),
    path("ke-khai/dot/<int:round>/dat/", pages.run_act, name="declaration-round-act"),
    path("ke-khai/ban-khai/<int:declaration>/", pages.review, name="declaration"),
    path("ke-khai/giay-to/<int:item>/", pages.scan, name="declaration-scan"),
    path("ke-khai/cua-toi/", own.own_list, name="declarations-own"),
    path("ke-khai/cua-toi/<int:own_round>/", own.own, name="declaration-own"),
    path("ke-khai/cua-toi/<int:own_round>/khai/", own.fill, name="declaration-fill"),
    path("ke-khai/cua-toi/<int:own_round>/lam/", own.own_act, name="declaration-own-act"),
]
