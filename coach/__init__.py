"""An offline, hands-free workout coach."""

import os

__version__ = "0.1.0"

# NumPy reads it when it is first imported. Its sums are small here; where other programs keep the cores busy, several
# threads that wait for each other by spinning take three times as long as one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
