"""Every address of the program. Views are imported by name, so a new route is seen by the permission test at once."""

from allauth.account import views as allauth
from django.urls import path, register_converter

from canbo.web import accounts, dossier, facts, home, imports, people, statistics


class FileKind:
    """The two forms a list can be taken away in."""

    regex = "xlsx|csv"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileKind, "kind")

urlpatterns = [
    path("", home.home, name="home"),
    path("ho-so/", people.people, name="people"),
    path("ho-so/danh-sach.<kind:kind>", people.people_file, name="people-file"),
    path("ho-so/cua-toi/", dossier.own, name="own"),
    path("ho-so/<int:person>/", dossier.dossier, name="dossier"),
    path("ho-so/<int:person>/sua/", dossier.edit, name="dossier-edit"),
    path("du-kien/", facts.facts, name="facts"),
    path("thong-ke/", statistics.statistics_page, name="statistics"),
    path("thong-ke/thong-ke.<kind:kind>", statistics.statistics_file, name="statistics-file"),
    path("thong-ke/nguoi/", statistics.behind, name="statistics-people"),
    path("thong-ke/nguoi/danh-sach.<kind:kind>", statistics.behind_file, name="statistics-people-file"),
    path("nhap/", imports.lists, name="import"),
    path("nhap/viec/<int:job>/", imports.job, name="import-job"),
    path("nhap/viec/<int:job>/doc-lai/", imports.read_again, name="import-again"),
    path("nhap/viec/<int:job>/ghi/", imports.write, name="import-write"),
    path("nhap/viec/<int:job>/dung/", imports.stop, name="import-stop"),
    path("nhap/viec/<int:job>/chua-ghi.xlsx", imports.refused_rows, name="import-refused"),
    path("tai-khoan/vai-tro/", accounts.act_as, name="act-as"),
    path("tai-khoan/login/", allauth.login, name="account_login"),
    path("tai-khoan/logout/", allauth.logout, name="account_logout"),
    path("tai-khoan/password/change/", accounts.password_change, name="account_change_password"),
    # allauth asks for these names; the pages behind them do not exist here.
    path("tai-khoan/signup/", accounts.closed, name="account_signup"),
    path("tai-khoan/password/reset/", accounts.closed, name="account_reset_password"),
    path("tai-khoan/password/set/", accounts.closed, name="account_set_password"),
    path("tai-khoan/email/", accounts.closed, name="account_email"),
    path("tai-khoan/inactive/", accounts.closed, name="account_inactive"),
    path("tai-khoan/reauthenticate/", accounts.closed, name="account_reauthenticate"),
]
