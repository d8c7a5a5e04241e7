"""`python -m tests`: everything that must hold before a change lands, in one command.

Style, types, import directions and the tests (which hold the docs to the code). Ends at the first step that fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
STEPS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("pytest", "-q", "-n", str(os.cpu_count() or 2), *sys.argv[1:]),
)


def main() -> int:
    """Run the steps; the exit code of the first that fails, else 0."""
    for step in STEPS:
        print(f"$ {' '.join(step)}", flush=True)
        program = BIN / (step[0] + (".exe" if os.name == "nt" else ""))
        code = subprocess.call([str(program), *step[1:]], cwd=Path(__file__).parents[1])
        if code:
            return code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
