"""Runs the command as `python -m tasmat_check`."""

from tasmat_check.cli import main

main()
