"""Names of countries that the record does not hold, as each language writes them."""

from babel import Locale
from babel.core import get_global

from commitments.formats.language import HTML_LANG


def name_of_territory(iso3: str, language: str) -> str:
    """Switzerland · Suiza · Suíça · Suisse for CHE; the code itself where no name is known."""
    short = get_global("territory_aliases").get(iso3, [iso3])[0]
    names = Locale.parse(HTML_LANG[language], sep="-").territories
    return str(names.get(short, iso3))
