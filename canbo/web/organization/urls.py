"""Addresses of the organisation."""

from django.urls import path

from canbo.web.organization import pages, writing

urlpatterns = [
    path("to-chuc/", pages.organization, name="organization"),
    path("to-chuc/chuc-danh/", pages.title_list, name="titles"),
    path("to-chuc/chuc-danh/moi/", writing.new_title, name="title-new"),
    path("to-chuc/<int:unit>/", pages.unit, name="unit"),
    path("to-chuc/<int:unit>/sua/", writing.edit_unit, name="unit-edit"),
    path("to-chuc/<int:unit>/them/", writing.new_unit, name="unit-new"),
    path("to-chuc/<int:unit>/bien-che/", writing.norm, name="unit-norm"),
    path("to-chuc/<int:unit>/tap-the/", writing.new_body, name="unit-body"),
]
