"""A second, plain reading of a procedure's TOML: what an entry must do to a case. Shares no code with the program but `Entry`.

A case here is a dict: status, step (code), duty, names, passed, introduced, extra, tie, heard (kind → step), papers, first, on.
"""

from datetime import date
from fractions import Fraction
from typing import Any

from canbo.engine.procedures.replay import Entry

Case = dict[str, Any]
CARRIERS = {"count": "board", "recount": "board", "settle": "head", "decide": "head"}
BESIDE = {"paper": "officer", "return": "head", "withdraw": "officer"}
INTRODUCE = {"introduce": "officer"}


def opened(raw: dict[str, Any], names: tuple[int, ...], on: date, seats: int = 1) -> Case:
    first = raw["step"][0]
    return {
        "status": "open", "step": first["code"], "duty": first["duties"][0], "number": 0, "names": set(names), "listed": set(names),
        "introduced": {}, "passed": {}, "extra": False, "tie": set(), "heard": {}, "papers": {}, "first": None, "called": None, "on": on,
        "approved": set(), "refused": set(), "seats": seats,
    }  # fmt: skip


def step_of(raw: dict[str, Any], case: Case) -> dict[str, Any]:
    return next(step for step in raw["step"] if step["code"] == case["step"])


def allowed(raw: dict[str, Any], case: Case) -> dict[str, str]:
    """Duty → carrier, as the TOML and the customs of the trade have it."""
    if case["status"] != "open":
        return {}
    own = step_of(raw, case).get("carriers", {})
    besides = BESIDE | INTRODUCE if _introduces(raw, case) else BESIDE
    return {case["duty"]: own.get(case["duty"], CARRIERS.get(case["duty"], "officer")), **besides}


def _introduces(raw: dict[str, Any], case: Case) -> bool:
    """At a step that lets people be named, while what is due comes before the first count or is it."""
    before = case["duty"] in ("opinion", "submit", "convene", "count") and not case["extra"]
    return before and step_of(raw, case).get("introduces", False)


def after(raw: dict[str, Any], case: Case, entry: Entry) -> Case | None:
    """The case after the entry, None where it must be refused."""
    if case["status"] != "open" or entry.on < case["on"]:
        return None
    new = {**case, "on": entry.on, "passed": dict(case["passed"]), "heard": dict(case["heard"]), "papers": dict(case["papers"])}
    if entry.duty in BESIDE or entry.duty in INTRODUCE:
        return _beside(raw, new, entry)
    if (entry.step, entry.duty) != (case["step"], case["duty"]):
        return None
    step = step_of(raw, case)
    begun = [duty for duty in step["duties"][: case["number"]] if duty != "opinion"]
    if entry.duty != "opinion" and not begun and not _ready(step, case, entry.on):
        return None
    return _duty(raw, step, new, entry)


def _ready(step: dict[str, Any], case: Case, on: date) -> bool:
    for paper in step.get("paper", []):
        dated = case["papers"].get(paper["kind"])
        months = paper.get("max_age_months")
        if dated is None or (months and (on.year * 12 + on.month - months, on.day) > (dated.year * 12 + dated.month, dated.day)):
            return False
    return set(step.get("before", [])) <= set(case["heard"])


def _beside(raw: dict[str, Any], new: Case, entry: Entry) -> Case | None:
    if entry.duty == "paper":
        kind, dated = entry.data.get("kind"), entry.data.get("dated")
        if not kind or not dated or dated > entry.on:
            return None
        new["papers"][kind] = max(dated, new["papers"].get(kind, dated))
        return new
    if entry.duty == "introduce":
        return _introduced(raw, new, set(entry.data["names"])) if entry.data.get("by") else None
    if not entry.data.get("reason"):
        return None
    if entry.duty == "withdraw":
        return {**new, "status": "withdrawn"}
    codes = [step["code"] for step in raw["step"]]
    if entry.data.get("to") not in codes[: codes.index(new["step"]) + 1]:
        return None
    kept = codes[: codes.index(entry.data["to"])]
    fresh = opened(raw, tuple(new["listed"]), entry.on, new["seats"])
    fresh["introduced"] = {code: names for code, names in new["introduced"].items() if code in kept}
    fresh.update(
        step=entry.data["to"], duty=raw["step"][len(kept)]["duties"][0], papers=new["papers"],
        passed={code: new["passed"][code] for code in kept}, heard={k: at for k, at in new["heard"].items() if at in kept},
        names=new["passed"][kept[-1]] if kept else set(new["listed"]),
    )  # fmt: skip
    return fresh


def _introduced(raw: dict[str, Any], new: Case, names: set[int]) -> Case | None:
    if not names or not _introduces(raw, new) or names & _voters(step_of(raw, new), new):
        return None
    here = new["introduced"].get(new["step"], set()) | names
    return {**new, "introduced": {**new["introduced"], new["step"]: here}, "names": new["names"] | names}


