"""Addresses of cases, and the one of the ballot page, which knows no account."""

from django.urls import path

from canbo.web.cases import ballots, forms, listing, opening, page, voting
from canbo.web.quiet import BALLOTS

urlpatterns = [
    path("viec/", listing.listing, name="cases"),
    path("viec/mo/", opening.new, name="case-new"),
    path("viec/<int:case>/", page.one, name="case"),
    path("viec/<int:case>/bo-phieu/", ballots.ballot, name="case-ballot"),
    path("viec/<int:case>/in/<slug:case_form>/", forms.form_file, name="case-form"),
    path("viec/van-ban/<int:case_paper>/", page.scan, name="case-scan"),
    path(BALLOTS.removeprefix("/"), voting.vote, name="ballot"),
]
