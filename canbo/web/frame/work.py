"""The work queue: one table of sources, each asked only for roles that may do its work. A new mechanism adds a line."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse

from canbo.access.models import User
from canbo.access.work import Urgency, Work
from canbo.assess.due import LABELS, DueRequest
from canbo.cases.queries import cases
from canbo.disclosure.queries import remark_counts
from canbo.dossier.declarations.queries import is_open, own_declaration, own_rounds, rounds
from canbo.dossier.disputes import disputed_people
from canbo.dossier.papers.queries import papers
from canbo.evaluation.queries import campaigns, objections, own_evaluations, units_in
from canbo.facts.catalogue import FACTS
from canbo.facts.registry import Ask
from canbo.imports.results import opened
from canbo.jobs.models import Job
from canbo.jobs.queries import jobs
from canbo.organization.lead_times import lead_days
from canbo.planning import queries as planning
from canbo.snapshot.queries import current, facts_frame
from canbo.web.cases.kinds import OPENED_HERE
from canbo.web.cases.listing import MINE, is_mine
from canbo.web.declarations.progress import progress
from canbo.web.desk import Desk
from canbo.web.duplicates.search import pairs_found
from canbo.web.standards.asking import law_now
from canbo.web.standards.falling_due import Asked, found_due
from canbo.web.typed import reads

UNIT = "đơn vị"
RECENT_IMPORTS = 8
DUE_KINDS = ("retirement", "term", "appointment", "block", "certificate")


@dataclass(frozen=True)
class Source:
    """Where work comes from: asked only of who may do it."""

    name: str
    actions: tuple[str, ...]
    find: Callable[[Desk], list[Work]]


def work_of(desk: Desk) -> list[Work]:
    """Everything that waits for this reader, the most urgent first; nothing for what has no work."""
    found = [
        work
        for source in SOURCES
        if not source.actions or any(desk.actor.may(action) for action in source.actions)
        for work in source.find(desk)
        if work.count
    ]
    return sorted(found, key=lambda work: work.urgency)


def accounts_with_first_password(desk: Desk) -> list[Work]:
    count = User.objects.filter(is_active=True, must_change_password=True).exclude(pk=desk.actor.user).count()
    return [Work(label="Tài khoản chưa đổi mật khẩu được cấp", count=count, url=reverse("accounts"), urgency=Urgency.LATER, who=UNIT)]


def incomplete_dossiers(desk: Desk) -> list[Work]:
    frame = facts_frame(snapshot=current(), ask=Ask(on=desk.today), names=("missing_items",), scope=desk.scope)
    count = frame.filter(pl.col(FACTS["missing_items"].columns[0]) > 0).height
    url = f"{reverse('people')}?{urlencode({'loc': 'missing_items > 0'})}"
    return [Work(label="Hồ sơ còn thiếu mục bắt buộc", count=count, url=url, urgency=Urgency.LATER, who=UNIT)]


def disputed_values(desk: Desk) -> list[Work]:
    """Values another source says differently, of the people the reader keeps."""
    disputed = disputed_people(actor=desk.actor, scope=desk.scope)
    served = facts_frame(snapshot=current(), ask=Ask(on=desk.today), names=("name",), scope=desk.scope)["key"] if disputed else ()
    count = sum(disputed[key] for key in disputed.keys() & set(served))
    return [Work(label="Mâu thuẫn chờ xác minh", count=count, url=reverse("disputes"), who=UNIT)]


def declarations_to_decide(desk: Desk) -> list[Work]:
    """Rounds of the scope in which somebody's answer waits."""
    found = []
    for one in rounds(actor=desk.actor, scope=desk.scope):
        count = progress(of=one, desk=desk).counts.get("sent", 0)
        found.append(Work(label=f"Bản kê khai chờ xét: {one.name}", count=count, url=reverse("declaration-round", args=[one.pk]), who=UNIT))
    return found


def own_declarations(desk: Desk) -> list[Work]:
    """Open rounds in which the reader herself has not sent her answer."""
    asked = [row for row in own_rounds(on=desk.today, actor=desk.actor, scope=desk.scope) if is_open(row, desk.today)]
    waiting = [row for row in asked if not _is_sent(row, desk)]
    return [
        Work(label=f"Kê khai trước hết ngày {row.closes_on:%d/%m/%Y}: {row.name}", count=1,
             url=reverse("declaration-own", args=[row.pk]), urgency=Urgency.NOW, who="bạn")
        for row in waiting
    ]  # fmt: skip


def _is_sent(of: object, desk: Desk) -> bool:
    made = own_declaration(of=of, actor=desk.actor, scope=desk.scope)  # type: ignore[arg-type]
    return made is not None and made.sent_at is not None


