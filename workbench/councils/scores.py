"""How sure each kind of evidence is that a council is meant, from 0 to 1; 0.8 or more is a promise."""

NAMED = 0.97
"""Its whole name."""
DESIGNATED = 0.93
"""Its place with what sort of council it is, or in a field of councils."""
INITIALLED = 0.9
"""Initials that one council goes by."""
ALONE = 0.86
"""Its place alone."""
ABOLISHED_ALONE = 0.84
MISSPELT = 0.78
COMBINED_ALONE = 0.75
"""A combined authority by its area, which is a region as well."""
CAREFUL = 0.7
"""A place that is a word too, such as Reading."""
SUCCESSOR = 0.6
"""One that followed the council that is named."""
PART_OF_A_NAME = 0.55
"""A place within what looks like another name."""
SEVERAL = 0.5
"""One of several that may be meant."""
DOUBTFUL = 0.45
UNKNOWN = 0.4
REGION = 0.3
