"""Bringing a photograph, a document or a spoken message."""
