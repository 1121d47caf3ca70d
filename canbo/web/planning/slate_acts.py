"""What the buttons of a list's page do: each reads the form, calls one change, returns the sentence for the reader."""

from collections.abc import Callable, Mapping
from typing import Any

from canbo.dossier.models import Person
from canbo.planning.lines import (
    Brought,
    bring_forward,
    carry_over,
    comment_on,
    drop_line,
    put_in_order,
    set_standing,
    take_proposals,
)
from canbo.planning.models import Slate
from canbo.planning.queries import lines
from canbo.planning.rounds import PlanningRefused, set_size
from canbo.snapshot.queries import current
from canbo.web.desk import Desk
from canbo.web.planning.picking import candidates
from canbo.web.planning.starting import start
from canbo.web.planning.view import Typed, asks, reads
from canbo.web.standards.asking import law_now

Act = Callable[[Slate, Typed, Desk], str]


def unknown(of: Slate, typed: Typed, desk: Desk) -> str:
    raise PlanningRefused("Không rõ việc cần làm; hãy tải lại trang.")


def _by_law() -> dict[str, Any]:
    return {"law": law_now(), "snapshot": current()}


def line_in(of: Slate, typed: Typed, desk: Desk) -> int:
    """The line named by the form, if it is of this list."""
    text = typed.text("dong")
    known = {line.pk for line in lines(slates=[of], **reads(desk))[of.pk]}
    if not (text.isdecimal() and len(text) < 10 and int(text) in known):
        raise PlanningRefused("Người này không còn trong danh sách; hãy tải lại trang.")
    return int(text)


def _stand(of: Slate, typed: Typed, desk: Desk) -> str:
    row = set_standing(
        pk=line_in(of, typed, desk), standing=typed.text("denghi"), ground=typed.text("lydo"), document=typed.text("vanban"), **_by_law(),
        **asks(desk),
    )  # fmt: skip
    return f"{row.person.full_name}: đề nghị {row.get_standing_display()}."


def _drop(of: Slate, typed: Typed, desk: Desk) -> str:
    drop_line(pk=line_in(of, typed, desk), **asks(desk))
    return "Đã bỏ người mới giới thiệu khỏi danh sách."


def _comment(of: Slate, typed: Typed, desk: Desk) -> str:
    row = comment_on(pk=line_in(of, typed, desk), text=typed.text("nhanxet"), on=desk.today, **asks(desk))
    return f"Đã ghi nhận xét về {row.person.full_name}."


def _take(of: Slate, typed: Typed, desk: Desk) -> str:
    changed = take_proposals(pk=of.pk, **_by_law(), **asks(desk))
    return f"Đã ghi đề nghị đưa ra của {len(changed)} người; hãy xem lại từng người." if changed else "Không có đề xuất đưa ra nào mới."


def _order(of: Slate, typed: Typed, desk: Desk) -> str:
    order = {}
    for line in lines(slates=[of], **reads(desk))[of.pk]:
        number = typed.whole(f"tt-{line.pk}", "thứ tự")
        if number is not None:
            order[line.pk] = number
    typed.refuse_wrong()
    put_in_order(pk=of.pk, order=order, **asks(desk))
    return "Đã ghi thứ tự."


def _size(of: Slate, typed: Typed, desk: Desk) -> str:
    size = typed.whole("soluong", "số lượng")
    typed.refuse_wrong()
    set_size(pk=of.pk, size=size, document=typed.text("vanban"), **asks(desk))
    return "Đã ghi số lượng theo quy định." if size else "Đã bỏ số lượng đã ghi."


def bringing(typed: Typed) -> list[int]:
    """People ticked to be brought forward."""
    return [int(text) for text in dict.fromkeys(typed.many("nguoi")) if text.isdecimal() and len(text) < 10]


def _chosen(of: Slate, typed: Typed, desk: Desk) -> list[int]:
    """Who was ticked; else the one person whose name was typed."""
    if ticked := bringing(typed):
        return ticked
    found = candidates(typed.text("tim"), of.home.unit_id, desk)
    if len(found) == 1:
        return [found[0][0]]
    if found:
        raise PlanningRefused(f"Có {len(found)} người khớp “{typed.text('tim')}”; hãy đánh dấu đúng người.")
    raise PlanningRefused("Không tìm thấy ai trong phạm vi của bạn; hãy ghi đúng họ và tên rồi đánh dấu người cần giới thiệu.")


def _bring(of: Slate, typed: Typed, desk: Desk) -> str:
    on = typed.day("ngay")
    if on > desk.today:
        typed.errors["ngay"] = f"Ngày {on:%d/%m/%Y} chưa tới; hãy ghi ngày đã giới thiệu."
    typed.refuse_wrong()
    before = {line.person_id for line in lines(slates=[of], **reads(desk))[of.pk]}
    brought = [
        Brought(
            person=person, kind=typed.text("loai"), by=typed.text("noi"), on=on, origin=typed.text("nguon"),
            plan_class=typed.text("doituong"), document=typed.text("vanban"), ground=typed.text("lydo"),
        )
        for person in _chosen(of, typed, desk)
    ]  # fmt: skip
    made = bring_forward(pk=of.pk, brought=brought, **_by_law(), **asks(desk))
    again = [line.person.full_name for line in made if line.person_id in before]
    beside = f" {', '.join(again)} đã có trong danh sách: ghi thêm nơi giới thiệu." if again else ""
    return f"Đã giới thiệu {len(made)} người.{beside}"


def _carry(of: Slate, typed: Typed, desk: Desk) -> str:
    made, left = carry_over(pk=of.pk, term=typed.text("tu"), on=desk.today, **_by_law(), **asks(desk))
    if not made and not left:
        raise PlanningRefused(f"Không có ai khác trong quy hoạch chức danh này nhiệm kỳ {typed.text('tu')}; hãy chọn nhiệm kỳ khác.")
    names = dict(Person.objects.filter(pk__in=left).values_list("pk", "full_name"))
    rest = "".join(f" {names[person]}: không chuyển – {why}." for person, why in left.items())
    return f"Đã chuyển tiếp {len(made)} người từ nhiệm kỳ {typed.text('tu')}.{rest}"


ACTS: Mapping[str, Act] = {
    "dung": _stand, "bo": _drop, "nhan-xet": _comment, "de-xuat": _take, "thu-tu": _order, "so-luong": _size, "gioi-thieu": _bring,
    "chuyen": _carry, "bat-dau": start,
}  # fmt: skip
