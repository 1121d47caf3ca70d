"""What people of a unit say of a colleague who is being rated: sealed, read through before it counts, told back to its author alone."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from canbo.audit.changes import act, keyring, require
from canbo.dossier.models import Employment
from canbo.evaluation.campaigns import EvaluationRefused
from canbo.evaluation.models import CampaignUnit, Evaluation, OutsideComment
from canbo.evaluation.papers.held import posts_of
from canbo.evaluation.queries import GROUP, campaign_unit
from canbo.kernel.actors import UNNAMED, Actor, Scope
from canbo.kernel.text import clean, sort_key
from canbo.organization.models import Unit
from canbo.sealing.keyring import SealBroken

OWN = "cases.own"
SOURCE = "cung-don-vi"
LONGEST = 2000


@dataclass(frozen=True)
class Colleague:
    """Somebody being rated where the reader works: name and post, and nothing else of the evaluation."""

    evaluation: int
    person: int
    name: str
    post: str
    unit: str
    year: int


def colleagues(*, on: date, actor: Actor, scope: Scope) -> list[Colleague]:
    """Those being rated in the open campaigns of the reader's own unit, by name; never herself, nobody whose grade is decided.

    Campaigns of Party members are left out: who is in one is known to be a member.
    """
    rows = [row for home in _homes(on, actor, scope) for row in _rated(home, scope)]
    posts = posts_of([row.person_id for row in rows], on)
    found = [
        Colleague(
            row.pk, row.person_id, row.person.full_name, posts.get(row.person_id, ""), row.campaign_unit.unit.name,
            row.campaign_unit.campaign.rated_on.year,
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (sort_key(one.name), one.evaluation))


def send_comment(*, pk: int, text: str, on: date, actor: Actor, scope: Scope, at: datetime) -> OutsideComment:
    """What the reader says of a colleague (an evaluation): her name is sealed, the log says only that a comment came in.

    Evaluation.DoesNotExist for whom she may not comment on. It waits until somebody has read it through.
    """
    said = text.strip()
    found = next((one for one in colleagues(on=on, actor=actor, scope=scope) if one.evaluation == pk), None)
    if found is None:
        raise Evaluation.DoesNotExist
    if not clean(said):
        raise EvaluationRefused("Hãy viết nội dung góp ý.")
    if len(said) > LONGEST:
        raise EvaluationRefused(f"Góp ý dài quá {LONGEST} ký tự; hãy viết gọn lại hoặc gửi thành hai lần.")
    unit = Evaluation.objects.values_list("campaign_unit__unit", flat=True).get(pk=pk)
    unnamed = replace(actor, user=UNNAMED, role="", unit=unit)
    with act(actor=unnamed, action="evaluation.comment", may=OWN, at=at) as log:
        row = OutsideComment(person_id=found.person, year=found.year, source=SOURCE, received_on=on, text=said)
        row.author_sealed = keyring().seal(_mark(actor), place=_place(row))
        row.save()
        log.inserted(row)
    return row


def own_comments(*, actor: Actor, scope: Scope) -> list[OutsideComment]:
    """What the reader herself said of colleagues, the newest first.

    No column tells who said what, so every seal of such a comment is opened: some ten microseconds each.
    """
    require(actor, OWN)
    rows = OutsideComment.objects.filter(source=SOURCE).exclude(author_sealed="").select_related("person")
    return [row for row in rows.order_by("-received_on", "-pk") if _author(row) == _mark(actor)]


def unread_of(*, unit: CampaignUnit, actor: Actor, scope: Scope) -> list[tuple[Evaluation, int]]:
    """Whose comments wait to be read through, and how many: for who may judge them, never for the person spoken of."""
    campaign_unit(pk=unit.pk, actor=actor, scope=scope)
    if not actor.may("cases.write") or not scope.sees_group(GROUP):
        return []
    rows = {row.person_id: row for row in unit.evaluations.exclude(person=scope.own_person).select_related("person")}
    year = unit.campaign.rated_on.year
    waiting = OutsideComment.objects.filter(person__in=rows, year=year, accepted=None).values_list("person", flat=True)
    return sorted(((rows[person], n) for person, n in Counter(waiting).items()), key=lambda one: sort_key(one[0].person.full_name))


# --- pieces


def _homes(on: date, actor: Actor, scope: Scope) -> list[CampaignUnit]:
    """In every open campaign of officials the nearest ticked unit at or above the reader's own."""
    require(actor, OWN)
    serving = Employment.objects.holding(on).filter(person=scope.own_person).values_list("unit", flat=True).order_by("-pk")
    way = _upwards(serving.first() if scope.own_person is not None else None)
    rows = CampaignUnit.objects.filter(
        unit__in=way, sent_on=None, campaign__closed_on=None, campaign__opened_on__lte=on, campaign__capacity="official"
    )
    nearest: dict[int, CampaignUnit] = {}
    for row in rows.select_related("campaign", "unit").order_by("pk"):
        held = nearest.get(row.campaign_id)
        if held is None or way.index(row.unit_id) < way.index(held.unit_id):
            nearest[row.campaign_id] = row
    return list(nearest.values())


def _upwards(unit: int | None) -> list[int]:
    """The unit and those above it, the nearest first."""
    found: list[int] = []
    while unit is not None and unit not in found:
        found.append(unit)
        unit = Unit.objects.values_list("parent", flat=True).get(pk=unit)
    return found


def _rated(home: CampaignUnit, scope: Scope) -> Iterable[Evaluation]:
    rows = home.evaluations.filter(grade="").exclude(person=scope.own_person)
    return rows.select_related("person", "campaign_unit__unit", "campaign_unit__campaign").order_by("pk")


def _mark(actor: Actor) -> str:
    return f"\x01{actor.user}"  # no typed name begins so: names are cleaned


def _author(row: OutsideComment) -> str:
    try:
        return keyring().open(row.author_sealed, place=_place(row))
    except SealBroken:  # written down by an officer with a typed name, or moved here from another comment
        return ""


def _place(row: OutsideComment) -> str:
    """Bound to the person spoken of and to the words, so it cannot be moved to another comment."""
    return f"outside_comment.own:{row.person.key}:{hashlib.sha256(row.text.encode()).hexdigest()}"
