"""Accounts and what they were given: a role in a unit for a span. The dossier of the account's owner is named by key."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from canbo.organization.fields import Dated
from canbo.organization.models import Unit


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """An account. It holds no personal data beyond a display name; `person_key` points to its owner's dossier."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    email = models.EmailField("thư điện tử", blank=True)
    display_name = models.CharField("tên hiển thị", max_length=120)
    person_key = models.CharField("mã hồ sơ", max_length=32, blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    # Its password is printed in the manual: it must not open a folder that holds a real list.
    demonstration = models.BooleanField("tài khoản trình diễn", default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        db_table = "account"

    @property
    def is_staff(self) -> bool:
        return False

    def __str__(self) -> str:
        return self.display_name


class Grant(Dated):
    """A role given to an account in a unit and all below it (unit empty = the whole data folder)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField("vai trò", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)

    class Meta:
        db_table = "role_grant"


class SavedView(models.Model):
    """Something a reader put together and keeps: columns, a filter, a table of figures, a trích ngang."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="views")
    kind = models.CharField("loại", max_length=20)
    name = models.CharField("tên", max_length=120)
    # The query the page takes, as JSON: nothing in it widens what its reader may see.
    spec = models.JSONField(default=dict)
    # Shared with everybody who acts for this unit or a unit below it; empty = the owner's own.
    shared_with = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    shared_with_all = models.BooleanField(default=False)

    class Meta:
        db_table = "saved_view"
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "name"], name="saved_view_name_once")]
