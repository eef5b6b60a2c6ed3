"""Requests for a way back in: kept for the key worker, never answered by a machine."""
