"""What every view needs first: today, who acts, what she sees. The only place of the web that asks the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from canbo.access.models import Grant
from canbo.access.policy import ROLES
from canbo.access.queries import Access
from canbo.demo.standing import refusal_of
from canbo.dossier.owner import access_with_own_dossier
from canbo.dossier.queries import NotVisible
from canbo.jobs.queries import NoSuchJob
from canbo.kernel.actors import Actor, Forbidden, Scope
from canbo.kernel.dates import DateError, read_date
from canbo.organization.queries import UnitNotVisible

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Desk:
    """The request's actor, scope and moment."""

    access: Access
    now: datetime

    @property
    def actor(self) -> Actor:
        return self.access.actor

    @property
    def scope(self) -> Scope:
        return self.access.scope

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


def public_day() -> date:
    """Today, for a page that knows no reader."""
    return timezone.localdate()


def desk_of(request: HttpRequest) -> Desk:
    """Made once for a request: the grant chosen in the session, or the account's first."""
    made = getattr(request, "_desk", None)
    if made is None:
        now = timezone.now()
        user: Any = request.user
        access = access_with_own_dossier(user=user, on=timezone.localdate(now), grant=request.session.get("grant"))
        made = Desk(access, now)
        request._desk = made  # type: ignore[attr-defined]
    return made


def labelled_grants(request: HttpRequest) -> list[Grant]:
    """The account's grants of today, each with a `label`: role – unit."""
    grants = list(desk_of(request).access.grants)
    for grant in grants:
        place = f" – {grant.unit.name}" if grant.unit else ""
        grant.label = ROLES[grant.role].label + place  # type: ignore[attr-defined]
    return grants


def page(*actions: str) -> Callable[[View], View]:
    """A view for signed-in accounts whose role allows one of these actions; refusals become one clear sentence."""

    def decorate(view: View) -> View:
        @wraps(view)
        def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if refused := refusal_of(request.user):
                return render(request, "refused.html", {"text": refused}, status=403)
            if request.user.must_change_password and request.path != reverse("account_change_password"):
                return redirect("account_change_password")
            desk = desk_of(request)
            try:
                require_any(desk.actor, actions)
                return view(request, desk, *args, **kwargs)
            except Forbidden as error:
                return render(request, "refused.html", {"text": str(error)}, status=403)
            except (NotVisible, NoSuchJob, UnitNotVisible) as error:
                return render(request, "refused.html", {"text": str(error)}, status=404)

        handle.actions = actions  # type: ignore[attr-defined]
        return handle

    return decorate


def require_any(actor: Actor, actions: tuple[str, ...]) -> None:
    if not actor.role:
        raise Forbidden("Tài khoản của bạn chưa được giao vai trò nào; hãy liên hệ người quản trị của cơ quan.")
    if actions and not any(actor.may(action) for action in actions):
        raise Forbidden("Vai trò đang dùng chưa được giao quyền xem trang này.")


def day_of(text: str, default: date) -> tuple[date, str]:
    """A full date as typed and "" – or the default and what is wrong with it, in one sentence."""
    text = text.strip()
    if not text:
        return default, ""
    try:
        read = read_date(text)
    except DateError as error:
        return default, str(error)
    if read.day is None:
        return default, f"Ngày “{text}” chưa đủ ngày, tháng, năm; hãy ghi như 31/12/2025."
    return read.lo, ""
