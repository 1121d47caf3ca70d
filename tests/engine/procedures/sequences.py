"""Random cases from a seed, and a slow checker that states what may never be, from the log and the TOML alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from canbo.engine.procedures.model import ProcedureRefused
from canbo.engine.procedures.replay import Entry, State, apply, candidates, due, start_of
from tests.engine.procedures.shipped import BOARD, OPINION, Shipped

BESIDE = ("paper", "return", "withdraw", "introduce")


@dataclass
class Story:
    """A case with everything that was accepted and how much was refused."""

    one: Shipped
    start: State
    end: State
    log: list[Entry] = field(default_factory=list)
    refused: int = 0


def story(one: Shipped, random: Random, length: int = 24) -> Story:
    names = random.sample(range(1, 9), random.randint(1, 4))
    start = start_of(names=names, seats=random.randint(1, min(2, len(names))), on=date(2026, 1, 1) + timedelta(random.randint(0, 300)))
    told = Story(one, start, start)
    wild, first = random.choice((0, 0.05, 0.3)), None
    for _ in range(length):
        entry = _entry(one, told.end, random, wild, first)
        try:
            told.end = apply(one.steps, told.end, entry)
        except ProcedureRefused:
            told.refused += 1
        else:
            told.log.append(entry)
            first = entry.data if entry.duty == "count" else None
        if told.end.status != "open" and random.random() < 0.7:
            break
    return told


def _entry(one: Shipped, state: State, random: Random, wild: float, first: Any) -> Entry:
    """What might be written next: mostly what is due, sometimes anything else; days mostly forward."""
    steps, now = one.steps.steps, due(one.steps, state)
    step, duty = (now[0].code, now[1]) if now else (steps[-1].code, "decide")
    on = state.last_on + timedelta(random.choice((0, 0, 1, 3, 40)) - (2 if random.random() < wild / 3 else 0))
    dice = random.random()
    if dice < 0.02:
        return Entry("", "withdraw", on, {"reason": random.choice(("", "thôi"))})
    if dice < 0.06:
        return Entry("", "return", on, {"to": random.choice(steps).code, "reason": random.choice(("", "sửa", "sửa"))})
    if dice < (0.18 if steps[state.step].introduces else 0.07):
        named = random.sample(range(1, 12), random.choice((1, 1, 2)))
        return Entry("", "introduce", on, {"names": named, "by": random.choice(("Tổ 1", "Tổ 1", "Tổ 2", ""))})
    missing = [paper.kind for paper in steps[state.step].papers if paper.kind not in state.papers]
    if missing and random.random() < 0.9:
        return Entry("", "paper", on, {"kind": random.choice(missing), "dated": on - timedelta(random.choice((-1, 1, 30, 250)))})
    if random.random() < wild:
        other = random.choice(steps)
        return Entry(other.code, random.choice(other.duties), on, _data(duty, one, state, random, wild, first))
    return Entry(step, duty, on, _data(duty, one, state, random, wild, first))


def _data(duty: str, one: Shipped, state: State, random: Random, wild: float, first: Any) -> dict[str, Any]:
    step, voters = one.steps.steps[state.step], list(candidates(one.steps, state))
    if random.random() < wild / 2:
        voters.append(99)
    match duty:
        case "convene":
            convened, away = random.choice((6, 9, 10, 12)), random.choice((0, 0, 1, 3))
            return {"convened": convened, "present": convened - away, "members": 12, "excused": random.choice((0, 0, 1))}
        case "conclude":
            return {"names": random.sample(voters, random.randint(0 if random.random() < 0.1 else 1, len(voters)))}
        case "recount" if first and random.random() < 0.95:
            return dict(first)
        case "count" | "recount":
            present = state.attendance.present if state.attendance else 10
            even = 0.7 if step.ballot and step.ballot.tie_at else 0.2
            return {**_slips(voters, present, state.seats, even, random), "board": BOARD[: random.choice((3, 3, 3, 2)) if wild else 3]}
        case "settle":
            chosen = random.sample(state.tie, min(len(state.tie), random.randint(1, 2)))
            return {"names": chosen, "reason": random.choice(("được ủng hộ hơn", ""))}
        case "opinion":
            kind = random.choice((*step.before, "khác")) if wild else (*step.before, "khác")[0]
            return {**OPINION, "kind": kind, "dated": state.last_on} if random.random() < 0.8 else {"unless": True}
        case "decide":
            yes = [name for name in state.names if random.random() < 0.8]
            no = {name: random.choice(("chưa đủ", "chưa đủ", "")) for name in state.names if name not in yes or random.random() < wild / 2}
            return {"names": yes, "refused": no, "number": random.choice(("5/QĐ", "5/QĐ", ""))}
    return {}


def _slips(voters: list[int], present: int, places: int, even: float, random: Random) -> dict[str, Any]:
    """Mostly one clear winner; sometimes two share all slips evenly."""
    votes = dict.fromkeys(voters, 0)
    order = random.sample(voters, len(voters))
    if len(voters) > 1 and random.random() < even:
        votes.update({order[0]: present // 2, order[1]: present // 2})
    else:
        sure = random.choice((0.4, 0.75, 0.9, 1))
        for _ in range(present):
            for name in order[:places] if random.random() < sure else random.sample(voters, min(places, len(voters))):
                votes[name] += 1
    return {"issued": present, "collected": present, "valid": present, "votes": votes}


# --- what may never be


def faults(told: Story) -> Iterator[str]:
    """What is wrong with a case, by its log and the TOML; nothing for a sound one."""
    raw, end, log = {step["code"]: step for step in told.one.raw["step"]}, told.end, told.log
    days = [told.start.opened_on, *(entry.on for entry in log)]
    if days != sorted(days) or end.last_on != days[-1]:
        yield "days go back"
    if end.status == "withdrawn" and log[-1].duty != "withdraw":
        yield "something after the withdrawal"
    yield from _order_faults(told, list(raw))
    yield from _name_faults(told, raw)
    for number, entry in enumerate(log):
        if entry.duty == "recount" and entry.data != _before(log, number).data:
            yield "the two counts differ"
        if entry.duty in ("count", "recount") and len(entry.data["board"]) < told.one.raw["board_least"]:
            yield "too small a counting board"


def _before(log: list[Entry], number: int) -> Entry:
    return next(entry for entry in reversed(log[:number]) if entry.duty not in BESIDE)


def _order_faults(told: Story, codes: list[str]) -> Iterator[str]:
    """The duties since the last return are those of the TOML, in order, each step whole before the next; an end is an end."""
    raw, end = {step["code"]: step for step in told.one.raw["step"]}, told.end
    done: list[tuple[str, str]] = []
    for entry in told.log:
        if entry.duty == "return":
            done = [(code, duty) for code, duty in done if codes.index(code) < codes.index(entry.data["to"])]
        elif entry.duty not in BESIDE:
            done.append((entry.step, entry.duty))
    written: list[tuple[str, str]] = []
    for code in codes:
        duties = [duty for at, duty in done if at == code]
        if duties[-1:] != [] and duties.count("count") == 2:  # a ballot held once more: one pair of counts is taken out
            first = duties.index("count")
            duties = duties[:first] + duties[duties.index("count", first + 1) :]
            if "differs_from" not in raw[code]["ballot"]:
                yield f"{code} voted twice"
        plain = [duty for duty in duties if duty != "settle"]
        if plain != raw[code]["duties"][: len(plain)]:
            yield f"duties of {code} are {duties}"
        whole = len(plain) == len(raw[code]["duties"]) and code in end.passed
        if (code in end.passed) != whole or (code in end.done_on) != whole:
            yield f"{code} is done without its duties"
        written += [(code, duty) for at, duty in done if at == code]
    if written != done:
        yield "steps are out of order"
    if list(end.passed) != codes[: len(end.passed)]:
        yield "a step was left out"
    if (end.status == "done") != (list(end.passed) == codes):
        yield "done before the end"


def _introduced(told: Story, codes: list[str]) -> dict[str, set[int]]:
    """Step → who was introduced there and still stands: a return takes back what was done from its step on."""
    found: dict[str, set[int]] = {}
    for number, entry in enumerate(told.log):
        if entry.duty == "return":
            found = {code: names for code, names in found.items() if codes.index(code) < codes.index(entry.data["to"])}
        elif entry.duty == "introduce":
            later = next((one for one in told.log[number + 1 :] if one.duty == "return" or one.duty not in BESIDE), None)
            if later is None or later.duty != "return":
                code = later.step if later else codes[told.end.step]
                found[code] = found.get(code, set()) | set(entry.data["names"])
    return found


def _name_faults(told: Story, raw: dict[str, Any]) -> Iterator[str]:
    """Nobody passes who could not be voted for; nobody is approved who did not pass; seats are not overfilled by the highest."""
    end, introduced = told.end, _introduced(told, list(raw))
    listed = set(told.start.names).union(*introduced.values())
    if set(end.listed) != listed or {code: set(names) for code, names in end.introduced.items()} != introduced:
        yield "the list is not those it was opened with and those introduced"
    if any(not raw[code].get("introduces") for code in introduced):
        yield "introduced where nobody may be"
    for code, names in end.passed.items():
        voters = set(end.passed.get(raw[code].get("candidates", "list"), listed)) | introduced.get(code, set())
        if "decide" not in raw[code]["duties"] and not set(names) <= voters & listed:
            yield f"{code} let pass who was no candidate"
        keeps = {rule.get("keep", "highest") for rule in raw[code].get("ballot", {}).get("rule", [])}
        if keeps == {"highest"} and len(names) > end.seats:
            yield f"{code} let pass more than there are places"
        if not names and "decide" not in raw[code]["duties"] and code != list(end.passed)[-1] and end.status == "open":
            yield f"{code} went on with nobody"
    if end.status == "stopped" and end.names:
        yield "stopped with somebody going on"
    decided = [entry for entry in told.log if entry.duty == "decide"]
    if end.approved or end.refused:
        names = {int(name) for name in decided[-1].data["names"]} | set(decided[-1].data["refused"])
        if set(end.approved) & set(end.refused) or set(end.approved) | set(end.refused) != names or not names <= listed:
            yield "approved and refused do not make the list"
    if not set(end.names) | set(end.approved) | set(end.tie) <= listed:
        yield "a name from nowhere"
