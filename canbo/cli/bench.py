"""`bench`: the measurements of the folder bench/, one JSON line per figure."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from canbo.cli.context import CommandError, Context

HELP = "chạy các phép đo trong thư mục bench/ (đối số chuyển thẳng cho chúng)"
DATABASE = False
ROOT = Path(__file__).resolve().parents[2]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="đối số của phép đo")


def run(args: argparse.Namespace, ctx: Context) -> int:
    if not (ROOT / "bench" / "__main__.py").exists():
        raise CommandError("Bản cài này không có thư mục bench/; hãy chạy trong bản mã nguồn đầy đủ.")
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    return subprocess.call([sys.executable, "-m", "bench", *args.rest], cwd=ROOT, env=environment)
