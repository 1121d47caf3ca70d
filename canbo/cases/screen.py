"""Ballots on screen. Who was called stands in one table, which codes were used in another, the slips in one sealed urn.

A slip carries no name, no code, no time. The urn is written anew, sorted, padded to one length and sealed with a fresh
nonce at every slip, so that neither the order of rows, nor two copies of the database side by side, nor the database's own
journal shows what was put in. The log of acts says only that a ballot was opened and counted.
"""

import hashlib
import json
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from canbo.audit.changes import act, keyring, values_of
from canbo.cases.changes import CaseRefused
from canbo.cases.models import BallotCode, ScreenBallot
from canbo.cases.orders import ballot_order
from canbo.cases.queries import case
from canbo.cases.rules import state_of, steps_of
from canbo.engine.procedures.replay import candidates, due, names_on_slip
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import clean

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0, O, 1, I: a code is read off paper
CODE_LENGTH = 12
SLIP_BYTES = 160  # a slip of so many names, padded: the urn's length tells only how many codes were printed
FEWEST_FOR_A_GROUP = 10


def open_ballot(
    *, pk: int, decided_by: str, codes: int, on: date, actor: Actor, scope: Scope, at: datetime
) -> tuple[ScreenBallot, list[str]]:
    """The ballot of the step that is due, and its codes – shown this once, to be printed, shuffled and handed out.

    Raises CaseRefused without the convening body's decision, or when the step that is due does not vote.
    """
    row = case(pk=pk, actor=actor, scope=scope)
    rules, state = steps_of(row), state_of(row)
    now = due(rules, state)
    if now is None or now[1] != "count" or now[0].ballot is None:
        raise CaseRefused("Chưa tới lúc bỏ phiếu: hãy điểm danh của bước có bỏ phiếu trước.")
    if not clean(decided_by):
        raise CaseRefused("Bỏ phiếu trên màn hình cần quyết định của nơi triệu tập; hãy ghi số, ngày văn bản.")
    present = state.attendance.present if state.attendance else 0
    if codes != present:
        raise CaseRefused(f"Số mã phải bằng số người có mặt ({present}).")
    printed = _new_codes(codes)
    with act(actor=actor, action="cases.ballot_open", may="cases.write", at=at, document=clean(decided_by)[:200]) as log:
        if row.ballots.filter(step=now[0].code, closed=False).exists():
            raise CaseRefused("Bước này đang có một lần bỏ phiếu trên màn hình; hãy đóng lần đó trước.")
        ballot = ScreenBallot(
            case=row, step=now[0].code, decided_by=clean(decided_by)[:300], opened_on=on, codes=codes, seen=row.entries.count()
        )
        ballot.urn = _sealed(ballot, [])
        ballot.save()
        log.inserted(ballot)
        # In the order of their digests: the order of the paper says nothing.
        BallotCode.objects.bulk_create(BallotCode(digest=d, ballot=ballot) for d in sorted(map(_digest, printed)))
    return ballot, printed


def slip_names(*, code: str) -> tuple[ScreenBallot, tuple[int, ...], int]:
    """What a code may vote on: the ballot, the names (CaseName), and how many of them. CaseRefused for a code that is not good."""
    ballot = _ballot_of(code)
    rules, state = steps_of(ballot.case), state_of(ballot.case)
    now = due(rules, state)
    # Nobody votes once the board has written a count, or once the room or the list is another.
    if now is None or now[1] != "count" or now[0].code != ballot.step or not stands(ballot):
        raise CaseRefused("Bước bỏ phiếu này đã kết thúc.")
    return ballot, candidates(rules, state), names_on_slip(rules, state)


@dataclass(frozen=True)
class Slip:
    """What the voter is shown: for what, at which step, the names (CaseName, name) in the order A, B, C of given names, how many
    of them."""

    what: str
    step: str
    names: tuple[tuple[int, str], ...]
    most: int


def slip_shown(*, code: str) -> Slip:
    """The slip of a code as a page prints it; whoever holds the code may read it. CaseRefused for a code that is not good."""
    ballot, allowed, most = slip_names(code=code)
    rules = steps_of(ballot.case)
    rows = ballot.case.names.select_related("person").filter(pk__in=allowed).order_by("order", "pk")
    names = ballot_order([(row.pk, row.person.full_name if row.person else row.text) for row in rows])
    return Slip(ballot.case.name, rules.steps[rules.at(ballot.step)].label, tuple(names), most)


