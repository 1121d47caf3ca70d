"""Under whom and where a unit issues its papers, as far as the tree of units tells."""

from canbo.organization.models import Unit

PARTY_BLOCK = "dang"
# Kinds of units: Party committees of a place, and the places themselves.
COMMITTEES = ("tinh-uy", "thanh-uy", "huyen-uy", "cap-uy", "du")
PLACES = ("tinh", "thanh-pho", "huyen", "xa")


def is_committee(unit: Unit) -> bool:
    return unit.block == PARTY_BLOCK and unit.kind in COMMITTEES


def committee_at(place: Unit) -> Unit | None:
    """The Party committee of a place: what is the Party's work there it issues."""
    below = Unit.objects.filter(parent=place, block=PARTY_BLOCK, kind__in=COMMITTEES, end=None)
    return below.order_by("pk").first() if place.kind in PLACES else None


def superior_of(unit: Unit) -> str:
    """The name over the issuer's. A Party body stands under the Party committee above it, never under the place it works for."""
    if unit.block != PARTY_BLOCK or unit.parent is None or unit.parent.block == PARTY_BLOCK:
        return unit.parent.name if unit.parent else ""
    place = unit.parent.parent if is_committee(unit) else unit.parent
    above = Unit.objects.filter(parent=place, block=PARTY_BLOCK, kind__in=COMMITTEES, end=None).order_by("pk").first() if place else None
    return above.name if above else ""


def place_of(unit: Unit) -> str:
    """`Đức Xuân` of `Phường Đức Xuân`: the place at or above the unit, without its kind; "" where none is known."""
    here: Unit | None = unit
    while here is not None and here.kind not in PLACES:
        here = here.parent
    if here is None:
        return ""
    kinds = ("Thành phố ", "Đặc khu ", "Thị trấn ", "Thị xã ", "Phường ", "Huyện ", "Tỉnh ", "Quận ", "Xã ")
    known = next((kind for kind in kinds if here.name.lower().startswith(kind.lower())), "")
    return here.name[len(known) :]
