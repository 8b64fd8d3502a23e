"""Ask a page of the tracker whether all is well, for health checks: `python -m tracker.probe ADDRESS [STATE]`.

Exit code 0 when the page answers 200 and, where a state is named, reports it. The site refuses to answer under a name
that is not its own, so the request carries the first of ALLOWED_HOSTS.
"""

import json
import os
import sys
from collections.abc import Sequence
from urllib.error import URLError
from urllib.request import Request, urlopen


def main(arguments: Sequence[str]) -> int:
    """The exit code for an address and an optional state."""
    address, *states = arguments
    name = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".") or "localhost"
    try:
        with urlopen(Request(address, headers={"Host": name}), timeout=8) as answer:  # noqa: S310  # our own address
            body = answer.read()
    except (URLError, OSError) as problem:
        sys.stderr.write(f"{address}: {problem}\n")
        return 1
    if states and json.loads(body).get("state") not in states:
        sys.stderr.write(body.decode())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
