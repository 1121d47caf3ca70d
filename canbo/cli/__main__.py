"""Entry of `python -m canbo.cli`; kept light, because spawned workers import it too."""

import sys

if __name__ == "__main__":
    from canbo.cli.main import main

    sys.exit(main(sys.argv[1:]))
