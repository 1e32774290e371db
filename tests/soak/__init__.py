"""What takes minutes and needs other programs: `make soak`. Never part of the suite."""
