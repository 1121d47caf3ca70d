"""The menu in two lines: subjects, then the pages of the subject one is in. Each subject adds its line, a page its entry."""

from dataclasses import dataclass, replace

from django.urls import reverse

from canbo.web.desk import Desk

# Readers of so few pages have them all in the first line, one click away.
FEW = 7
PAGE, WITHIN = "page", "true"  # words of aria-current


@dataclass(frozen=True)
class Entry:
    """A page for whoever may do one of `actions`; `own`: with a dossier of one's own; `group`: readers of that group of fields."""

    label: str
    route: str
    actions: tuple[str, ...] = ()
    own: bool = False
    group: str = ""


@dataclass(frozen=True)
class Subject:
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    """`current` is the word of aria-current, empty elsewhere; `pages`, what the second line shows when it is current."""

    label: str
    url: str
    current: str = ""
    pages: tuple["Link", ...] = ()


@dataclass(frozen=True)
class Menu:
    lines: tuple[Link, ...]

    @property
    def here(self) -> Link | None:
        return next((link for link in self.lines if link.current and link.pages), None)


MENU: tuple[Subject, ...] = (
    Subject("Tổng quan", (
        Entry("Tổng quan", "home"),
        Entry("Việc đến hạn", "due", ("dossier.read",)),
        Entry("Việc theo quy trình", "cases", ("cases.read",)),
    )),
    Subject("Tổ chức", (Entry("Tổ chức", "organization", ("dossier.read", "statistics.read", "organization.write")),)),
    Subject("Hồ sơ", (
        Entry("Hồ sơ", "people", ("dossier.read",)),
        Entry("Kê khai", "declarations", ("declaration.run",)),
        Entry("Hồ sơ trùng", "duplicates", ("dossier.merge",)),
        Entry("Nhập danh sách", "import", ("import.read",)),
        Entry("Hồ sơ của tôi", "own", ("dossier.read_own",), own=True),
        Entry("Kê khai của tôi", "declarations-own", ("dossier.read_own",), own=True),
    )),
    Subject("Tiêu chuẩn", (
        Entry("Rà soát tiêu chuẩn", "review", ("standards.read",)),
        Entry("Quy định", "law", ("standards.read", "dossier.read_own", "system.check")),
    )),
    Subject("Đánh giá", (
        Entry("Đánh giá", "evaluations", ("cases.read",)),
        Entry("Tự đánh giá", "evaluations-own", ("cases.own",), own=True),
    )),
    Subject("Quy hoạch", (Entry("Quy hoạch", "planning-rounds", ("cases.read",), group="planning"),)),
    Subject("Thống kê", (Entry("Thống kê", "statistics", ("statistics.read",)),)),
    Subject("Công khai, góp ý", (Entry("Công khai, góp ý", "disclosures", ("disclosure.read",)),)),
    Subject("Văn bản", (Entry("Văn bản", "papers", ("papers.read",)),)),
    Subject("Quản trị", (Entry("Tài khoản", "accounts", ("users.write",)), Entry("Nhật ký", "log", ("log.read",)))),
)  # fmt: skip


def menu_of(path: str, desk: Desk) -> Menu:
    """What this role may open; the page whose address reaches furthest into `path` is the current one."""
    subjects = [(subject.label, pages) for subject in MENU if (pages := _pages(subject, desk))]
    nearest = _nearest(path, [page.url for _, pages in subjects for page in pages])
    marked = [(label, tuple(_marked(page, path, nearest) for page in pages)) for label, pages in subjects]
    if sum(len(pages) for _, pages in marked) <= FEW:
        return Menu(tuple(page for _, pages in marked for page in pages))
    return Menu(tuple(_line(label, pages) for label, pages in marked))


def _pages(subject: Subject, desk: Desk) -> tuple[Link, ...]:
    return tuple(Link(entry.label, reverse(entry.route)) for entry in subject.entries if _may(entry, desk))


def _may(entry: Entry, desk: Desk) -> bool:
    allowed = not entry.actions or any(desk.actor.may(action) for action in entry.actions)
    has_own = not entry.own or desk.scope.own_person is not None
    return allowed and has_own and (not entry.group or desk.scope.sees_group(entry.group))


def _nearest(path: str, urls: list[str]) -> str:
    return max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")


def _marked(page: Link, path: str, nearest: str) -> Link:
    return replace(page, current=(PAGE if path == page.url else WITHIN) if page.url == nearest else "")


def _line(label: str, pages: tuple[Link, ...]) -> Link:
    """A subject leads to the first of its pages; of one page it bears the name and has no second line."""
    if len(pages) == 1:
        return pages[0]
    return Link(label, pages[0].url, WITHIN if any(page.current for page in pages) else "", pages)
