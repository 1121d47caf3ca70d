"""The person, items 1–22, 29–31 and 34–38 of the CV. Sealed columns hold ciphertext bound to the person's key."""

import uuid

from django.db import models

from canbo.organization.fields import PartialDateField


def new_key() -> str:
    return uuid.uuid4().hex


class Person(models.Model):
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    staff_number = models.CharField("số hiệu", max_length=35, blank=True)
    full_name = models.CharField("họ và tên khai sinh", max_length=120)
    other_name = models.CharField("tên gọi khác", max_length=200, blank=True)
    birth = PartialDateField("ngày sinh", null=True, blank=True)
    sex = models.CharField("giới tính", max_length=3, blank=True, choices=[("nam", "Nam"), ("nu", "Nữ")])
    ethnicity = models.CharField("dân tộc", max_length=20, blank=True)
    ethnicity_text = models.CharField("dân tộc như đã ghi", max_length=60, blank=True)
    religion_sealed = models.CharField("tôn giáo", max_length=200, blank=True)
    birth_place = models.CharField("nơi sinh", max_length=300, blank=True)
    native_place = models.CharField("quê quán", max_length=300, blank=True)
    native_province = models.CharField("tỉnh quê quán", max_length=2, blank=True)
    native_district = models.CharField("huyện quê quán", max_length=3, blank=True)
    native_commune = models.CharField("xã quê quán", max_length=5, blank=True)
    # The codes above are read on the map before ("b") or after ("a") 1/7/2025.
    native_map = models.CharField(max_length=1, blank=True)
    permanent_residence = models.CharField("nơi đăng ký thường trú", max_length=300, blank=True)
    residence = models.CharField("nơi ở hiện nay", max_length=300, blank=True)
    personal_id_sealed = models.CharField("số định danh cá nhân", max_length=200, blank=True)
    personal_id_index = models.CharField(max_length=32, blank=True, db_index=True)
    old_id_sealed = models.CharField("số CMND cũ", max_length=200, blank=True)
    personal_id_issued_on = PartialDateField("ngày cấp", null=True, blank=True)
    phone_sealed = models.CharField("điện thoại", max_length=200, blank=True)
    social_insurance_sealed = models.CharField("số BHXH", max_length=200, blank=True)
    health_insurance_sealed = models.CharField("số thẻ BHYT", max_length=200, blank=True)
    photo_sha256 = models.CharField("ảnh", max_length=64, blank=True)
    family_origin = models.CharField("thành phần gia đình xuất thân", max_length=60, blank=True)
    job_before = models.CharField("nghề nghiệp trước khi được tuyển dụng", max_length=300, blank=True)
    recruited_on = PartialDateField("ngày tuyển dụng lần đầu", null=True, blank=True)
    recruiting_agency = models.CharField("cơ quan tuyển dụng", max_length=300, blank=True)
    joined_agency_on = PartialDateField("ngày vào cơ quan hiện nay", null=True, blank=True)
    party_joined = PartialDateField("ngày vào Đảng", null=True, blank=True)
    party_official = PartialDateField("ngày chính thức", null=True, blank=True)
    party_left = PartialDateField("ngày ra khỏi Đảng", null=True, blank=True)
    # "dang-vien" or "khong" where a list says so without a date; empty = nobody said.
    party_status = models.CharField("là đảng viên", max_length=12, blank=True)
    party_known_from = models.DateField(null=True, blank=True)
    first_organisation_on = PartialDateField("ngày tham gia tổ chức CT-XH đầu tiên", null=True, blank=True)
    first_organisation = models.CharField("tổ chức CT-XH đầu tiên", max_length=200, blank=True)
    enlisted_on = PartialDateField("ngày nhập ngũ", null=True, blank=True)
    discharged_on = PartialDateField("ngày xuất ngũ", null=True, blank=True)
    military_rank = models.CharField("quân hàm cao nhất", max_length=60, blank=True)
    academic_title = models.CharField("học hàm", max_length=60, blank=True)
    main_duty = models.CharField("công việc chính được giao", max_length=300, blank=True)
    strength = models.CharField("sở trường công tác", max_length=300, blank=True)
    longest_job = models.CharField("công việc làm lâu nhất", max_length=300, blank=True)
    retired_on = PartialDateField("ngày nghỉ hưu", null=True, blank=True)
    died_on = PartialDateField("ngày mất", null=True, blank=True)

    class Meta:
        db_table = "person"

    def __str__(self) -> str:
        return self.full_name


class _Personal(models.Model):
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    source = models.ForeignKey("canbo.Source", models.PROTECT, null=True, blank=True, related_name="+")
    known_from = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Distinction(_Personal):
    """Item 18 (đối tượng chính sách) and item 22 (danh hiệu nhà nước phong tặng)."""

    kind = models.CharField(
        "loại", max_length=20, choices=[("chinh-sach", "đối tượng chính sách"), ("danh-hieu", "danh hiệu")]
    )
    code = models.CharField("mã", max_length=60)
    text = models.TextField("như đã ghi", blank=True)
    on = PartialDateField("ngày", null=True, blank=True)

    class Meta:
        db_table = "distinction"


class Relative(_Personal):
    """Item 36: only for the checks the law names; name and facts are sealed."""

    relation = models.CharField("quan hệ", max_length=30)
    side = models.CharField("bên", max_length=8, choices=[("minh", "bản thân"), ("vo-chong", "bên vợ (chồng)")])
    name_sealed = models.CharField("họ tên", max_length=400)
    birth_year = models.IntegerField("năm sinh", null=True, blank=True)
    facts_sealed = models.TextField("nghề nghiệp, nơi ở, tổ chức", blank=True)

    class Meta:
        db_table = "relative"


class HistoryConclusion(_Personal):
    """Items 11, 34.1–34.3: presence, where the paper lies, and the conclusion. Never the matter itself."""

    item = models.CharField("mục", max_length=6)
    present = models.BooleanField("có kê khai")
    paper_sealed = models.CharField("hồ sơ giấy", max_length=400, blank=True)
    conclusion_sealed = models.CharField("kết luận (số, ngày, cơ quan, thời hạn)", max_length=600, blank=True)

    class Meta:
        db_table = "history_conclusion"


class HealthCertificate(_Personal):
    """Item 31 reduced to date and class: no diagnosis, height, weight or blood group is kept."""

    certified_on = PartialDateField("ngày khám")
    class_sealed = models.CharField("loại sức khỏe", max_length=200)

    class Meta:
        db_table = "health_certificate"


class AssetDeclaration(_Personal):
    """Item 37.3 reduced to "đã kê khai, ngày"."""

    declared_on = PartialDateField("ngày kê khai")
    period = models.CharField("kỳ kê khai", max_length=40, blank=True)

    class Meta:
        db_table = "asset_declaration"


class AgencyRemark(_Personal):
    """Item 38: remark of the employing agency."""

    on = PartialDateField("ngày")
    author = models.CharField("người nhận xét", max_length=200)
    text_sealed = models.TextField("nhận xét")

    class Meta:
        db_table = "agency_remark"
