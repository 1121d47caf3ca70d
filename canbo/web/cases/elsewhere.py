"""Where a case of a mechanism is carried out: the page of its unit in the campaign, its own page in the round."""

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from canbo.cases.models import Case
from canbo.evaluation.models import CampaignUnit
from canbo.planning.models import Slate


def elsewhere(case: Case) -> str:
    """The address; "" for a case carried out on its own page."""
    match case.kind:
        case "evaluation":
            home = CampaignUnit.objects.filter(Q(leaders=case) | Q(deputies=case) | Q(others=case)).first()
            return _address("evaluation-unit", home.pk) if home else ""
        case "planning":
            return _address("planning-case", case.pk) if Slate.objects.filter(Q(adding=case) | Q(removing=case)).exists() else ""
    return ""


def _address(name: str, pk: int) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
