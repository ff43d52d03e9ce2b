"""`python -m blogark`."""

from .cli import main

main(prog_name="blogark")
