"""asbdesk: an offline desk for the officer who handles anti-social behaviour in social housing."""

__version__ = "0.1.0"
