"""Where Django finds the tables; each lives in its own package."""

from canbo.access.models import *  # noqa: F403
from canbo.assess.models import *  # noqa: F403
from canbo.audit.models import *  # noqa: F403
from canbo.cases.models import *  # noqa: F403
from canbo.disclosure.models import *  # noqa: F403
from canbo.dossier.models import *  # noqa: F403
from canbo.evaluation.models import *  # noqa: F403
from canbo.jobs.models import *  # noqa: F403
from canbo.organization.models import *  # noqa: F403
from canbo.planning.models import *  # noqa: F403
