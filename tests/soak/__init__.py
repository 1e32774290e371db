"""Long trials that take minutes and may need other programs, run by `make soak`; never part of the suite.

Each module has a `main()` that prints a table and returns the number of failures.
"""
