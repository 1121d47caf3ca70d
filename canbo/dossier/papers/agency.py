"""An agency's Word template with Jinja placeholders, looked at and filled inside the sandbox child. No Django here."""

import io
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from canbo.sandbox.errors import Refused
from canbo.sandbox.word import check_word

# name → what it stands for; `gia_tri` holds what a mechanism adds of its own.
PLACEHOLDERS: dict[str, str] = {
    "co_quan": "tên cơ quan ban hành",
    "co_quan_cap_tren": "cơ quan cấp trên",
    "so_ky_hieu": "số, ký hiệu (để trống khi còn là dự thảo)",
    "dia_danh_ngay": "địa danh, ngày … tháng … năm …",
    "loai_van_ban": "tên loại văn bản",
    "trich_yeu": "trích yếu",
    "ghi_chu": "các dòng dưới trích yếu",
    "doan": "các đoạn nội dung: {%p for d in doan %} … {{ d }} … {%p endfor %}",
    "bang": "các bảng: mỗi bảng có .cot (tên cột) và .dong (các hàng)",
    "ky": "các dòng chức danh ký",
    "nguoi_ky": "họ tên người ký",
    "noi_nhan": "các nơi nhận",
    "gia_tri": "giá trị riêng của loại văn bản, như {{ gia_tri.ten }}",
}
_SYNTAX = "Chỗ điền trong mẫu viết sai cú pháp ({}); hãy sửa trong Word rồi gửi lại."
_FORBIDDEN = "Mẫu có chỗ điền gọi tới phần không được phép; chỉ dùng các tên trong bảng chỗ điền, hãy sửa rồi gửi lại."


def placeholders(content: bytes) -> list[str]:
    """The names the template asks for; Refused for an unsafe file, wrong syntax or a name nobody fills."""
    check_word(content)
    found = sorted(_guarded(lambda: _opened(content).get_undeclared_template_variables(jinja_env=_environment())))
    unknown = [name for name in found if name not in PLACEHOLDERS]
    if unknown:
        names = ", ".join(name[:40] for name in unknown[:5])
        raise Refused(f"Mẫu có chỗ điền chưa biết: {names}; hãy dùng các tên trong bảng chỗ điền rồi gửi lại.")
    return found


class _Sample(dict[str, str]):
    """Stands for values only a mechanism knows: any name has an example."""

    def __missing__(self, name: str) -> str:
        return f"[{name}]"


def filled(content: bytes, values: dict[str, Any], sample: bool = False) -> bytes:
    """The template with its placeholders filled; texts are escaped, nothing outside `values` can be reached."""
    check_word(content)
    if sample:
        values = values | {"gia_tri": _Sample(values["gia_tri"])}
    return bytes(_guarded(lambda: _filled(content, values)))


def _filled(content: bytes, values: dict[str, Any]) -> bytes:
    template, out = _opened(content), io.BytesIO()
    template.render(values, jinja_env=_environment(), autoescape=True)
    template.save(out)
    return out.getvalue()


def _opened(content: bytes) -> DocxTemplate:
    return DocxTemplate(io.BytesIO(content))


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _guarded(work: Any) -> Any:
    try:
        return work()
    except SecurityError as error:
        raise Refused(_FORBIDDEN, detail=repr(error)) from error
    except TemplateSyntaxError as error:
        raise Refused(_SYNTAX.format(str(error.message)[:80]), detail=repr(error)) from error
    except UndefinedError as error:
        raise Refused(
            "Mẫu hỏi một giá trị không có trong văn bản này; hãy xem lại các chỗ điền rồi gửi lại.", detail=repr(error)
        ) from error
    except (TemplateError, LxmlError, PackageNotFoundError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refused("Không điền được mẫu này; hãy xem lại các chỗ điền rồi gửi lại.", detail=repr(error)) from error
