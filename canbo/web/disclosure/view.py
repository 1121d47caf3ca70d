"""What the pages of publications share: what is not there for the reader, tabs, words."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from canbo.disclosure.changes import SOURCES
from canbo.disclosure.models import Publication, Remark
from canbo.disclosure.queries import PUBLISH, publication, published, remark, remark_counts
from canbo.dossier.queries import NotVisible
from canbo.web.desk import Desk
from canbo.web.typed import reads

TEXT = "Không tìm thấy danh sách hoặc góp ý này; có thể đã hết thời gian công khai hoặc không dành cho nơi bạn làm việc."


class NoPublication(NotVisible):
    """No such publication or remark, not now, or not for this reader: told in the same words."""

    def __init__(self) -> None:
        Exception.__init__(self, TEXT)


def found_publication(pk: int, desk: Desk) -> Publication:
    try:
        return publication(pk=pk, on=desk.today, **reads(desk))
    except ObjectDoesNotExist:
        raise NoPublication from None


def found_published(pk: int, desk: Desk) -> Publication:
    try:
        return published(pk=pk, **reads(desk))
    except ObjectDoesNotExist:
        raise NoPublication from None


def found_remark(pk: int, desk: Desk) -> Remark:
    try:
        return remark(pk=pk, **reads(desk))
    except ObjectDoesNotExist:
        raise NoPublication from None


def answers_for(of: Publication, desk: Desk) -> bool:
    """Whether the reader publishes for this unit."""
    return desk.actor.may(PUBLISH) and desk.scope.sees_unit(of.unit_id)


def tabs(desk: Desk, section: str) -> dict[str, Any]:
    publishes = desk.actor.may(PUBLISH)
    waiting = sum(remark_counts(**reads(desk))[state] for state in ("waiting", "answering")) if publishes else 0
    comments = desk.actor.may("cases.own") and desk.scope.own_person is not None
    return {"section": section, "publishes": publishes, "waiting": waiting, "comments": comments}


def source_of(row: Remark) -> str:
    return SOURCES.get(row.source, row.source)


def standing_of(row: Remark) -> tuple[str, str]:
    """(sign, words) of where a remark stands."""
    if row.answered_on is not None:
        return "ok", f"Đã trả lời ngày {row.answered_on:%d/%m/%Y}"
    return {None: ("warn", "Chờ xem"), True: ("ok", "Đã ghi nhận, chờ trả lời"), False: ("bad", "Không ghi nhận")}[row.accepted]
