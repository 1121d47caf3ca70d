"""A list from the file to the dossiers, through the pages; the job is run here as the worker runs it."""

import html
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from canbo.access.queries import LOCAL_ACCESS
from canbo.audit.changes import act, values_of
from canbo.audit.queries import check_chain
from canbo.dossier.models import DisputedValue, ExtraValue, ListEntry, Person
from canbo.imports.jobs import run
from canbo.imports.undo import CannotUndo
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


def step(client: Client, url: str, number: int, **query: str) -> str:
    """The page of a step, as a person reads it."""
    bare = url.partition("?")[0]
    return html.unescape(client.get(bare, {"buoc": str(number), **query}).content.decode())


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
    page = step(client, waiting.url, 4)
    assert "chưa ghi gì" in page and "Mới 2" in page and Person.objects.count() == before
    columns = columns_of(step(client, waiting.url, 3))
    assert set(columns.values()) == {"ordinal", "full_name", "birth", "sex", "position"}

    writing = client.post(f"{waiting.url}ghi/", columns)
    job = worked(writing.url)
    text = html.unescape(client.get(writing.url).content.decode())
    assert "Đã ghi 2 dòng, còn 1 dòng chưa ghi." in text
    assert "Hoàng Văn An" in html.unescape(client.get(writing.url, {"the": "new"}).content.decode())
    assert Person.objects.count() == before + 2
    assert "Hoàng" not in str(job.result) and "Hoàng" not in str(job.payload)


def test_imported_people_are_within_the_importers_scope(world: World) -> None:
    client = signed_in(world)
    waiting = send(client)
    worked(waiting.url)
    writing = client.post(f"{waiting.url}ghi/")
    worked(writing.url)
    page = html.unescape(client.get("/ho-so/", {"tim": "hoang"}).content.decode())
    assert "Hoàng Văn An" in page and "Hoàng Thị Bình" in page


def test_columns_are_corrected_and_read_again(world: World) -> None:
    client = signed_in(world)
    waiting = send(client)
    worked(waiting.url)
    columns = columns_of(step(client, waiting.url, 3))
    position = next(name for name, field in columns.items() if field == "position")
    again = client.post(f"{waiting.url}doc-lai/", columns | {position: "workplace"})
    worked(again.url)
    assert columns_of(step(client, again.url, 3))[position] == "workplace"


def test_refused_rows_are_taken_back_as_a_workbook(world: World) -> None:
    """The third row carries the personal ID of somebody else."""
    client = signed_in(world)
    ids = ("Số định danh cá nhân", "001080000010", "001185000011", IDS["i"])
    rows = LIST.replace("3,,", "3,Hoàng Văn Chi,").splitlines()
    waiting = send(client, "\n".join(f"{row},{number}" for row, number in zip(rows, ids, strict=True)))
    worked(waiting.url)
    writing = client.post(f"{waiting.url}ghi/")
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
    page = step(client, waiting.url, 4)
    assert "Mới đọc thử" in page and "/ghi/" not in page


def test_grant_that_ended_meanwhile_writes_nothing(world: World) -> None:
    from canbo.kernel.actors import Forbidden

    client = signed_in(world)
    waiting = send(client)
    world.accounts["can-bo-to-chuc"].grants.all().delete()
    with pytest.raises(Forbidden):
        worked(waiting.url)


# --- the wizard, step by step


def post_rows(client: Client, url: str, tab: str, **answers: str):
    """Send the form of a tab as it stands on the page, with these inputs changed."""
    page = step(client, url, 4, the=tab)
    hidden = dict(re.findall(r'<input type="hidden" name="(r\.[^"]+|the)" value="([^"]*)"', page))
    cells = dict(re.findall(r'name="(r\.\d+\.c\.[A-Z]+)" value="([^"]*)"', page))
    ticked = dict.fromkeys(re.findall(r'name="(r\.\d+\.ghi)" value="1"[^>]* checked', page), "1")
    return client.post(f"{url.partition('?')[0]}dong/", {**hidden, **cells, **ticked, **answers})


def test_refused_row_is_corrected_on_the_page_and_written(world: World) -> None:
    """The whole journey: read, correct the row without a name, write; the file itself stays as it was sent."""
    client, before = signed_in(world), Person.objects.count()
    waiting = send(client)
    worked(waiting.url)
    page = step(client, waiting.url, 4, the="refused")
    assert "không có họ và tên" in page and 'name="r.0.c.B" value=""' in page
    again = post_rows(client, waiting.url, "refused", **{"r.0.c.B": "Hoàng Văn Chi"})
    job = worked(again.url)
    assert "Hoàng" not in str(job.payload)
    assert "Mới 3" in step(client, again.url, 4)
    writing = client.post(f"{again.url.partition('?')[0]}ghi/")
    worked(writing.url)
    text = html.unescape(client.get(writing.url).content.decode())
    assert "Đã ghi 3 dòng, còn 0 dòng chưa ghi." in text
    assert Person.objects.filter(full_name="Hoàng Văn Chi").exists() and Person.objects.count() == before + 3


