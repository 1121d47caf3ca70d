"""Under whom and where a unit issues its papers."""

import pytest

from canbo.organization.issuing import place_of, superior_of
from canbo.organization.models import Unit


@pytest.mark.django_db
def test_party_body_stands_under_the_committee_above_it_and_never_under_its_place() -> None:
    def unit(code: str, name: str, kind: str, parent: Unit | None = None, block: str = "") -> Unit:
        return Unit.objects.create(code=code, name=name, kind=kind, parent=parent, block=block)

    province = unit("t", "Tỉnh Thử", "tinh")
    above = unit("tu", "Tỉnh ủy", "tinh-uy", province, "dang")
    board = unit("btc", "Ban Tổ chức Tỉnh ủy", "ban", province, "dang")
    ward = unit("p", "Phường An Thử", "xa", province)
    committee = unit("du", "Đảng ủy phường An Thử", "du", ward, "dang")
    office = unit("vp", "Văn phòng Đảng ủy phường An Thử", "du-vp", committee, "dang")
    state = unit("ub", "Ủy ban nhân dân phường An Thử", "ubnd", ward, "chinh-quyen")
    assert [superior_of(one) for one in (above, board, committee, office, state)] == [
        "", "Tỉnh ủy", "Tỉnh ủy", "Đảng ủy phường An Thử", "Phường An Thử",
    ]  # fmt: skip
    assert [place_of(one) for one in (board, office, ward)] == ["Thử", "An Thử", "An Thử"]
    assert place_of(unit("x", "Trường Thử", "truong")) == ""
