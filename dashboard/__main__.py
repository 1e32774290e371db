"""`python -m dashboard` is the command `escala`."""

from dashboard.command import main

if __name__ == "__main__":
    main()
