"""Addresses of one dossier."""

from django.urls import path

from canbo.web.dossiers import claims, completeness, files, pages, records, sensitive

urlpatterns = [
    path("ho-so/cua-toi/", pages.own, name="own"),
    path("ho-so/mau-thuan/", claims.disputes, name="disputes"),
    path("ho-so/day-du/", completeness.completeness, name="completeness"),
    path("ho-so/goi-y/", records.suggest, name="dossier-suggest"),
    path("quan-tri/muc-nhay-cam/", sensitive.settings, name="sensitive-settings"),
    path("ho-so/<int:person>/", pages.dossier, name="dossier"),
    path("ho-so/<int:person>/sua/", pages.edit, name="dossier-edit"),
    path("ho-so/<int:person>/qua-trinh/", pages.life, name="dossier-timeline"),
    path("ho-so/<int:person>/lich-su/", pages.history, name="dossier-history"),
    path("ho-so/<int:person>/hoan-tac/", pages.undo, name="dossier-undo"),
    path("ho-so/<int:person>/anh/", files.photo, name="dossier-photo"),
    path("ho-so/<int:person>/dinh-kem/", files.add, name="dossier-attach"),
    path("ho-so/<int:person>/tep/<int:attachment>/", files.show, name="dossier-file"),
    path("ho-so/<int:person>/tep/<int:attachment>/go/", files.remove, name="dossier-detach"),
    path("ho-so/<int:person>/xac-nhan/", claims.certify, name="dossier-certify"),
    path("ho-so/<int:person>/mau-thuan/", claims.dispute, name="dossier-dispute"),
    path("ho-so/<int:person>/mau-thuan/<int:dispute>/bo/", claims.withdraw, name="dossier-withdraw"),
    path("ho-so/<int:person>/gia-dinh/", sensitive.family, name="dossier-family"),
    path("ho-so/<int:person>/muc/<slug:table>/", records.add, name="record-add"),
    path("ho-so/<int:person>/muc/<slug:table>/<int:row>/", records.correct, name="record-edit"),
]
