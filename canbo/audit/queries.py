"""Reading the log: the check of the whole chain, and what happened to one dossier."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Max, QuerySet

from canbo.audit import anchor
from canbo.audit.chain import GENESIS, digest_of, hash_of
from canbo.audit.models import Act, Change, Head, Read
from canbo.kernel.actors import Actor, Scope


@dataclass(frozen=True)
class ChainReport:
    """Result of the check: how many acts were read, and one Vietnamese sentence for each thing found wrong."""

    acts: int
    problems: tuple[str, ...]


def last_seq() -> int:
    """The newest act's seq; 0 for an empty folder. Polled by the snapshot before every read."""
    return Head.objects.values_list("seq", flat=True).get(pk=1)


def check_chain(*, actor: Actor, scope: Scope) -> ChainReport:
    """Recompute every hash and compare with the head and with the anchors outside the database."""
    problems: list[str] = []
    anchors = dict(anchor.lines())
    previous, count, expected = GENESIS, 0, 1
    digests = _digests()
    for act in Act.objects.order_by("seq").iterator(chunk_size=2000):
        count += 1
        problems += _problems_of(act, previous, expected, next(digests, (act.seq, "")), anchors)
        previous, expected = act.hash, act.seq + 1
    problems += _problems_of_end(previous, expected - 1, anchors)
    return ChainReport(acts=count, problems=tuple(problems))


def _digests() -> Iterator[tuple[int, str]]:
    rows = Change.objects.order_by("act", "id").values_list("act", "digest").iterator(chunk_size=5000)
    return ((act, digest_of(d for _, d in group)) for act, group in groupby(rows, key=lambda row: row[0]))


def _problems_of(act: Act, previous: str, expected: int, digest: tuple[int, str], anchors: dict[int, str]) -> list[str]:
    found = []
    if act.seq != expected:
        found.append(f"Nhật ký thiếu việc số {expected}: đã bị xóa ngoài chương trình.")
    if act.previous != previous or hash_of(act) != act.hash:
        found.append(f"Việc số {act.seq} trong nhật ký đã bị sửa ngoài chương trình.")
    if digest != (act.seq, act.digest):
        found.append(f"Nội dung thay đổi của việc số {act.seq} đã bị sửa hoặc xóa.")
    if anchors.get(act.seq, act.hash) != act.hash:
        found.append(f"Việc số {act.seq} không khớp với dấu mốc lưu ngoài cơ sở dữ liệu.")
    return found


def _problems_of_end(last_hash: str, last: int, anchors: dict[int, str]) -> list[str]:
    found = []
    head = Head.objects.get(pk=1)
    if (head.seq, head.hash) != (last, last_hash):
        found.append("Phần cuối của nhật ký không khớp với đầu chuỗi.")
    if anchors and max(anchors) > last:
        found.append(
            f"Nhật ký bị cắt: dấu mốc ngoài cơ sở dữ liệu đã tới việc số {max(anchors)}, nhật ký chỉ còn tới {last}."
        )
    return found


def changes_of(*, person: int, actor: Actor, scope: Scope) -> QuerySet[Change]:
    """Change rows of one dossier, newest first."""
    return Change.objects.filter(person=person).order_by("-act")


def touched_since(*, people: Iterable[int], seq: int, actor: Actor, scope: Scope) -> dict[int, int]:
    """Of these people, those changed after act `seq` → the last act that did."""
    wanted = set(people)
    rows = Change.objects.filter(act__gt=seq, person__isnull=False).values("person").annotate(last=Max("act"))
    return {row["person"]: row["last"] for row in rows if row["person"] in wanted}


def reads_of(*, person: int, actor: Actor, scope: Scope) -> QuerySet[Read]:
    return Read.objects.filter(person=person).order_by("-at")
