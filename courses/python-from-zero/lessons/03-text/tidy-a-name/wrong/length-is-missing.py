raw = "  gULNORA  "
name = raw.strip()
print(name[0].upper() + name[1:].lower())
