"""Sign-in by allauth; accounts are made by an administrator, never by signing up."""

from typing import Any

from allauth.account import views as allauth
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from canbo.access.changes import password_changed
from canbo.access.models import User
from canbo.access.policy import ACTIONS
from canbo.demo.standing import refusal_of
from canbo.web.desk import Desk, labelled_grants, page


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up, nothing is sent by mail; refusals in one sentence that says what to do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu không đúng; hãy kiểm tra rồi nhập lại.",
        "account_inactive": "Tài khoản này đã ngừng dùng; hãy liên hệ người quản trị của cơ quan.",
        "too_many_login_attempts": "Đã nhập sai quá nhiều lần; hãy đợi năm phút rồi thử lại.",
        "rate_limited": "Bạn gửi quá nhiều yêu cầu trong một lúc; hãy đợi một phút rồi thử lại.",
        "enter_current_password": "Mật khẩu đang dùng không đúng; hãy nhập lại.",
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The account these credentials open; a demonstration account of a folder with real lists gets its reason."""
        user = super().authenticate(request, **credentials)
        if isinstance(user, User) and (refused := refusal_of(user)):
            raise ValidationError(refused)
        return user

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def closed(request: HttpRequest) -> HttpResponse:
    """Pages of allauth that this program does not offer: signing up, mail addresses, passwords by mail."""
    raise Http404


@require_POST
@page(*ACTIONS)
def act_as(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Work under another of the account's grants from now on."""
    chosen = request.POST.get("grant", "")
    grant = next((g for g in labelled_grants(request) if str(g.pk) == chosen), None)
    if grant is None:
        messages.error(request, "Vai trò này không còn được giao cho tài khoản của bạn.")
        return redirect("home")
    request.session["grant"] = grant.pk
    return redirect("home")


@page(*ACTIONS)
def password_change(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One's own password; allauth checks the old one and the rules for the new one."""
    response = allauth.password_change(request)
    user: Any = request.user
    if request.method == "POST" and response.status_code == 302 and user.must_change_password:
        password_changed(user=user, actor=desk.actor, at=desk.now)
        return redirect("home")
    return response
