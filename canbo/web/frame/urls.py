"""Addresses of the frame."""

from django.urls import path

from canbo.web.frame import home, search, theme

urlpatterns = [
    path("", home.home, name="home"),
    path("tim/", search.search, name="search"),
    path("giao-dien/", theme.choose, name="theme"),
]
