"""Making accounts and giving roles."""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password

from canbo.access.models import Grant, User
from canbo.access.policy import ROLES
from canbo.audit.changes import act, require, values_of
from canbo.kernel.actors import Actor
from canbo.kernel.dates import PartialDate
from canbo.kernel.text import nfc
from canbo.organization.models import Unit


class UnknownRole(Exception):
    """Text for the user: the role does not exist."""


class AccessRefused(Exception):
    """An account or a grant that cannot be; the text says what to do."""


def create_user(
    *, username: str, password: str, display_name: str, actor: Actor, at: datetime, person_key: str = "", one_time: bool = False
) -> User:
    """A new account; ValidationError in Vietnamese when the password is too weak. AccessRefused: the name is taken."""
    require(actor, "users.write")
    user = User(username=nfc(username).strip(), display_name=nfc(display_name).strip(), person_key=person_key)
    user.must_change_password = one_time
    validate_password(password, user)
    user.set_password(password)  # slow by design, so before the writer's lock
    with act(actor=actor, action="users.write", at=at, reason="tạo tài khoản") as log:
        if not user.username or User.objects.filter(username__iexact=user.username).exists():
            raise AccessRefused(f"Tên đăng nhập “{user.username}” trống hoặc đã có người dùng; hãy chọn tên khác.")
        user.save(force_insert=True)
        log.inserted(user)
    return user


def set_password(*, user: User, password: str, actor: Actor, at: datetime, one_time: bool = False) -> None:
    """A new password; that it changed goes to the log, never what it was or is, not even hashed."""
    require(actor, "users.write")
    validate_password(password, user)
    before = values_of(user)
    user.set_password(password)
    user.must_change_password = one_time
    with act(actor=actor, action="users.write", at=at, reason="đặt lại mật khẩu") as log:
        user.save(update_fields=["password", "must_change_password"])
        log.updated(before, user)


def password_changed(*, user: User, actor: Actor, at: datetime) -> None:
    """The owner chose her own password: nothing is asked of her any more."""
    with act(actor=actor, action="users.own", may=next(iter(actor.actions), ""), at=at, reason="tự đổi mật khẩu") as log:
        before = values_of(user)
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
        log.updated(before, user)


def set_active(*, user: User, active: bool, actor: Actor, at: datetime) -> None:
    """Let an account sign in, or no longer; what it did stays. AccessRefused for one's own."""
    _refuse_own(user, actor)
    with act(actor=actor, action="users.write", at=at, reason="mở lại tài khoản" if active else "ngừng tài khoản") as log:
        before = values_of(user)
        user.is_active = active
        user.save(update_fields=["is_active"])
        log.updated(before, user)


def link_person(*, user: User, person_key: str, actor: Actor, at: datetime) -> None:
    """Say whose account it is ("" = nobody's): she reads that dossier as her own. AccessRefused for one's own account."""
    _refuse_own(user, actor)
    with act(actor=actor, action="users.write", at=at, reason="gắn tài khoản với hồ sơ" if person_key else "bỏ gắn hồ sơ") as log:
        before = values_of(user)
        user.person_key = person_key
        user.save(update_fields=["person_key"])
        log.updated(before, user)


def _refuse_own(user: User, actor: Actor) -> None:
    if user.pk == actor.user:
        raise AccessRefused("Không tự làm việc này với tài khoản của chính mình; hãy nhờ người quản trị khác.")


def give_role(*, user: User, role: str, unit: Unit | None, since: date, actor: Actor, at: datetime) -> Grant:
    """Give a role in a unit (None = everything) from a day on."""
    if role not in ROLES:
        raise UnknownRole(f"Không có vai trò “{role}”. Các vai trò: {', '.join(sorted(ROLES))}.")
    _refuse_own(user, actor)
    with act(actor=actor, action="users.write", at=at, reason="giao vai trò") as log:
        grant = Grant.objects.create(user=user, role=role, unit=unit, start=PartialDate.from_iso(since.isoformat()))
        log.inserted(grant)
    return grant


def end_role(*, grant: Grant, on: date, actor: Actor, at: datetime) -> None:
    """Close the grant: history stays. AccessRefused when it ended earlier: a grant is given anew, never stretched."""
    with act(actor=actor, action="users.write", at=at, reason="thôi giao vai trò") as log:
        grant.refresh_from_db()
        if grant.end is not None and grant.end.lo <= on:
            raise AccessRefused(f"Vai trò này đã thôi giao từ {grant.end.display}.")
        before = values_of(grant)
        grant.end = PartialDate.from_iso(on.isoformat())
        grant.save()
        log.updated(before, grant)
