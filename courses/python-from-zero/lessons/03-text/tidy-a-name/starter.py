raw = "  gULNORA  "
