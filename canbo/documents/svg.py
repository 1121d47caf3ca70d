"""SVG by hand: elements, texts in lines, fills that differ by pattern as well as colour. No script, no style sheet inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import floor, log10

FONT = "Be Vietnam Pro, Arial, sans-serif"
SIZE = 13
LETTER = 0.56  # mean width of a letter in heights of the font; wide enough for Vietnamese capitals to stay inside
# A light ground and a dark mark each: told apart in grey print by their pattern, and on a dark screen by their own ground.
FILLS = (
    ("#14406b", "", ""),
    ("#fbe3b8", "#a85f00", "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4"),
    ("#d5ecdf", "#1f6b48", "M2,2 h1.6 v1.6 h-1.6z M6,6 h1.6 v1.6 h-1.6z"),
    ("#f7d4d1", "#a3201a", "M0,4 h8"),
    ("#e7dcf1", "#5b2f86", "M0,4 h8 M4,0 v8"),
    ("#ffffff", "#3a3a3a", "M0,2 h8 M0,6 h8"),
    ("#d7e3ef", "#23405e", "M2,0 v8 M6,0 v8"),
    ("#efe6c4", "#5f5200", "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4"),
)
DASHES = ("", "7 4", "2 3", "10 3 2 3", "5 2", "1 4", "12 4", "3 5")


@dataclass(frozen=True)
class Box:
    """Where a picture draws: left, top, width, height in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


def element(name: str, *inside: str, **attributes: object) -> str:
    """One element; `stroke_width=2` is `stroke-width="2"`, None leaves an attribute out."""
    shown = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{shown}>{''.join(inside)}</{name}>" if inside else f"<{name}{shown}/>"


def _value(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else escape(str(value))


def text(words: str, x: float, y: float, *, anchor: str = "start", size: float = SIZE, bold: bool = False, halo: bool = False) -> str:
    """A line of text; with `halo` on a ground of its own, readable over a pattern."""
    ground = {"stroke": "#ffffff", "stroke_width": 4, "paint_order": "stroke", "stroke_linejoin": "round", "fill": "#1a1a1a"}
    weight = "600" if bold else None
    return element(
        "text", escape(words), x=float(x), y=float(y), text_anchor=anchor, font_size=size, font_weight=weight,
        **(ground if halo else {"fill": "currentColor"}),
    )  # fmt: skip


def wrapped(words: str, *, width: float, most: int = 2, size: float = SIZE) -> list[str]:
    """The text in at most so many lines of that width; what does not fit ends in dots."""
    room = max(4, int(width / (LETTER * size)))
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [line if len(line) <= room else line[: room - 1] + "…" for line in lines]


def width_of(words: str, size: float = SIZE) -> float:
    return len(words) * LETTER * size


def patterns(prefix: str, count: int) -> str:
    """The fills of so many series, to be used as `fill(prefix, i)`."""
    return element("defs", *(_pattern(prefix, i) for i in range(min(count, len(FILLS)))))


def _pattern(prefix: str, at: int) -> str:
    ground, mark, path = FILLS[at]
    inside = [element("rect", width=8, height=8, fill=ground)]
    if path:
        inside.append(element("path", d=path, stroke=mark, stroke_width=1.4, fill="none"))
    return element("pattern", *inside, id=f"{prefix}-{at}", width=8, height=8, patternUnits="userSpaceOnUse")


def fill(prefix: str, at: int) -> str:
    return f"url(#{prefix}-{at % len(FILLS)})"


def colour(at: int) -> str:
    ground, mark, _ = FILLS[at % len(FILLS)]
    return mark or ground


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers that cover [low, high]: steps of 1, 2, 2.5 or 5 times a power of ten."""
    span = (high - low) or 1
    rough = span / max(1, most - 1)
    power = 10 ** floor(log10(rough))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough * (1 - 1e-9))
    first = floor(low / step + 1e-9) * step
    found = [first]
    while found[-1] < high - step * 1e-9:
        found.append(round(found[-1] + step, 10))
    return found


def legend(labels: Iterable[tuple[str, str]], *, x: float, y: float, width: float) -> tuple[list[str], float]:
    """(swatch, label) pairs in rows; the elements and the height they take."""
    parts: list[str] = []
    left, top = x, y
    for swatch, label in labels:
        need = 26 + width_of(label) + 18
        if left > x and left + need > x + width:
            left, top = x, top + 22
        parts += [element("g", swatch, transform=f"translate({left:.1f} {top:.1f})"), text(label, left + 26, top + 12)]
        left += need
    return parts, top - y + 22


def marker(at: int, x: float, y: float) -> str:
    """A shape of its own for each line: circle, square, triangle, diamond …"""
    look = {"fill": "#ffffff" if at % 2 else colour(at), "stroke": colour(at), "stroke_width": 2}
    match at % 4:
        case 0:
            return element("circle", cx=float(x), cy=float(y), r=4.5, **look)
        case 1:
            return element("rect", x=x - 4.5, y=y - 4.5, width=9, height=9, **look)
        case 2:
            return element("path", d=f"M{x:.1f},{y - 6:.1f} l6,10 h-12z", **look)
        case _:
            return element("path", d=f"M{x:.1f},{y - 6:.1f} l6,6 l-6,6 l-6,-6z", **look)


def line(points: list[tuple[float, float]], at: int) -> str:
    """Straight lines from point to point, dashed in a way of their own."""
    parts = [f"{'M' if i == 0 else 'L'}{x:.1f},{y:.1f}" for i, (x, y) in enumerate(points)]
    return element("path", d=" ".join(parts), fill="none", stroke=colour(at), stroke_width=2.2, stroke_dasharray=DASHES[at % 8] or None)


def apart(places: list[float], gap: float) -> bool:
    """Whether all places are at least so far from each other."""
    return all(b - a >= gap for a, b in pairwise(sorted(places)))
