// Not implemented yet.
