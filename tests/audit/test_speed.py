"""A long log is checked in seconds and in little memory."""

import tracemalloc

import pytest

from canbo.audit.chain import GENESIS, RowChange, hash_of, seal_changes
from canbo.audit.changes import digest_of, keyring
from canbo.audit.models import Act, Change, Head
from canbo.audit.queries import check_chain
from tests.audit.world import AT
from tests.processes import spent

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ACTS = 20_000  # held whole they would be 60 MiB; a hundred thousand and a million are measured in bench/


def fill(count: int) -> None:
    """The log as that many acts leave it; each body as long as an ordinary edit's."""
    row = RowChange("person", 1, {"native_place": "Xã Lũng Cú"}, {"native_place": "Xã Đồng Văn, tỉnh Tuyên Quang"}, 1)
    (sealed,) = seal_changes([row], keyring())
    acts, changes, previous = [], [], GENESIS
    for seq in range(1, count + 1):
        act = Act(seq=seq, at=AT, user=1, role="can-bo-to-chuc", unit=3, action="dossier.write", reason="theo giấy",
                  document="", changes=1, digest=digest_of([sealed.digest]), previous=previous)  # fmt: skip
        act.hash = previous = hash_of(act)
        acts.append(act)
        changes.append(Change(act=seq, person=1, table="", body=sealed.body, digest=sealed.digest))
    Act.objects.bulk_create(acts, batch_size=2000)
    Change.objects.bulk_create(changes, batch_size=2000)
    Head.objects.update(seq=count, hash=previous)


def test_ten_thousand_acts_a_second_are_checked_in_constant_memory(actor, scope):
    fill(ACTS)
    with spent() as took:
        report = check_chain(actor=actor, scope=scope)
    assert (report.acts, report.problems) == (ACTS, ())
    assert took.own <= ACTS / 10_000  # 0.4 s on an idle core
    tracemalloc.start()
    check_chain(actor=actor, scope=scope)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * 2**20
    print(f"{took.own:.1f} s, {peak / 2**20:.1f} MiB")
