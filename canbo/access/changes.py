"""Making accounts and giving roles."""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password

from canbo.access.models import Grant, User
from canbo.access.policy import ROLES
from canbo.audit.changes import act, values_of
from canbo.kernel.actors import Actor
from canbo.kernel.dates import PartialDate
from canbo.organization.models import Unit


class UnknownRole(Exception):
    """Text for the user: the role does not exist."""


def create_user(
    *, username: str, password: str, display_name: str, actor: Actor, at: datetime, person_key: str = ""
) -> User:
    """A new account; ValidationError in Vietnamese when the password is too weak."""
    user = User(username=username, display_name=display_name, person_key=person_key)
    validate_password(password, user)
    with act(actor=actor, action="users.write", at=at, reason="tạo tài khoản") as log:
        user.set_password(password)
        user.save()
        log.inserted(user)
        _without_secret(log.changes[-1].after)
    return user


def set_password(*, user: User, password: str, actor: Actor, at: datetime) -> None:
    validate_password(password, user)
    with act(actor=actor, action="users.write", at=at, reason="đặt lại mật khẩu") as log:
        before = values_of(user) | {"password": "cũ"}
        user.set_password(password)
        user.save()
        log.updated(before, user)
        _without_secret(log.changes[-1].after)


def _without_secret(values: dict | None) -> None:
    if values and "password" in values:
        values["password"] = "•"


def give_role(*, user: User, role: str, unit: Unit | None, since: date, actor: Actor, at: datetime) -> Grant:
    """Give a role in a unit (None = everything) from a day on."""
    if role not in ROLES:
        raise UnknownRole(f"Không có vai trò “{role}”. Các vai trò: {', '.join(sorted(ROLES))}.")
    with act(actor=actor, action="users.write", at=at, reason="giao vai trò") as log:
        grant = Grant.objects.create(user=user, role=role, unit=unit, start=PartialDate.from_iso(since.isoformat()))
        log.inserted(grant)
    return grant


def end_role(*, grant: Grant, on: date, actor: Actor, at: datetime) -> None:
    """Close the grant: history stays."""
    with act(actor=actor, action="users.write", at=at, reason="thôi giao vai trò") as log:
        before = values_of(grant)
        grant.end = PartialDate.from_iso(on.isoformat())
        grant.save()
        log.updated(before, grant)
