"""The command line: `connector [--config FILE] [-v|-q] COMMAND`.

Each command is a file of its own, imported when it is called. A command parses, calls what lies below, and prints; it
computes nothing. Results go to stdout, talk to stderr.
"""

from connector.cli.program import Program

__all__ = ["main"]

main = Program()
