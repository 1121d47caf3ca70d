"""A commune's round of planning in a real browser by six accounts: opened, proposed, introduced, voted on, sent, decided, made known."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from canbo.demo.accounts import PASSWORD
from tests.stories.checks import assert_accessible, click, stay_here, words

pytestmark = pytest.mark.browser
HOME, ROUND = "Phường Đức Xuân", "Rà soát quy hoạch (câu chuyện)"
BOARD = "Trần Thị Dung\nLê Văn Giang\nPhạm Thị Hoa"
SECRECY = {"nguoixd": "Trần Thị Kiểm", "muc": "Danh mục ngành tổ chức, không có mục này"}
WHY_NOT, LACKS = "Chưa qua thực tiễn cơ sở", "Thiếu nhận xét của chi bộ nơi cư trú"
SIZES = {"canhan": {"width": 390, "height": 844}}


@pytest.fixture
def desk(_browser: Any, server: Any) -> Iterator[Any]:
    """Pages of accounts, each with its own cookies; nothing is asked of another machine."""
    opened: dict[str, tuple[Any, list[str]]] = {}

    def sign_in(login: str) -> Any:
        size = SIZES.get(login, {"width": 1366, "height": 768})
        context = _browser.new_context(base_url=server.url, locale="vi-VN", viewport=size, reduced_motion="reduce")
        left, page = stay_here(context), context.new_page()
        page.goto("/")
        page.fill("#id_login", login)
        page.fill("#id_password", PASSWORD)
        page.click("main button")
        page.wait_for_selector("nav.menu", state="attached")
        opened[login] = page, left
        return page

    yield sign_in
    assert [left for _, left in opened.values() if left] == []
    for page, _ in opened.values():
        page.context.close()


def unfold(page: Any) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")


def paper(page: Any, url: str) -> str:
    """The words of a docx as they stand in it."""
    answer = page.context.request.get(url)
    assert answer.ok, url
    return text_of(answer.body())


def text_of(content: bytes) -> str:
    from docx import Document
    from docx.table import Table

    parts = Document(io.BytesIO(content)).iter_inner_content()
    cells = ("\n".join(cell.text for row in part.rows for cell in row.cells) if isinstance(part, Table) else part.text for part in parts)
    return "\n".join(cells)


def in_order(text: str, *wanted: str) -> bool:
    at = [text.find(one) for one in wanted]
    return -1 not in at and at == sorted(at)


@dataclass
class Procedure:
    """One procedure of a list: each duty is written by whoever is due, on the same page."""

    url: str
    people: list[str] = field(default_factory=list)

    def step(self, page: Any, *, rows: dict[str, str] | None = None, refused: str = "", **values: str) -> None:
        page.goto(self.url)
        form = page.locator("#viec form")
        for name, value in values.items():
            form.locator(f"[name='{name}']").fill(value)
        for label, value in (rows or {}).items():
            form.get_by_label(label, exact=True).fill(value)
        self.write(page, refused)

    def write(self, page: Any, refused: str = "") -> None:
        click(page, "#viec form button.btn-primary")
        said = words(page)
        assert refused in said if refused else "Chưa ghi" not in said, said

    def vote(self, page: Any, present: str, votes: dict[str, str], *, again: dict[str, str] | None = None) -> None:
        """Paper ballots: a board of three, counted twice; `again` = a second count that does not agree."""
        slips = {"phatra": present, "thuve": present, "hople": present, "ban": BOARD}
        self.step(page, rows=votes, **slips)
        if again:
            self.step(page, rows=again, refused="không khớp nhau", **slips)
        self.step(page, rows=votes, **slips)

    def decide(self, page: Any, said: dict[str, str], number: str) -> None:
        """Name → the reason against; "" agrees."""
        page.goto(self.url)
        for name, why in said.items():
            page.get_by_label(f"Quyết định về {name}", exact=True).select_option("khong" if why else "co")
            page.get_by_label(f"Lý do không đồng ý với {name}", exact=True).fill(why)
        page.locator("#viec [name='so']").fill(number)
        self.write(page)


# --- the story, act by act


def open_round(page: Any) -> str:
    page.goto("/quy-hoach/mo/")
    page.fill("#ten", ROUND)
    page.fill("#vanban", "Kế hoạch 31-KH/TU")
    page.get_by_label("Nhiệm kỳ 2031-2036", exact=True).select_option("next")
    page.get_by_label("Nhiệm kỳ 2026-2031", exact=True).select_option("current")
    unfold(page)
    for title in ("chu-tich-ubnd-xa", "pho-chu-tich-ubnd-xa"):
        page.check(f"input[name='cd'][value='{title}']")
    page.get_by_role("checkbox", name=HOME, exact=True).check()
    click(page, "button[value='mo']")
    assert "Đã mở đợt cho 1 đơn vị" in words(page)
    click(page, f"main tbody a:has-text('{HOME}')")
    return str(page.url)


def lists_of(page: Any) -> dict[tuple[str, str], str]:
    """(title, term) → address, from among her work to do."""
    page.goto("/")
    click(page, f"main a:has-text('{ROUND}')")
    click(page, f"main tbody a:has-text('{HOME}')")
    rows = [row.locator("th a").first for row in page.locator("main table").first.locator("tbody tr").all()]
    return {(one.inner_text(), one.locator("xpath=../../td[2]").inner_text().split()[0]): one.get_attribute("href") for one in rows}


def leaves(page: Any, url: str) -> str:
    """The programme's proposal is taken: who is out of time leaves, with article; returns her name."""
    page.goto(url)
    name = str(page.locator("tr:has-text('vì sao') th a").first.inner_text())
    click(page, "button[value='de-xuat']")
    assert "đề nghị đưa ra của 1 người" in words(page) and name in page.locator("tr.leaving").inner_text()
    return name


