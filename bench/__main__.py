"""python -m bench: the ear beside what people would otherwise write. Options: python -m bench --help."""

from bench.ear.__main__ import main

main()
