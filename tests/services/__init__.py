"""Services that tests start themselves, on loopback and free ports, and stop again."""