def objections_to_answer(desk: Desk) -> list[Work]:
    """What people said against their grades and nobody has answered."""
    count = objections(actor=desk.actor, scope=desk.scope).filter(answered_on=None).count()
    label = "Kiến nghị chờ trả lời về kết quả đánh giá"
    return [Work(label=label, count=count, url=reverse("evaluation-objections"), urgency=Urgency.NOW, who=UNIT)]


def results_to_send(desk: Desk) -> list[Work]:
    """Units of open campaigns that have not sent their results, the late ones first."""
    found = []
    for row in campaigns(actor=desk.actor, scope=desk.scope).filter(closed_on=None):
        waiting = units_in(campaign=row, actor=desk.actor, scope=desk.scope).filter(sent_on=None).count()
        late = row.deadline < desk.today
        label = f"Đơn vị chưa gửi kết quả ({'quá hạn' if late else 'hạn'} {row.deadline:%d/%m/%Y}): {row.name}"
        url = f"{reverse('evaluation-campaign', args=[row.pk])}?tt=chua"
        found.append(Work(label=label, count=waiting, url=url, urgency=Urgency.NOW if late else Urgency.SOON, who=UNIT))
    return found


def plans_to_send(desk: Desk) -> list[Work]:
    """Units of open rounds of planning that have not sent their lists, the late ones first."""
    waiting = Counter(row.round for row in planning.open_homes(**reads(desk)) if row.sent_on is None)
    found = []
    for of, count in waiting.items():
        late = of.deadline < desk.today
        label = f"Đơn vị chưa gửi danh sách quy hoạch ({'quá hạn' if late else 'hạn'} {of.deadline:%d/%m/%Y}): {of.name}"
        url = f"{reverse('planning-round', args=[of.pk])}?tt=chua"
        found.append(Work(label=label, count=count, url=url, urgency=Urgency.NOW if late else Urgency.SOON, who=UNIT))
    return found


def plans_to_receive(desk: Desk) -> list[Work]:
    """Lists sent to the level of the reader."""
    homes = planning.open_homes(**reads(desk))
    waiting = Counter(
        row.round for row in homes if row.sent_on and row.received_on is None and desk.scope.sees_unit(row.round.unit_id)
    )
    return [
        Work(label=f"Danh sách quy hoạch chờ tiếp nhận: {of.name}", count=count, who=UNIT,
             url=f"{reverse('planning-round', args=[of.pk])}?tt=da")
        for of, count in waiting.items()
    ]  # fmt: skip


def plans_to_decide(desk: Desk) -> list[Work]:
    """Lists before whoever decides in them: of rounds of the reader's own level."""
    mine = [one for one in planning.slates_to_decide(**reads(desk)) if desk.scope.sees_unit(one.home.round.unit_id)]
    waiting = [of for one in mine for of in (one.adding, one.removing) if of and of.status == "open" and of.duty == "decide"]
    url = f"{reverse('cases')}?{urlencode({'loai': 'planning', 'cho': 'decide'})}"
    return [Work(label="Danh sách quy hoạch chờ quyết định", count=len(waiting), url=url, urgency=Urgency.NOW, who=UNIT)]


def sources_to_name(desk: Desk) -> list[Work]:
    """Requests of other units for people of the reader's."""
    count = len(planning.open_requests(**reads(desk)))
    url = f"{reverse('planning-requests')}?xem=den"
    return [Work(label="Đề nghị giới thiệu nguồn quy hoạch chờ trả lời", count=count, url=url, urgency=Urgency.SOON, who=UNIT)]


def own_assessments(desk: Desk) -> list[Work]:
    """Campaigns in which the reader may still assess herself and has not."""
    mine = own_evaluations(person=desk.scope.own_person or 0, actor=desk.actor, scope=desk.scope)
    waiting = mine.filter(self_sent_at=None, grade="", campaign_unit__sent_on=None, campaign_unit__campaign__closed_on=None)
    return [
        Work(label=f"Tự đánh giá trước ngày {row.campaign_unit.campaign.deadline:%d/%m/%Y}: {row.campaign_unit.campaign.name}", count=1,
             url=reverse("evaluation-own", args=[row.pk]), urgency=Urgency.NOW, who="bạn")
        for row in waiting
    ]  # fmt: skip


def imports_to_finish(desk: Desk) -> list[Work]:
    """One's own newest imports: still running, read but not written, failed, or written with rows refused."""
    mine = jobs(actor=desk.actor, scope=desk.scope).filter(user=desk.actor.user, kind="import")[:RECENT_IMPORTS]
    newest: dict[object, Job] = {}
    for job in mine:
        newest.setdefault(job.payload.get("upload"), job)
    return [work for job in newest.values() if (work := _import(job))]