def cast(*, code: str, names: tuple[int, ...]) -> None:
    """Put one slip into the urn. Nothing is written of who, when or from where; the code is used up in the same transaction.

    An empty slip is a blank one. Raises CaseRefused: a code used or unknown, too many names, a name that is not on the list.
    """
    ballot, allowed, most = slip_names(code=code)
    chosen = tuple(sorted(set(names)))
    if len(chosen) > most:
        raise CaseRefused(f"Phiếu chỉ được chọn tối đa {most} người; hãy bỏ bớt.")
    if not set(chosen) <= set(allowed):
        raise CaseRefused("Phiếu có người không thuộc danh sách; hãy chọn lại.")
    with transaction.atomic():
        # Written first: on PostgreSQL the row is locked, so two slips at once follow one another.
        if BallotCode.objects.filter(digest=_digest(code), used=False).update(used=True) != 1:
            raise CaseRefused("Mã này đã được dùng.")
        held = ScreenBallot.objects.select_for_update().get(pk=ballot.pk)
        if held.closed:
            raise CaseRefused("Lần bỏ phiếu này đã đóng.")
        held.urn = _sealed(held, [*_opened(held), list(chosen)])
        held.save(update_fields=["urn"])


def close_ballot(*, pk: int, actor: Actor, scope: Scope, at: datetime) -> dict[str, object]:
    """Close the ballot and count the urn: what the counting board then checks and signs as its first and second count.

    Votes by name, slips used, blank slips. Raises CaseRefused, closed all the same, where the slips are too few to be counted.
    """
    with act(actor=actor, action="cases.ballot_close", may="cases.write", at=at) as log:
        ballot = ScreenBallot.objects.select_for_update().select_related("case").get(pk=pk)
        case(pk=ballot.case_id, actor=actor, scope=scope)
        if ballot.closed:
            raise CaseRefused("Lần bỏ phiếu này đã đóng.")
        before = values_of(ballot)
        ballot.closed = True
        ballot.save(update_fields=["closed"])
        log.updated(before, ballot)
    return counted(ballot)


def counted(ballot: ScreenBallot) -> dict[str, object]:
    """The urn counted; the same figures however often it is counted.

    Part of the room is not counted when it is fewer than ten: else a ballot closed after one slip would say whose it was.
    """
    slips = _opened(ballot)
    if not may_count(ballot, len(slips)):
        raise CaseRefused(
            f"Không đếm: mới có {len(slips)}/{ballot.codes} phiếu, dưới {FEWEST_FOR_A_GROUP} phiếu chỉ đếm khi mọi mã đã dùng; "
            "hãy bỏ phiếu lại hoặc dùng phiếu giấy."
        )
    votes = Counter(name for slip in slips for name in slip)
    valid = sum(1 for slip in slips if slip)
    return {"issued": ballot.codes, "collected": len(slips), "valid": valid, "votes": dict(sorted(votes.items()))}


def stands(ballot: ScreenBallot) -> bool:
    """Whether the room and the names are those it was opened for: nobody called, introduced or sent back since."""
    later = ballot.case.entries.filter(number__gt=ballot.seen or 0, duty__in=("convene", "introduce", "return"))
    return ballot.seen is None or not later.exists()


def may_count(ballot: ScreenBallot, slips: int) -> bool:
    """Whether so many slips may be counted: all of them, or enough to hide each."""
    return slips == ballot.codes or may_split(slips)


def may_split(people: int) -> bool:
    """Whether a tally of a part of the voters may be shown at all."""
    return people >= FEWEST_FOR_A_GROUP


# --- the urn


def _sealed(ballot: ScreenBallot, slips: list[list[int]]) -> str:
    body = json.dumps(sorted(slips), separators=(",", ":"))
    room = ballot.codes * SLIP_BYTES
    if len(body) > room:
        raise CaseRefused("Phiếu có quá nhiều tên; hãy chọn ít hơn.")
    return keyring().seal(body.ljust(room), place=f"screen_ballot.urn:{ballot.key}")


def _opened(ballot: ScreenBallot) -> list[list[int]]:
    found: list[list[int]] = json.loads(keyring().open(ballot.urn, place=f"screen_ballot.urn:{ballot.key}"))
    return found


def _new_codes(number: int) -> list[str]:
    found: set[str] = set()
    while len(found) < number:
        found.add("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))
    printed = list(found)
    secrets.SystemRandom().shuffle(printed)
    return printed


def _digest(code: str) -> str:
    """Keyed: whoever copies the table cannot try all codes."""
    plain = "".join(code.split()).replace("-", "").upper()
    return hashlib.sha256(keyring().blind_index(plain, purpose="ballot-code").encode()).hexdigest()


def _ballot_of(code: str) -> ScreenBallot:
    found = BallotCode.objects.select_related("ballot__case").filter(digest=_digest(code)).first()
    if found is None:
        raise CaseRefused("Không có mã này; hãy gõ lại đúng mã trên phiếu.")
    if found.used:
        raise CaseRefused("Mã này đã được dùng.")
    if found.ballot.closed:
        raise CaseRefused("Lần bỏ phiếu này đã đóng.")
    return found.ballot
