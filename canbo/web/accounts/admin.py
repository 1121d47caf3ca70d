"""Accounts as their administrator keeps them: made, given roles, closed, tied to their owner's dossier; the roles in words."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.access.changes import AccessRefused, create_user, end_role, give_role, link_person, set_active, set_password
from canbo.access.models import Grant, User
from canbo.access.policy import ACTIONS, GROUPS, ROLES
from canbo.access.queries import units_under, users
from canbo.dossier.changes import id_index
from canbo.dossier.models import Person
from canbo.dossier.queries import NotVisible, unit_of
from canbo.kernel.actors import Scope
from canbo.kernel.dates import DateError, read_date
from canbo.kernel.text import clean, fold
from canbo.organization.models import Unit
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, day_of, page
from canbo.web.pagination import SIZE, pager
from canbo.web.tree import UnitTree, unit_tree

ID_DIGITS = 12


class NoSuchAccount(NotVisible):
    def __init__(self) -> None:
        Exception.__init__(self, "Không tìm thấy tài khoản này.")


def answered_for(desk: Desk) -> frozenset[int] | None:
    """The units the administrator acts for; None = the whole data folder."""
    return None if desk.actor.unit is None else units_under([desk.actor.unit])


@page("users.write")
def accounts(request: HttpRequest, desk: Desk) -> HttpResponse:
    text = request.GET.get("tim", "").strip()
    found = list(users(actor=desk.actor, scope=desk.scope).prefetch_related("grants__unit"))
    words = fold(text).split()
    found = [u for u in found if all(word in fold(f"{u.username} {u.display_name}") for word in words)]
    pages = pager(request, total=len(found))
    rows = [_row(user, desk) for user in found[pages.first : pages.first + SIZE]]
    return render(request, "accounts/list.html", {"rows": rows, "text": text, "pager": pages})


def _row(user: User, desk: Desk) -> dict[str, Any]:
    held = [g for g in user.grants.all() if _holds(g, desk)]
    return {"user": user, "roles": [_words(g) for g in held], "linked": bool(user.person_key)}


def _holds(grant: Grant, desk: Desk) -> bool:
    begun = grant.start is None or grant.start.lo <= desk.today
    return begun and (grant.end is None or grant.end.lo > desk.today)


def _words(grant: Grant) -> str:
    role = ROLES[grant.role].label if grant.role in ROLES else grant.role
    return f"{role} – {grant.unit.name if grant.unit else 'toàn bộ dữ liệu'}"


@page("users.write")
def account_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in ("ten", "hien-thi")}
    frame: dict[str, Any] = {"username": typed["ten"], "shown": typed["hien-thi"]}
    if request.method != "POST":
        return render(request, "accounts/new.html", frame)
    password = secrets.token_urlsafe(9)
    try:
        made = create_user(
            username=typed["ten"], password=password, display_name=clean(typed["hien-thi"]) or typed["ten"],
            actor=desk.actor, at=desk.now, one_time=True,
        )  # fmt: skip
    except (AccessRefused, ValidationError) as error:
        text = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return render(request, "accounts/new.html", frame | {"error": text}, status=400)
    return render(request, "accounts/password.html", {"account": made, "password": password})


@page("users.write")
def account(request: HttpRequest, desk: Desk, account: int) -> HttpResponse:
    """One account: its roles over time, and what may be done with it."""
    found = users(actor=desk.actor, scope=desk.scope).filter(pk=account).first()
    if found is None:
        raise NoSuchAccount
    if request.method != "POST":
        return _shown(request, desk, found)
    try:
        done = _done(request, desk, found)
    except (AccessRefused, ValidationError) as error:
        return _shown(request, desk, found, str(error))
    if isinstance(done, HttpResponse):
        return done
    messages.success(request, done)
    return redirect("account", found.pk)


def _shown(request: HttpRequest, desk: Desk, found: User, error: str = "") -> HttpResponse:
    grants = [(g, _words(g), _holds(g, desk)) for g in found.grants.select_related("unit").order_by("-pk")]
    frame = {
        "account": found, "grants": grants, "roles": [(code, role.label) for code, role in ROLES.items()], "tree": _tree(desk),
        "error": error, "typed": request.POST.dict(), "own": found.pk == desk.actor.user, "today": desk.today,
        "linking": request.POST.get("ai", ""), "birth": request.POST.get("sinh", ""),
    }  # fmt: skip
    return render(request, "accounts/account.html", frame, status=400 if error else 200)


def _tree(desk: Desk) -> UnitTree:
    return unit_tree(snapshot=current(), on=desk.today, scope=Scope(units=answered_for(desk), groups=frozenset()))


def _done(request: HttpRequest, desk: Desk, found: User) -> str | HttpResponse:
    match request.POST.get("viec", ""):
        case "giao":
            return _give(request, desk, found)
        case "thoi":
            return _end(request, desk, found)
        case "mat-khau":
            password = secrets.token_urlsafe(9)
            set_password(user=found, password=password, actor=desk.actor, at=desk.now, one_time=True)
            return render(request, "accounts/password.html", {"account": found, "password": password})
        case "ngung" | "mo" as word:
            set_active(user=found, active=word == "mo", actor=desk.actor, at=desk.now)
            return "Đã mở lại tài khoản." if word == "mo" else "Đã ngừng tài khoản; việc đã làm vẫn còn trong nhật ký."
        case "gan":
            link_person(user=found, person_key=_person_meant(request, desk), actor=desk.actor, at=desk.now)
            return "Đã gắn tài khoản với hồ sơ của chủ tài khoản."
        case "bo-gan":
            link_person(user=found, person_key="", actor=desk.actor, at=desk.now)
            return "Đã bỏ gắn hồ sơ."
    raise AccessRefused("Không rõ việc cần làm; hãy tải lại trang.")


def _give(request: HttpRequest, desk: Desk, found: User) -> str:
    role, text = request.POST.get("vai-tro", ""), request.POST.get("dv", "").strip()
    since, wrong = day_of(request.POST.get("tu", ""), desk.today)
    if role not in ROLES:
        raise AccessRefused("Hãy chọn vai trò.")
    if not text and answered_for(desk) is not None:
        raise AccessRefused("Hãy chọn đơn vị.")
    unit, none_such = _tree(desk).find(text)
    if wrong or none_such:
        raise AccessRefused(wrong or none_such)
    give_role(
        user=found, role=role, unit=Unit.objects.get(pk=unit) if unit else None, since=since, actor=desk.actor, at=desk.now
    )
    return f"Đã giao vai trò “{ROLES[role].label}” từ {since:%d/%m/%Y}."


def _end(request: HttpRequest, desk: Desk, found: User) -> str:
    text = request.POST.get("giao", "")
    grant = found.grants.filter(pk=int(text) if text.isdecimal() else 0).first()
    units = answered_for(desk)
    if grant is None or (units is not None and grant.unit_id not in units):
        raise AccessRefused("Vai trò này không thuộc phạm vi bạn quản trị; hãy tải lại trang.")
    end_role(grant=grant, on=desk.today, actor=desk.actor, at=desk.now)
    return "Đã thôi giao vai trò từ hôm nay."


def _person_meant(request: HttpRequest, desk: Desk) -> str:
    """The key of the one dossier with this personal ID, or this name and birth; nothing of it is shown."""
    text = clean(request.POST.get("ai", ""))
    people = Person.objects.filter(merged_into=None)
    if text.isdecimal() and len(text) == ID_DIGITS:
        found = list(people.filter(personal_id_index=id_index(text)))
    else:
        try:
            birth = read_date(request.POST.get("sinh", ""))
        except DateError:
            raise AccessRefused("Hãy ghi số định danh 12 chữ số, hoặc họ tên và ngày sinh như 12/5/1968.") from None
        found = [p for p in people.filter(birth=birth) if fold(p.full_name) == fold(text)]
    units = answered_for(desk)
    mine = [p for p in found if units is None or unit_of(p.pk, desk.today) in units]
    if len(mine) != 1:
        raise AccessRefused("Không tìm thấy đúng một hồ sơ như vậy trong đơn vị bạn quản trị; hãy kiểm tra lại.")
    return mine[0].key


@page("users.write")
def roles(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What each role may do and see, from the one table of rights."""
    rows = [
        (role.label, [words for code, words in ACTIONS.items() if code in role.actions],
         [words for code, words in GROUPS.items() if code in role.groups])
        for role in ROLES.values()
    ]  # fmt: skip
    return render(request, "accounts/roles.html", {"rows": rows})


__all__ = ["account", "account_new", "accounts", "answered_for", "roles"]