def come_in(page: Any, url: str, unfit: str) -> list[str]:
    """Two from the sources, a third by two places; somebody who does not fit is refused with the article, what was typed stays."""
    page.goto(f"{url}nguon/")
    unfold(page)
    boxes = page.locator("tr:has(.note-ok) input[name='nguoi']")
    names = [boxes.nth(n).get_attribute("aria-label").removeprefix("Chọn ") for n in range(3)]
    for n in range(2):
        boxes.nth(n).check()
    page.fill("#gt-ld", "Giới thiệu tại chỗ")
    click(page, "button[value='gioi-thieu']")
    assert "Đã giới thiệu 2 người" in words(page)
    bring(page, url, names[2], "Chi bộ Kinh tế")
    bring(page, url, names[2], "Hội Nông dân phường")
    assert "đã có trong danh sách: ghi thêm nơi giới thiệu" in words(page) and "2 nơi giới thiệu" in words(page)
    bring(page, url, unfit, "Chi bộ Kinh tế")
    assert f"{unfit}: chưa đưa vào quy hoạch được" in words(page) and "377-QĐ/TW" in words(page)
    assert page.input_value("#gt-noi") == "Chi bộ Kinh tế"
    return names


def bring(page: Any, url: str, name: str, by: str) -> None:
    page.goto(url)
    unfold(page)
    page.fill("#tim", name)
    page.locator("[data-found]").get_by_label(name).first.check()
    page.fill("#gt-noi", by)
    click(page, "#gioi-thieu button[value='gioi-thieu']")


def comment(page: Any, url: str) -> None:
    page.goto(url)
    for n in range(page.locator("textarea[name='nhanxet']").count()):
        unfold(page)
        page.locator("textarea[name='nhanxet']").nth(n).fill("Có năng lực, có uy tín.")
        click(page, f"form:has(textarea[name='nhanxet']) >> nth={n} >> button")
    assert page.locator("td:has-text('Có năng lực, có uy tín.')").count() == 4


