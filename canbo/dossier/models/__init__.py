"""The dossier: the person, her dated records, and the outcomes every mechanism writes here."""

from canbo.dossier.models.career import Allowance, Employment, Holding, Membership, Pay, WorkHistory
from canbo.dossier.models.learning import Attendance, Qualification
from canbo.dossier.models.outcomes import Award, Discipline, PlanEntry, Rating, UnitRating, Waiver
from canbo.dossier.models.person import (
    AgencyRemark,
    AssetDeclaration,
    Distinction,
    HealthCertificate,
    HistoryConclusion,
    Person,
    Relative,
)
from canbo.dossier.models.sources import (
    Attachment,
    CertifiedValue,
    Decision,
    DeclaredNone,
    ExtraValue,
    ListEntry,
    Mapping,
    PersonMerge,
    Source,
)

__all__ = [
    "AgencyRemark",
    "Allowance",
    "AssetDeclaration",
    "Attachment",
    "Attendance",
    "Award",
    "CertifiedValue",
    "Decision",
    "DeclaredNone",
    "Discipline",
    "Distinction",
    "Employment",
    "ExtraValue",
    "HealthCertificate",
    "HistoryConclusion",
    "Holding",
    "ListEntry",
    "Mapping",
    "Membership",
    "Pay",
    "Person",
    "PersonMerge",
    "PlanEntry",
    "Qualification",
    "Rating",
    "Relative",
    "Source",
    "UnitRating",
    "Waiver",
    "WorkHistory",
]