def test_row_unticked_is_not_written(world: World) -> None:
    client, before = signed_in(world), Person.objects.count()
    waiting = send(client)
    worked(waiting.url)
    saved = post_rows(client, waiting.url, "new", **{"r.1.ghi": "0"})
    assert saved.url.startswith(waiting.url) and 'name="r.1.ghi" value="1" aria-label' in step(client, waiting.url, 4, the="new")
    writing = client.post(f"{waiting.url}ghi/")
    worked(writing.url)
    assert "Đã ghi 1 dòng" in html.unescape(client.get(writing.url).content.decode()) and Person.objects.count() == before + 1


def test_list_left_in_the_middle_is_found_again(world: World) -> None:
    client = signed_in(world)
    waiting = send(client)
    worked(waiting.url)
    page = html.unescape(signed_in(world).get("/nhap/").content.decode())
    assert "Danh sách đang làm dở" in page and "cán bộ.csv" in page and waiting.url in page
    client.post(f"{waiting.url}bo/")
    page = html.unescape(client.get("/nhap/").content.decode())
    assert "cán bộ.csv" not in page.partition("Mẫu để điền")[0].partition("đang làm dở")[2]


def test_earlier_reading_leads_to_the_newest(world: World) -> None:
    """A browser's way back ends at an older page, which says so; nothing answered is lost."""
    client = signed_in(world)
    waiting = send(client)
    worked(waiting.url)
    again = post_rows(client, waiting.url, "refused", **{"r.0.c.B": "Hoàng Văn Chi"})
    worked(again.url)
    assert "lần đọc trước" in step(client, waiting.url, 4) and "lần đọc trước" not in step(client, again.url, 4)


def test_several_files_wait_one_after_another(world: World) -> None:
    client = signed_in(world)
    files = [SimpleUploadedFile(f"danh sách {n}.csv", LIST.encode()) for n in (1, 2)]
    first = client.post("/nhap/", {"tep": files, "ngay": "1/3/2026"})
    page = html.unescape(client.get("/nhap/").content.decode())
    assert first.status_code == 302 and "danh sách 1.csv" in page and "danh sách 2.csv" in page


def test_sheet_gets_another_kind_and_day(world: World) -> None:
    client = signed_in(world)
    waiting = send(client)
    worked(waiting.url)
    told = {"doc.0": "1", "loai.0": "posts", "ngay.0": "5/2/2026", "dv.0": ""}
    again = client.post(f"{waiting.url}trang/", told)
    worked(again.url)
    page = step(client, again.url, 2)
    assert '<option value="posts" selected>' in page and 'value="05/02/2026"' in page
    wrong = client.post(f"{again.url.partition('?')[0]}trang/", told | {"ngay.0": "31/2/2026"}, follow=True)
    assert "31/2/2026" in html.unescape(wrong.content.decode())


def test_unknown_value_is_placed_and_remembered(world: World) -> None:
    client = signed_in(world)
    more = "".join(f"{n},Hoàng Văn Dũng,{n}/1/1970,Nam,Kinh\n" for n in range(4, 12))
    rows = LIST.replace("Chức vụ", "Dân tộc").replace("Chuyên viên", "Kinh").replace("Nữ,Kinh", "Nữ,Dân tộc Lạ") + more
    waiting = send(client, rows)
    worked(waiting.url)
    page = step(client, waiting.url, 3)
    assert "“Dân tộc Lạ”" in page
    again = client.post(f"{waiting.url}doc-lai/", columns_of(page) | {"v.0.0": "kinh"})
    worked(again.url)
    assert "đã xếp" in step(client, again.url, 3)
    worked(client.post(f"{again.url.partition('?')[0]}ghi/").url)
    assert Person.objects.get(full_name="Hoàng Thị Bình").ethnicity == "kinh"
    later = send(client, rows, name="danh sách sau.csv")
    worked(later.url)
    assert "đã xếp" in step(client, later.url, 3)


def test_column_ticked_off_is_neither_written_nor_kept(world: World) -> None:
    client = signed_in(world)
    waiting = send(client, LIST.replace("Chức vụ", "Cột lạ").replace("Chuyên viên", "giá trị lạ"))
    worked(waiting.url)
    columns = columns_of(step(client, waiting.url, 3)) | {"f.0.E": "!"}
    again = client.post(f"{waiting.url}doc-lai/", columns)
    worked(again.url)
    worked(client.post(f"{again.url.partition('?')[0]}ghi/").url)
    assert not ExtraValue.objects.filter(value="giá trị lạ").exists()