def begin(page: Any, url: str) -> Procedure:
    page.goto(url)
    click(page, "button[value='bat-dau']")
    assert "bí mật nhà nước" in words(page)
    for name, text in SECRECY.items():
        page.fill(f"#{name}", text)
    page.check("input[name='mat'][value='none']")
    click(page, "button[value='bat-dau']")
    click(page, "main a[href*='/quy-trinh/']")
    return Procedure(page.url)


def five_steps(page: Any, of: Procedure, names: list[str], late: str) -> None:
    first, second, third = names
    of.step(page, so="15-KH/BXDĐ")
    of.step(page, trieutap="9", comat="9")
    of.step(page, so="01-BB/ĐU")
    unfold(page)
    page.fill("#viec [name='ten-them']", f"{BOARD}\nMùa A Sình – Bí thư chi bộ\nHà Thị Lan – Trưởng phòng")
    click(page, "button[value='lay-thanh-vien']")
    page.select_option("[name='tv-mat-4']", "batkhakhang")
    page.fill("[name='tv-lydo-4']", "Đi công tác")
    of.write(page)
    unfold(page)
    page.fill("#gt-ng", late)
    page.fill("#gt-boi", "Tổ 3, hội nghị cán bộ chủ chốt")
    click(page, "button:has-text('Giới thiệu thêm')")
    assert "được giới thiệu thêm" in words(page)
    of.vote(page, "4", {first: "4", third: "3", late: "1"}, again={first: "4", third: "2", late: "1"})
    assert "Đi tiếp: " in words(page) and f"{second} không đi tiếp" in words(page)
    of.step(page, trieutap="10", comat="10")
    of.vote(page, "10", {first: "10", third: "8"})
    of.step(page, trieutap="9", comat="9", tongso="9")
    of.vote(page, "9", {first: "9", third: "7"})
    forms = of.url.replace("/quy-hoach/quy-trinh/", "/viec/") + "in/"
    papers = {code: paper(page, f"{forms}{code}/?buoc=b3") for code in ("phieu", "kiem-phieu", "tong-hop")}
    assert in_order(papers["phieu"], "PHIẾU GIỚI THIỆU", late) and all(name in papers["phieu"] for name in names)
    assert in_order(papers["kiem-phieu"], "BIÊN BẢN", "Trần Thị Dung, Lê Văn Giang, Phạm Thị Hoa", "phát ra: 4", first, third, late)
    assert in_order(papers["tong-hop"], "BẢNG TỔNG HỢP", first, third, late)


def send_and_receive(below: Any, above: Any, unit: str, of: Procedure) -> None:
    """Sent, received, sent back for completion, sent and received again; a unit does not receive its own list."""
    for again in (False, True):
        below.goto(unit)
        assert (LACKS in words(below)) == again
        click(below, "button[value='gui']")
        below.goto(of.url)
        assert "nơi mở đợt quy hoạch, làm và ghi" in words(below) and not below.locator("#viec form").count()
        above.goto("/")
        click(above, f"main a:has-text('chờ tiếp nhận: {ROUND}')")
        above.goto(unit)
        click(above, "button[value='nhan']")
        if not again:
            unfold(above)
            click(above, "button[value='tra']")
            assert "nội dung cần bổ sung" in words(above)
            above.fill("#tra-ld", LACKS)
            click(above, "button[value='tra']")


def made_known(page: Any, unit: str) -> str:
    page.goto(f"{unit}cong-khai/")
    page.fill("#den", f"{date.today() + timedelta(days=20):%d/%m/%Y}")
    click(page, "button[value='xem']")
    assert_accessible(page)
    click(page, "button[value='cong-khai']")
    return str(page.url)


