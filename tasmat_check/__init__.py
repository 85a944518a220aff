"""Checks draft social-media posts against a school trust's policy, offline."""

__version__ = "0.1.0"
