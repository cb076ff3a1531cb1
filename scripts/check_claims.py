"""Check that the op-ed's text, its claims, their dates, figures and sources agree.

Reads docs/ and prints each finding as `path:line:col: CODE message`; the message says what to do. Nothing is fetched,
and nothing is written without --fix or --seal. Exit status: 0 clean (warnings may be printed), 1 findings, 2 the
checker could not work.
"""

import os
import sys
from importlib.util import find_spec

if sys.version_info < (3, 11, 5) or find_spec("yaml") is None:
    print("check_claims.py: Python 3.11.5 or newer with PyYAML is needed; run sh scripts/check", file=sys.stderr)
    sys.exit(2)

from opedcheck.cli import run

if __name__ == "__main__":
    status = run(__doc__ or "")
    # All is written; the system frees the register at once, Python would free it piece by piece.
    os._exit(status)
