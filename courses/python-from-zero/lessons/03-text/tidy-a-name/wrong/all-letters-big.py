raw = "  gULNORA  "
name = raw.strip().upper()
print(name, len(name))
