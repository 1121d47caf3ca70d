"""What can go wrong with somebody's file; every error carries one Vietnamese sentence for the person who sent it."""


class SandboxError(Exception):
    """`text` is one clear Vietnamese sentence that says what to do."""

    def __init__(self, text: str, *, detail: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.detail = detail  # for the operator's log only, never shown


class Refused(SandboxError):
    """The file was looked at and refused: its content is the reason."""


class SandboxFailed(SandboxError):
    """The child process broke a limit or broke down; the file may be harmless or not."""
