"""The dossier: the person, her dated records, and the outcomes every mechanism writes here."""

from canbo.dossier.models.career import Allowance, Employment, Holding, Membership, Pay, WorkHistory
from canbo.dossier.models.declarations import Declaration, DeclarationItem, DeclarationRound
from canbo.dossier.models.files import StoredFile
from canbo.dossier.models.learning import Attendance, Qualification
from canbo.dossier.models.outcomes import Award, Discipline, PlanEntry, Rating, UnitRating, Waiver
from canbo.dossier.models.papers import Paper, PaperTemplate
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
    DisputedValue,
    ExtraValue,
    ListEntry,
    Mapping,
    PersonMerge,
    SeparatePair,
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
    "Declaration",
    "DeclarationItem",
    "DeclarationRound",
    "DeclaredNone",
    "Discipline",
    "DisputedValue",
    "Distinction",
    "Employment",
    "ExtraValue",
    "HealthCertificate",
    "HistoryConclusion",
    "Holding",
    "ListEntry",
    "Mapping",
    "Membership",
    "Paper",
    "PaperTemplate",
    "Pay",
    "Person",
    "PersonMerge",
    "PlanEntry",
    "Qualification",
    "Rating",
    "Relative",
    "SeparatePair",
    "Source",
    "StoredFile",
    "UnitRating",
    "Waiver",
    "WorkHistory",
]
