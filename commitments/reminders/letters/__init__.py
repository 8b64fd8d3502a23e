"""What each reminder says. Texts 1, 2 and 3 are the office's own; the others follow their manner.

Every letter: the deadline in the subject and the first line, one button that opens the exact form, why the person
gets it.
"""
