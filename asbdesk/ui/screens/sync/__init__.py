"""Sending and receiving: what is where, what waits, what differs, who belongs, and setting it up."""
