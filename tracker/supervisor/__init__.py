"""One command that runs the whole product: broker, worker, beat, web and, in development, a mailbox."""
