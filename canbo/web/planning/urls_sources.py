"""Addresses of sources, comparison, proposals, requests between levels, depth of succession and readiness."""

from django.urls import path

from canbo.web import converters  # noqa: F401
from canbo.web.planning import compare, knock_on, proposal, ready, requests, sources, succession

urlpatterns = [
    path("quy-hoach/ke-can/", succession.depth, name="planning-succession"),
    path("quy-hoach/ke-can/bang.<table:kind>", succession.depth_file, name="planning-succession-file"),
    path("quy-hoach/ke-can/vi-tri/", knock_on.knock_on, name="planning-knock-on"),
    path("quy-hoach/san-sang/", ready.ready, name="planning-ready"),
    path("quy-hoach/san-sang/bang.<table:kind>", ready.ready_file, name="planning-ready-file"),
    path("quy-hoach/chuc-danh/<int:slate>/nguon/", sources.sources, name="planning-sources"),
    path("quy-hoach/chuc-danh/<int:slate>/nguon/bang.<table:kind>", sources.sources_file, name="planning-sources-file"),
    path("quy-hoach/chuc-danh/<int:slate>/so-sanh/", compare.compare, name="planning-compare"),
    path("quy-hoach/chuc-danh/<int:slate>/so-sanh/bang.<table:kind>", compare.compare_file, name="planning-compare-file"),
    path("quy-hoach/de-nghi/", requests.request_list, name="planning-requests"),
    path("quy-hoach/de-nghi/<int:source_request>/", requests.answer, name="planning-request"),
    path("quy-hoach/don-vi/<int:planning_home>/de-xuat/", proposal.proposal, name="planning-proposal"),
]
