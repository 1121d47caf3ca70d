"""Work on other people's files in a spawned child process with limits on memory, time and output. No Django here."""

from canbo.sandbox.errors import Refused, SandboxError, SandboxFailed
from canbo.sandbox.runner import run_limited

__all__ = ["Refused", "SandboxError", "SandboxFailed", "run_limited"]
