"""What one answer costs inside the process: `python -m benchmarks.queries ADDRESS …` prints JSON.

For each address the queries, the milliseconds and the bytes of the first answer of a version of the record, and of the
next: what is kept between two answers must not hide what the first needs.
"""

import json
import os
import sys
import time
from statistics import median

import django

ROUNDS = 9


def main(addresses: list[str]) -> None:
    """Ask for each address, in this process, with nothing kept and then again."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from commitments.history.kept import forget

    client = Client()

    def asked(address: str) -> tuple[int, float, int]:
        with CaptureQueriesContext(connection) as captured:
            began = time.process_time()
            answer = client.get(address)
            took = (time.process_time() - began) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        return len(captured), took, len(answer.content)

    found = {}
    for address in addresses:
        rounds = []
        asked(address)
        for _ in range(ROUNDS):
            forget()
            rounds.append((asked(address), asked(address)))
        first, second = rounds[-1]
        found[address] = {
            "first": first[0],
            "second": second[0],
            "first_ms": median(one[1] for one, _ in rounds),
            "second_ms": median(two[1] for _, two in rounds),
            "bytes": second[2],
        }
    print(json.dumps(found))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    os.environ["READY_PAGES"] = "0"
    django.setup()
    main(sys.argv[1:])
