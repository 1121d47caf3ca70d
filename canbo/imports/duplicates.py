"""Pairs of dossiers that may be one person: proposed with their reason, decided by a person."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import Count

from canbo.dossier.models import Person, SeparatePair
from canbo.imports.matching import Face, folded, grade
from canbo.imports.state import faces
from canbo.kernel.actors import Actor, Scope

REASONS = {
    "same": "Cùng họ tên, cùng ngày sinh.",
    "likely": "Cùng họ tên; ngày sinh hoặc quê quán chưa đủ để khẳng định.",
    "conflict": "Cùng họ tên và ngày sinh nhưng khác quê quán.",
    "id": "Cùng số định danh cá nhân.",
}


@dataclass(frozen=True)
class Pair:
    """Two dossiers and why they are shown together, surest first."""

    first: Face
    second: Face
    state: str

    @property
    def why(self) -> str:
        return REASONS[self.state]


def duplicate_pairs(*, on: date, actor: Actor, scope: Scope, among: Collection[int] | None = None) -> list[Pair]:
    """Pairs within the scope: same personal ID, or one folded name and nothing that tells the two apart.

    Pairs that somebody concluded to be two people are left out. `among`: only these dossiers are compared.
    """
    people = list(faces(on=on, actor=actor, scope=scope, among=among))
    apart = set(SeparatePair.objects.values_list("first", "second"))
    found = {_ids(p): p for p in (*_namesakes(people), *_same_id(people))}
    order = {"id": 0, "same": 1, "likely": 2, "conflict": 3}
    return sorted(
        (pair for ids, pair in found.items() if ids not in apart),
        key=lambda p: (order[p.state], folded(p.first.name), p.first.id),
    )


def same_id_people(*, actor: Actor, scope: Scope) -> list[int]:
    """Dossiers whose personal ID stands in another dossier too; the caller asks about them within its scope."""
    whole = Person.objects.filter(merged_into=None).exclude(personal_id_index="")
    doubled = whole.values("personal_id_index").annotate(times=Count("pk")).filter(times__gt=1).values("personal_id_index")
    return list(whole.filter(personal_id_index__in=doubled).values_list("pk", flat=True))


def _ids(pair: Pair) -> tuple[int, int]:
    return min(pair.first.id, pair.second.id), max(pair.first.id, pair.second.id)


def _namesakes(people: Iterable[Face]) -> Iterable[Pair]:
    for group in _grouped((folded(face.name), face) for face in people):
        for first, second in combinations(group, 2):
            two_ids = first.id_index and second.id_index and first.id_index != second.id_index
            state = "different" if two_ids else grade(first, second)
            if state != "different":
                yield Pair(first, second, state)


def _same_id(people: Iterable[Face]) -> Iterable[Pair]:
    for group in _grouped((face.id_index, face) for face in people if face.id_index):
        for first, second in combinations(group, 2):
            yield Pair(first, second, "id")


def _grouped(pairs: Iterable[tuple[str, Face]]) -> list[list[Face]]:
    groups: dict[str, list[Face]] = defaultdict(list)
    for key, face in pairs:
        groups[key].append(face)
    return [group for group in groups.values() if len(group) > 1]
