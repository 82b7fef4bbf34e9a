"""Exports: a protected frame in, bytes out."""
