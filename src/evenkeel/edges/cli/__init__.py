"""The command line `evenkeel`. Help text is the manual; everything that prints takes `--json`.

Exit codes: 0 well; 1 what was asked about is not in order (a broken trail, a fault of the install); 2 the input or the
install does not fit, said in one sentence without a traceback; 130 stopped by Ctrl-C.
"""

from .root import main, root

__all__ = ["main", "root"]
