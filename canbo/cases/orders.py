"""In which order names stand: on a ballot, in a list, in a result."""

from collections.abc import Iterable, Mapping

from canbo.kernel.text import sort_key


def ballot_order(names: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """As a ballot lists them: A, B, C by given name; two of one name in the order of the list."""
    return sorted(names, key=lambda one: sort_key(one[1]))


def result_order(names: Iterable[tuple[int, str]], votes: Mapping[int, int]) -> list[tuple[int, str]]:
    """As a result lists them: the most votes first; with as many, in the order of the list; at the end who could not be voted for."""
    return sorted(names, key=lambda one: -votes.get(one[0], -1))
