"""Who stands in a list that is taken away: the people of a unit and what lies below it, within the reader's scope."""

from dataclasses import replace
from datetime import date

from canbo.access.queries import units_under
from canbo.imports.draft import Draft
from canbo.imports.matching import Face, folded
from canbo.imports.organization import UnitRoll, unit_roll
from canbo.imports.state import faces, load_states
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.text import sort_key


def people_of_unit(*, unit: int | None, on: date, actor: Actor, scope: Scope) -> list[Face]:
    """Everybody serving in the unit or below on the day, by unit and given name; without a unit, in the whole scope."""
    wanted = None if unit is None else set(units_under([unit]))
    found = [face for face in faces(on=on, actor=actor, scope=scope) if _serves(face, wanted, scope)]
    names = unit_names(on=on, actor=actor, scope=scope)
    return sorted(found, key=lambda face: (folded(names.get(_number(face), "")), sort_key(face.name), face.id))


def with_numbers(people: list[Face], *, actor: Actor, scope: Scope) -> list[Face]:
    """The same people with their personal IDs, for readers of the identity group; for others as they are."""
    if not scope.sees_group("identity"):
        return people
    states = load_states(people=[face.id for face in people], actor=actor, scope=scope)
    return [replace(face, number=states[face.id].values.get("personal_id_sealed") or "") for face in people]


def _serves(face: Face, wanted: set[int] | None, scope: Scope) -> bool:
    unit = _number(face)
    return bool(unit) and scope.sees_unit(unit) and (wanted is None or unit in wanted)


def _number(face: Face) -> int:
    return face.unit if isinstance(face.unit, int) else 0


def unit_names(*, on: date, actor: Actor, scope: Scope) -> dict[int, str]:
    """Units by id, each under a text that names it alone: where two are called alike, the code stands behind."""
    return distinct_names(unit_roll(draft=Draft(on=on), root=None, on=on, actor=actor, scope=scope))


def distinct_names(roll: UnitRoll) -> dict[int, str]:
    times: dict[str, int] = {}
    for name in roll.names.values():
        times[folded(name)] = times.get(folded(name), 0) + 1
    return {pk: name if times[folded(name)] == 1 else f"{name} [{roll.code_of[pk]}]" for pk, name in roll.names.items()}
