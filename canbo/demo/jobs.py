"""The localities, the campaign and the round of planning as a job: the first start shows a page before they are there."""

from typing import Any

from django.utils import timezone

from canbo.access.queries import LOCAL_ACCESS
from canbo.demo.campaign import open_demo_campaign
from canbo.demo.local_load import load_locality
from canbo.demo.locality import locality
from canbo.demo.planning import open_demo_round
from canbo.demo.standing import has_real_list
from canbo.jobs.worker import Task
from canbo.kernel.actors import Forbidden


def run(task: Task) -> dict[str, Any]:
    """Handler of the kind `demo`: one act for each locality, so that a killed worker's job goes on with the next.

    Only the local administrator puts such a job in. Once a real list is in the folder nothing more is added to it.
    """
    if task.user != LOCAL_ACCESS.actor.user:
        raise Forbidden("Dữ liệu minh họa chỉ do người quản trị tại máy nạp.")
    codes, people = task.payload["localities"], 0
    if task.payload.get("campaign") and not has_real_list():
        task.progress(0, max(1, len(codes)), "Đang mở đợt đánh giá minh họa")
        open_demo_campaign(seed=task.payload["seed"], actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=timezone.now())
        task.progress(0, max(1, len(codes)), "Đang mở đợt quy hoạch minh họa")
        open_demo_round(actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=timezone.now())
    for number, code in enumerate(codes):
        task.progress(number, len(codes), "Đang nạp các địa phương minh họa")
        if has_real_list():
            break
        at = timezone.now()
        loaded = load_locality(locality=locality(code), actor=LOCAL_ACCESS.actor, at=at, seed=task.payload["seed"])
        people += loaded.people if loaded else 0
    return {"people": people}
