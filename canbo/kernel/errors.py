"""Errors of the kernel: each carries one Vietnamese sentence that tells the user what to do."""


class KernelError(ValueError):
    """A value the kernel cannot take; `text_vi` is the sentence shown to the user."""

    def __init__(self, text_vi: str) -> None:
        super().__init__(text_vi)
        self.text_vi = text_vi


class SpanError(KernelError):
    """A span that ends before it starts."""


class NumberError(KernelError):
    """A text that is not a number, or a share without a whole."""
