"""The table's rules, moment by moment, on whichever database the suite runs."""

from datetime import datetime, timedelta

import pytest

from canbo.jobs import leases
from canbo.jobs.changes import cancel, enqueue, retry
from canbo.jobs.models import Job
from canbo.jobs.queries import NoSuchJob, job, jobs
from canbo.kernel.actors import NOTHING, Actor

pytestmark = pytest.mark.django_db
LASTS = timedelta(seconds=60)


def later(at: datetime, seconds: float) -> datetime:
    return at + timedelta(seconds=seconds)


def test_lease_takes_the_oldest_waiting_job(actor, at):
    first = enqueue(kind="import", payload={"n": 1}, actor=actor, at=at)
    enqueue(kind="import", payload={"n": 2}, actor=actor, at=at)
    taken = leases.lease(worker="a", at=at, lasts=LASTS)
    assert (taken.pk, taken.state, taken.attempts, taken.leased_by) == (first.pk, "running", 1, "a")
    assert taken.leased_until == later(at, 60)


def test_lease_of_a_job_that_is_kept_is_refused_to_others(actor, at):
    enqueue(kind="import", payload={}, actor=actor, at=at)
    leases.lease(worker="a", at=at, lasts=LASTS)
    assert leases.lease(worker="b", at=later(at, 59), lasts=LASTS) is None


def test_lease_that_ended_lets_another_worker_go_on(actor, at):
    enqueue(kind="import", payload={}, actor=actor, at=at)
    leases.lease(worker="a", at=at, lasts=LASTS)
    taken = leases.lease(worker="b", at=later(at, 61), lasts=LASTS)
    assert (taken.leased_by, taken.attempts) == ("b", 2)


def test_lease_renewed_in_time_does_not_end(actor, at):
    made = enqueue(kind="import", payload={}, actor=actor, at=at)
    leases.lease(worker="a", at=at, lasts=LASTS)
    state = leases.renew(job=made.pk, worker="a", until=later(at, 110), progress=7, total=10, message="dòng 7")
    assert state == leases.State(held=True, cancel_asked=False)
    assert leases.lease(worker="b", at=later(at, 100), lasts=LASTS) is None
    made.refresh_from_db()
    assert (made.progress, made.total, made.message) == (7, 10, "dòng 7")


def test_worker_that_lost_its_lease_changes_nothing(actor, at):
    made = enqueue(kind="import", payload={}, actor=actor, at=at)
    leases.lease(worker="a", at=at, lasts=LASTS)
    leases.lease(worker="b", at=later(at, 61), lasts=LASTS)
    state = leases.renew(job=made.pk, worker="a", until=later(at, 999), progress=9, total=9, message="cũ")
    assert not state.held
    assert not leases.finish(job=made.pk, worker="a", state="done", at=later(at, 62), result={"of": "a"})
    assert not leases.give_back(job=made.pk, worker="a")
    assert leases.finish(job=made.pk, worker="b", state="done", at=later(at, 63), result={"of": "b"})
    made.refresh_from_db()
    assert (made.state, made.result, made.message) == ("done", {"of": "b"}, "")


def test_job_that_kills_its_worker_each_time_is_given_up(actor, at):
    made = enqueue(kind="import", payload={}, actor=actor, at=at)
    for attempt in range(leases.ATTEMPTS):
        assert leases.lease(worker=f"w{attempt}", at=later(at, 61 * attempt), lasts=LASTS) is not None
    assert leases.lease(worker="last", at=later(at, 61 * leases.ATTEMPTS), lasts=LASTS) is None
    made.refresh_from_db()
    assert (made.state, made.attempts, made.message) == ("failed", leases.ATTEMPTS, leases.GAVE_UP)


def test_attempt_of_a_worker_told_to_end_does_not_count(actor, at):
    enqueue(kind="import", payload={}, actor=actor, at=at)
    for _ in range(5):
        taken = leases.lease(worker="a", at=at, lasts=LASTS)
        assert taken.attempts == 1
        assert leases.give_back(job=taken.pk, worker="a")


def test_cancel_of_a_waiting_job_ends_it_at_once(actor, scope, at):
    made = enqueue(kind="import", payload={}, actor=actor, at=at)
    assert cancel(pk=made.pk, actor=actor, scope=scope, at=at).state == "cancelled"
    assert leases.lease(worker="a", at=at, lasts=LASTS) is None


def test_cancel_of_a_running_job_is_heard_at_the_next_heartbeat(actor, scope, at):
    made = enqueue(kind="import", payload={}, actor=actor, at=at)
    leases.lease(worker="a", at=at, lasts=LASTS)
    assert cancel(pk=made.pk, actor=actor, scope=scope, at=at).state == "running"
    state = leases.renew(job=made.pk, worker="a", until=later(at, 60), progress=0, total=0, message="")
    assert state == leases.State(held=True, cancel_asked=True)


def test_cancelled_job_of_a_killed_worker_is_not_taken_again(actor, scope, at):
    made = enqueue(kind="import", payload={}, actor=actor, at=at)
    leases.lease(worker="a", at=at, lasts=LASTS)
    cancel(pk=made.pk, actor=actor, scope=scope, at=at)
    assert leases.lease(worker="b", at=later(at, 61), lasts=LASTS) is None
    made.refresh_from_db()
    assert made.state == "cancelled"


def test_cancel_of_a_finished_job_changes_nothing(actor, scope, at):
    made = enqueue(kind="import", payload={}, actor=actor, at=at)
    leases.lease(worker="a", at=at, lasts=LASTS)
    leases.finish(job=made.pk, worker="a", state="done", at=at, result={"new": 3})
    assert cancel(pk=made.pk, actor=actor, scope=scope, at=at).state == "done"


def test_retry_gives_a_failed_job_all_its_attempts_again(actor, scope, at):
    made = enqueue(kind="import", payload={}, actor=actor, at=at)
    leases.lease(worker="a", at=at, lasts=LASTS)
    leases.finish(job=made.pk, worker="a", state="failed", at=at, message="thiếu cột")
    again = retry(pk=made.pk, actor=actor, scope=scope, at=later(at, 5))
    assert (again.state, again.attempts, again.message, again.finished_at) == ("waiting", 0, "", None)


def test_jobs_of_others_are_not_seen(at):
    an, binh = (Actor(user=user, role="can-bo-don-vi") for user in (11, 12))
    made = enqueue(kind="import", payload={}, actor=an, at=at)
    assert job(pk=made.pk, actor=an, scope=NOTHING) == made
    assert list(jobs(actor=binh, scope=NOTHING)) == []
    with pytest.raises(NoSuchJob):
        cancel(pk=made.pk, actor=binh, scope=NOTHING, at=at)


def test_looking_for_work_takes_one_query_when_there_is_none(at, django_assert_num_queries):
    assert not Job.objects.exists()
    with django_assert_num_queries(1):
        leases.lease(worker="a", at=at, lasts=LASTS)
