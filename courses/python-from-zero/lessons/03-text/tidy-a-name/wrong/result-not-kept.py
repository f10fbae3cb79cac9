raw = "  gULNORA  "
name = raw.strip()
name[0].upper()
name[1:].lower()
print(name, len(name))
