raw = "  gULNORA  "
name = raw.strip()
name = name[0].upper() + name.lower()
print(name, len(name))
