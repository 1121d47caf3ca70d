"""The access of an account, with the dossier that is her own."""

from datetime import date

from canbo.access.models import User
from canbo.access.queries import Access, access_of
from canbo.dossier.models import Person


def access_with_own_dossier(*, user: User, on: date, grant: int | None = None) -> Access:
    """As access_of; the account names its owner's dossier by key, so the id is looked up here."""
    own = Person.objects.filter(key=user.person_key).values_list("pk", flat=True).first() if user.person_key else None
    return access_of(user=user, on=on, grant=grant, own_person=own)
