"""A policy pack: everything the checker knows, as data."""
