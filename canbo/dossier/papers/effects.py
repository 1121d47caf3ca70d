"""From when a paper has effect. Nothing may rest on a draft, nor start before the paper does."""

from datetime import date

from canbo.dossier.models import Paper
from canbo.kernel.dates import PartialDate


class PaperRefused(Exception):
    """What cannot be done with a paper in its state; one sentence that says what to do."""


def effects_from(paper: Paper) -> date:
    """The first day of effect of an issued paper; PaperRefused for a draft or one that was given up."""
    if paper.state == "draft":
        raise PaperRefused("Văn bản này còn là dự thảo nên chưa có hiệu lực; hãy ban hành (số, ngày, người ký) trước.")
    if paper.state != "issued" or paper.issued_on is None:
        raise PaperRefused("Dự thảo này đã hủy nên không làm căn cứ được; hãy chọn văn bản đã ban hành.")
    return paper.in_effect_on or paper.issued_on


def refuse_early_start(*, paper: Paper, start: PartialDate | date) -> None:
    """PaperRefused when a record that rests on the paper would surely begin before the paper is in effect."""
    first, last = effects_from(paper), start.hi if isinstance(start, PartialDate) else start
    if last < first:
        raise PaperRefused(
            f"Không thể bắt đầu từ {last:%d/%m/%Y}: văn bản số {paper.number} có hiệu lực từ {first:%d/%m/%Y}; "
            "hãy ghi từ ngày đó trở đi."
        )
