"""Addresses of standards, reviews, the law and what falls due."""

from django.urls import path

from canbo.web import converters  # noqa: F401
from canbo.web.standards import coming, falling_due, fit, gaps, keeping, law, person, provisions, reviewing, waiving

urlpatterns = [
    path("ra-soat/", reviewing.review, name="review"),
    path("ra-soat/ra-soat.<table:kind>", reviewing.review_file, name="review-file"),
    path("ra-soat/luu/", keeping.keep, name="review-keep"),
    path("ra-soat/viec/<int:review_job>/", keeping.job, name="review-job"),
    path("ra-soat/da-luu/", keeping.kept_list, name="review-list"),
    path("ra-soat/da-luu/<int:review>/", keeping.kept, name="review-kept"),
    path("ra-soat/con-thieu/", gaps.gaps_page, name="gaps"),
    path("ra-soat/con-thieu/con-thieu.<table:kind>", gaps.gaps_file, name="gaps-file"),
    path("ra-soat/nganh-hoc/", fit.fit_page, name="fit"),
    path("ra-soat/nganh-hoc/nganh-hoc.<table:kind>", fit.fit_file, name="fit-file"),
    path("ra-soat/den-ngay/", coming.coming_page, name="coming"),
    path("ra-soat/den-ngay/den-ngay.<table:kind>", coming.coming_file, name="coming-file"),
    path("ho-so/<int:person>/tieu-chuan/", person.standards, name="dossier-standards"),
    path("ho-so/<int:person>/mien-giam/", waiving.add, name="waiver-add"),
    path("quy-dinh/", law.documents, name="law"),
    path("quy-dinh/van-ban/<slug:document>/", law.document, name="law-document"),
    path("quy-dinh/tieu-chuan/<slug:standard>/", law.standard, name="law-standard"),
    path("quy-dinh/quy-trinh/<slug:procedure>/", provisions.procedure, name="law-procedure"),
    path("quy-dinh/che-do/<slug:regime>/", provisions.regime, name="law-regime"),
    path("den-han/", falling_due.due_page, name="due"),
    path("den-han/bao-truoc/", falling_due.lead_page, name="due-lead"),
    path("den-han/den-han.<kind:kind>", falling_due.due_file, name="due-file"),
    path("den-han/den-han.ics", falling_due.due_calendar, name="due-calendar"),
]
