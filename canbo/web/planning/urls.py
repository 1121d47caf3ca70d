"""Addresses of planning."""

from django.urls import path

from canbo.web import converters  # noqa: F401
from canbo.web.planning import line, meters, picking, plan, round, rounds, slate, steps, unit
from canbo.web.planning.urls_papers import urlpatterns as papers
from canbo.web.planning.urls_sources import urlpatterns as sources

urlpatterns = [
    path("quy-hoach/", rounds.round_list, name="planning-rounds"),
    path("quy-hoach/mo/", rounds.round_open, name="planning-open"),
    path("quy-hoach/dot/<int:planning_round>/", round.one, name="planning-round"),
    path("quy-hoach/dot/<int:planning_round>/bang.<table:kind>", round.one_file, name="planning-round-file"),
    path("quy-hoach/dot/<int:planning_round>/nguoi/", round.people, name="planning-people"),
    path("quy-hoach/dot/<int:planning_round>/nguoi/danh-sach.<table:kind>", round.people_file, name="planning-people-file"),
    path("quy-hoach/don-vi/<int:planning_home>/", unit.unit, name="planning-unit"),
    path("quy-hoach/don-vi/<int:planning_home>/so-lieu/", meters.figure, name="planning-figure"),
    path("quy-hoach/don-vi/<int:planning_home>/so-lieu/bang.<table:kind>", meters.figure_file, name="planning-figure-file"),
    path("quy-hoach/chuc-danh/<int:slate>/", slate.one, name="planning-slate"),
    path("quy-hoach/chuc-danh/<int:slate>/danh-sach.<table:kind>", slate.one_file, name="planning-slate-file"),
    path("quy-hoach/quy-trinh/<int:planning_case>/", steps.one, name="planning-case"),
    path("quy-hoach/nguoi/<int:planning_line>/", line.one, name="planning-line"),
    path("quy-hoach/danh-sach/", plan.plan, name="planning-list"),
    path("quy-hoach/danh-sach/bang.<table:kind>", plan.plan_file, name="planning-list-file"),
    path("quy-hoach/tim-nguoi/", picking.found, name="planning-found"),
    *papers,
    *sources,
]
