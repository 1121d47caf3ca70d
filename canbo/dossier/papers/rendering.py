"""A document's values → its Word file: the agency's template when the draft was made with one, else our layout."""

from collections.abc import Mapping
from typing import Any

from canbo.documents.grid import Grid, Group, Head
from canbo.documents.paper import Document, Letterhead, Paragraph, Signature, number_line, place_line
from canbo.documents.tables import as_text
from canbo.documents.word import to_docx
from canbo.sandbox import run_limited

SAMPLE = Document(
    Letterhead("nha-nuoc", "Tên cơ quan ban hành", "Tên cơ quan cấp trên", "Địa danh", symbol="QĐ-CQ"),
    "Quyết định",
    "Trích yếu nội dung",
    ("(Ghi chú)",),
    (
        Paragraph("Đoạn nội dung thứ nhất."),
        Paragraph("Đoạn nội dung thứ hai."),
        Grid((Head("TT"), Head("Họ và tên")), [(1, "Nguyễn Thị An")]),
    ),
    Signature(("CHỦ TỊCH",), "Lê Văn Dũng"),
    ("Như trên", "Lưu: VT"),
)
LIMITS: dict[str, Any] = {"memory_mib": 512, "cpu_seconds": 10, "wall_seconds": 20.0}


def placeholders_of(content: bytes) -> list[str]:
    """Names a template asks for, found in the sandbox; Refused or SandboxFailed carry one sentence."""
    found: list[str] = run_limited("canbo.dossier.papers.agency:placeholders", {"content": content}, **LIMITS)
    return found


def sample_of(content: bytes) -> bytes:
    """The template filled with an invented paper: how it will look."""
    payload = {"content": content, "values": template_values(SAMPLE, {}), "sample": True}
    filled: bytes = run_limited("canbo.dossier.papers.agency:filled", payload, **LIMITS)
    return filled


def rendered(*, document: Document, template: bytes | None, values: Mapping[str, Any]) -> bytes:
    """The paper as docx."""
    if template is None:
        return to_docx(document)
    payload = {"content": template, "values": template_values(document, values)}
    filled: bytes = run_limited("canbo.dossier.papers.agency:filled", payload, **LIMITS)
    return filled


def template_values(document: Document, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Every name of agency.PLACEHOLDERS with its value."""
    head, signature = document.letterhead, document.signature
    return {
        "co_quan": head.issuer, "co_quan_cap_tren": head.superior, "so_ky_hieu": number_line(head),
        "dia_danh_ngay": place_line(head), "loai_van_ban": document.kind, "trich_yeu": document.title,
        "ghi_chu": list(document.lines), "doan": [_text(b) for b in document.blocks if isinstance(b, Paragraph)],
        "bang": [_table(block) for block in document.blocks if isinstance(block, Grid)],
        "ky": list(signature.lines) if signature else [], "nguoi_ky": signature.name if signature else "",
        "noi_nhan": list(document.recipients), "gia_tri": {name: as_text(value) for name, value in extra.items()},
    }  # fmt: skip


def _text(paragraph: Paragraph) -> str:
    return paragraph.text if isinstance(paragraph.text, str) else "".join(run.text for run in paragraph.text)


def _table(grid: Grid) -> dict[str, Any]:
    rows = [[row.text] if isinstance(row, Group) else [as_text(value) for value in row] for row in grid.rows]
    return {"cot": [leaf.text for leaf in grid.leaves], "dong": rows}
