"""Lets the portal be started as ``python -m portal``."""

from portal.commands import main

main()
