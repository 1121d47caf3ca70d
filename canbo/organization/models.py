"""Units, titles, posts, seats, norms, bodies and terms. A row never changes its meaning: close it and open another."""

from django.db import models

from canbo.organization.fields import Dated, PartialDateField

LEVELS = [("trung-uong", "Trung ương"), ("tinh", "Cấp tỉnh"), ("huyen", "Cấp huyện (đến 30/6/2025)"), ("xa", "Cấp xã")]
BLOCKS = [
    ("dang", "Khối Đảng"),
    ("chinh-quyen", "Khối chính quyền"),
    ("mat-tran-doan-the", "Khối Mặt trận, đoàn thể"),
    ("su-nghiep", "Đơn vị sự nghiệp"),
]
STAFF_KINDS = [
    ("can-bo", "Cán bộ"),
    ("cong-chuc", "Công chức"),
    ("vien-chuc", "Viên chức"),
    ("khong-chuyen-trach", "Người hoạt động không chuyên trách"),
]
AREAS = [
    ("dong-bang", "Đồng bằng"),
    ("do-thi", "Đô thị"),
    ("trung-du", "Trung du"),
    ("mien-nui", "Miền núi"),
    ("bien-gioi", "Biên giới"),
    ("hai-dao", "Hải đảo"),
]
SUCCESSIONS = [
    ("merge", "sáp nhập"),
    ("split", "chia tách"),
    ("rename", "đổi tên"),
    ("move", "chuyển"),
    ("dissolve", "giải thể"),
]


class Unit(Dated):
    """An agency, a part of one, or a territory's whole apparatus; dated, with successors."""

    code = models.CharField("mã", max_length=35, unique=True)
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại", max_length=30, blank=True)
    block = models.CharField("khối", max_length=20, blank=True, choices=BLOCKS)
    level = models.CharField("cấp", max_length=12, blank=True, choices=LEVELS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # Codes of canbo/laws/areas: the territory the unit stands for or sits in, on the map of the day the unit began.
    province = models.CharField("tỉnh", max_length=2, blank=True)
    commune = models.CharField("xã", max_length=5, blank=True)
    order = models.IntegerField("thứ tự", default=0)
    # Some standards differ by it; empty = nobody said, and what depends on it stays open.
    area = models.CharField("địa bàn", max_length=12, blank=True, choices=AREAS)

    class Meta:
        db_table = "unit"


class Succession(models.Model):
    """One arrow from an old unit to a unit that took (part of) it over."""

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="predecessions")
    on = models.DateField("ngày")
    kind = models.CharField("hình thức", max_length=10, choices=SUCCESSIONS)
    document = models.CharField("văn bản", max_length=200, blank=True)

    class Meta:
        db_table = "unit_succession"
        constraints = [models.UniqueConstraint(fields=["old", "new", "on"], name="succession_once")]


class Title(Dated):
    """A title (chức danh) with its rank among others and its place in protocol order."""

    code = models.CharField("mã", max_length=60, unique=True)
    name = models.CharField("tên", max_length=200)
    level = models.CharField("cấp", max_length=12, blank=True, choices=LEVELS)
    block = models.CharField("khối", max_length=20, blank=True, choices=BLOCKS)
    rank = models.IntegerField("bậc", null=True, blank=True)
    # Empty: no document at hand says whether the title is a key one.
    key_post = models.BooleanField("chủ chốt", null=True, blank=True)
    protocol_order = models.IntegerField("thứ tự chức danh", default=9999)
    evidence = models.CharField("căn cứ", max_length=20, blank=True)

    class Meta:
        db_table = "title"


class Post(Dated):
    """A title in a unit (vị trí việc làm)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.ForeignKey(Title, models.PROTECT, related_name="posts")
    name = models.CharField("tên riêng", max_length=200, blank=True)
    staff_kind = models.CharField("đối tượng", max_length=20, blank=True, choices=STAFF_KINDS)
    document = models.CharField("văn bản", max_length=200, blank=True)

    class Meta:
        db_table = "post"


class Seat(Dated):
    """One of the places of a post; filled by a holding or vacant."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="seats")
    number = models.IntegerField("số")

    class Meta:
        db_table = "seat"
        constraints = [models.CheckConstraint(condition=models.Q(number__gte=1), name="seat_number_positive")]


class Norm(Dated):
    """Staff allotted to a unit (biên chế, số lượng giao), by kind of staff."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="norms")
    staff_kind = models.CharField("đối tượng", max_length=20, choices=STAFF_KINDS)
    count = models.IntegerField("số lượng")
    document = models.CharField("văn bản", max_length=200, blank=True)

    class Meta:
        db_table = "norm"
        constraints = [models.CheckConstraint(condition=models.Q(count__gte=0), name="norm_not_negative")]


class Term(models.Model):
    """A term of Party committees or of people's councils, e.g. 2025–2030."""

    code = models.CharField("nhiệm kỳ", max_length=20, unique=True)
    side = models.CharField("hệ thống", max_length=10, choices=[("dang", "Đảng"), ("nha-nuoc", "Nhà nước")])
    start = PartialDateField("từ")
    end = PartialDateField("đến", null=True)

    class Meta:
        db_table = "term"


class Body(Dated):
    """A collective of a unit for a term: committee (BCH), standing committee (BTV), council, inspection committee …"""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bodies")
    code = models.CharField("mã", max_length=60, unique=True)
    kind = models.CharField("loại", max_length=30)
    name = models.CharField("tên", max_length=200)
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True)

    class Meta:
        db_table = "body"
        verbose_name_plural = "bodies"


class Setting(models.Model):
    """A switch or a number an agency sets for itself and the units below; no unit = the whole data folder."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("tên", max_length=60)
    value = models.JSONField()
    document = models.CharField("văn bản", max_length=200, blank=True)

    class Meta:
        db_table = "setting"
        constraints = [
            models.UniqueConstraint(fields=["name", "unit"], name="setting_once"),
            models.UniqueConstraint(fields=["name"], condition=models.Q(unit__isnull=True), name="setting_of_all_once"),
        ]
