"""What is made once and committed, by tools that a reader of the dashboard does not need."""
