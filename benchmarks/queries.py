"""What one answer costs inside the process: `python -m benchmarks.queries ADDRESS …` prints JSON.

For each address the queries and bytes of the first answer of a process, and of the second: what is kept between two
answers must not hide what the first needs.
"""

import json
import os
import sys

import django


def main(addresses: list[str]) -> None:
    """Ask for each address twice, in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    found = {}
    for address in addresses:
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code}")
            counts.append(len(captured))
        found[address] = {"first": counts[0], "second": counts[1], "bytes": len(answer.content)}
    print(json.dumps(found))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    django.setup()
    main(sys.argv[1:])
