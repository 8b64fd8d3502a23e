"""Codes that people read off paper and type: Crockford's base 32, which has no letters that look like digits."""

import secrets

#: Douglas Crockford's alphabet: no I, L, O (they look like 1, 1, 0) and no U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: 50 bits: nobody finds one by trying.
LENGTH = 10
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "\u00a0": None, "\u202f": None})


def new_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """The code behind what somebody typed: spaces, hyphens, case, O for 0, I and L for 1 forgiven; empty when none."""
    code = typed.strip().upper().translate(_FORGIVEN)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spaced(code: str) -> str:
    """The code as it is printed, in two halves: 7K3Q9-XW2TN."""
    return f"{code[:5]}-{code[5:]}" if len(code) == LENGTH else code
