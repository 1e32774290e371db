"""Long trials of faults, run by `make soak`: each module has a `main()` that prints a table."""
