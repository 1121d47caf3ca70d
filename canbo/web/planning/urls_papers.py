"""Addresses of papers, numbered copies and making known."""

from django.urls import path

from canbo.web.planning import printing, publishing

urlpatterns = [
    path("quy-hoach/dot/<int:planning_round>/ke-hoach.docx", printing.plan_file, name="planning-plan-file"),
    path("quy-hoach/don-vi/<int:planning_home>/van-ban/", printing.papers, name="planning-papers"),
    path("quy-hoach/don-vi/<int:planning_home>/van-ban/<slug:planning_paper>/", printing.paper_file, name="planning-paper-file"),
    path("quy-hoach/don-vi/<int:planning_home>/cong-khai/", publishing.publish_unit, name="planning-publish"),
]
