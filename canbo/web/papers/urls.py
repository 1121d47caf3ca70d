"""Addresses of papers, templates and CVs."""

from django.urls import path

from canbo.web.papers import cv, pages, templates

urlpatterns = [
    path("van-ban/", pages.listing, name="papers"),
    path("van-ban/soan/", pages.draft, name="paper-draft"),
    path("van-ban/<int:paper>/", pages.one, name="paper"),
    path("van-ban/<int:paper>/tep/", pages.file, name="paper-file"),
    path("van-ban/<int:paper>/ban-hanh/", pages.issue, name="paper-issue"),
    path("van-ban/<int:paper>/ban-quet/", pages.scan, name="paper-scan"),
    path("van-ban/<int:paper>/huy/", pages.withdraw, name="paper-withdraw"),
    path("van-ban/mau/", templates.listing, name="paper-templates"),
    path("van-ban/mau/<int:template>/", templates.one, name="paper-template"),
    path("van-ban/mau/<int:template>/ban-in-thu.docx", templates.sample, name="paper-template-sample"),
    path("ho-so/ly-lich.zip", cv.many, name="cv-many"),
    path("ho-so/<int:person>/ly-lich.docx", cv.full, name="cv"),
    path("ho-so/<int:person>/ly-lich.json", cv.data, name="cv-json"),
    path("ho-so/<int:person>/2c.docx", cv.form_2c, name="cv-2c"),
    path("ho-so/<int:person>/2c-tctw98.docx", cv.form_2c_party, name="cv-2c-tctw98"),
    path("ho-so/<int:person>/tom-tat.docx", cv.summary, name="cv-summary"),
]
