"""Addresses of evaluation."""

from django.urls import path

from canbo.web import converters  # noqa: F401
from canbo.web.evaluation import (
    beside,
    campaigns,
    comments,
    months,
    own,
    people,
    person,
    printing,
    products,
    progress,
    transmitting,
    trend,
    unit,
)

urlpatterns = [
    path("danh-gia/", campaigns.campaign_list, name="evaluations"),
    path("danh-gia/mo/", campaigns.campaign_open, name="evaluation-open"),
    path("danh-gia/dot/<int:campaign>/", progress.campaign, name="evaluation-campaign"),
    path("danh-gia/dot/<int:campaign>/bang.<table:kind>", progress.campaign_file, name="evaluation-campaign-file"),
    path("danh-gia/dot/<int:campaign>/nguoi/", people.people, name="evaluation-people"),
    path("danh-gia/dot/<int:campaign>/nguoi/danh-sach.<table:kind>", people.people_file, name="evaluation-people-file"),
    path("danh-gia/dot/<int:campaign>/khong-dua-vao/", campaigns.left_out, name="evaluation-left-out"),
    path("danh-gia/don-vi/<int:campaign_unit>/", unit.unit, name="evaluation-unit"),
    path("danh-gia/don-vi/<int:campaign_unit>/gui-ket-qua/", transmitting.unit_results, name="evaluation-results"),
    path("danh-gia/nguoi/<int:evaluation>/", person.person, name="evaluation-person"),
    path("danh-gia/dot/<int:campaign>/bao-cao.docx", printing.report_file, name="evaluation-report-file"),
    path("danh-gia/dot/<int:campaign>/don-doc.docx", printing.reminder_file, name="evaluation-reminder-file"),
    path("danh-gia/don-vi/<int:campaign_unit>/van-ban/", printing.unit_papers, name="evaluation-papers"),
    path("danh-gia/don-vi/<int:campaign_unit>/van-ban/nhieu.zip", printing.unit_zip, name="evaluation-papers-zip"),
    path("danh-gia/don-vi/<int:campaign_unit>/van-ban/<slug:unit_kind>.docx", printing.unit_paper_file, name="evaluation-paper-file"),
    path("danh-gia/nguoi/<int:evaluation>/<slug:person_kind>.docx", printing.person_paper_file, name="evaluation-person-paper-file"),
    path("danh-gia/van-ban/<int:papers_job>/", printing.papers_job, name="evaluation-papers-job"),
    path("danh-gia/theo-doi/", months.months, name="evaluation-months"),
    path("danh-gia/theo-doi/<int:tracked>/", products.products, name="evaluation-products"),
    path("danh-gia/cac-nam/", trend.trend, name="evaluation-trend"),
    path("danh-gia/cac-nam/bang.<table:kind>", trend.trend_file, name="evaluation-trend-file"),
    path("danh-gia/quy-che/", months.regulation, name="evaluation-regulation"),
    path("danh-gia/kien-nghi/", beside.objection_list, name="evaluation-objections"),
    path("danh-gia/to-cao/", beside.hand_over_list, name="evaluation-hand-overs"),
    path("cong-khai/gop-y/danh-gia/", comments.comments, name="evaluation-comments"),
    path("cong-khai/gop-y/danh-gia/<int:commented>/", comments.comment, name="evaluation-comment"),
    path("tu-danh-gia/", own.own_list, name="evaluations-own"),
    path("tu-danh-gia/<int:own_evaluation>/", own.own, name="evaluation-own"),
    path("tu-danh-gia/<int:own_evaluation>/phieu.docx", printing.own_paper_file, name="evaluation-own-paper-file"),
]