def _voters(step: dict[str, Any], case: Case) -> set[int]:
    if case["extra"]:
        return case["names"]
    everybody = case["listed"].union(*case["introduced"].values())
    return case["passed"].get(step.get("candidates", "list"), everybody) | case["introduced"].get(step["code"], set())


def _duty(raw: dict[str, Any], step: dict[str, Any], new: Case, entry: Entry) -> Case | None:
    data = entry.data
    match entry.duty:
        case "convene":
            base = data["convened"] - (data.get("excused", 0) if raw.get("excused_out") else 0)
            if "quorum" in step and Fraction(data["present"], base) < Fraction(step["quorum"]):
                return None
            new["called"] = {"convened": base, "present": data["present"], "members": data.get("members", 0)}
        case "conclude":
            names = set(data.get("names", new["names"]))
            if not names <= _voters(step, new):
                return None
            new["names"] = names
            if not names:
                return {**new, "status": "stopped"}
        case "count" | "recount":
            if data["issued"] > new["called"]["present"]:
                return None
            if len(data["board"]) < raw["board_least"] or not set(data["votes"]) <= _voters(step, new):
                return None
            if sum(data["votes"].values()) > data["valid"] * step["ballot"].get("choose", 1) * new["seats"]:
                return None
            said = {name: number for name, number in data["votes"].items() if number}
            if entry.duty == "recount":
                return None if said != new["first"] else _counted(raw, step, {**new, "first": None}, said)
            new["first"] = said
        case "settle":
            chosen = set(data.get("names", ()))
            if not data.get("reason") or not 1 <= len(chosen) <= new["seats"] or not chosen <= new["tie"]:
                return None
            return _elected(raw, step, {**new, "tie": set()}, chosen)
        case "opinion":
            kinds = step.get("before", []) if data.get("unless") else [data.get("kind")]
            if (data.get("unless") and "unless" not in step) or (step.get("before") and not set(kinds) <= set(step["before"])):
                return None
            if not data.get("unless") and not all(data.get(key) for key in ("kind", "body", "number", "dated", "conclusion")):
                return None
            new["heard"].update(dict.fromkeys(kinds, step["code"]))
        case "decide":
            yes, no = set(data["names"]), data["refused"]
            if yes | set(no) != new["names"] or yes & set(no) or not all(no.values()) or not data["number"]:
                return None
            new["names"] = new["approved"] = yes
            new["refused"] = set(no)
    return _next(raw, step, new)


def _counted(raw: dict[str, Any], step: dict[str, Any], new: Case, votes: dict[int, int]) -> Case:
    ballot = step["ballot"]
    base, rules = new["called"][ballot["base"]], ballot.get("rule", [])
    if new["extra"]:
        base, rules = new["called"][ballot["differs_base"]], [ballot["differs_need"]]
    elif not rules:
        return _next(raw, step, new)
    for rule in rules:
        over, least = Fraction(rule.get("over", 0)), Fraction(rule.get("least", 0))
        met = {name for name, number in votes.items() if (Fraction(number, base) > over if over else Fraction(number, base) >= least)}
        if met:
            best = {name for name in met if sum(votes[other] > votes[name] for other in met) < new["seats"]}
            chosen = met if rule.get("keep", "highest") == "all" else best
            assert chosen == met or len(best) <= new["seats"], "two names here: no place is shared"
            return _elected(raw, step, new, chosen)
    tied = {name for name, number in votes.items() if "tie_at" in ballot and Fraction(number, base) == Fraction(ballot["tie_at"])}
    if len(tied) > 1 and not new["extra"]:
        return {**new, "tie": tied, "duty": "settle"}
    return {**new, "status": "stopped", "names": set()}


def _elected(raw: dict[str, Any], step: dict[str, Any], new: Case, names: set[int]) -> Case:
    new["names"] = names
    earlier = step["ballot"].get("differs_from")
    if earlier and not new["extra"] and names - new["passed"][earlier]:
        return {**new, "extra": True, "duty": "count", "number": step["duties"].index("count")}
    new["number"] = step["duties"].index("recount")
    return _next(raw, step, new)


def _next(raw: dict[str, Any], step: dict[str, Any], new: Case) -> Case:
    if new["number"] + 1 < len(step["duties"]):
        return {**new, "number": new["number"] + 1, "duty": step["duties"][new["number"] + 1]}
    new["passed"][step["code"]] = new["names"]
    rest = [other for other in raw["step"] if other["code"] not in new["passed"]]
    new.update(number=0, extra=False, first=None, called=None)
    if not rest:
        return {**new, "status": "done"}
    return {**new, "step": rest[0]["code"], "duty": rest[0]["duties"][0]}
