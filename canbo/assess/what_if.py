"""A draft of the law tried on the people of today: who would be judged otherwise, before it is in force. Nothing is written."""

from collections.abc import Mapping
from dataclasses import replace

from canbo.assess.law_sets import Law, law_vocabulary
from canbo.assess.verdicts import AssessReport, AssessRequest, assess
from canbo.engine.law.checks import check_laws
from canbo.engine.law.loader import laid_over
from canbo.engine.law.model import LawSet, Standard
from canbo.engine.law.problems import Problems, nearest
from canbo.engine.law.verdicts import Verdict
from canbo.kernel.actors import Actor, Scope
from canbo.snapshot.store import Snapshot

Moved = tuple[int, str, str, Verdict, Verdict]


class DraftRefused(Exception):
    """A draft that names nothing; the text says what there is."""


def drafted(laws: LawSet, *, changes: Mapping[str, str]) -> LawSet:
    """The law with conditions in place of its own: `standard:criterion` → expression, in every version that has the criterion.

    Raises DraftRefused, LawRefused (an expression that cannot be read). Cases are not run: a draft is meant to differ from them.
    """
    standards = dict(laws.standards)
    for place, require in changes.items():
        code, _, criterion = place.partition(":")
        if code not in standards:
            raise DraftRefused(f"Không có tiêu chuẩn “{code}”.{nearest(code, standards)}")
        standards[code] = _with(standards[code], criterion, require)
    found = laid_over(laws, {code: standards[code] for code in {place.partition(":")[0] for place in changes}})
    problems = Problems()
    check_laws(found, vocabulary=law_vocabulary(), titles=None, problems=problems)
    problems.raise_if_any()
    return found


def _with(standard: Standard, criterion: str, require: str) -> Standard:
    codes = {c.code for v in standard.versions for c in v.criteria}
    if criterion not in codes:
        raise DraftRefused(f"Tiêu chuẩn “{standard.code}” không có tiêu chí “{criterion}”.{nearest(criterion, codes)}")
    versions = tuple(
        replace(v, criteria=tuple(replace(c, require=require, exceptions=()) if c.code == criterion else c for c in v.criteria))
        for v in standard.versions
    )
    return replace(standard, versions=versions)


def tried(
    *, request: AssessRequest, law: Law, draft: LawSet, snapshot: Snapshot, actor: Actor, scope: Scope
) -> tuple[AssessReport, AssessReport, list[Moved]]:
    """The report by the law in service, the one by the draft, and who moves: (person, title, standard, now, by the draft)."""
    central = replace(request, overlay="")
    now = assess(request=central, law=law, snapshot=snapshot, actor=actor, scope=scope)
    then = assess(request=central, law=Law(draft), snapshot=snapshot, actor=actor, scope=scope)
    by_draft = {(row.key, row.title, row.standard): row.verdict for row in then.rows}
    moved = [
        (row.key, row.title, row.standard, row.verdict, by_draft.get((row.key, row.title, row.standard), "ungrounded"))
        for row in now.rows
        if by_draft.get((row.key, row.title, row.standard), "ungrounded") != row.verdict
    ]
    return now, then, moved
