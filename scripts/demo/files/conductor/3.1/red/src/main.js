// Nothing is answered yet.
