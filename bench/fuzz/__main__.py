"""`python -m bench.fuzz`: damaged files for everything that reads any; what it cannot tell in a sentence is a fault.

Wanted: nothing but CoachErrors, nothing over a second of the processor, nothing over 300 MB, no file elsewhere.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from bench.fuzz.readers import READERS
from bench.fuzz.trial import faults_of

AT_A_TIME = 500
"""Inputs that a process takes: a new one shows what memory they need."""


def main() -> None:
    """Print each fault as it is found, and how many inputs there were."""
    parser = argparse.ArgumentParser(prog="bench.fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"of {', '.join(READERS)}; all by default")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input: each is another")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no more after so long")
    asked = parser.parse_args()
    chosen = {name: READERS[name] for name in asked.readers or READERS}
    whole = sum(reader.share for reader in chosen.values())
    work = []
    for name, reader in chosen.items():
        last = asked.first + max(1, round(asked.count * reader.share / whole))
        starts = range(asked.first, last, AT_A_TIME)
        work += [(name, range(start, min(last, start + AT_A_TIME))) for start in starts]
    random.Random(0).shuffle(work)
    deadline = time.monotonic() + 60 * asked.minutes

    def faults(name: str, numbers: range) -> list[str] | None:
        return None if time.monotonic() > deadline else pool.submit(faults_of, name, numbers).result()

    done = found = 0
    with ProcessPoolExecutor(asked.jobs, max_tasks_per_child=1) as pool, ThreadPoolExecutor(asked.jobs) as waiting:
        for (_, numbers), wrong in zip(work, waiting.map(lambda each: faults(*each), work), strict=True):
            if wrong is not None:
                print(*wrong, sep="\n", end="\n" * bool(wrong), flush=True)
                done, found = done + len(numbers), found + len(wrong)
    print(f"{found} faults in {done:,} inputs")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
