"""Addresses of what is made known."""

from django.urls import path

from canbo.web import converters  # noqa: F401
from canbo.web.disclosure import lists, publication, remarks
from canbo.web.disclosure.public import public

urlpatterns = [
    path("cong-khai/", lists.publication_list, name="disclosures"),
    path("cong-khai/danh-sach/<int:publication>/", publication.show, name="disclosure"),
    path("cong-khai/danh-sach/<int:published>/thong-bao.docx", publication.notice_file, name="disclosure-notice-file"),
    path("cong-khai/danh-sach/<int:publication>/bang.<kind:kind>", publication.table_file, name="disclosure-file"),
    path("cong-khai/gop-y/", remarks.remark_list, name="disclosure-remarks"),
    path("cong-khai/gop-y/danh-sach.<kind:kind>", remarks.remark_file, name="disclosure-remarks-file"),
    path("cong-khai/gop-y/cua-toi/", remarks.own_list, name="disclosure-remarks-own"),
    path("cong-khai/gop-y/<int:remark>/", remarks.one, name="disclosure-remark"),
    # Last: its key is any word.
    path("cong-khai/<slug:publication_key>/", public, name="disclosure-public"),
]
