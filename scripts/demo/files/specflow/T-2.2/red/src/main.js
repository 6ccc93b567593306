// Nothing is started yet.
