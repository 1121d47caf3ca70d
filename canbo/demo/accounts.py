"""Accounts to look around with: one for each role, at the province and in a commune, all with one password."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from canbo.access.changes import give_role
from canbo.access.models import User
from canbo.audit.changes import act
from canbo.demo.locality import Locality
from canbo.dossier.models import Employment, Person
from canbo.kernel.actors import Actor
from canbo.organization.models import Unit

PASSWORD = "trinh-dien-2026"


@dataclass(frozen=True, slots=True)
class Account:
    """`unit` is where the roles hold: the province (tinh), one commune (xa), or everything (""); `also` are further roles."""

    username: str
    display_name: str
    role: str
    unit: str = ""
    password: str = PASSWORD
    also: tuple[str, ...] = ()


ACCOUNTS: tuple[Account, ...] = (
    Account("tochuc.tinh", "Cán bộ tổ chức tỉnh", "can-bo-to-chuc", "tinh"),
    Account("tochuc.xa", "Cán bộ tổ chức xã", "can-bo-to-chuc", "xa"),
    Account("hoso.tinh", "Cán bộ phụ trách hồ sơ Sở Nội vụ", "can-bo-don-vi", "so"),
    Account("hoso.xa", "Cán bộ phụ trách hồ sơ xã", "can-bo-don-vi", "xa"),
    Account("lanhdao.tinh", "Lãnh đạo tỉnh", "lanh-dao", "tinh"),
    Account("lanhdao.xa", "Lãnh đạo xã", "lanh-dao", "xa"),
    Account("thongke.tinh", "Người làm thống kê tỉnh", "thong-ke", "tinh"),
    Account("thongke.xa", "Người làm thống kê xã", "thong-ke", "xa"),
    Account("canhan", "Cá nhân xem hồ sơ của mình", "ca-nhan", "xa"),
    Account("kiemtra", "Kiểm tra, giám sát tỉnh", "kiem-tra", "tinh"),
    Account("kiemtra.xa", "Kiểm tra, giám sát xã", "kiem-tra", "xa"),
    Account("quantri", "Quản trị hệ thống", "quan-tri"),
    Account("btc.tinh", "Cán bộ Ban Tổ chức Tỉnh ủy", "ban-to-chuc", "tinh"),
    Account("vptu.tinh", "Cán bộ Văn phòng Tỉnh ủy", "van-phong-cap-uy", "tinh"),
    Account("ubkt.tinh", "Cán bộ Ủy ban Kiểm tra Tỉnh ủy", "uy-ban-kiem-tra", "tinh"),
    Account("snv.tinh", "Cán bộ Sở Nội vụ", "so-noi-vu", "tinh"),
    Account("vpub.tinh", "Cán bộ Văn phòng UBND tỉnh", "van-phong-hdnd-ubnd", "tinh"),
    Account("xdd.xa", "Cán bộ Ban Xây dựng Đảng xã", "ban-xay-dung-dang", "xa", also=("van-phong-cap-uy",)),
    Account("ubkt.xa", "Cán bộ Ủy ban Kiểm tra Đảng ủy xã", "uy-ban-kiem-tra", "xa"),
    Account("vhxh.xa", "Công chức Phòng Văn hóa – Xã hội xã", "phong-van-hoa-xa-hoi", "xa", also=("van-phong-hdnd-ubnd",)),
)


def make_accounts(*, actor: Actor, at: datetime) -> int:
    """Write the accounts with their roles; returns how many."""
    places = _places()
    # One hash for all: the password is printed anyway, and hashing it a dozen times would cost the first start seconds.
    secret = make_password(PASSWORD)
    for account in ACCOUNTS:
        unit = places.get(account.unit)
        user = _write(account, secret=secret, person_key=_own(unit) if account.role == "ca-nhan" else "", actor=actor, at=at)
        for role in (account.role, *account.also):
            give_role(user=user, role=role, unit=unit, since=date(at.year, 1, 1), actor=actor, at=at)
    return len(ACCOUNTS)


def make_officer(*, locality: Locality, actor: Actor, at: datetime) -> None:
    """The personnel officer of a locality: her district with all below it, as it was until 30/6/2025."""
    account = Account(locality.account, locality.officer, "can-bo-to-chuc")
    user = _write(account, secret=make_password(PASSWORD), person_key="", actor=actor, at=at)
    unit = Unit.objects.get(code=locality.account_unit)
    give_role(user=user, role=account.role, unit=unit, since=date(at.year, 1, 1), actor=actor, at=at)


def _places() -> dict[str, Unit]:
    units = Unit.objects.filter(end=None)
    found = {
        "tinh": units.filter(kind="tinh").order_by("pk").first(), "xa": units.filter(kind="xa").order_by("pk").first(),
        "so": units.filter(code="so-noi-vu").first() or units.filter(kind="so").first(),
    }  # fmt: skip
    return {place: unit for place, unit in found.items() if unit}


def _write(account: Account, *, secret: str, person_key: str, actor: Actor, at: datetime) -> User:
    user = User(username=account.username, display_name=account.display_name, person_key=person_key, password=secret, demonstration=True)
    with act(actor=actor, action="users.write", at=at, reason="tạo tài khoản trình diễn") as log:
        user.save()
        log.inserted(user)
        for change in log.changes:
            (change.after or {})["password"] = "•"
    return user


def _own(unit: Unit | None) -> str:
    """The key of somebody who serves in the commune."""
    at_work = Employment.objects.filter(unit__parent=unit, end=None).order_by("pk")
    person = at_work.values_list("person__key", flat=True).first()
    return person or str(Person.objects.order_by("pk").values_list("key", flat=True).first() or "")
