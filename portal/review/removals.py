"""Requests to take out words or everything; a person of the panel's staff answers each."""
