"""What a browser is given in place of larger files of libraries; `make pack` makes it, see README.md."""
