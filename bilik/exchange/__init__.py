"""Other formats and course folders of ours: reading the one and writing the other. Pure: no Django, no tables."""
