"""Addresses of accounts and of signing in."""

from allauth.account import views as allauth
from django.urls import path

from canbo.web.accounts import admin, log, pages

urlpatterns = [
    path("quan-tri/tai-khoan/", admin.accounts, name="accounts"),
    path("quan-tri/tai-khoan/moi/", admin.account_new, name="account-new"),
    path("quan-tri/tai-khoan/<int:account>/", admin.account, name="account"),
    path("quan-tri/vai-tro/", admin.roles, name="roles"),
    path("quan-tri/nhat-ky/", log.log, name="log"),
    path("quan-tri/nhat-ky/kiem-tra/", log.log_check, name="log-check"),
    path("tai-khoan/vai-tro/", pages.act_as, name="act-as"),
    path("tai-khoan/login/", allauth.login, name="account_login"),
    path("tai-khoan/logout/", allauth.logout, name="account_logout"),
    path("tai-khoan/password/change/", pages.password_change, name="account_change_password"),
    # allauth asks for these names; the pages behind them do not exist here.
    path("tai-khoan/signup/", pages.closed, name="account_signup"),
    path("tai-khoan/password/reset/", pages.closed, name="account_reset_password"),
    path("tai-khoan/password/set/", pages.closed, name="account_set_password"),
    path("tai-khoan/email/", pages.closed, name="account_email"),
    path("tai-khoan/inactive/", pages.closed, name="account_inactive"),
    path("tai-khoan/reauthenticate/", pages.closed, name="account_reauthenticate"),
]
