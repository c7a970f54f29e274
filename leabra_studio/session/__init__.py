"""A simulation session: a document, the network that runs it, and the store that keeps sessions apart."""
