"""Run the mailbox: `python -m tracker.mailbox --directory=… --smtp-port=… --page-port=…`."""

import argparse
import signal
import threading
from pathlib import Path

from aiosmtpd.controller import Controller

from tracker.mailbox.keeping import Keeper
from tracker.mailbox.pages import page_server

LOOPBACK = "127.0.0.1"


def main() -> None:
    """Serve both doors until SIGTERM or SIGINT."""
    arguments = argparse.ArgumentParser(prog="tracker.mailbox", description=__doc__)
    arguments.add_argument("--directory", type=Path, required=True, help="where messages are kept")
    arguments.add_argument("--smtp-port", type=int, required=True)
    arguments.add_argument("--page-port", type=int, required=True)
    given = arguments.parse_args()
    given.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    post = Controller(Keeper(given.directory), hostname=LOOPBACK, port=given.smtp_port)
    pages = page_server(given.directory, LOOPBACK, given.page_port)
    post.start()
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    stop.wait()
    pages.shutdown()
    post.stop()


if __name__ == "__main__":
    main()
