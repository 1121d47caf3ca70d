"""What the commands of planning share: a round, a unit of it, a unit by its code – or one sentence that says it is not there."""

from canbo.cli.context import CommandError, Context
from canbo.organization.models import Unit
from canbo.organization.queries import unit_by_code
from canbo.planning.models import Round, RoundUnit
from canbo.planning.queries import homes, round_


def round_named(number: int, ctx: Context) -> Round:
    try:
        return round_(pk=number, actor=ctx.actor, scope=ctx.scope)
    except Round.DoesNotExist:
        raise CommandError(f"Không có đợt quy hoạch số {number}; hãy xem “planning status”.") from None


def home_named(number: int, code: str, ctx: Context) -> RoundUnit:
    """A unit in a round."""
    found = homes(actor=ctx.actor, scope=ctx.scope).filter(round=round_named(number, ctx), unit__code=code).first()
    if found is None:
        raise CommandError(f"Đợt {number} không có đơn vị mã “{code}” trong phạm vi bạn được giao; hãy xem “planning status {number}”.")
    return found


def unit_named(code: str, ctx: Context) -> Unit:
    found = unit_by_code(code=code, actor=ctx.actor, scope=ctx.scope)
    if found is None:
        raise CommandError(f"Không có đơn vị mã “{code}” trong phạm vi bạn được giao.")
    return found
