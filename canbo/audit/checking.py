"""The check of the whole log: every body, every hash, the head, the anchors. It needs the same memory however long
the log is, takes no lock, and may run while others write."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Max, TextField
from django.db.models.functions import Cast

from canbo.audit import anchor
from canbo.audit.chain import GENESIS, body_digest, digest_of, hash_of_parts, stamp
from canbo.audit.models import Act, Change, Head

TOLD = 100  # sentences; a log altered in a million places needs no million of them
_BLOCK = 500
_COLUMNS = ("seq", "user", "role", "unit", "action", "reason", "document", "changes", "digest", "previous", "hash")


@dataclass(frozen=True)
class ChainReport:
    """How many acts were read, one Vietnamese sentence for each thing found wrong, how many acts an anchor confirms."""

    acts: int
    problems: tuple[str, ...]
    anchored: int = 0


@dataclass
class _Findings:
    told: list[str] = field(default_factory=list)
    more: int = 0

    def say(self, text: str) -> None:
        if len(self.told) < TOLD:
            self.told.append(text)
        else:
            self.more += 1

    def all(self) -> tuple[str, ...]:
        rest = [f"Còn {self.more} chỗ sai khác trong nhật ký không kể ra ở đây."] if self.more else []
        return (*self.told, *rest)


@dataclass
class _Walk:
    """How far the chain was followed. `ends`: the stored and the recomputed hash of the last act, one of them is true."""

    count: int = 0
    expected: int = 1
    ends: frozenset[Any] = frozenset({GENESIS})


@dataclass(frozen=True)
class _Contents:
    """The change rows of one act, recomputed."""

    act: int
    rows: int
    digest: str
    altered: bool


def check() -> ChainReport:
    """Recompute everything. What is written meanwhile is left out: anchors and acts are read up to the head of the start."""
    findings = _Findings()
    with _streaming():
        anchored, newest_anchor = _check_anchors(findings)
        newest = Act.objects.aggregate(newest=Max("seq"))["newest"] or 0
        head = Head.objects.filter(pk=1).first()
        walk = _walk(findings, max(newest, head.seq if head else 0))
        _check_end(findings, walk, newest, newest_anchor, head)
    return ChainReport(acts=walk.count, problems=findings.all(), anchored=anchored)


def _streaming() -> AbstractContextManager[Any]:
    """PostgreSQL streams only inside a transaction; SQLite's would lock out every writer, and streams without."""
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()


# --- acts and their change rows


def _walk(findings: _Findings, until: int) -> _Walk:
    walk = _Walk()
    contents = _contents(until)
    try:
        waiting = next(contents, None)
        for row in _acts(until):
            while waiting and waiting.act < row[0]:
                _say_orphan(findings, waiting)
                waiting = next(contents, None)
            mine = waiting if waiting and waiting.act == row[0] else None
            _check_act(findings, walk, row, mine)
            waiting = next(contents, None) if mine else waiting
        while waiting:
            _say_orphan(findings, waiting)
            waiting = next(contents, None)
    except DatabaseError:  # SQLite: text that is no text
        findings.say(f"Không đọc được nhật ký từ việc số {walk.expected}: dữ liệu đã bị sửa hoặc tệp bị hỏng.")
    return walk


def _acts(until: int) -> Iterator[tuple[Any, ...]]:
    """Columns as stored; the moment as text, so that one that is no moment does not stop the check."""
    rows = Act.objects.filter(seq__lte=until).order_by("seq").annotate(moment=Cast("at", TextField()))
    return rows.values_list(*_COLUMNS, "moment").iterator(chunk_size=2000)


def _contents(until: int) -> Iterator[_Contents]:
    rows = Change.objects.filter(act__lte=until).order_by("act", "id")
    columns = rows.values_list("act", "person", "table", "body", "digest").iterator(chunk_size=500)
    for act, group in groupby(columns, key=lambda row: row[0]):
        digests, altered = [], False
        for _, person, table, body, digest in group:
            made = body_digest(person, table, body.encode() if isinstance(body, str) else bytes(body))
            altered |= made != digest
            digests.append(made)
        yield _Contents(act, len(digests), digest_of(digests), altered)


