"""Our own small icons: lines of two units on a grid of 24, drawn in the colour of the text around them."""

from __future__ import annotations

SHAPES = {
    "home": '<path d="M3 11.5 12 4l9 7.5M6 10v10h12V10M10 20v-6h4v6"/>',
    "book": ('<path d="M12 6c-2.5-2-6-2-9-1.5v14c3-.5 6.5-.5 9 1.5 2.5-2 6-2 9-1.5v-14c-3-.5-6.5-.5-9 1.5zM12 6v14"/>'),
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c.5-5 3.5-7 8-7s7.5 2 8 7"/>',
    "menu": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "check": '<path d="m4 12.5 5.5 5.5L20 7"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "partial": '<circle cx="12" cy="12" r="9"/><path d="M12 3v18a9 9 0 0 0 0-18z" fill="currentColor"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2.5"/>',
    "hint": '<path d="M9 17c0-2.5-3-3.5-3-7.5a6 6 0 0 1 12 0c0 4-3 5-3 7.5zM9.5 21h5"/>',
    "lock": '<rect x="5" y="11" width="14" height="10" rx="2"/><path d="M8 11V7.5a4 4 0 0 1 8 0V11"/>',
    "play": '<path d="M7 4.5v15l12-7.5z"/>',
    "refresh": '<path d="M20 11a8 8 0 1 0-2.3 6.5M20 4v7h-7"/>',
    "warning": '<path d="M12 4 2.5 20h19zM12 10v4.5M12 17v.5"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5V8"/>',
    "arrow-left": '<path d="M20 12H4M10.5 5.5 4 12l6.5 6.5"/>',
    "arrow-right": '<path d="M4 12h16M13.5 5.5 20 12l-6.5 6.5"/>',
    "download": '<path d="M12 3v12M6.5 10l5.5 5.5 5.5-5.5M4 20h16"/>',
    "trash": '<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5.5M14 11v5.5"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c-5 5-5 13 0 18 5-5 5-13 0-18z"/>',
    "star": '<path d="m12 3 2.6 6.2 6.4.6-4.9 4.3 1.5 6.4L12 17l-5.6 3.5 1.5-6.4L3 9.8l6.4-.6z"/>',
    "code": '<path d="m8 7-5 5 5 5M16 7l5 5-5 5M13.5 4.5l-3 15"/>',
    "trophy": ('<path d="M7 4h10v6a5 5 0 0 1-10 0zM7 6H3.5c0 4 1.5 5.5 4 6M17 6h3.5c0 4-1.5 5.5-4 6M12 15v5M8 20h8"/>'),
    "pin": (
        '<path d="M12 21.5c-4-5-6.5-8-6.5-11.5a6.5 6.5 0 0 1 13 0c0 3.5-2.5 6.5-6.5 11.5z"/>'
        '<circle cx="12" cy="10" r="2.5"/>'
    ),
    "phone": '<rect x="6.5" y="2.5" width="11" height="19" rx="2"/><path d="M11 18.5h2"/>',
    "eye": '<path d="M2 12c5-8 15-8 20 0-5 8-15 8-20 0z"/><circle cx="12" cy="12" r="3"/>',
    "edit": '<path d="M4 20l1-5L16 4l4 4L9 19zM13.5 6.5l4 4"/>',
    "plus": '<path d="M12 4v16M4 12h16"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5.5 5.5"/>',
    "flag": '<path d="M5 21V4c5-2.5 8 2.5 14 0v10c-6 2.5-9-2.5-14 0"/>',
    "server": '<path d="M4 4h16v7H4zM4 13h16v7H4zM7 7.5h1M7 16.5h1M12 7.5h5M12 16.5h5"/>',
    "more": '<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>',
    "sign-out": '<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>',
    "school": '<path d="M12 4 1.5 9 12 14l10.5-5zM6 11.5V17c4 3 8 3 12 0v-5.5"/>',
    "chart": '<path d="M4 4v16h16M8.5 16v-4M13 16V8M17.5 16v-6"/>',
}


def icon(name: str, size: int = 20) -> str:
    """The icon as SVG. It says nothing to a screen reader: the words beside it do."""
    return (
        f'<svg class="icon" width="{int(size)}" height="{int(size)}" viewBox="0 0 24 24" fill="none"'
        ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        f' aria-hidden="true" focusable="false">{SHAPES[name]}</svg>'
    )