def remark_and_answer(reader: Any, keeper: Any, known: str, name: str) -> None:
    reader.goto(known)
    assert name in words(reader) and WHY_NOT not in words(reader)
    reader.fill("[name='gopy']", "Nên thêm cán bộ trẻ.")
    click(reader, "button[value='gop-y']")
    keeper.goto("/")
    click(keeper, "main a:has-text('Góp ý về danh sách công khai chờ xem')")
    click(keeper, "main tbody a")
    click(keeper, "button[value='nhan']")
    keeper.fill("[name='traloi']", "Sẽ xem xét khi rà soát năm sau.")
    click(keeper, "button[value='tra-loi']")
    reader.goto("/cong-khai/gop-y/cua-toi/")
    assert "Sẽ xem xét khi rà soát năm sau." in words(reader)


def test_a_plan_is_made_in_a_commune_and_made_known_by_six_accounts(desk: Any) -> None:
    opener, officer, head, decider, person, stranger = map(desk, ("btc.tinh", "xdd.xa", "lanhdao.xa", "lanhdao.tinh", "canhan", "hoso.xa"))
    unit = open_round(opener)
    lists = lists_of(officer)
    next_list, reviewed = lists["Chủ tịch UBND", "2031-2036"], lists["Phó Chủ tịch UBND", "2026-2031"]
    gone = leaves(officer, reviewed)
    names = come_in(officer, next_list, gone)
    comment(head, next_list)
    assert stranger.goto(next_list).status == 404 and names[0] not in words(stranger)

    coming, leaving = begin(officer, next_list), begin(officer, reviewed)
    five_steps(officer, coming, names, "Đặng Thị Hồng")
    leaving.step(head, so="03-ĐX")
    leaving.step(officer, trieutap="9", comat="9")
    leaving.step(officer, so="04-BB/ĐU")
    send_and_receive(officer, opener, unit, coming)
    coming.step(opener, tochuc="Ủy ban Kiểm tra Tỉnh ủy", ngayvb=f"{date.today():%d/%m/%Y}", ketluan="nhất trí", so="12-CV/UBKTTU")
    coming.step(opener, so="05-BC/BTCTU")
    leaving.step(opener, so="06-BC/BTCTU")

    decider.goto("/")
    assert "Danh sách quy hoạch chờ quyết định" in words(decider)
    coming.decide(decider, {names[0]: "", names[2]: WHY_NOT}, "215-QĐ/TU")
    leaving.decide(decider, {gone: ""}, "216-QĐ/TU")
    coming.step(officer, so="20-TB/ĐU")
    leaving.step(officer, so="21-TB/ĐU")
    officer.goto("/quy-hoach/danh-sach/")
    assert_accessible(officer)
    plan = words(officer)
    assert f"{names[0]}" in plan and "215-QĐ/TU" in plan and gone not in plan
    officer.goto("/quy-hoach/danh-sach/?xem=lich-su")
    assert gone in words(officer) and "(Quyết định 216-QĐ/TU)" in words(officer)

    officer.goto(unit)
    rows = [" ".join(row.inner_text().split()) for row in officer.locator("main table").first.locator("tbody tr").all()]
    assert any(row.endswith("chưa ghi 1 1 0 0 đã quyết định") for row in rows), rows  # of four brought forward one came in
    assert any(row.endswith("chưa ghi 1 0 1 0 đã quyết định") for row in rows), rows

    papers = zipped(officer, unit)
    assert any(in_order(text, "QUYẾT ĐỊNH", names[0]) and WHY_NOT not in text for text in papers)
    known = made_known(officer, unit)
    remark_and_answer(person, officer, known, names[0])


def zipped(page: Any, unit: str) -> list[str]:
    """Every paper of the unit, as the office takes them."""
    page.goto(f"{unit}van-ban/")
    assert_accessible(page)
    for box in page.locator("input[name='loai'], input[name='mau']").all():
        box.check()
    with page.expect_download() as got:
        page.click("button[value='bo']")
    with zipfile.ZipFile(got.value.path()) as book:
        return [text_of(book.read(name)) for name in book.namelist()]
