"""Help pages by route. A page that a reader can open has one (a test asks); each subject keeps its own part."""

from canbo.web.help import (
    accounts,
    cases,
    declarations,
    disclosure,
    dossiers,
    duplicates,
    evaluation,
    figures,
    frame,
    gaps,
    importing,
    lists,
    organization,
    papers,
    planning,
    planning_papers,
    standards,
    succession,
)
from canbo.web.help.page import HelpPage

PAGES: dict[str, HelpPage] = {
    **frame.PAGES,
    **organization.PAGES,
    **lists.PAGES,
    **dossiers.PAGES,
    **accounts.PAGES,
    **duplicates.PAGES,
    **declarations.PAGES,
    **figures.PAGES,
    **importing.PAGES,
    **papers.PAGES,
    **standards.PAGES,
    **gaps.PAGES,
    **cases.PAGES,
    **evaluation.PAGES,
    **planning.PAGES,
    **planning_papers.PAGES,
    **succession.PAGES,
    **disclosure.PAGES,
}
