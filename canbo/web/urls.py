"""Every address of the program: each subject's own list, in the order of the menu.

Views are named directly, so a new route is seen by the permission test at once.
"""

from canbo.web.accounts.urls import urlpatterns as accounts
from canbo.web.cases.urls import urlpatterns as cases
from canbo.web.declarations.urls import urlpatterns as declarations
from canbo.web.disclosure.urls import urlpatterns as disclosure
from canbo.web.dossiers.urls import urlpatterns as dossiers
from canbo.web.duplicates.urls import urlpatterns as duplicates
from canbo.web.evaluation.urls import urlpatterns as evaluation
from canbo.web.figures.urls import urlpatterns as figures
from canbo.web.frame.urls import urlpatterns as frame
from canbo.web.help.urls import urlpatterns as help
from canbo.web.importing.urls import urlpatterns as importing
from canbo.web.lists.urls import urlpatterns as lists
from canbo.web.organization.urls import urlpatterns as organization
from canbo.web.papers.urls import urlpatterns as papers
from canbo.web.planning.urls import urlpatterns as planning
from canbo.web.standards.urls import urlpatterns as standards

urlpatterns = [
    *frame,
    *organization,
    *lists,
    *dossiers,
    *duplicates,
    *declarations,
    *standards,
    *cases,
    *evaluation,
    *planning,
    *disclosure,
    *figures,
    *importing,
    *papers,
    *accounts,
    *help,
]
handler400 = "canbo.web.frame.errors.bad_request"
handler500 = "canbo.web.frame.errors.server_error"