def _import(job: Job) -> Work | None:
    name, url = job.payload.get("name", ""), reverse("import-job", args=[job.pk])
    if job.state in ("waiting", "running"):
        return Work(label=f"Danh sách đang chạy: {name}", count=1, url=url, urgency=Urgency.LATER, who="bạn")
    if job.state == "failed":
        return Work(label=f"Danh sách chưa đọc được: {name}", count=1, url=url, who="bạn")
    if job.state == "done" and job.payload.get("step") == "check":
        return Work(label=f"Danh sách đọc thử, chưa ghi: {name}", count=1, url=url, who="bạn")
    if job.state == "done" and (job.result or {}).get("refused_file"):
        return Work(label=f"Dòng chưa ghi được: {name}", count=_refused(job), url=url, who="bạn")
    return None


def _refused(job: Job) -> int:
    return sum(int(sheet["refused"]) for sheet in opened(job.pk, job.result or {})["sheets"])


def duplicates_to_judge(desk: Desk) -> list[Work]:
    return [Work(label="Hồ sơ có thể trùng, chờ xem", count=len(pairs_found(desk).pairs), url=reverse("duplicates"), who=UNIT)]


def drafts(desk: Desk) -> list[Work]:
    count = sum(paper.state == "draft" for paper in papers(actor=desk.actor, scope=desk.scope))
    return [Work(label="Dự thảo văn bản chưa ban hành", count=count, url=reverse("papers"), who=UNIT)]


def falling_due(desk: Desk) -> list[Work]:
    """What falls due within the days the agency set, a line for each kind; open work has lines of its own above."""
    lead = lead_days(unit=desk.actor.unit)
    asked = Asked(DueRequest(start=desk.today, end=desk.today, law=law_now()), list(DUE_KINDS), lead, {})
    counts = Counter(row.kind for row in found_due(asked, desk))
    url = reverse("due")
    return [
        Work(label=f"Sắp đến hạn trong {lead[kind]} ngày: {LABELS[kind]}", count=counts[kind], url=f"{url}?loai={kind}", who=UNIT)
        for kind in DUE_KINDS
    ]


def law_refused(desk: Desk) -> list[Work]:
    """Law files with faults: the last good law serves until somebody mends them."""
    return [
        Work(label=f"Quy định có lỗi, chưa được dùng: {notice.short}", count=len(notice.problems), url=reverse("law"), urgency=Urgency.NOW,
             who="người quản trị")
        for notice in law_now().problems
    ]  # fmt: skip


def cases_waiting(desk: Desk) -> list[Work]:
    """Cases whose next step the reader's role carries; those of a campaign are told with it."""
    count = sum(row.kind in OPENED_HERE.values() and is_mine(row, desk) for row in cases(actor=desk.actor, scope=desk.scope, status="open"))
    url = f"{reverse('cases')}?{urlencode({'cho': MINE})}"
    return [Work(label="Việc theo quy trình chờ bước tiếp", count=count, url=url, who=UNIT)]


def remarks_waiting(desk: Desk) -> list[Work]:
    """What readers said to lists made known: to be read through, to be answered."""
    counts, url = remark_counts(actor=desk.actor, scope=desk.scope), reverse("disclosure-remarks")
    return [
        Work(label="Góp ý về danh sách công khai chờ xem", count=counts["waiting"], url=url, urgency=Urgency.SOON, who=UNIT),
        Work(label="Góp ý đã ghi nhận chờ trả lời", count=counts["answering"], url=f"{url}?tt=tra-loi", who=UNIT),
    ]


SOURCES: tuple[Source, ...] = (
    Source("law", ("settings.write", "system.check"), law_refused),
    Source("own-declarations", ("dossier.read_own",), own_declarations),
    Source("declarations", ("declaration.run",), declarations_to_decide),
    Source("own-assessments", ("cases.own",), own_assessments),
    Source("objections", ("cases.write", "cases.decide"), objections_to_answer),
    Source("remarks", ("disclosure.publish",), remarks_waiting),
    Source("evaluation", ("cases.write",), results_to_send),
    Source("planning", ("cases.write",), plans_to_send),
    Source("planning-received", ("planning.run",), plans_to_receive),
    Source("planning-decided", ("cases.decide",), plans_to_decide),
    Source("planning-requests", ("cases.write",), sources_to_name),
    Source("imports", ("import.read",), imports_to_finish),
    Source("duplicates", ("dossier.merge",), duplicates_to_judge),
    Source("cases", ("cases.write", "cases.decide"), cases_waiting),
    Source("drafts", ("papers.write",), drafts),
    Source("due", ("dossier.read",), falling_due),
    Source("disputes", ("dossier.write",), disputed_values),
    Source("completeness", ("dossier.write",), incomplete_dossiers),
    Source("accounts", ("users.write",), accounts_with_first_password),
)
