"""Where the sealed values of a paper belong."""


def sealed_at(key: str) -> str:
    return f"paper.values:{key}"
