"""What finding a word costs inside the process: `python -m benchmarks.searches WORD …` prints JSON.

For each word the milliseconds of the product's own search (how many, the best 25) and of the same
commitments and indicators looked through without an index: titles and summaries, in all four languages.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from statistics import median

import django

ROUNDS, SHOWN = 5, 25


def main(words: list[str]) -> None:
    """Look for each word in both ways, in turn."""
    from django.db.models import Q

    from commitments.formats.language import LANGUAGES
    from commitments.indicators.models import Indicator
    from commitments.public.queries.search import Results
    from commitments.register.models import Commitment
    from commitments.search.folding import wanted

    def indexed(word: str) -> None:
        results = Results(wanted(word))
        results[:SHOWN]

    def unindexed(word: str) -> None:
        for model, names in ((Commitment, ("title", "summary")), (Indicator, ("title", "definition"))):
            held = Q()
            for name in names:
                for code in LANGUAGES:
                    held |= Q(**{f"{name}_{code}__icontains": word})
            rows = model.objects.public().filter(held)
            rows.order_by().count()
            list(rows.order_by("code").values_list("pk")[:SHOWN])

    found = {}
    for word in words:
        rounds = [(_milliseconds(indexed, word), _milliseconds(unindexed, word)) for _ in range(ROUNDS)]
        here, without = zip(*rounds, strict=True)
        found[word] = {"here": median(here), "icontains": median(without)}
    print(json.dumps(found))


def _milliseconds(look: Callable[[str], None], word: str) -> float:
    began = time.perf_counter()
    look(word)
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    django.setup()
    main(sys.argv[1:])