def _say_orphan(findings: _Findings, contents: _Contents) -> None:
    findings.say(f"Có nội dung thay đổi ghi là của việc số {contents.act} nhưng nhật ký không có việc này.")


def _check_act(findings: _Findings, walk: _Walk, row: tuple[Any, ...], mine: _Contents | None) -> None:
    seq, *said, changes, digest, previous, stored, moment = row
    gap = seq != walk.expected
    if gap:
        findings.say(_gap(walk.expected, seq))
    made = hash_of_parts(seq, _stamp(moment), *said, changes, digest, previous)
    if made != stored:
        findings.say(f"Việc số {seq} trong nhật ký đã bị sửa ngoài chương trình.")
    elif previous not in walk.ends and not gap:
        findings.say(f"Việc số {seq} không nối tiếp việc trước nó: nhật ký đã bị sửa ngoài chương trình.")
    if mine is None or mine.altered or (mine.rows, mine.digest) != (changes, digest):
        findings.say(f"Nội dung thay đổi của việc số {seq} đã bị sửa hoặc xóa.")
    walk.count, walk.expected, walk.ends = walk.count + 1, seq + 1, frozenset({stored, made})


def _gap(expected: int, seq: int) -> str:
    if seq < expected:
        return f"Nhật ký có việc số {seq} không do chương trình ghi."
    missing = f"việc số {expected}" if seq == expected + 1 else f"các việc từ số {expected} đến số {seq - 1}"
    return f"Nhật ký thiếu {missing}: đã bị xóa ngoài chương trình."


def _stamp(moment: Any) -> str:
    """The stored moment as it was hashed; what is no moment stays as it is, and so fails."""
    try:
        at = datetime.fromisoformat(str(moment))
    except ValueError:
        return str(moment)
    return stamp(at if at.tzinfo else at.replace(tzinfo=UTC))


# --- the end of the chain, inside and outside the database


def _check_anchors(findings: _Findings) -> tuple[int, int]:
    """How many acts an anchor confirms, and the newest act an anchor speaks of."""
    confirmed = newest = 0
    for block in _blocks(anchor.lines()):
        hashes = dict(Act.objects.filter(seq__in=[a.seq for a in block if a.seq]).values_list("seq", "hash"))
        for kept in block:
            newest = max(newest, kept.seq or 0)
            confirmed += _check_anchor(findings, kept, hashes)
    return confirmed, newest


def _check_anchor(findings: _Findings, kept: anchor.Anchor, hashes: dict[int, str]) -> bool:
    if not kept.seq:
        findings.say(f"Dòng {kept.line} của tệp dấu mốc không phải là dấu mốc; tệp đã bị sửa hoặc hỏng.")
        return False
    stored = hashes.get(kept.seq)
    if stored is not None and not str(stored).startswith(kept.digest):
        findings.say(f"Việc số {kept.seq} không khớp với dấu mốc lưu ngoài cơ sở dữ liệu.")
    return stored is not None and stored == kept.digest


def _blocks(anchors: Iterable[anchor.Anchor]) -> Iterator[list[anchor.Anchor]]:
    rows = iter(anchors)
    while block := list(islice(rows, _BLOCK)):
        yield block


def _check_end(findings: _Findings, walk: _Walk, newest: int, newest_anchor: int, head: Head | None) -> None:
    last = walk.expected - 1
    if head is None or head.seq < newest or head.seq != last or head.hash not in walk.ends:
        findings.say("Phần cuối của nhật ký không khớp với đầu chuỗi.")
    if newest_anchor > last:
        findings.say(
            f"Nhật ký bị cắt: dấu mốc ngoài cơ sở dữ liệu đã tới việc số {newest_anchor}, nhật ký chỉ còn tới {last}."
        )
