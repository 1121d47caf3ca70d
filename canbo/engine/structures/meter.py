"""The meter: each rule over the lists as they stand, counted with whole numbers, one sentence each that says what is missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from canbo.engine.structures.model import OF_A_PERSON, Listed, Marks, Number, Reading, Rule, Rules, State
from canbo.kernel.numbers import decimal_text, percent_text, thousands


def meter(
    rules: Rules, lists: Sequence[Listed], *, marks: Mapping[str, Marks], numbers: Mapping[str, Number],
    bands: Sequence[tuple[str, Marks]] = (),
) -> tuple[Reading, ...]:  # fmt: skip
    """Every rule of lists, in the order of the rules, then of the lists.

    `marks`: rule → who is counted by it (None = the papers do not say). `numbers`: parameters in force; one that is not there
    leaves its rule "unset": the figure is shown, nothing is demanded. `bands`: the age bands of the round, each with its people.
    Linear in rules × people.
    """
    return tuple(reading for rule in rules.rules if rule.kind not in OF_A_PERSON for reading in _of(rule, lists, marks, numbers, bands))


def _of(
    rule: Rule, lists: Sequence[Listed], marks: Mapping[str, Marks], numbers: Mapping[str, Number], bands: Sequence[tuple[str, Marks]]
) -> Iterator[Reading]:
    for asked in groups(rule, lists):
        match rule.kind:
            case "people":
                yield _people(rule, asked[0], numbers)
            case "bands":
                for part, one in bands:
                    yield _least(rule, asked, one, _number(rule.least, numbers), part)
            case "some":
                yield _least(rule, asked, marks.get(rule.code), _number(rule.least, numbers) if rule.least else 1)
            case _:
                yield _share(rule, asked, marks.get(rule.code), _number(rule.least, numbers))


def groups(rule: Rule, lists: Sequence[Listed], *, empty: bool = False) -> Iterator[tuple[Listed, ...]]:
    """The lists a rule is asked of, alone or all of a unit together; a share or age bands of nobody say nothing, but for `empty`."""
    asked = [one for one in lists if rule.of in ("", one.of) and (not rule.levels or one.level in rule.levels)]
    if rule.kind in ("share", "bands") and not empty:
        asked = [one for one in asked if one.people]
    if rule.over == "unit" and rule.kind != "people":
        yield from [tuple(asked)] if asked else []
    else:
        yield from ((one,) for one in asked)


def people_of(lists: Iterable[Listed]) -> tuple[int, ...]:
    """Everybody on these lists once, in their order."""
    return tuple(dict.fromkeys(person for one in lists for person in one.people))


def _number(name: str, numbers: Mapping[str, Number]) -> Number | None:
    return numbers.get(name) if name else None


def _people(rule: Rule, one: Listed, numbers: Mapping[str, Number]) -> Reading:
    """How many stand on a list, against a number or so many times the size of the body, compared exactly."""
    have = len(one.people)
    low, high = (_number(name, numbers) for name in (rule.least, rule.most))
    if low is None and high is None:
        return Reading(rule, (one.key,), have, have, "unset", f"{have} người; chưa có quy định về số lượng.", people=one.people)
    if rule.times_size and one.size is None:
        text = f"{have} người; chưa ghi số lượng theo quy định nên chưa tính được hệ số."
        return Reading(rule, (one.key,), have, have, "unknown", text, people=one.people)
    times = Fraction(one.size or 0) if rule.times_size else Fraction(1)
    least = None if low is None else ceil(Fraction(low) * times)
    most = None if high is None else floor(Fraction(high) * times)
    state: State = "over" if most is not None and have > most else "short" if least is not None and have < least else "met"
    text = _people_text(have, least, most, _times(low, high, one.size) if rule.times_size else "")
    return Reading(rule, (one.key,), have, have, state, text, 0, least, most, people=one.people)


def _times(low: Number | None, high: Number | None, size: int | None) -> str:
    between = "–".join(decimal_text(number) for number in (low, high) if number is not None)
    return f" (hệ số {between} của {size})"


def _people_text(have: int, least: int | None, most: int | None, times: str) -> str:
    bounds = (f"từ {least} người" if least is not None else "", f"không quá {most} người" if most is not None else "")
    limit = " và ".join(filter(None, bounds)) + times
    if most is not None and have > most:
        return f"{have} người, cần {limit}: vượt {have - most}."
    if least is not None and have < least:
        return f"{have} người, cần {limit}: thiếu {least - have}."
    return f"{have} người, {limit}."


def _counted(asked: tuple[Listed, ...], marks: Marks | None) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    everybody, said = people_of(asked), marks or {}
    yes = tuple(person for person in everybody if said.get(person))
    return yes, tuple(person for person in everybody if said.get(person) is None), len(everybody)


def _share(rule: Rule, asked: tuple[Listed, ...], marks: Marks | None, wanted: Number | None) -> Reading:
    """A share of the people, unknown ones in the whole; the least whole number that reaches it is what is asked."""
    keys = tuple(one.key for one in asked)
    if marks is None:
        return Reading(rule, keys, 0, len(people_of(asked)), "unset", "chưa có quy định để tính.")
    yes, missing, of = _counted(asked, marks)
    figure = f"{thousands(len(yes))}/{thousands(of)} ({percent_text(len(yes), of)})"
    if wanted is None:
        return Reading(rule, keys, len(yes), of, "unset", f"{figure}; chưa có chỉ tiêu.", len(missing), people=yes, missing=missing)
    need = ceil(Fraction(wanted) * of / 100)
    asks = f"cần từ {need} người ({decimal_text(Decimal(wanted))}%)"
    return _against(rule, keys, yes, missing, of, need, f"{figure}, {asks}", "")


def _least(rule: Rule, asked: tuple[Listed, ...], marks: Marks | None, wanted: Number | None, part: str = "") -> Reading:
    """So many people at least, whatever the whole."""
    keys = tuple(one.key for one in asked)
    if marks is None or wanted is None:
        return Reading(rule, keys, 0, len(people_of(asked)), "unset", "chưa có quy định để tính.", part=part)
    yes, missing, of = _counted(asked, marks)
    return _against(rule, keys, yes, missing, of, int(wanted), f"{len(yes)} người, cần ít nhất {wanted}", part)


def _against(
    rule: Rule, keys: tuple[int, ...], yes: tuple[int, ...], missing: tuple[int, ...], of: int, need: int, said: str, part: str
) -> Reading:
    short = need - len(yes)
    state: State = "met" if short <= 0 else "unknown" if short <= len(missing) else "short"
    tail = {"met": ".", "unknown": f"; thiếu {short}, còn {len(missing)} người chưa đủ hồ sơ để tính.", "short": f": thiếu {short}."}[state]
    return Reading(rule, keys, len(yes), of, state, said + tail, len(missing), need, None, part, yes, missing)
