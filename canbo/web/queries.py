"""Small reads that only pages need: names of accounts, and a dossier found by number."""

from collections.abc import Iterable

from canbo.access.models import User
from canbo.disclosure.authors import UNNAMED
from canbo.dossier.changes import id_index
from canbo.dossier.models import Person
from canbo.kernel.actors import Actor, Scope


def account_names(*, ids: Iterable[int], actor: Actor, scope: Scope) -> dict[int, str]:
    """Display names of accounts; 0 is who works at the machine itself."""
    names = dict(User.objects.filter(pk__in=set(ids)).values_list("pk", "display_name"))
    return {0: "Quản trị tại máy", UNNAMED: "Người góp ý (không ghi tên)"} | names


def people_with_id(*, personal_id: str, actor: Actor, scope: Scope) -> list[int]:
    """Dossiers with exactly this personal ID, found by its blind index; only for readers of the group."""
    if not scope.sees_group("identity"):
        return []
    return list(Person.objects.filter(personal_id_index=id_index(personal_id)).values_list("pk", flat=True))
