"""Addresses of help."""

from django.urls import path

from canbo.web.help import views

urlpatterns = [
    path("tro-giup/", views.index, name="help"),
    path("tro-giup/bat-dau/", views.first_hour, name="first-hour"),
    path("tro-giup/trang/<slug:route>/", views.help_page, name="help-page"),
]
