"""The built-in adapters: one folder per kind of system, found by entry point like anybody else's."""
