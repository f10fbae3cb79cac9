raw = "  gULNORA  "
name = raw.strip()
name = name.lower()
print(name, len(name))