CONTRARY = "STT,Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân\n1,Hoàng Văn An,12/5/1980,Nam,001080000010\n"


def contested(world: World, choice: str, reason: str = "") -> tuple[Client, Person]:
    """A second list gives another birth date for the same personal ID; the row is answered and written."""
    client = signed_in(world)
    first = send(client, CONTRARY)
    worked(first.url)
    worked(client.post(f"{first.url}ghi/").url)
    second = send(client, CONTRARY.replace("12/5/1980", "2/5/1981"), name="sau.csv")
    worked(second.url)
    page = step(client, second.url, 4, the="conflict")
    assert "12/05/1980" in page and "02/05/1981" in page
    saved = post_rows(client, second.url, "conflict", **{"r.0.m.birth": choice, "r.0.ly-do": reason} if choice else {})
    if "viec" in saved.url and saved.url.partition("?")[0] != second.url:
        worked(saved.url)
    worked(client.post(f"{saved.url.partition('?')[0]}ghi/").url)
    return client, Person.objects.get(full_name="Hoàng Văn An")


@pytest.mark.parametrize(
    ("choice", "birth"), [("", "1980-05-12"), ("keep", "1980-05-12"), ("take", "1981-05-02"), ("dispute", "1980-05-12")]
)
def test_contradiction_is_decided_row_by_row(world: World, choice: str, birth: str) -> None:
    _, an = contested(world, choice, "giấy khai sinh bản chính")
    assert an.birth is not None and an.birth.iso == birth
    said = [(d.value, d.settled_by) for d in DisputedValue.objects.filter(person=an)]
    wanted = {"take": [("1980-05-12", "giấy khai sinh bản chính")], "dispute": [("1981-05-02", "")]}
    assert said == wanted.get(choice, [])


def test_written_list_is_taken_back(world: World) -> None:
    client, before = signed_in(world), Person.objects.count()
    waiting = send(client)
    worked(waiting.url)
    writing = client.post(f"{waiting.url}ghi/")
    worked(writing.url)
    assert Person.objects.count() == before + 2
    undoing = client.post(f"{writing.url}hoan-tac/")
    worked(undoing.url)
    assert "Đã hoàn tác" in html.unescape(client.get(undoing.url).content.decode())
    assert Person.objects.count() == before and not ListEntry.objects.filter(name="cán bộ").exists()
    assert check_chain(actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope).problems == ()


def test_list_whose_people_were_changed_since_is_not_taken_back(world: World) -> None:
    client = signed_in(world)
    waiting = send(client)
    worked(waiting.url)
    writing = client.post(f"{waiting.url}ghi/")
    worked(writing.url)
    an = Person.objects.get(full_name="Hoàng Văn An")
    with act(actor=LOCAL_ACCESS.actor, action="dossier.write", at=AT) as log:
        earlier = values_of(an)
        an.other_name = "An Con"
        an.save()
        log.updated(earlier, an, person=an.pk)
    with pytest.raises(CannotUndo, match="Hoàng Văn An"):
        worked(client.post(f"{writing.url}hoan-tac/").url)


def test_rows_of_a_long_list_come_in_pages_and_are_searched(world: World) -> None:
    client = signed_in(world)
    rows = [f"{n},Hoàng Văn {'An' if n % 2 else 'Bình'},{n % 28 + 1}/{n % 12 + 1}/19{60 + n % 40},Nam,Chuyên viên" for n in range(1, 261)]
    waiting = send(client, "\n".join([LIST.splitlines()[0], *rows]))
    worked(waiting.url)
    page = step(client, waiting.url, 4, the="new")
    assert "Trang 1/6" in page and page.count('name="r.') == 100
    found = step(client, waiting.url, 4, the="new", tim="hoang van binh")
    assert "Trang 1/3" in found and "Hoàng Văn An" not in found


def test_templates_and_lists_to_edit_are_offered(world: World) -> None:
    client = signed_in(world)
    assert "Tải mẫu" in html.unescape(client.get("/nhap/mau/").content.decode())
    with zipfile.ZipFile(io.BytesIO(client.get("/nhap/mau.xlsx?loai=ratings&nguoi=1").content)) as book:
        text = book.read("xl/sharedStrings.xml").decode()
    assert IDS["i"] in text and IDS["o"] not in text
    out = client.get("/nhap/de-sua.xlsx")
    sent = send(client, out.content, name="để sửa.xlsx")
    worked(sent.url)
    assert "Không đổi 1" in html.unescape(re.sub(r"<[^>]+>", "", step(client, sent.url, 4)))
