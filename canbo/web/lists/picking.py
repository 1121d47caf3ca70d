"""People picked in a list: kept in the address from page to page, without a script."""

from django.http import QueryDict
from django.urls import reverse

from canbo.web.lists.question import ALL, MOST_PICKED, picked_text
from canbo.web.lists.roster import Roster

# What the buttons of the table's form do; any other button leads to a page of the list.
PAGE, EVERYBODY, NOBODY, WORK = "trang-nay", "tat-ca", "bo", "lam"


def submitted(data: QueryDict) -> bool:
    """Whether the form around the table was sent: it says which people were shown."""
    return "hien" in data


def picked(data: QueryDict, found: Roster) -> tuple[str, str]:
    """The people now picked, as the address holds them, and a sentence when not all of them could be."""
    doing = data.get("viec", "")
    if doing == EVERYBODY:
        return ALL, ""
    if doing == NOBODY:
        return "", ""
    shown = _keys(data.get("hien", ""))
    ticked = shown if doing == PAGE else _keys(".".join(data.getlist("k")))
    if found.question.all_picked and set(ticked) == set(shown):
        return ALL, ""
    before = found.keys.to_list() if found.question.all_picked else list(found.question.picked)
    wanted = [key for key in before if key not in set(shown)] + [key for key in shown if key in set(ticked)]
    if len(wanted) <= MOST_PICKED:
        return picked_text(wanted), ""
    kept = ALL if found.question.all_picked else picked_text(wanted[:MOST_PICKED])
    return kept, f"Chọn từng người được nhiều nhất {MOST_PICKED} người; hãy lọc danh sách rồi bấm “Chọn tất cả”."


def next_address(data: QueryDict, query: str) -> str:
    if data.get("viec") == WORK:
        return f"{reverse('people-picked')}?{query}"
    turned = data.get("den", "") or data.get("trang", "")
    turn = f"&trang={turned}" if turned.isdecimal() and turned != "1" else ""
    return f"{reverse('people')}?{query}{turn}"


def _keys(text: str) -> list[int]:
    return [int(part) for part in text.split(".") if part.isdecimal() and len(part) < 10]
