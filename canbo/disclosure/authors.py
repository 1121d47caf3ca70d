"""Who said a remark: sealed, opened only to show somebody her own."""

import hashlib

from canbo.audit.changes import keyring
from canbo.disclosure.models import Remark
from canbo.kernel.actors import UNNAMED as UNNAMED
from canbo.kernel.actors import Actor
from canbo.sealing.keyring import SealBroken


def own_mark(actor: Actor) -> str:
    return f"\x01{actor.user}"  # no typed name begins so: names are cleaned


def sealed_author(row: Remark, author: str) -> str:
    """Bound to the publication and to the words, so it cannot be moved to another remark."""
    return keyring().seal(author, place=_place(row)) if author else ""


def opened_author(row: Remark) -> str:
    try:
        return keyring().open(row.author_sealed, place=_place(row))
    except SealBroken:
        return ""


def _place(row: Remark) -> str:
    return f"remark.author:{row.publication.key}:{hashlib.sha256(row.text.encode()).hexdigest()}"
