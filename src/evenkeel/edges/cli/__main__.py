"""`python -m evenkeel.edges.cli`: how the command line calls itself in a process of its own."""

from .root import main

main()
