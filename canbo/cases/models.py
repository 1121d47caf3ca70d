"""A case: a procedure carried out for some people, as an append-only log; its rules frozen as they stood when it was opened."""

from django.db import models

from canbo.dossier.models import Person
from canbo.dossier.models.person import new_key
from canbo.dossier.once import OnceEach
from canbo.organization.models import Title, Unit

SECRECY = [
    ("none", "không thuộc danh mục bí mật nhà nước"),
    ("secret", "thuộc danh mục bí mật nhà nước"),
    ("unsure", "chưa xác định được"),
]
STATUSES = [
    ("open", "đang làm"), ("done", "đã xong"), ("stopped", "dừng lại, báo cáo"), ("withdrawn", "đã rút"),
    ("outside", "giữ ngoài chương trình"),
]  # fmt: skip
OUTCOMES = [("", "đang xét"), ("approved", "đồng ý"), ("refused", "không đồng ý")]


class Case(models.Model):
    """One procedure carried out. What is a state secret, or may be one, has only its number, date and holder here."""

    kind = models.CharField("loại việc", max_length=30)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    name = models.CharField("tên việc", max_length=300, blank=True)
    title = models.ForeignKey(Title, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chức danh")
    seats = models.PositiveSmallIntegerField("số lượng", default=1)
    # Field group whose readers may see the case: who is considered for what is as personal as what comes of it.
    group = models.CharField(max_length=20)
    opened_on = models.DateField("ngày bắt đầu")
    procedure = models.CharField("quy trình", max_length=60, blank=True)
    # The rules as they stood when the case was opened: a law changed later does not change what was done under them.
    rules = models.JSONField(default=dict)
    document = models.CharField("văn bản của quy trình", max_length=40, blank=True)
    laws = models.CharField("bộ quy định", max_length=16, blank=True)
    # The opener's own document that prescribes the steps known from memory alone; without it such a procedure is not opened.
    basis = models.CharField("văn bản quy định bước chưa kiểm chứng", max_length=300, blank=True)
    # A fold of the log, kept for lists; the log is the truth.
    status = models.CharField("tình trạng", max_length=10, choices=STATUSES, default="open", db_index=True)
    step = models.CharField("bước", max_length=40, blank=True)
    duty = models.CharField("việc", max_length=20, blank=True)
    secrecy = models.CharField("độ mật", max_length=10, choices=SECRECY)
    secrecy_by = models.CharField("người xác định", max_length=200)
    secrecy_item = models.CharField("mục của danh mục", max_length=300, blank=True)
    secrecy_on = models.DateField("ngày xác định")
    held_number = models.CharField("số hồ sơ giấy", max_length=60, blank=True)
    held_by = models.CharField("nơi giữ hồ sơ giấy", max_length=200, blank=True)
    user = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "case"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(secrecy="none") | (models.Q(status="outside", name="", rules={}, title=None, basis="")),
                name="case_secret_holds_nothing",
            )
        ]


class CaseName(models.Model):
    """Somebody considered in a case, in the order of the list; `text` where she has no dossier here.

    `entry` = number of the line of the log that introduced her, None for those the case was opened with.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="names")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField("họ và tên như đã ghi", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    entry = models.PositiveIntegerField("dòng giới thiệu", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=10, choices=OUTCOMES, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)

    class Meta:
        db_table = "case_name"
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="case_name_once")]

    ONCE_EACH = OnceEach(
        ("case",), models.Q(case__status="open"),
        "Cả hai hồ sơ đều có tên trong một việc đang làm; hãy làm xong hoặc dừng việc đó rồi nhập hồ sơ.",
    )  # fmt: skip


class CaseEntry(models.Model):
    """One line of the log, never changed: the database refuses it. `data` names people by their CaseName only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=40)
    duty = models.CharField(max_length=20)
    on = models.DateField("ngày")
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    user = models.BigIntegerField()
    role = models.CharField(max_length=40)

    class Meta:
        db_table = "case_entry"
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_entry_in_order")]


class CaseMember(models.Model):
    """Who was called to a step, in what capacity, present or excused. Nothing here says how anybody voted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="members")
    entry = models.PositiveIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("họ và tên", max_length=200)
    capacity = models.CharField("tư cách", max_length=200, blank=True)
    present = models.BooleanField("có mặt", default=True)
    excused = models.CharField("vắng bất khả kháng", max_length=200, blank=True)
    votes = models.BooleanField("có quyền bỏ phiếu", default=True)

    class Meta:
        db_table = "case_member"


class CasePaper(models.Model):
    """A paper of the case as it was filed: kind, number, date, and the file with its hash."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    name = models.ForeignKey(CaseName, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("loại", max_length=40)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    dated = models.DateField("ngày")
    issuer = models.CharField("cơ quan, người lập", max_length=200, blank=True)
    file_sha256 = models.CharField("tệp", max_length=64, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "case_paper"


class ScreenBallot(models.Model):
    """One ballot on screen. The urn is one sealed text of one length, written anew with every slip: what lies in it
    shows neither in a row order, nor in the difference between two copies of the database."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="ballots")
    step = models.CharField(max_length=40)
    decided_by = models.CharField("văn bản của nơi triệu tập cho bỏ phiếu trên màn hình", max_length=300)
    opened_on = models.DateField("ngày")
    codes = models.PositiveSmallIntegerField("số mã đã in")
    # Lines of the log when it was opened: names or a roll call written later make it another ballot. None: opened before this was kept.
    seen = models.PositiveIntegerField(null=True, blank=True)
    urn = models.TextField()
    closed = models.BooleanField(default=False)

    class Meta:
        db_table = "screen_ballot"


class BallotCode(models.Model):
    """A one-time code, as the digest of what was printed. No name, no time, no number: only whether it was used."""

    digest = models.CharField(primary_key=True, max_length=64)
    ballot = models.ForeignKey(ScreenBallot, models.PROTECT, related_name="codes_printed")
    used = models.BooleanField(default=False)

    class Meta:
        db_table = "ballot_code"
