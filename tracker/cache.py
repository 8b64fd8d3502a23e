"""A cache that may be away: the site works without it, slower and with no counters."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, except that a broker that is down means a miss instead of an error page."""

    def _or_default(self, call: Any, default: Any) -> Any:
        try:
            return call()
        except (RedisError, OSError) as problem:
            log.warning("Cache is away: %s", type(problem).__name__)
            return default

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """A miss when the server is away."""
        return self._or_default(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> Any:
        """Nothing is kept when the server is away."""
        return self._or_default(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), None)

    def add(self, key: Any, value: Any, timeout: Any = 300, version: Any = None) -> Any:
        """As if stored when the server is away, so that callers go on."""
        return self._or_default(lambda: super(ForgivingRedisCache, self).add(key, value, timeout, version), True)

    def delete(self, key: Any, version: Any = None) -> Any:
        """Nothing to delete when the server is away."""
        return self._or_default(lambda: super(ForgivingRedisCache, self).delete(key, version), False)

    def has_key(self, key: Any, version: Any = None) -> Any:
        """No when the server is away."""
        return self._or_default(lambda: super(ForgivingRedisCache, self).has_key(key, version), False)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        """One when the server is away."""
        return self._or_default(lambda: super(ForgivingRedisCache, self).incr(key, delta, version), delta)

    def get_many(self, keys: Any, version: Any = None) -> Any:
        """Nothing found when the server is away."""
        return self._or_default(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {})

    def set_many(self, data: Any, timeout: Any = 300, version: Any = None) -> Any:
        """Nothing is kept when the server is away."""
        return self._or_default(lambda: super(ForgivingRedisCache, self).set_many(data, timeout, version), [])
