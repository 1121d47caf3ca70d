"""Every address of the program."""

from django.urls import include, path

urlpatterns = [path("tai-khoan/", include("allauth.account.urls"))]
