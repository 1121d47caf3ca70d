"""A list from the file to the dossiers, through the pages; the job is run here as the worker runs it."""

import html
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from canbo.dossier.models import Person
from canbo.imports.jobs import run
from canbo.jobs.models import Job
from canbo.jobs.worker import Task
from tests.web.world import AT, IDS, World

LIST = """STT,Họ và tên,Ngày sinh,Giới tính,Chức vụ
1,Hoàng Văn An,12/5/1980,Nam,Chuyên viên
2,Hoàng Thị Bình,1985,Nữ,Chuyên viên
3,,1/1/1990,Nam,Chuyên viên
"""


def signed_in(world: World, role: str = "can-bo-to-chuc") -> Client:
    client = Client()
    client.force_login(world.accounts[role])
    return client


def send(client: Client, text: str | bytes = LIST, name: str = "cán bộ.csv", **fields: str):
    content = text.encode() if isinstance(text, str) else text
    return client.post("/nhap/", {"tep": SimpleUploadedFile(name, content), "ngay": "1/3/2026", **fields})


def worked(url: str) -> Job:
    """The job of this page, done."""
    job = Job.objects.get(pk=int(re.search(r"/viec/(\d+)/", url)[1]))
    job.result = run(Task(job=job.pk, user=job.user, payload=job.payload))
    job.state, job.finished_at = "done", AT
    job.save()
    return job


def columns_of(page: str) -> dict[str, str]:
    """The form's selects with what is selected."""
    selects = re.findall(r'<select name="(f\.[^"]+)".*?</select>', page, re.DOTALL)
    bodies = re.findall(r'<select name="f\.[^"]+".*?</select>', page, re.DOTALL)
    chosen = [re.search(r'<option value="([^"]*)" selected>', body) for body in bodies]
    return {name: found[1] if found else "-" for name, found in zip(selects, chosen, strict=True)}


def test_list_is_read_shown_and_only_then_written(world: World) -> None:
    client, before = signed_in(world), Person.objects.count()
    waiting = send(client)
    assert 'http-equiv="refresh"' in client.get(waiting.url).content.decode()
    worked(waiting.url)
    page = html.unescape(client.get(waiting.url).content.decode())
    assert "chưa ghi gì" in page and "Mới 2" in page and Person.objects.count() == before
    assert set(columns_of(page).values()) == {"ordinal", "full_name", "birth", "sex", "position"}

    writing = client.post(f"{waiting.url}ghi/", columns_of(page))
    job = worked(writing.url)
    text = html.unescape(client.get(writing.url).content.decode())
    assert "Đã ghi 2 dòng, còn" in text and "Hoàng Văn An" in text
    assert Person.objects.count() == before + 2
    assert "Hoàng" not in str(job.result) and "Hoàng" not in str(job.payload)


def test_imported_people_are_within_the_importers_scope(world: World) -> None:
    client = signed_in(world)
    waiting = send(client)
    worked(waiting.url)
    writing = client.post(f"{waiting.url}ghi/", columns_of(client.get(waiting.url).content.decode()))
    worked(writing.url)
    page = html.unescape(client.get("/ho-so/", {"tim": "hoang"}).content.decode())
    assert "Hoàng Văn An" in page and "Hoàng Thị Bình" in page


def test_columns_are_corrected_and_read_again(world: World) -> None:
    client = signed_in(world)
    waiting = send(client)
    worked(waiting.url)
    columns = columns_of(client.get(waiting.url).content.decode())
    position = next(name for name, field in columns.items() if field == "position")
    again = client.post(f"{waiting.url}doc-lai/", columns | {position: "workplace"})
    worked(again.url)
    assert columns_of(client.get(again.url).content.decode())[position] == "workplace"


def test_refused_rows_are_taken_back_as_a_workbook(world: World) -> None:
    """The third row carries the personal ID of somebody else."""
    client = signed_in(world)
    ids = ("Số định danh cá nhân", "001080000010", "001185000011", IDS["i"])
    rows = LIST.replace("3,,", "3,Hoàng Văn Chi,").splitlines()
    waiting = send(client, "\n".join(f"{row},{number}" for row, number in zip(rows, ids, strict=True)))
    worked(waiting.url)
    writing = client.post(f"{waiting.url}ghi/", columns_of(client.get(waiting.url).content.decode()))
    worked(writing.url)
    page = html.unescape(client.get(writing.url).content.decode())
    assert "Đã ghi 2 dòng, còn 1 dòng chưa ghi." in page
    with zipfile.ZipFile(io.BytesIO(client.get(f"{writing.url}chua-ghi.xlsx").content)) as book:
        text = book.read("xl/sharedStrings.xml").decode()
    assert "Hoàng Văn Chi" in text and "Lý do chưa ghi" in text and "Hoàng Văn An" not in text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ngay": "31/2/2026"}, "31/2/2026"),
        ({"dv": "không có đơn vị này"}, "Không có đơn vị nào"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(world: World, fields: dict[str, str], sentence: str) -> None:
    page = send(signed_in(world), **fields)
    assert page.status_code == 400 and sentence in html.unescape(page.content.decode())


def test_no_file_and_an_empty_file(world: World) -> None:
    client = signed_in(world)
    assert "Hãy chọn tệp" in html.unescape(client.post("/nhap/", {}).content.decode())
    assert "trống" in html.unescape(send(client, b"").content.decode())


def test_who_may_only_read_lists_sees_no_button_to_write(world: World) -> None:
    client = signed_in(world, "can-bo-don-vi")
    waiting = send(client)
    worked(waiting.url)
    page = client.get(waiting.url).content.decode()
    assert "Mới đọc thử" in html.unescape(page) and "/ghi/" not in page


def test_grant_that_ended_meanwhile_writes_nothing(world: World) -> None:
    from canbo.kernel.actors import Forbidden

    client = signed_in(world)
    waiting = send(client)
    world.accounts["can-bo-to-chuc"].grants.all().delete()
    with pytest.raises(Forbidden):
        worked(waiting.url)
