"""The tests.

What they compile is kept, even where Python is told not to: each worker, and each process that a test starts,
would else do it anew.
"""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
